//! A convolution block composed of burn's operations: what a GPU computes.

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Backend, TensorMetadata};
use burn::tensor::ops::ConvOptions;
use burn::tensor::{IntDType, Shape};

/// See [`Convolutions::convolution_block`](super::Convolutions::convolution_block).
pub(super) fn block<B: Backend>(
    input: FloatTensor<B>,
    kernel: FloatTensor<B>,
    bias: FloatTensor<B>,
    pool: bool,
) -> (FloatTensor<B>, IntTensor<B>, FloatTensor<B>) {
    let convolved = B::conv2d(
        B::float_permute(input, &[0, 3, 1, 2]),
        B::float_permute(kernel, &[3, 2, 0, 1]),
        Some(bias),
        stride_one(),
    );
    if !pool {
        let output = B::float_permute(B::relu(convolved.clone()), &[0, 2, 3, 1]);
        let none = B::int_zeros(Shape::new([1]), &output.device(), IntDType::I32);
        return (output, none, convolved);
    }
    let pooled =
        B::max_pool2d_with_indices(convolved.clone(), [2, 2], [2, 2], [0, 0], [1, 1], false, IntDType::I32);
    // The largest of four is above 0 where one of them is, and after pooling there is a quarter to compare.
    (B::float_permute(B::relu(pooled.output), &[0, 2, 3, 1]), pooled.indices, convolved)
}

/// See [`Convolutions::convolution_block_backward`](super::Convolutions::convolution_block_backward).
#[allow(clippy::too_many_arguments, reason = "a backward pass needs what the forward pass had and gave")]
pub(super) fn block_backward<B: Backend>(
    input: FloatTensor<B>,
    kernel: FloatTensor<B>,
    output: FloatTensor<B>,
    choice: IntTensor<B>,
    convolved: FloatTensor<B>,
    gradient: FloatTensor<B>,
    pool: bool,
    wants_input: bool,
) -> (FloatTensor<B>, FloatTensor<B>, FloatTensor<B>) {
    let gradient = B::relu_backward(output, gradient);
    let mut gradient = B::float_permute(gradient, &[0, 3, 1, 2]);
    if pool {
        gradient = B::max_pool2d_with_indices_backward(
            convolved,
            [2, 2],
            [2, 2],
            [0, 0],
            [1, 1],
            false,
            gradient,
            choice,
        )
        .x_grad;
    }
    let input = B::float_permute(input, &[0, 3, 1, 2]);
    let kernel = B::float_permute(kernel, &[3, 2, 0, 1]);
    let of_bias = bias_gradient::<B>(gradient.clone());
    let of_input = if wants_input {
        let of_input = B::conv2d_x_backward(input.clone(), kernel.clone(), gradient.clone(), stride_one());
        B::float_permute(of_input, &[0, 2, 3, 1])
    } else {
        of_bias.clone()
    };
    (of_input, kernel_gradient::<B>(input, gradient), of_bias)
}

fn stride_one() -> ConvOptions<2> {
    ConvOptions::new([1, 1], [0, 0], [1, 1], 1)
}

/// The gradient `[outputs]` of the bias from `[N, outputs, h, w]`.
///
/// In stages: at once, as many threads as there are outputs would each add over all pictures and places.
fn bias_gradient<B: Backend>(gradient: FloatTensor<B>) -> FloatTensor<B> {
    let [_, outputs, _, _] = gradient.shape().dims();
    let by_row = B::float_sum_dim(gradient, 3);
    let by_picture = B::float_sum_dim(by_row, 2);
    B::float_reshape(B::float_sum_dim(by_picture, 0), Shape::new([outputs]))
}

/// The gradient `[k, k, inputs, outputs]` of the kernel from `[N, inputs, h, w]` and `[N, outputs, h + 1 − k, w + 1 − k]`.
///
/// burn's own computes each of its `k·k·inputs·outputs` values in one thread, which adds over all pictures and places:
/// for colour pictures 432 threads of half a million products, where a card has room for tens of thousands. Here every
/// picture is a group of its own, and the sum over the pictures comes after.
fn kernel_gradient<B: Backend>(input: FloatTensor<B>, gradient: FloatTensor<B>) -> FloatTensor<B> {
    let [pictures, inputs, height, width] = input.shape().dims();
    let [_, outputs, rows, columns] = gradient.shape().dims();
    let size = [height + 1 - rows, width + 1 - columns];
    let by_picture = B::conv2d(
        B::float_permute(input, &[1, 0, 2, 3]),
        B::float_reshape(gradient, Shape::new([pictures * outputs, 1, rows, columns])),
        None,
        ConvOptions::new([1, 1], [0, 0], [1, 1], pictures),
    );
    let by_picture = B::float_reshape(by_picture, Shape::new([inputs, pictures, outputs, size[0], size[1]]));
    let sum =
        B::float_reshape(B::float_sum_dim(by_picture, 1), Shape::new([inputs, outputs, size[0], size[1]]));
    B::float_permute(sum, &[2, 3, 0, 1])
}
