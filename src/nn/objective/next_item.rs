//! The next item of a history: softmax over all items, judged by the rank of the right one.

use super::Objective;
use super::figures::{Figure, Figures};
use super::item_softmax::{Chosen, ItemSoftmax};
use crate::ranking::next_item::{LENGTHS, Rank};
use burn::tensor::{Gradients, Tensor};

/// Columns that are read of a training step: `log p` of the right item, and by how much another one is ahead.
const READ_OF_A_STEP: usize = 2;

/// Cross-entropy of softmax over all items. Figures: `loss`, the mean of `−log p` of the right item; and in evaluations, for
/// which all scores are read, hit rate, MRR and NDCG of its rank at 5 and 20, where equal scores count by their mean over
/// all orders. A training step has the loss alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextItem;

impl Objective for NextItem {
    type Target = Chosen;

    fn figures(&self) -> &[Figure] {
        const {
            &[
                Figure::mean("loss"),
                Figure::mean("hr@5"),
                Figure::mean("hr@20"),
                Figure::mean("mrr@5"),
                Figure::mean("mrr@20"),
                Figure::mean("ndcg@5"),
                Figure::mean("ndcg@20"),
            ]
        }
    }

    fn backward(&self, output: Tensor<2>, target: &Chosen) -> (Tensor<2>, Gradients) {
        ItemSoftmax.backward(output, target)
    }

    /// All scores.
    ///
    /// # Panics
    /// If there are no more items than what is read of a training step.
    fn readable(&self, output: Tensor<2>, _target: &Chosen) -> Tensor<2> {
        assert!(output.dims()[1] > READ_OF_A_STEP, "more items than a training step is read of");
        output
    }

    fn tally(&self, read: &[f32], columns: usize, target: &Chosen, into: &mut Figures) {
        let rows = target.items();
        assert_eq!(read.len(), rows.len() * columns, "scores of each row");
        let count = rows.len() as f64;
        if columns == READ_OF_A_STEP {
            let loss = read.chunks_exact(columns).map(|row| -f64::from(row[0])).sum();
            into.add_sum("loss", loss, count);
            return;
        }
        let (mut loss, mut sums) = (0.0, [[0.0; 3]; LENGTHS.len()]);
        for (scores, right) in read.chunks_exact(columns).zip(rows) {
            loss += cross_entropy(scores, *right as usize);
            // Scores that are not numbers end the run by its loss.
            if scores.iter().any(|score| score.is_nan()) {
                continue;
            }
            let rank = Rank::of(scores, *right as usize);
            for (sums, k) in sums.iter_mut().zip(LENGTHS) {
                let figures = rank.at(k);
                let of_row = [figures.hit_rate, figures.mrr, figures.ndcg];
                sums.iter_mut().zip(of_row).for_each(|(sum, value)| *sum += value);
            }
        }
        into.add_sum("loss", loss, count);
        let names = [["hr@5", "mrr@5", "ndcg@5"], ["hr@20", "mrr@20", "ndcg@20"]];
        for (name, sum) in names.into_iter().flatten().zip(sums.into_iter().flatten()) {
            into.add_sum(name, sum, count);
        }
    }
}

/// `−log p` of one of the scores.
fn cross_entropy(scores: &[f32], right: usize) -> f64 {
    let largest = scores.iter().fold(f32::NEG_INFINITY, |largest, score| largest.max(*score));
    let sum: f64 = scores.iter().map(|score| f64::from(score - largest).exp()).sum();
    sum.ln() - f64::from(scores[right] - largest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::{Device, TensorData};

    fn scores() -> Vec<f32> {
        (0..3 * 30).map(|at| ((at * 37 % 31) as f32) / 10.0).collect()
    }

    #[test]
    fn an_evaluation_has_the_loss_of_a_training_step_and_the_figures_of_the_ranks() {
        let device = Device::flex();
        let right = [4, 29, 0];
        let target = Chosen::new(&right, &device);
        let logits = || Tensor::<2>::from_data(TensorData::new(scores(), [3, 30]), &device);
        let read = |tensor: Tensor<2>| tensor.into_data().try_into_vec::<f32>().unwrap();
        let mut evaluated = Figures::new(NextItem.figures());
        NextItem.tally(&read(NextItem.readable(logits(), &target)), 30, &target, &mut evaluated);
        let learning = Tensor::<2>::from_data(TensorData::new(scores(), [3, 30]), &device.autodiff());
        let mut trained = Figures::new(NextItem.figures());
        let (step, _) = NextItem.backward(learning.require_grad(), &target);
        NextItem.tally(&read(step), 2, &target, &mut trained);
        let loss = |figures: &Figures| figures.value("loss").unwrap();
        assert!((loss(&evaluated) - loss(&trained)).abs() < 1e-5);
        let scores = scores();
        let ranks = scores.chunks(30).zip(right).map(|(scores, right)| Rank::of(scores, right as usize));
        let mean = |value: &dyn Fn(Rank) -> f64| ranks.clone().map(value).sum::<f64>() / 3.0;
        for (name, expected) in [
            ("hr@5", mean(&|rank| rank.at(5).hit_rate)),
            ("hr@20", mean(&|rank| rank.at(20).hit_rate)),
            ("mrr@20", mean(&|rank| rank.at(20).mrr)),
            ("ndcg@20", mean(&|rank| rank.at(20).ndcg)),
        ] {
            assert!((evaluated.value(name).unwrap() - expected).abs() < 1e-12, "{name}");
        }
        assert!(evaluated.value("hr@20").unwrap() > 0.0);
    }
}
