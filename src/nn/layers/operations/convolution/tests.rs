//! The block composed of burn's operations, which a GPU computes, against the kernels of the CPU, which are tested
//! against the definition where they stand; and what autodiff makes of them.

use super::*;
use crate::random::{Purpose, Random};
use burn::backend::ops::FloatTensorOps;
use burn::tensor::Device;

/// Sizes of a block and of a minibatch for it.
#[derive(Debug, Clone, Copy)]
struct Case {
    pictures: usize,
    height: usize,
    width: usize,
    inputs: usize,
    outputs: usize,
    kernel: usize,
    pool: bool,
}

/// Even and odd sides, one channel and many, outputs that fill no group of eight, kernels of 2, 3 and 5.
fn cases() -> Vec<Case> {
    let case = |pictures, [height, width]: [usize; 2], inputs, outputs, kernel, pool| Case {
        pictures,
        height,
        width,
        inputs,
        outputs,
        kernel,
        pool,
    };
    vec![
        case(3, [8, 8], 1, 16, 3, true),
        case(2, [9, 11], 1, 5, 3, true),
        case(4, [10, 9], 12, 11, 3, true),
        case(2, [13, 12], 3, 9, 5, true),
        case(1, [7, 10], 3, 8, 2, true),
        case(2, [9, 8], 2, 4, 5, false),
        case(3, [7, 5], 16, 9, 3, false),
    ]
}

fn numbers(random: &mut Random, shape: &[usize]) -> OnCpu {
    let values: Vec<f32> = (0..shape.iter().product()).map(|_| random.uniform(-1.0, 1.0) as f32).collect();
    OnCpu::from_data(TensorData::new(values, shape.to_vec()))
}

/// Input, kernel, bias and a gradient of the output.
fn tensors(case: Case) -> [OnCpu; 4] {
    let Case { pictures, height, width, inputs, outputs, kernel, pool } = case;
    let mut random = Random::new(4, Purpose::Weights);
    let block = Block { height, width, inputs, outputs, kernel, pool };
    let (rows, columns) = block.output_size();
    [
        numbers(&mut random, &[pictures, height, width, inputs]),
        numbers(&mut random, &[kernel, kernel, inputs, outputs]),
        numbers(&mut random, &[outputs]),
        numbers(&mut random, &[pictures, rows, columns, outputs]),
    ]
}

fn assert_same(found: OnCpu, expected: OnCpu, what: &str, case: Case) {
    assert_eq!(found.layout().shape(), expected.layout().shape(), "{what} of {case:?}");
    let (found, expected) = (found.to_contiguous(), expected.to_contiguous());
    for (found, expected) in values(&found).iter().zip(values(&expected)) {
        let error = (found - expected).abs();
        assert!(error < 2e-5 * (1.0 + expected.abs()), "{what} of {case:?}: {found} for {expected}");
    }
}

#[test]
fn the_composed_block_is_the_one_of_the_cpu() {
    for case in cases() {
        let [input, kernel, bias, gradient] = tensors(case);
        let both = [
            composed::block::<Flex>(input.clone(), kernel.clone(), bias.clone(), case.pool),
            Flex::convolution_block(input.clone(), kernel.clone(), bias.clone(), case.pool),
        ];
        let [found, expected] = both.clone().map(|(output, ..)| output);
        let dead = values(&expected).iter().filter(|value| **value == 0.0).count();
        assert!((1..values(&expected).len()).contains(&dead), "some outputs are dead: {case:?}");
        assert_same(found, expected, "output", case);

        for wants_input in [true, false] {
            let [(output, choice, convolved), on_cpu] = both.clone();
            let (of_input, of_kernel, of_bias) = composed::block_backward::<Flex>(
                input.clone(),
                kernel.clone(),
                output,
                choice,
                convolved,
                gradient.clone(),
                case.pool,
                wants_input,
            );
            let (output, choice, convolved) = on_cpu;
            let expected = Flex::convolution_block_backward(
                input.clone(),
                kernel.clone(),
                output,
                choice,
                convolved,
                gradient.clone(),
                case.pool,
                wants_input,
            );
            assert_same(of_kernel, expected.1, "kernel", case);
            assert_same(of_bias, expected.2, "bias", case);
            if wants_input {
                assert_same(of_input, expected.0, "input", case);
            } else {
                // Not computed: something small stands in its place.
                for stand_in in [of_input, expected.0] {
                    assert_eq!(stand_in.layout().num_elements(), case.outputs, "{case:?}");
                }
            }
        }
    }
}

#[test]
fn tensors_that_are_views_of_others_count_as_what_they_show() {
    let case = Case { pictures: 2, height: 7, width: 6, inputs: 3, outputs: 9, kernel: 3, pool: true };
    let [input, kernel, bias, _] = tensors(case);
    let (expected, ..) = Flex::convolution_block(input.clone(), kernel.clone(), bias.clone(), true);
    // The same values, turned there and back in memory, and the same behind others.
    let turned = |tensor: OnCpu, there: &[usize], back: &[usize]| {
        let turned = Flex::float_permute(tensor, there).to_contiguous();
        Flex::float_permute(turned, back)
    };
    let kernel = turned(kernel, &[3, 2, 0, 1], &[2, 3, 1, 0]);
    let before = numbers(&mut Random::new(5, Purpose::Weights), &[1, 7, 6, 3]);
    let behind = Flex::float_cat(vec![before, input], 0);
    let input = Flex::float_slice(behind, &[(1..3).into(), (0..7).into(), (0..6).into(), (0..3).into()]);
    let (found, ..) = Flex::convolution_block(input, kernel, bias, true);
    assert_same(found, expected, "output", case);
}

#[test]
fn the_gradient_goes_to_those_that_want_it() {
    let device = Device::flex().autodiff();
    let mut random = Random::new(6, Purpose::Weights);
    let mut tensor = |shape: [usize; 4]| {
        let values: Vec<f32> =
            (0..shape.iter().product()).map(|_| random.uniform(-1.0, 1.0) as f32).collect();
        Tensor::<4>::from_data(TensorData::new(values, shape), &device)
    };
    let (input, kernel) = (tensor([2, 6, 6, 2]), tensor([3, 3, 2, 5]));
    let bias = Tensor::<1>::zeros([5], &device);

    let learning = kernel.clone().require_grad();
    let output = convolution_block(input.clone(), learning.clone(), bias.clone(), true);
    assert_eq!(output.dims(), [2, 2, 2, 5]);
    let gradients = output.sum().backward();
    let of_kernel = learning.grad(&gradients).expect("the kernel learns");
    assert_eq!(of_kernel.dims(), [3, 3, 2, 5]);
    assert!(input.grad(&gradients).is_none() && bias.grad(&gradients).is_none());

    let (input, learning) = (input.require_grad(), kernel.require_grad());
    let gradients = convolution_block(input.clone(), learning.clone(), bias, true).sum().backward();
    assert_eq!(input.grad(&gradients).expect("the input is asked for").dims(), [2, 6, 6, 2]);
    let again = learning.grad(&gradients).expect("the kernel learns");
    assert_eq!(again.into_data(), of_kernel.into_data(), "whoever else wants one");
}
