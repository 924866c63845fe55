//! Softmax over many columns of which one is right, as one operation: what is read of it, and its gradient.
//!
//! Composed of burn's operations it goes six times over logits of which there are two million for a minibatch and all
//! films; the CPU path goes over them twice.

use super::on_cpu::{OnCpu, values, whole_numbers};
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, Backend, Dispatch, Flex, TensorMetadata, backend_extension};
use burn::tensor::{IndexingUpdateOp, Int, Tensor, TensorData};

/// Losses of choosing one of many items.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait ItemLosses: Backend {
    /// See [`item_losses`].
    #[fusion(default)]
    fn item_losses(
        logits: FloatTensor<Self>,
        right: IntTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let rows = logits.shape()[0];
        let logarithms = Self::log_softmax(logits, 1);
        let of_right = Self::float_gather(1, logarithms.clone(), right.clone());
        let ahead = Self::float_sub(Self::float_max_dim(logarithms.clone(), 1), of_right.clone());
        let minus_one =
            Self::float_neg(Self::float_ones(of_right.shape(), &of_right.device(), of_right.dtype().into()));
        let probabilities = Self::float_exp(logarithms);
        let slope = Self::float_scatter(1, probabilities, right, minus_one, IndexingUpdateOp::Add);
        let slope = Self::float_div_scalar(slope, (rows as f64).into());
        (Self::float_cat(vec![of_right, ahead], 1), slope)
    }
}

#[cfg(feature = "webgpu")]
impl ItemLosses for burn_wgpu::CubeBackend {}

impl ItemLosses for Flex {
    fn item_losses(logits: OnCpu, right: IntTensor<Self>) -> (OnCpu, OnCpu) {
        let [logits, right] = [logits, right].map(|tensor| tensor.to_contiguous());
        let (rows, columns) = (logits.layout().shape()[0], logits.layout().shape()[1]);
        let (logits, right) = (values(&logits), whole_numbers(&right));
        let mut slope = vec![0.0f32; rows * columns];
        let mut read = Vec::with_capacity(2 * rows);
        for (row, right) in right.iter().enumerate() {
            let range = row * columns..(row + 1) * columns;
            let (logits, slope) = (&logits[range.clone()], &mut slope[range]);
            read.extend(emberbook_kernels::softmax_slope(logits, *right as usize, rows, slope));
        }
        let (read, slope) = (TensorData::new(read, [rows, 2]), TensorData::new(slope, [rows, columns]));
        (OnCpu::from_data(read), OnCpu::from_data(slope))
    }
}

// The gradient is known: nothing of it goes through autodiff.
impl<B: ItemLosses, C: CheckpointStrategy> ItemLosses for Autodiff<B, C> {
    fn item_losses(
        logits: FloatTensor<Self>,
        right: IntTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let (read, slope) = B::item_losses(logits.into_primitive(), right);
        (FloatTensor::<Self>::new(read), FloatTensor::<Self>::new(slope))
    }
}

/// Of a softmax over the columns: for each row `log p` of the right column and by how much another column is larger (0
/// where none is), `[N, 2]`; and the gradient of the mean of `−log p` by the logits, `(p − 1 at the right column) / N`.
///
/// # Shapes
/// `[N, columns]` and `[N, 1]`.
pub fn item_losses(logits: Tensor<2>, right: Tensor<2, Int>) -> (Tensor<2>, Tensor<2>) {
    let (read, slope) = Dispatch::item_losses(logits.into_dispatch(), right.into_dispatch());
    (Tensor::from_dispatch(read), Tensor::from_dispatch(slope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::Device;

    #[test]
    fn the_kernel_is_the_composed_operation() {
        let values: Vec<f32> = (0..60).map(|at| ((at * 37 % 23) as f32 - 11.0) / 3.0).collect();
        let logits = || Tensor::<2>::from_data(TensorData::new(values.clone(), [5, 12]), &Device::flex());
        let right = Tensor::<2, Int>::from_data([[0], [11], [3], [3], [7]], &Device::flex());
        let (read, slope) = item_losses(logits(), right.clone());
        let logarithms = burn::tensor::activation::log_softmax(logits(), 1);
        let of_right = logarithms.clone().gather(1, right.clone());
        let ahead = logarithms.clone().max_dim(1) - of_right.clone();
        let minus_one = Tensor::<2>::full([5, 1], -1.0, &Device::flex());
        let expected = logarithms.exp().scatter(1, right, minus_one, IndexingUpdateOp::Add) / 5.0;
        let tolerance = burn::tensor::Tolerance::absolute(1e-6);
        read.into_data()
            .assert_approx_eq::<f32>(&Tensor::cat(vec![of_right, ahead], 1).into_data(), tolerance);
        slope.into_data().assert_approx_eq::<f32>(&expected.into_data(), tolerance);
    }
}
