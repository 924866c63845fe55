//! Weighted logistic regression: odds that stand for an expected time (Covington et al. 2016, §4.2).

use super::Objective;
use super::figures::{Figure, Figures};
use crate::nn::layers::operations::with_gradient;
use burn::tensor::activation::sigmoid;
use burn::tensor::{Device, Gradients, Tensor, TensorData};

/// Whether each row was watched, and what it weighs: the time for one that was, 1 for one that was not.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// `[N, 1]`, 1 or 0.
    watched: Tensor<2>,
    /// `[N, 1]`
    weight: Tensor<2>,
    rows: Vec<(f32, f32)>,
}

impl Weighed {
    /// From whether each row was watched and its weight.
    pub fn new(rows: Vec<(bool, f32)>, device: &Device) -> Self {
        let rows: Vec<(f32, f32)> =
            rows.iter().map(|(watched, weight)| (f32::from(*watched), *weight)).collect();
        let column = |values: Vec<f32>| Tensor::from_data(TensorData::new(values, [rows.len(), 1]), device);
        Self {
            watched: column(rows.iter().map(|row| row.0).collect()),
            weight: column(rows.iter().map(|row| row.1).collect()),
            rows,
        }
    }
}

/// `(1/N) Σ wᵢ (log(1 + e^{zᵢ}) − yᵢ zᵢ)` of the logits `z`. With the time watched as the weight of what was watched,
/// `e^z` learns the sum of the times over the number of rows not watched: about the expected time. Figures: `loss`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightedLogistic;

impl Objective for WeightedLogistic {
    type Target = Weighed;

    fn figures(&self) -> &[Figure] {
        const { &[Figure::mean("loss")] }
    }

    /// The gradient by the logits is known: `wᵢ (σ(zᵢ) − yᵢ) / N`. The values are the logits.
    fn backward(&self, output: Tensor<2>, target: &Weighed) -> (Tensor<2>, Gradients) {
        let values = output.clone().inner();
        let error = sigmoid(values.clone()) - target.watched.clone();
        let slope = (error * target.weight.clone()).div_scalar(target.rows.len() as f64);
        (values, with_gradient(output, slope).backward())
    }

    fn readable(&self, output: Tensor<2>, _target: &Weighed) -> Tensor<2> {
        output
    }

    fn tally(&self, read: &[f32], _columns: usize, target: &Weighed, into: &mut Figures) {
        assert_eq!(read.len(), target.rows.len(), "one logit for each row");
        let losses = read.iter().zip(&target.rows).map(|(logit, (watched, weight))| {
            let logit = f64::from(*logit);
            // log(1 + e^z) without an overflow.
            let softplus = logit.max(0.0) + (-logit.abs()).exp().ln_1p();
            f64::from(*weight) * (softplus - f64::from(*watched) * logit)
        });
        into.add_sum("loss", losses.sum(), read.len() as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(logits: &[f32], target: &Weighed) -> f64 {
        let mut figures = Figures::new(WeightedLogistic.figures());
        WeightedLogistic.tally(logits, 1, target, &mut figures);
        figures.value("loss").unwrap()
    }

    #[test]
    fn gradients_are_those_of_differences() {
        let device = Device::flex().autodiff();
        let target =
            Weighed::new(vec![(true, 3.5), (false, 1.0), (true, 0.5), (false, 1.0)], &Device::flex());
        let logits = [0.3f32, -1.2, 60.0, -70.0];
        let source = Tensor::<1>::from_data(logits, &device).reshape([4, 1]).require_grad();
        let (read, gradients) = WeightedLogistic.backward(source.clone(), &target);
        assert_eq!(read.into_data().try_into_vec::<f32>().unwrap(), logits);
        let found: Vec<f32> = source.grad(&gradients).unwrap().into_data().try_into_vec().unwrap();
        for (place, slope) in found.into_iter().enumerate() {
            let moved = |by: f32| {
                let mut logits = logits;
                logits[place] += by;
                loss(&logits, &target)
            };
            let difference = (moved(0.01) - moved(-0.01)) / 0.02;
            assert!((f64::from(slope) - difference).abs() < 1e-4, "{place}: {slope} for {difference}");
        }
    }

    #[test]
    fn the_odds_learned_are_the_time_watched_for_each_row_not_watched() {
        // Two of ten rows were watched, for 3 and 5 minutes: the best single logit has odds of 8 / 8.
        let mut rows = vec![(false, 1.0); 8];
        rows.extend([(true, 3.0), (true, 5.0)]);
        let target = Weighed::new(rows, &Device::flex());
        let at = |logit: f32| loss(&[logit; 10], &target);
        let best = (8.0f32 / 8.0).ln();
        assert!(at(best) < at(best + 0.05) && at(best) < at(best - 0.05));
    }
}
