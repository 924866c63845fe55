//! Numerical gradients of the convolutional networks: the backward pass against central differences of an independent
//! float64 forward pass, for both losses, kernels of 3 and of 5, and maps with odd sides.

#![cfg(feature = "tensors")]

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::{Device, Gradients, Tensor, TensorData};
use emberbook::nn::layers::network::Network;
use emberbook::nn::layers::parameters::{self, NamedTensor};
use emberbook::nn::models::conv_net::{ConvNet, ConvNetConfig};
use emberbook::nn::objective::Objective;
use emberbook::nn::objective::classification::{Classes, Classification};
use emberbook::random::{Purpose, Random};
use pollster::block_on;

const PICTURES: usize = 3;
const LABELS: [u32; PICTURES] = [1, 0, 1];

/// Values `[height, width, channels]` of one picture or of its maps.
struct Maps {
    height: usize,
    width: usize,
    channels: usize,
    values: Vec<f64>,
}

impl Maps {
    fn at(&self, y: usize, x: usize, channel: usize) -> f64 {
        self.values[(y * self.width + x) * self.channels + channel]
    }

    /// Convolution, ReLU and 2×2 maxima, from the definitions.
    fn after_block(&self, size: usize, kernel: &[f64], bias: &[f64]) -> Maps {
        let outputs = bias.len();
        let convolved = |y: usize, x: usize, output: usize| {
            let mut sum = bias[output];
            for dy in 0..size {
                for dx in 0..size {
                    for channel in 0..self.channels {
                        let number = ((dy * size + dx) * self.channels + channel) * outputs + output;
                        sum += self.at(y + dy, x + dx, channel) * kernel[number];
                    }
                }
            }
            sum.max(0.0)
        };
        let (height, width) = ((self.height + 1 - size) / 2, (self.width + 1 - size) / 2);
        let mut values = Vec::new();
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            for output in 0..outputs {
                let four = [(0, 0), (0, 1), (1, 0), (1, 1)]
                    .map(|(down, right)| convolved(2 * y + down, 2 * x + right, output));
                values.push(four.into_iter().fold(f64::MIN, f64::max));
            }
        }
        Maps { height, width, channels: outputs, values }
    }
}

fn dense(input: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let mut sums = bias.to_vec();
    for (value, row) in input.iter().zip(weight.chunks_exact(bias.len())) {
        sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += value * number);
    }
    sums
}

/// Mean loss of the network with these parameters, computed in float64.
fn loss(config: &ConvNetConfig, pictures: &[f32], values: &[Vec<f64>]) -> f64 {
    let (convolutions, rest) = values.split_at(2 * config.filters.len());
    let one = |picture: &[f32], label: u32| {
        let mut maps = Maps {
            height: config.height,
            width: config.width,
            channels: config.channels,
            values: picture.iter().map(|pixel| f64::from(*pixel)).collect(),
        };
        for layer in convolutions.chunks_exact(2) {
            maps = maps.after_block(config.kernel_size, &layer[0], &layer[1]);
        }
        let hidden: Vec<f64> =
            dense(&maps.values, &rest[0], &rest[1]).into_iter().map(|z| z.max(0.0)).collect();
        let logits = dense(&hidden, &rest[2], &rest[3]);
        match logits[..] {
            [logit] => (1.0 + (if label == 1 { -logit } else { logit }).exp()).ln(),
            _ => logits.iter().map(|z| z.exp()).sum::<f64>().ln() - logits[label as usize],
        }
    };
    let pictures = pictures.chunks_exact(config.height * config.width * config.channels);
    pictures.zip(LABELS).map(|(picture, label)| one(picture, label)).sum::<f64>() / PICTURES as f64
}

struct CollectGradients<'a> {
    gradients: &'a Gradients,
    found: Vec<Vec<f32>>,
}

impl ModuleVisitor for CollectGradients<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let gradient = param.val().grad(self.gradients).expect("every parameter has a gradient");
        self.found.push(gradient.into_data().try_into_vec().unwrap());
    }
}

/// The gradients of all parameters, as the runner computes them.
fn found(config: &ConvNetConfig, network: &ConvNet, pictures: &[f32], device: &Device) -> Vec<Vec<f32>> {
    let shape = [PICTURES, config.height, config.width, config.channels];
    let device = device.clone().inner();
    let input = Tensor::<4>::from_data(TensorData::new(pictures.to_vec(), shape), &device);
    let target = match config.outputs {
        1 => Classes::binary(LABELS.to_vec(), &device),
        classes => Classes::one_hot(LABELS.to_vec(), classes, &device),
    };
    let objective = Classification::of_outputs(config.outputs);
    let (_, gradients) = objective.backward(network.forward(input), &target);
    let mut collect = CollectGradients { gradients: &gradients, found: Vec::new() };
    network.visit(&mut collect);
    collect.found
}

fn check(config: &ConvNetConfig) {
    config.check().unwrap();
    let device = Device::flex().autodiff();
    let network = config.init(3, &device);
    let mut random = Random::new(7, Purpose::Split);
    let count = PICTURES * config.height * config.width * config.channels;
    let pictures: Vec<f32> = (0..count).map(|_| random.uniform(0.0, 1.0) as f32).collect();
    let parameters: Vec<NamedTensor> = block_on(parameters::read(&network)).unwrap();
    let mut values: Vec<Vec<f64>> =
        parameters.iter().map(|p| p.values.iter().map(|v| f64::from(*v)).collect()).collect();

    let found = found(config, &network, &pictures, &device);
    assert_eq!(found.len(), values.len());
    let mut largest = 0.0f64;
    for (p, gradient) in found.iter().enumerate() {
        for (i, gradient) in gradient.iter().enumerate() {
            const STEP: f64 = 1e-5;
            let before = values[p][i];
            let [above, below] = [before + STEP, before - STEP].map(|value| {
                values[p][i] = value;
                loss(config, &pictures, &values)
            });
            values[p][i] = before;
            let expected = (above - below) / (2.0 * STEP);
            largest = largest.max(expected.abs());
            let error = (f64::from(*gradient) - expected).abs();
            let name = &parameters[p].name;
            assert!(error < 1e-5, "{config:?}: {name}[{i}] has {gradient}, expected {expected}");
        }
    }
    assert!(largest > 1e-2, "the gradients are there: {largest}");
}

#[test]
fn gradients_are_slopes_of_the_loss() {
    let network = |[height, width, channels]: [usize; 3], filters: &[usize], kernel_size, outputs| {
        check(&ConvNetConfig {
            height,
            width,
            channels,
            filters: filters.to_vec(),
            kernel_size,
            dense_units: 6,
            outputs,
        });
    };
    network([12, 13, 1], &[5, 9], 3, 3);
    network([9, 8, 3], &[4], 5, 1);
    // Eight channels and more have a kernel gradient of their own (`LONG_RUN`).
    network([11, 10, 2], &[8, 3], 3, 2);
    network([5, 4, 2], &[], 3, 1);
}
