//! What the fusion network minimises, with errors in stars beside it.

use super::examples::Label;
use crate::nn::objective::Objective;
use crate::nn::objective::figures::{Figure, Figures};
use crate::nn::objective::regression::{Numbers, SquaredError};
use burn::tensor::{Gradients, Tensor};

/// [`SquaredError`] of labels. Figures: `loss`, the mean squared error of labels, the document's cost; `rmse` and `mae`
/// in stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatedStars(
    /// What a rating became.
    pub Label,
);

impl Objective for RatedStars {
    type Target = Numbers;

    fn figures(&self) -> &[Figure] {
        const { &[Figure::mean("loss"), Figure::root_mean("rmse"), Figure::mean("mae")] }
    }

    fn backward(&self, output: Tensor<2>, target: &Numbers) -> (Tensor<2>, Gradients) {
        SquaredError.backward(output, target)
    }

    fn readable(&self, output: Tensor<2>, target: &Numbers) -> Tensor<2> {
        SquaredError.readable(output, target)
    }

    fn tally(&self, read: &[f32], _columns: usize, target: &Numbers, into: &mut Figures) {
        assert_eq!(read.len(), target.values.len(), "one output for each number");
        let (mut labels, mut squares, mut absolutes) = (0.0, 0.0, 0.0);
        for (answer, label) in read.iter().zip(&target.values) {
            let (answer, label) = (f64::from(*answer), f64::from(*label));
            let stars = self.0.stars(answer) - self.0.given(label);
            labels += (answer - label).powi(2);
            squares += stars * stars;
            absolutes += stars.abs();
        }
        let count = read.len() as f64;
        into.add_sum("loss", labels, count);
        into.add_sum("rmse", squares, count);
        into.add_sum("mae", absolutes, count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::Device;

    fn figures(label: Label, answers: &[f32], stars: &[f64]) -> Vec<f64> {
        let labels = stars.iter().map(|stars| label.of(*stars) as f32).collect();
        let target = Numbers::new(labels, 1, &Device::flex());
        let objective = RatedStars(label);
        let mut figures = Figures::new(objective.figures());
        objective.tally(answers, 1, &target, &mut figures);
        figures.iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn the_cost_is_in_labels_and_the_errors_are_in_stars() {
        // Labels 3 and -1; one answer is a whole label too high, which is half a star.
        assert_eq!(figures(Label::Paddle, &[4.0, -1.0], &[4.0, 2.0]), [0.5, 0.125f64.sqrt(), 0.25]);
        assert_eq!(figures(Label::Stars, &[4.0, 1.0], &[4.0, 2.0]), [0.5, 0.5f64.sqrt(), 0.5]);
        // Four stars are fitted to the last bit and read as four and a half.
        assert_eq!(figures(Label::AsRead, &[4.0], &[4.0]), [0.0, 0.5, 0.5]);
    }
}
