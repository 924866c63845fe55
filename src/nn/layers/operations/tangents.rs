//! The hyperbolic tangent as an operation of its own.
//!
//! burn's goes number by number, and its backward pass computes all tangents again; the networks whose layers all end in
//! one spend half of a training step there.

use super::on_cpu::{OnCpu, values};
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, Flex, TensorMetadata, backend_extension};
use burn::tensor::{Tensor, TensorData};
use emberbook_kernels as kernels;

/// The hyperbolic tangent.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Tangents: Backend {
    /// See [`tanh`].
    #[fusion(default)]
    fn tangents(of: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::float_tanh(of)
    }

    /// The gradient of what the tangents are of: `gradient · (1 − tangents²)`.
    #[fusion(default)]
    fn tangents_backward(gradient: FloatTensor<Self>, tangents: FloatTensor<Self>) -> FloatTensor<Self> {
        let squares = Self::float_mul(tangents.clone(), tangents);
        let slopes = Self::float_add_scalar(Self::float_neg(squares), 1f32.into());
        Self::float_mul(gradient, slopes)
    }
}

#[cfg(feature = "webgpu")]
impl Tangents for burn_wgpu::CubeBackend {}

impl Tangents for Flex {
    fn tangents(of: OnCpu) -> OnCpu {
        let of = of.to_contiguous();
        let mut tangents = values(&of).to_vec();
        kernels::tanh(&mut tangents);
        OnCpu::from_data(TensorData::new(tangents, of.shape()))
    }

    fn tangents_backward(gradient: OnCpu, tangents: OnCpu) -> OnCpu {
        let [gradient, tangents] = [gradient, tangents].map(|tensor| tensor.to_contiguous());
        let mut slopes = values(&gradient).to_vec();
        kernels::tanh_backward(values(&tangents), &mut slopes);
        OnCpu::from_data(TensorData::new(slopes, gradient.shape()))
    }
}

impl<B: Tangents, C: CheckpointStrategy> Tangents for Autodiff<B, C> {
    fn tangents(of: FloatTensor<Self>) -> FloatTensor<Self> {
        let (node, of) = (of.node(), of.into_primitive());
        match OfTangents.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => {
                let tangents = B::tangents(of);
                operation.finish(tangents.clone(), tangents)
            }
            OpsKind::UnTracked(operation) => operation.finish(B::tangents(of)),
        }
    }
}

#[derive(Debug)]
struct OfTangents;

impl<B: Tangents> Backward<B, 1> for OfTangents {
    type State = FloatTensor<B>;

    fn backward(
        self,
        Ops { parents, node, state }: Ops<Self::State, 1>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        unary::<B, _>(parents, node, gradients, |gradient| B::tangents_backward(gradient, state));
    }
}

/// The hyperbolic tangent of each number.
pub fn tanh(of: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::tangents(of.into_dispatch()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::Device;
    use burn::tensor::activation;

    fn read(tensor: Tensor<2>) -> Vec<f32> {
        tensor.into_data().try_into_vec().unwrap()
    }

    #[test]
    fn tangents_and_their_gradient_are_burns() {
        let device = Device::flex().autodiff();
        let numbers: Vec<f32> = (0..30).map(|at| (at - 15) as f32 / 3.0).collect();
        let both = [tanh, activation::tanh].map(|tanh| {
            let of =
                Tensor::<2>::from_data(TensorData::new(numbers.clone(), [10, 3]), &device).require_grad();
            // Transposed, so that rows do not lie side by side.
            let tangents = tanh(of.clone().transpose());
            let weights = Tensor::from_data(TensorData::new(numbers.clone(), [3, 10]), &device);
            let gradients = (tangents.clone() * weights).sum().backward();
            [read(tangents.inner()), read(of.grad(&gradients).unwrap())]
        });
        for (ours, burns) in both[0].iter().zip(&both[1]) {
            assert!(ours.iter().any(|value| value.abs() > 0.1));
            for (one, other) in ours.iter().zip(burns) {
                assert!((one - other).abs() < 1e-6, "{one} {other}");
            }
        }
    }
}
