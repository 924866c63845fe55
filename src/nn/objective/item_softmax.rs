//! Choosing one of many items: softmax over all of them, or over the right one and a sample of the others.

use super::Objective;
use super::figures::{Figure, Figures};
use crate::nn::layers::embedding::numbers;
use crate::nn::layers::operations::{item_losses, with_gradient};
use burn::tensor::{Device, Gradients, Int, Tensor};

/// The right columns of a batch.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// `[N, 1]`
    columns: Tensor<2, Int>,
    items: Vec<u32>,
}

impl Chosen {
    /// The column of the right item in each row.
    pub fn new(columns: &[u32], device: &Device) -> Self {
        let numbers = numbers(columns.iter().copied(), device);
        Self { columns: numbers.reshape([columns.len(), 1]), items: columns.to_vec() }
    }

    /// The columns.
    pub fn items(&self) -> &[u32] {
        &self.items
    }

    /// Column 0 in each of `rows` rows, where the logits of a sampled softmax have the right item.
    pub fn first(rows: usize, device: &Device) -> Self {
        Self::new(&vec![0; rows], device)
    }
}

/// Cross-entropy of softmax over the columns; no one-hot target is built, which for 9,066 films would be larger than
/// all weights. Figures: `loss`, the mean of `−log p` of the right item; `accuracy`, the share of rows in which no other
/// column is larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemSoftmax;

impl Objective for ItemSoftmax {
    type Target = Chosen;

    fn figures(&self) -> &[Figure] {
        const { &[Figure::mean("loss"), Figure::mean("accuracy")] }
    }

    /// The gradient by the logits is known: `(p − 1 at the right column) / N`.
    fn backward(&self, output: Tensor<2>, target: &Chosen) -> (Tensor<2>, Gradients) {
        let (read, slope) = item_losses(output.clone().inner(), target.columns.clone());
        (read, with_gradient(output, slope).backward())
    }

    fn readable(&self, output: Tensor<2>, target: &Chosen) -> Tensor<2> {
        item_losses(output, target.columns.clone()).0
    }

    fn tally(&self, read: &[f32], columns: usize, _target: &Chosen, into: &mut Figures) {
        let (mut loss, mut right) = (0.0, 0.0);
        for row in read.chunks_exact(columns) {
            loss -= f64::from(row[0]);
            right += f64::from(u8::from(row[1] <= 0.0));
        }
        let count = (read.len() / columns) as f64;
        into.add_sum("loss", loss, count);
        into.add_sum("accuracy", right, count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::objective::classification::{Classes, Classification};

    #[test]
    fn it_is_the_cross_entropy_of_classes_without_their_one_hot_target() {
        let device = Device::flex().autodiff();
        let logits = [[0.3, -1.2, 2.0], [0.7, -0.5, 0.6], [4.0, 4.0, 1.0]];
        let labels = vec![2, 1, 0];
        let source = || Tensor::<2>::from_data(logits, &device).require_grad();
        let (one, other) = (source(), source());
        let scaled = |source: &Tensor<2>| source.clone().mul_scalar(1.5);
        let classes = Classes::one_hot(labels.clone(), 3, &Device::flex());
        let (read, expected) = Classification::CrossEntropy.backward(scaled(&one), &classes);
        let mut wanted = Figures::new(Classification::CrossEntropy.figures());
        let values: Vec<f32> = read.into_data().try_into_vec().unwrap();
        Classification::CrossEntropy.tally(&values, 3, &classes, &mut wanted);

        let chosen = Chosen::new(&labels, &Device::flex());
        let (read, gradients) = ItemSoftmax.backward(scaled(&other), &chosen);
        let mut found = Figures::new(ItemSoftmax.figures());
        let values: Vec<f32> = read.into_data().try_into_vec().unwrap();
        ItemSoftmax.tally(&values, 2, &chosen, &mut found);
        let again: Vec<f32> =
            ItemSoftmax.readable(scaled(&other).inner(), &chosen).into_data().try_into_vec().unwrap();
        assert_eq!(values, again);

        for name in ["loss", "accuracy"] {
            let apart = found.value(name).unwrap() - wanted.value(name).unwrap();
            assert!(apart.abs() < 1e-6, "{name}: {found:?} {wanted:?}");
        }
        let (found, expected) =
            (other.grad(&gradients).unwrap().into_data(), one.grad(&expected).unwrap().into_data());
        found.assert_approx_eq::<f32>(&expected, burn::tensor::Tolerance::absolute(1e-6));
    }
}
