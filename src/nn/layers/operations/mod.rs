//! Operations burn's dispatch does not offer (0.22.1), as an extension of its backends.
//!
//! For a small network a node of autodiff's graph costs more than the arithmetic it stands for, so these make one node
//! of what would be several.

mod convolution;
mod graph;
mod item_losses;
mod on_cpu;
mod rows;
mod tangents;

pub use convolution::convolution_block;
pub use graph::{Attention, Edge, Edges, attend, mean_of};
pub use item_losses::item_losses;
pub use rows::{largest_of, rows_of};
pub use tangents::tanh;

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, Flex, backend_extension};
use burn::nn::Linear;
use burn::tensor::Tensor;

/// What the lessons need of a backend beyond burn's own operations.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Operations: Backend {
    /// `input · weight + bias` for `[N, inputs]`, `[inputs, outputs]` and `[outputs]`.
    ///
    /// The backends and autodiff know the layer as a whole; burn's dispatch would compose it of a product, reshapes
    /// and a sum.
    #[fusion(default)]
    fn linear_layer(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        Self::linear(input, weight, Some(bias))
    }

    /// `value`, from which a backward pass goes on with `gradient`, whatever it came with.
    #[fusion(default)]
    fn with_gradient(value: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        drop(gradient);
        value
    }
}

impl Operations for Flex {}

#[cfg(feature = "webgpu")]
impl Operations for burn_wgpu::CubeBackend {}

impl<B: Operations, C: CheckpointStrategy> Operations for Autodiff<B, C> {
    fn with_gradient(value: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        match WithGradient.prepare::<C>([value.node()]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => {
                operation.finish(gradient.into_primitive(), value.into_primitive())
            }
            OpsKind::UnTracked(operation) => operation.finish(value.into_primitive()),
        }
    }
}

#[derive(Debug)]
struct WithGradient;

impl<B: Backend> Backward<B, 1> for WithGradient {
    type State = FloatTensor<B>;

    fn backward(
        self,
        Ops { parents, node, state }: Ops<Self::State, 1>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        unary::<B, _>(parents, node, gradients, |_| state);
    }
}

/// What `layer` makes of `input`.
///
/// # Shapes
/// `[N, inputs]` to `[N, outputs]`.
///
/// # Panics
/// If the layer has no bias.
pub fn linear(layer: &Linear, input: Tensor<2>) -> Tensor<2> {
    let bias = layer.bias.as_ref().expect("the lessons' layers have a bias").val();
    Tensor::from_dispatch(Dispatch::linear_layer(
        input.into_dispatch(),
        layer.weight.val().into_dispatch(),
        bias.into_dispatch(),
    ))
}

/// `value` unchanged; [`Tensor::backward`] from it begins with `gradient`, the known gradient of a loss by `value`,
/// instead of ones.
pub fn with_gradient<const D: usize>(value: Tensor<D>, gradient: Tensor<D>) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::with_gradient(value.into_dispatch(), gradient.into_dispatch()))
}
