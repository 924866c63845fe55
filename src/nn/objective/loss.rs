//! Loss functions as the documents have them.

use crate::nn::layers::operations::with_gradient;
use burn::tensor::activation::{log_softmax, sigmoid};
use burn::tensor::{Gradients, Tensor};

/// What is made small in training, computed from logits: the last activation is part of it, as Keras has it too where
/// a model ends with softmax or sigmoid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// One column for each class, softmax, [`cross_entropy`].
    CrossEntropy,
    /// One column, the logit of class 1, sigmoid, [`binary_mean_loss`].
    BinaryCrossEntropy,
}

impl Loss {
    /// The gradients of the loss by everything `logits` was computed from, and the [readable](Loss::readable) values of
    /// the batch.
    ///
    /// # Shapes
    /// `logits` and `targets` are `[N, columns]`, with one column for [`Loss::BinaryCrossEntropy`].
    pub fn backward(self, logits: Tensor<2>, targets: Tensor<2>) -> (Tensor<2>, Gradients) {
        match self {
            Self::CrossEntropy => cross_entropy_backward(logits, targets),
            Self::BinaryCrossEntropy => binary_cross_entropy_backward(logits, targets),
        }
    }

    /// What [`Loss::mean`] gives the loss from once it is read, in which each row's class is also the one of the
    /// logits: logarithms of the probabilities, or the logits themselves.
    pub fn readable(self, logits: Tensor<2>) -> Tensor<2> {
        match self {
            Self::CrossEntropy => log_softmax(logits, 1),
            Self::BinaryCrossEntropy => logits,
        }
    }

    /// Mean loss from the readable values, row-major with `columns` columns, and the class of each row.
    ///
    /// # Panics
    /// If the lengths do not fit together.
    pub fn mean(self, readable: &[f32], columns: usize, labels: &[u32]) -> f64 {
        match self {
            Self::CrossEntropy => mean_loss(readable, columns, labels),
            Self::BinaryCrossEntropy => binary_mean_loss(readable, labels),
        }
    }
}

/// Mean cross-entropy of a batch: `-(1/N) Σ log softmax(logits)[class]` (NNDL §4.5.5, `F.cross_entropy`).
///
/// # Shapes
/// `logits` and `targets` are `[N, classes]`; a row of `targets` is 1 at its class and 0 elsewhere (one-hot, so
/// that no index is ever looked up on a GPU). The result has one element.
pub fn cross_entropy(logits: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    let [rows, _] = logits.dims();
    (log_softmax(logits, 1) * targets).sum().mul_scalar(-1.0 / rows as f64)
}

/// The gradients of [`cross_entropy`] by everything `logits` was computed from, and the logarithms of the
/// probabilities, from which [`mean_loss`] gives the loss when it is wanted.
///
/// The gradient of the loss by the logits is known: `(softmax(logits) - targets) / N`. Given to autodiff as
/// that, it spares the graph the dozen nodes of logarithm, sum and division, which is a
/// third of a small network's step; a test compares it with [`cross_entropy`]'s own backward pass. The sum over the
/// batch is left to the reader of the loss, who has to wait for the device anyway.
///
/// # Shapes
/// As for [`cross_entropy`]; the logarithms are `[N, classes]` without autodiff.
pub fn cross_entropy_backward(logits: Tensor<2>, targets: Tensor<2>) -> (Tensor<2>, Gradients) {
    let [rows, _] = logits.dims();
    let log_probabilities = log_softmax(logits.clone().inner(), 1);
    let slope = (log_probabilities.clone().exp() - targets).mul_scalar(1.0 / rows as f64);
    (log_probabilities, with_gradient(logits, slope).backward())
}

/// Mean cross-entropy from the logarithms of the probabilities, row-major with `columns` classes, and the class of
/// each row; summed in float64.
///
/// # Panics
/// If the lengths do not fit together.
pub fn mean_loss(log_probabilities: &[f32], columns: usize, labels: &[u32]) -> f64 {
    assert_eq!(log_probabilities.len(), labels.len() * columns, "logarithms are [rows, columns]");
    let rows = log_probabilities.chunks_exact(columns).zip(labels);
    -rows.map(|(row, label)| f64::from(row[*label as usize])).sum::<f64>() / labels.len() as f64
}

/// The gradients of the mean binary cross-entropy by everything `logits` was computed from, and the logits, from which
/// [`binary_mean_loss`] gives the loss when it is wanted.
///
/// The gradient of the loss by the logits is known, `(sigmoid(logits) - targets) / N`, and given to autodiff as in
/// [`cross_entropy_backward`].
///
/// # Shapes
/// `logits` and `targets` are `[N, 1]`; the logits come back without autodiff.
pub fn binary_cross_entropy_backward(logits: Tensor<2>, targets: Tensor<2>) -> (Tensor<2>, Gradients) {
    let [rows, _] = logits.dims();
    let values = logits.clone().inner();
    let slope = (sigmoid(values.clone()) - targets).mul_scalar(1.0 / rows as f64);
    (values, with_gradient(logits, slope).backward())
}

/// Mean binary cross-entropy `-(1/N) Σ y log p + (1 − y) log (1 − p)` with `p = sigmoid(logit)`, from the logits and
/// the class `y` of each row, 0 or 1; computed in float64 as `max(z, 0) − z y + log(1 + e^-|z|)`, which no logit
/// overflows.
///
/// # Panics
/// If the lengths do not fit together.
pub fn binary_mean_loss(logits: &[f32], labels: &[u32]) -> f64 {
    assert_eq!(logits.len(), labels.len(), "logits are [rows, 1]");
    let cost = |(logit, label): (&f32, &u32)| {
        let z = f64::from(*logit);
        z.max(0.0) - z * f64::from(*label) + (-z.abs()).exp().ln_1p()
    };
    logits.iter().zip(labels).map(cost).sum::<f64>() / labels.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::Device;

    #[test]
    fn binary_gradients_are_those_of_the_formula() {
        let device = Device::flex().autodiff();
        let labels = [0, 1, 1];
        let targets = Tensor::<2>::from_data([[0.0], [1.0], [1.0]], &Device::flex());
        let source = || Tensor::<2>::from_data([[0.3], [-1.2], [2.0]], &device).require_grad();
        let (one, other) = (source(), source());
        let logits = one.clone() * 2.0;
        let probabilities = sigmoid(logits);
        let expected_targets = Tensor::<2>::from_inner(targets.clone());
        let right = expected_targets.clone() * probabilities.clone().log();
        let wrong = (-expected_targets + 1.0) * (-probabilities + 1.0).log();
        let loss = (right + wrong).mean().mul_scalar(-1.0);
        let expected = one.grad(&loss.backward()).unwrap().into_data();
        let (logits, gradients) = Loss::BinaryCrossEntropy.backward(other.clone() * 2.0, targets);
        let found = other.grad(&gradients).unwrap().into_data();
        found.assert_approx_eq::<f32>(&expected, burn::tensor::Tolerance::absolute(1e-6));
        let logits: Vec<f32> = logits.into_data().try_into_vec().unwrap();
        let value = Loss::BinaryCrossEntropy.mean(&logits, 1, &labels);
        assert!((f64::from(loss.inner().into_scalar::<f32>()) - value).abs() < 1e-6);
    }

    #[test]
    fn binary_losses_stay_finite_and_exact_at_the_ends() {
        assert!((binary_mean_loss(&[0.0], &[1]) - 2f64.ln()).abs() < 1e-15);
        assert_eq!(binary_mean_loss(&[1e30], &[0]), f64::from(1e30f32));
        assert_eq!(binary_mean_loss(&[-200.0, 200.0], &[1, 0]), 200.0);
        assert!((binary_mean_loss(&[40.0], &[1]) - (-40f64).exp()).abs() < 1e-30);
        assert!(binary_mean_loss(&[f32::NAN], &[1]).is_nan());
        let device = Device::flex().autodiff();
        let logits = Tensor::<2>::from_data([[1e4], [-1e4]], &device).require_grad();
        let targets = Tensor::<2>::from_data([[0.0], [0.0]], &Device::flex());
        let (_, gradients) = binary_cross_entropy_backward(logits.clone(), targets);
        let slope: Vec<f32> = logits.grad(&gradients).unwrap().into_data().try_into_vec().unwrap();
        assert_eq!(slope, [0.5, 0.0]);
    }

    #[test]
    fn both_ways_give_the_same_loss_and_gradients() {
        let device = Device::flex().autodiff();
        let values = [[0.3, -1.2, 2.0], [1.5, 0.1, -0.4]];
        let targets = Tensor::<2>::from_data([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], &Device::flex());
        let source = || Tensor::<2>::from_data(values, &device).require_grad();
        let (one, other) = (source(), source());
        let loss = cross_entropy(one.clone() * 2.0, targets.clone());
        let expected = one.grad(&loss.backward()).unwrap().into_data();
        let (logarithms, gradients) = cross_entropy_backward(other.clone() * 2.0, targets);
        let found = other.grad(&gradients).unwrap().into_data();
        found.assert_approx_eq::<f32>(&expected, burn::tensor::Tolerance::absolute(1e-7));
        let logarithms: Vec<f32> = logarithms.into_data().try_into_vec().unwrap();
        let value = mean_loss(&logarithms, 3, &[1, 0]);
        assert!((f64::from(loss.inner().into_scalar::<f32>()) - value).abs() < 1e-6);
    }

    #[test]
    fn equal_logits_cost_the_logarithm_of_the_number_of_classes() {
        let device = Device::flex();
        let logits = Tensor::<2>::full([2, 3], 0.7, &device);
        let targets = Tensor::<2>::from_data([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], &device);
        let loss: f32 = cross_entropy(logits, targets).into_scalar();
        assert!((loss - 3f32.ln()).abs() < 1e-6);
    }

    #[test]
    fn large_logits_stay_finite() {
        let device = Device::flex();
        let logits = Tensor::<2>::from_data([[1000.0, -1000.0]], &device);
        let wrong = Tensor::<2>::from_data([[0.0, 1.0]], &device);
        let loss: f32 = cross_entropy(logits, wrong).into_scalar();
        assert!((loss - 2000.0).abs() < 1e-3);
    }
}
