//! The linear auto-encoder against a float64 oracle (`tests/oracles/sequences_codes.py`): 20 steps of Adam on all rows.

use crate::support::{difference, flat, list, matrix, tensor, values, with_weights};
use burn::tensor::Device;
use emberbook::lessons::sequences::networks::auto_encoder::AutoEncoder;
use emberbook::nn::layers::network::Network;
use emberbook::nn::layers::parameters::NamedTensor;
use emberbook::nn::objective::Objective;
use emberbook::nn::objective::figures::Figures;
use emberbook::nn::objective::regression::{Numbers, SquaredError};
use emberbook::nn::optim::optimizer::{Constants, Optimizer, Rule};
use serde_json::Value;

const FIXTURE: &str = include_str!("../fixtures/sequences_codes.json");

#[test]
fn codes_and_losses_agree_with_the_oracle() {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    let fixture = &fixture["auto_encoder"];
    let device = Device::flex().autodiff();
    let input = || matrix(&fixture["input"], &device);
    let weights = fixture["weights"].as_object().unwrap().iter();
    // Torch's matrices stand on the left of a column.
    let weights: Vec<NamedTensor> = weights
        .map(|(name, value)| {
            let mut tensor = tensor(name, value);
            if let [rows, columns] = tensor.shape[..] {
                let at = |place: usize| tensor.values[place % rows * columns + place / rows];
                tensor.values = (0..rows * columns).map(at).collect();
                tensor.shape = vec![columns, rows];
            }
            tensor
        })
        .collect();
    let inputs = input().dims()[1];
    let width = flat(&fixture["weights"]["encoder.bias"]).len();
    let mut network = with_weights(AutoEncoder::init(inputs, width, 1, &device), &weights, &[]);
    let codes = values(network.encode(input()));
    let first = flat(&fixture["first_code"]);
    assert!(difference(&codes[..first.len()], &first) < 1e-5);
    let target = Numbers::new(flat(&fixture["input"]), inputs, &Device::flex());
    let mut optimizer = Optimizer::new(Rule::Adam, Constants::Torch, 1e-3);
    let mut losses: Vec<f64> = list(&fixture["losses"]);
    losses.push(fixture["last_loss"].as_f64().unwrap());
    for (step, expected) in losses.into_iter().enumerate() {
        let (read, gradients) = SquaredError.backward(network.forward(input()), &target);
        let mut figures = Figures::new(SquaredError.figures());
        SquaredError.tally(&values(read), inputs, &target, &mut figures);
        let loss = figures.value("loss").unwrap();
        assert!((loss - expected).abs() < 1e-5 * expected, "step {step}: {loss} {expected}");
        if step < 20 {
            network = optimizer.step(network, gradients);
        }
    }
}
