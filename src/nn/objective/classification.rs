//! Telling classes apart: cross-entropy and accuracy.

use super::Objective;
use super::cross_entropy::{
    binary_cross_entropy_backward, binary_mean_loss, cross_entropy_backward, mean_loss,
};
use super::figures::{Figure, Figures};
use super::metric::correct;
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Gradients, Tensor, TensorData};

/// The classes of a batch, on the device and beside it.
#[derive(Debug, Clone)]
pub struct Classes {
    /// One-hot, `[N, classes]`: 1 at a row's class and 0 elsewhere, so that no index is ever looked up on a GPU. Or
    /// `[N, 1]`, the class itself, where there are two.
    pub tensor: Tensor<2>,
    /// Class of each row.
    pub labels: Vec<u32>,
}

impl Classes {
    /// Targets of [`Classification::CrossEntropy`].
    ///
    /// # Panics
    /// If a label is not one of `classes`.
    pub fn one_hot(labels: Vec<u32>, classes: usize, device: &Device) -> Self {
        let mut values = vec![0f32; labels.len() * classes];
        for (row, &label) in values.chunks_exact_mut(classes).zip(&labels) {
            row[label as usize] = 1.0;
        }
        let data = TensorData::new(values, [labels.len(), classes]);
        Self { tensor: Tensor::from_data(data, device), labels }
    }

    /// Targets of [`Classification::BinaryCrossEntropy`].
    pub fn binary(labels: Vec<u32>, device: &Device) -> Self {
        let values: Vec<f32> = labels.iter().map(|label| *label as f32).collect();
        let data = TensorData::new(values, [labels.len(), 1]);
        Self { tensor: Tensor::from_data(data, device), labels }
    }
}

/// A cross-entropy computed from logits: the last activation is part of it, as Keras has it too where a model ends with
/// softmax or sigmoid. Figures: `loss`, the mean cross-entropy, and `accuracy`, the share of rows whose class has the
/// largest logit (the document's `Accuracy`, §4.5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Classification {
    /// One column for each class, softmax, [`cross_entropy`](super::cross_entropy::cross_entropy).
    CrossEntropy,
    /// One column, the logit of class 1, sigmoid, [`binary_mean_loss`].
    BinaryCrossEntropy,
}

impl Classification {
    /// The one for this number of output columns: a single one holds the logit of class 1.
    pub fn of_outputs(columns: usize) -> Self {
        if columns == 1 { Self::BinaryCrossEntropy } else { Self::CrossEntropy }
    }
}

impl Objective for Classification {
    type Target = Classes;

    fn figures(&self) -> &[Figure] {
        const { &[Figure::mean("loss"), Figure::mean("accuracy")] }
    }

    /// The values are the logarithms of the probabilities, or the logits where there is one column.
    fn backward(&self, logits: Tensor<2>, target: &Classes) -> (Tensor<2>, Gradients) {
        match self {
            Self::CrossEntropy => cross_entropy_backward(logits, target.tensor.clone()),
            Self::BinaryCrossEntropy => binary_cross_entropy_backward(logits, target.tensor.clone()),
        }
    }

    /// As in training, and behind the logarithms the logits: where two of them are so near that their logarithms are
    /// rounded to the same, they still tell which class is the likelier one.
    fn readable(&self, logits: Tensor<2>, _target: &Classes) -> Tensor<2> {
        match self {
            Self::CrossEntropy => Tensor::cat(vec![log_softmax(logits.clone(), 1), logits], 1),
            Self::BinaryCrossEntropy => logits,
        }
    }

    fn tally(&self, read: &[f32], columns: usize, target: &Classes, into: &mut Figures) {
        let Classes { tensor, labels } = target;
        let [_, classes] = tensor.dims();
        let loss = match self {
            Self::CrossEntropy => mean_loss(read, columns, labels),
            Self::BinaryCrossEntropy => binary_mean_loss(read, labels),
        };
        let rows = labels.len() as f64;
        into.add_mean("loss", loss, rows);
        into.add_sum("accuracy", correct(read, columns, classes, labels) as f64, rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tallied(objective: Classification, read: Tensor<2>, target: &Classes) -> Figures {
        let [_, columns] = read.dims();
        let read: Vec<f32> = read.into_data().try_into_vec().unwrap();
        let mut figures = Figures::new(objective.figures());
        objective.tally(&read, columns, target, &mut figures);
        figures
    }

    #[test]
    fn targets_are_one_hot_or_the_class_itself() {
        let values = |classes: Classes| classes.tensor.into_data().try_into_vec::<f32>().unwrap();
        let device = Device::flex();
        assert_eq!(values(Classes::one_hot(vec![2, 0], 3, &device)), [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        assert_eq!(values(Classes::binary(vec![1, 0, 1], &device)), [1.0, 0.0, 1.0]);
    }

    #[test]
    fn a_training_step_and_an_evaluation_tally_the_same() {
        let device = Device::flex();
        let logits = [[0.3, -1.2, 2.0], [1.5, 0.1, -0.4], [0.0, 0.2, 0.1]];
        let wide = Tensor::<2>::from_data(logits, &device);
        let narrow = Tensor::<2>::from_data([[0.3], [-1.2], [2.0]], &device);
        let cases = [
            (wide, Classes::one_hot(vec![2, 1, 1], 3, &device), 2.0 / 3.0),
            (narrow, Classes::binary(vec![1, 1, 1], &device), 2.0 / 3.0),
        ];
        for (logits, target, accuracy) in cases {
            let objective = Classification::of_outputs(logits.dims()[1]);
            let trained = Tensor::from_inner(logits.clone()).require_grad();
            let (read, _) = objective.backward(trained, &target);
            let training = tallied(objective, read, &target);
            let evaluation = tallied(objective, objective.readable(logits, &target), &target);
            assert_eq!(training, evaluation);
            assert_eq!(training.value("accuracy"), Some(accuracy));
        }
    }

    #[test]
    fn an_evaluation_decides_by_the_logits() {
        let device = Device::flex();
        // Nearer than one step of a float32 at the size of their logarithms.
        let logits = Tensor::<2>::from_data([[0.0, 1e-8]], &device);
        let target = Classes::one_hot(vec![1], 2, &device);
        let objective = Classification::CrossEntropy;
        let figures = tallied(objective, objective.readable(logits, &target), &target);
        assert_eq!(figures.value("accuracy"), Some(1.0));
    }
}
