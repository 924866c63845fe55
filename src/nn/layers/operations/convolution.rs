//! A convolution block as one operation: valid convolution, bias, ReLU, and 2×2 max pooling where it is asked for.
//!
//! Composed of burn's operations, pooling alone costs as much as all matrix products of a small network on the CPU,
//! and its gradient goes through a tensor of which three values in four are zero. The CPU path has kernels of its own
//! (`emberbook-kernels`); a GPU composes the block of burn's operations.
//!
//! Tensors have Keras' layout: pictures `[N, height, width, channels]`, kernels `[k, k, inputs, outputs]`.

mod composed;
#[cfg(test)]
mod tests;

use super::on_cpu::{OnCpu, values};
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, Backend, Dispatch, Flex, backend_extension};
use burn::tensor::{Tensor, TensorData};
use emberbook_kernels::{self as kernels, Block};

/// A block of a convolution and what follows it.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Convolutions: Backend {
    /// `relu(convolution(input, kernel) + bias)`, pooled if `pool`; which of four values was the largest; and what the
    /// backward pass needs beside.
    #[fusion(default)]
    fn convolution_block(
        input: FloatTensor<Self>,
        kernel: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        pool: bool,
    ) -> (FloatTensor<Self>, IntTensor<Self>, FloatTensor<Self>) {
        composed::block::<Self>(input, kernel, bias, pool)
    }

    /// Gradients of the input if `wants_input` (else something small that means nothing), of kernel and of bias.
    #[fusion(default)]
    #[allow(clippy::too_many_arguments, reason = "a backward pass needs what the forward pass had and gave")]
    fn convolution_block_backward(
        input: FloatTensor<Self>,
        kernel: FloatTensor<Self>,
        output: FloatTensor<Self>,
        choice: IntTensor<Self>,
        convolved: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        pool: bool,
        wants_input: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        composed::block_backward::<Self>(
            input,
            kernel,
            output,
            choice,
            convolved,
            gradient,
            pool,
            wants_input,
        )
    }
}

#[cfg(feature = "webgpu")]
impl Convolutions for burn_wgpu::CubeBackend {}

impl Convolutions for Flex {
    fn convolution_block(
        input: OnCpu,
        kernel: OnCpu,
        bias: OnCpu,
        pool: bool,
    ) -> (OnCpu, IntTensor<Self>, OnCpu) {
        let block = block_of(&input, &kernel, pool);
        let (input, kernel, bias) = (input.to_contiguous(), kernel.to_contiguous(), bias.to_contiguous());
        let pictures = input.layout().shape()[0];
        let mut output = vec![0.0f32; pictures * block.output_len()];
        let mut choice = vec![0i32; output.len()];
        kernels::forward(&block, values(&input), values(&kernel), values(&bias), &mut output, &mut choice);
        let (height, width) = block.output_size();
        let shape = [pictures, height, width, block.outputs];
        let output = OnCpu::from_data(TensorData::new(output, shape));
        (output.clone(), OnCpu::from_data(TensorData::new(choice, shape)), output)
    }

    fn convolution_block_backward(
        input: OnCpu,
        kernel: OnCpu,
        _output: OnCpu,
        choice: IntTensor<Self>,
        _convolved: OnCpu,
        gradient: OnCpu,
        pool: bool,
        wants_input: bool,
    ) -> (OnCpu, OnCpu, OnCpu) {
        let block = block_of(&input, &kernel, pool);
        let (input, kernel, gradient) =
            (input.to_contiguous(), kernel.to_contiguous(), gradient.to_contiguous());
        let choice = choice.storage::<i32>();
        let mut of_kernel = vec![0.0f32; block.kernel_len()];
        let mut of_bias = vec![0.0f32; block.outputs];
        kernels::kernel_gradient(
            &block,
            values(&input),
            choice,
            values(&gradient),
            &mut of_kernel,
            &mut of_bias,
        );
        let of_bias = OnCpu::from_data(TensorData::new(of_bias, [block.outputs]));
        let of_input = if wants_input {
            let shape = input.layout().shape().clone();
            let mut of_input = vec![0.0f32; shape.num_elements()];
            kernels::input_gradient(&block, values(&kernel), choice, values(&gradient), &mut of_input);
            OnCpu::from_data(TensorData::new(of_input, shape))
        } else {
            of_bias.clone()
        };
        let shape = kernel.layout().shape().clone();
        (of_input, OnCpu::from_data(TensorData::new(of_kernel, shape)), of_bias)
    }
}

fn block_of(input: &OnCpu, kernel: &OnCpu, pool: bool) -> Block {
    let (input, kernel) = (input.layout().shape(), kernel.layout().shape());
    Block { height: input[1], width: input[2], inputs: input[3], outputs: kernel[3], kernel: kernel[0], pool }
}

impl<B: Convolutions, C: CheckpointStrategy> Convolutions for Autodiff<B, C> {
    fn convolution_block(
        input: FloatTensor<Self>,
        kernel: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        pool: bool,
    ) -> (FloatTensor<Self>, IntTensor<Self>, FloatTensor<Self>) {
        let nodes = [input.node(), kernel.node(), bias.node()];
        let (input, kernel, bias) = (input.into_primitive(), kernel.into_primitive(), bias.into_primitive());
        match ConvolutionBlock.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(operation) => {
                let (output, choice, convolved) =
                    B::convolution_block(input.clone(), kernel.clone(), bias, pool);
                let state =
                    State { input, kernel, output: output.clone(), choice: choice.clone(), convolved, pool };
                let output = operation.finish(state, output);
                (output.clone(), choice, output)
            }
            OpsKind::UnTracked(operation) => {
                let (output, choice, _) = B::convolution_block(input, kernel, bias, pool);
                let output = operation.finish(output);
                (output.clone(), choice, output)
            }
        }
    }
}

#[derive(Debug)]
struct ConvolutionBlock;

/// What the backward pass needs.
#[derive(Debug, Clone)]
struct State<B: Backend> {
    input: FloatTensor<B>,
    kernel: FloatTensor<B>,
    output: FloatTensor<B>,
    choice: IntTensor<B>,
    convolved: FloatTensor<B>,
    pool: bool,
}

impl<B: Convolutions> Backward<B, 3> for ConvolutionBlock {
    type State = State<B>;

    fn backward(
        self,
        Ops { parents, node, state }: Ops<Self::State, 3>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let gradient = gradients.consume::<B>(&node);
        let State { input, kernel, output, choice, convolved, pool } = state;
        // Pictures have no gradient: the first block of a network spares the largest part of its backward pass.
        let wants_input = parents[0].is_some();
        let (of_input, of_kernel, of_bias) = B::convolution_block_backward(
            input,
            kernel,
            output,
            choice,
            convolved,
            gradient,
            pool,
            wants_input,
        );
        for (parent, gradient) in parents.into_iter().zip([of_input, of_kernel, of_bias]) {
            if let Some(parent) = parent {
                gradients.register::<B>(parent.id, gradient);
            }
        }
    }
}

/// `relu(convolution(input, kernel) + bias)`, its 2×2 maxima if `pool`.
///
/// # Shapes
/// `[N, height, width, inputs]` with `[k, k, inputs, outputs]` and `[outputs]` to `[N, height + 1 − k, width + 1 − k,
/// outputs]`, or half of that height and width.
pub fn convolution_block(input: Tensor<4>, kernel: Tensor<4>, bias: Tensor<1>, pool: bool) -> Tensor<4> {
    let (output, _, _) = Dispatch::convolution_block(
        input.into_dispatch(),
        kernel.into_dispatch(),
        bias.into_dispatch(),
        pool,
    );
    Tensor::from_dispatch(output)
}
