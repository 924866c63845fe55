//! Numerical gradients for every layer used: burn's backward pass against central differences of an independent
//! float64 forward pass.

#![cfg(feature = "tensors")]

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::{Device, Gradients, Tensor};
use emberbook::nn::layers::network::Network;
use emberbook::nn::layers::parameters::{self, NamedTensor};
use emberbook::nn::models::mlp::{Activation, MlpConfig};
use emberbook::nn::objective::cross_entropy::{cross_entropy_backward, mean_loss};
use pollster::block_on;

const INPUT: [[f64; 3]; 4] = [[0.1, -0.7, 1.2], [0.9, 0.4, -0.3], [-1.1, 0.2, 0.6], [0.5, 0.5, 0.5]];
const LABELS: [usize; 4] = [0, 1, 1, 0];
const CLASSES: usize = 2;

/// Mean cross-entropy of the network with these parameters, computed in float64.
fn loss(parameters: &[NamedTensor], values: &[Vec<f64>], activation: Activation) -> f64 {
    let layers = parameters.len() / 2;
    let mut total = 0.0;
    for (input, label) in INPUT.iter().zip(LABELS) {
        let mut current = input.to_vec();
        for layer in 0..layers {
            let outputs = parameters[2 * layer].shape[1];
            let mut next = values[2 * layer + 1].clone();
            for (i, value) in current.iter().enumerate() {
                for (o, sum) in next.iter_mut().enumerate() {
                    *sum += value * values[2 * layer][i * outputs + o];
                }
            }
            if layer + 1 < layers {
                for z in &mut next {
                    *z = match activation {
                        Activation::Sigmoid => 1.0 / (1.0 + (-*z).exp()),
                        Activation::Tanh => z.tanh(),
                        Activation::Relu => z.max(0.0),
                    };
                }
            }
            current = next;
        }
        total += current.iter().map(|z| z.exp()).sum::<f64>().ln() - current[label];
    }
    total / INPUT.len() as f64
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

fn check(hidden: &[usize], activation: Activation) {
    let config = MlpConfig {
        inputs: 3,
        hidden: hidden.to_vec(),
        classes: CLASSES,
        activation,
        init_std: 0.8,
        init_bias: 0.3,
    };
    let network = config.init(4, &Device::flex().autodiff());
    let device = Device::flex();
    let input = Tensor::<2>::from_data(INPUT.map(|row| row.map(|v| v as f32)), &device);
    let targets =
        LABELS.map(|label| std::array::from_fn::<f32, CLASSES, _>(|c| f32::from(u8::from(c == label))));
    let targets = Tensor::<2>::from_data(targets, &device);
    let (logarithms, gradients) = cross_entropy_backward(network.forward(input), targets);
    let mut visitor = CollectGradients { gradients: &gradients, found: Vec::new() };
    network.visit(&mut visitor);

    let parameters = block_on(parameters::read(&network)).unwrap();
    let values: Vec<Vec<f64>> =
        parameters.iter().map(|tensor| tensor.values.iter().map(|v| f64::from(*v)).collect()).collect();
    let expected = loss(&parameters, &values, activation);
    let logarithms: Vec<f32> = logarithms.into_data().try_into_vec().unwrap();
    let value = mean_loss(&logarithms, CLASSES, &LABELS.map(|label| label as u32));
    assert!((value - expected).abs() < 1e-6);

    const H: f64 = 1e-5;
    let mut largest: f64 = 0.0;
    for (tensor, gradient) in parameters.iter().zip(&visitor.found).enumerate().map(|(t, (_, g))| (t, g)) {
        for (index, found) in gradient.iter().enumerate() {
            let moved = |by: f64| {
                let mut values = values.clone();
                values[tensor][index] += by;
                loss(&parameters, &values, activation)
            };
            let slope = (moved(H) - moved(-H)) / (2.0 * H);
            let error = (f64::from(*found) - slope).abs();
            assert!(
                error < 2e-6 + 1e-5 * slope.abs(),
                "{} [{index}]: {found} for {slope}",
                parameters[tensor].name
            );
            largest = largest.max(slope.abs());
        }
    }
    assert!(largest > 0.01, "a check of gradients that are all nearly zero checks nothing");
}

#[test]
fn linear_layers_with_sigmoid_and_cross_entropy() {
    check(&[5], Activation::Sigmoid);
}

#[test]
fn linear_layers_with_tanh() {
    check(&[4, 3], Activation::Tanh);
}

#[test]
fn linear_layers_with_relu() {
    check(&[6], Activation::Relu);
}

#[test]
fn a_linear_layer_alone() {
    check(&[], Activation::Sigmoid);
}
