//! Loss functions as the documents have them.

use burn::tensor::{Tensor, activation::log_softmax};

/// Mean cross-entropy of a batch: `-(1/N) Σ log softmax(logits)[class]` (NNDL §4.5.5, `F.cross_entropy`).
///
/// # Shapes
/// `logits` and `targets` are `[N, classes]`; a row of `targets` is 1 at its class and 0 elsewhere (one-hot, so
/// that no index is ever looked up on a GPU). The result has one element.
pub fn cross_entropy(logits: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    let [rows, _] = logits.dims();
    (log_softmax(logits, 1) * targets).sum().mul_scalar(-1.0 / rows as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::Device;

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
