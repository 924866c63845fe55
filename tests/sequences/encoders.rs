//! The encoders of late and early fusion against a dense float64 oracle.

use crate::support::{check_gradients, difference, flat, list, tensor, values, with_weights};
use burn::tensor::{Device, Tensor, TensorData};
use emberbook::nn::layers::gru::{Gru, Packed};
use emberbook::nn::layers::parameters::NamedTensor;
use emberbook::nn::layers::self_attention::{SelfAttention, causal_edges};
use emberbook::random::{Purpose, Random};
use serde_json::Value;

const FIXTURE: &str = include_str!("../fixtures/sequences_layers.json");
const WIDTH: usize = 8;

struct Oracle {
    fixture: Value,
    lengths: Vec<usize>,
    device: Device,
}

impl Oracle {
    fn new() -> Self {
        let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
        let fixture = fixture["sequence"].clone();
        Self { lengths: list(&fixture["lengths"]), fixture, device: Device::flex().autodiff() }
    }

    /// The rows that are steps of a sequence, of a padded list `[sequences, steps, width]`.
    fn packed(&self, padded: &Value) -> Vec<f32> {
        let sequences = padded.as_array().unwrap().iter().zip(&self.lengths);
        sequences
            .flat_map(|(steps, length)| steps.as_array().unwrap()[..*length].iter().flat_map(flat))
            .collect()
    }

    fn rows(&self, padded: &Value) -> Tensor<2> {
        let values = self.packed(padded);
        let rows = values.len() / WIDTH;
        Tensor::from_data(TensorData::new(values, [rows, WIDTH]), &self.device)
    }
}

/// Torch's weights stand on the left of a column.
fn transposed(mut tensors: Vec<NamedTensor>) -> Vec<NamedTensor> {
    for tensor in tensors.iter_mut().filter(|tensor| tensor.shape.len() == 2) {
        let [rows, columns] = [tensor.shape[0], tensor.shape[1]];
        let at = |column: usize, row: usize| tensor.values[row * columns + column];
        tensor.values = (0..columns)
            .flat_map(|column| (0..rows).map(move |row| (column, row)))
            .map(|(column, row)| at(column, row))
            .collect();
        tensor.shape = vec![columns, rows];
    }
    tensors
}

fn tensors(value: &Value) -> Vec<NamedTensor> {
    value.as_object().unwrap().iter().map(|(name, value)| tensor(name, value)).collect()
}

/// The last state of each sequence is what is used of a GRU; the states before are its last ones for shorter sequences.
#[test]
fn a_gru_agrees_with_the_oracle_at_every_step() {
    let oracle = Oracle::new();
    let case = &oracle.fixture["gru"];
    let names = [
        ("weight_ih", "input.weight"),
        ("weight_hh", "state.weight"),
        ("bias_ih", "input.bias"),
        ("bias_hh", "state.bias"),
    ];
    let gru = Gru::init(WIDTH, WIDTH, &mut Random::new(1, Purpose::Weights), &oracle.device);
    let gru = with_weights(gru, &transposed(tensors(&case["weights"])), &names);
    let input = oracle.rows(&oracle.fixture["input"]).require_grad();
    // Every beginning of every sequence as a sequence of its own: its last state is the state at that step.
    let (mut rows, mut lengths, mut first) = (Vec::new(), Vec::new(), 0);
    for length in &oracle.lengths {
        for end in 1..=*length {
            rows.extend((0..end).map(|step| (first + step) as i32));
            lengths.push(end);
        }
        first += length;
    }
    let count = rows.len();
    let rows = Tensor::<1, burn::tensor::Int>::from_data(TensorData::new(rows, [count]), &oracle.device);
    let beginnings = input.clone().select(0, rows);
    let states = gru.last(beginnings, &Packed::new(&lengths, &oracle.device));
    assert!(difference(&values(states.clone()), &oracle.packed(&case["output"])) < 1e-5);
    let gradients = (states * oracle.rows(&oracle.fixture["projection"])).sum().backward();
    check_gradients("gru", &gru, &gradients, &transposed(tensors(&case["gradients"])), &names);
    let by_input = values(input.grad(&gradients).unwrap());
    assert!(difference(&by_input, &oracle.packed(&case["input_gradient"])) < 1e-5);
}

#[test]
fn self_attention_agrees_with_the_oracle() {
    let oracle = Oracle::new();
    let case = &oracle.fixture["self_attention"];
    let names = [
        ("W_Q", "query"),
        ("W_K", "key"),
        ("W_V", "value"),
        ("W_O", "output"),
        ("W_1", "hidden.weight"),
        ("b_1", "hidden.bias"),
        ("W_2", "back.weight"),
        ("b_2", "back.bias"),
        ("scale_1", "before_attention.scale"),
        ("shift_1", "before_attention.shift"),
        ("scale_2", "before_hidden.scale"),
        ("shift_2", "before_hidden.shift"),
        ("scale_3", "behind.scale"),
        ("shift_3", "behind.shift"),
    ];
    let block = SelfAttention::init(WIDTH, &mut Random::new(1, Purpose::Weights), &oracle.device);
    let block = with_weights(block, &tensors(&case["weights"]), &names);
    let input = oracle.rows(&oracle.fixture["input"]).require_grad();
    let edges = causal_edges(&oracle.lengths, &oracle.device);
    let output = block.forward(input.clone(), &edges);
    assert!(difference(&values(output.clone()), &oracle.packed(&case["output"])) < 1e-5);
    let gradients = (output * oracle.rows(&oracle.fixture["projection"])).sum().backward();
    check_gradients("self-attention", &block, &gradients, &tensors(&case["gradients"]), &names);
    let by_input = values(input.grad(&gradients).unwrap());
    assert!(difference(&by_input, &oracle.packed(&case["input_gradient"])) < 1e-5);
}
