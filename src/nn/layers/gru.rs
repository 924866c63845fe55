//! A gated recurrent unit over sequences of different lengths (Cho et al. 2014, in the form of `torch.nn.GRU`).

use super::embedding::{numbers, some_rows};
use super::initializer::uniform_linear;
use super::operations::{linear, rows_of};
use crate::data::order::ascending;
use crate::random::Random;
use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::{sigmoid, tanh};
use burn::tensor::{Device, Int, Tensor};

/// Where the steps of several sequences lie: one row for each, a sequence behind the other.
#[derive(Debug, Clone)]
pub struct Packed {
    /// For each step the rows of the sequences that are as long, the longest sequence first.
    steps: Vec<Tensor<1, Int>>,
    /// For each of these steps how many sequences it has.
    active: Vec<usize>,
    /// The place of each sequence among those that are sorted by length.
    places: Tensor<1, Int>,
}

impl Packed {
    /// Of sequences of these lengths.
    ///
    /// # Panics
    /// If one is empty.
    pub fn new(lengths: &[usize], device: &Device) -> Self {
        assert!(lengths.iter().all(|length| *length > 0), "a sequence has a step");
        let mut first = Vec::with_capacity(lengths.len());
        let mut rows = 0;
        for length in lengths {
            first.push(rows);
            rows += length;
        }
        // The order in which equal ones come is fixed, so that sums are the same everywhere.
        let order = ascending(lengths.len(), &|sequence| u64::MAX - lengths[sequence] as u64);
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let (mut steps, mut active) = (Vec::new(), Vec::new());
        for step in 0..longest {
            let of_step: Vec<u32> = order
                .iter()
                .take_while(|sequence| lengths[**sequence as usize] > step)
                .map(|sequence| (first[*sequence as usize] + step) as u32)
                .collect();
            active.push(of_step.len());
            steps.push(numbers(of_step, device));
        }
        let mut places = vec![0; lengths.len()];
        order.iter().enumerate().for_each(|(place, sequence)| places[*sequence as usize] = place as u32);
        Self { steps, active, places: numbers(places, device) }
    }
}

/// The cell: from a row of input and a state to the next state,
/// `r, z = σ(W x + U h)`, `n = tanh(W x + r ⊙ (U h))`, `h' = (1 − z) n + z h`, each with its own weights and biases.
#[derive(Module, Debug)]
pub struct Gru {
    /// `[inputs, 3 · width]`: reset gate, update gate, candidate.
    input: Linear,
    /// `[width, 3 · width]`
    state: Linear,
}

impl Gru {
    /// Weights and biases uniform within ±1/√width, as torch draws them.
    pub fn init(inputs: usize, width: usize, random: &mut Random, device: &Device) -> Self {
        let limit = 1.0 / (width as f64).sqrt();
        Self {
            input: uniform_linear(inputs, 3 * width, limit, random, device),
            state: uniform_linear(width, 3 * width, limit, random, device),
        }
    }

    /// The state behind the last step of each sequence; it begins with zeros.
    ///
    /// # Shapes
    /// `[steps of all sequences, inputs]` to `[sequences, width]`.
    pub fn last(&self, input: Tensor<2>, packed: &Packed) -> Tensor<2> {
        let device = input.device();
        let one = Tensor::ones([1, 1], &device);
        let from_input = linear(&self.input, input);
        let width = from_input.dims()[1] / 3;
        // Of sequences that have ended, the shortest first.
        let mut ended: Vec<Tensor<2>> = Vec::new();
        let mut state = Tensor::zeros([packed.active.first().copied().unwrap_or(0), width], &device);
        for (rows, count) in packed.steps.iter().zip(&packed.active) {
            let before = state.dims()[0];
            if *count < before {
                ended.push(some_rows(&state, (*count as u32..before as u32).collect()));
                state = some_rows(&state, (0..*count as u32).collect());
            }
            let given = rows_of(from_input.clone(), rows.clone(), one.clone());
            state = self.step(given, state, width);
        }
        ended.push(state);
        ended.reverse();
        let sorted = if ended.len() == 1 { ended.remove(0) } else { Tensor::cat(ended, 0) };
        rows_of(sorted, packed.places.clone(), one)
    }

    fn step(&self, given: Tensor<2>, state: Tensor<2>, width: usize) -> Tensor<2> {
        let rows = state.dims()[0];
        let from_state = linear(&self.state, state.clone());
        let of = |tensor: &Tensor<2>, part: u32| {
            let parts = tensor.clone().reshape([3 * rows, width]);
            some_rows(&parts, (0..rows as u32).map(|row| 3 * row + part).collect())
        };
        let gate = |part| sigmoid(of(&given, part) + of(&from_state, part));
        let (reset, update) = (gate(0), gate(1));
        let candidate = tanh(of(&given, 2) + reset * of(&from_state, 2));
        candidate.clone() + update * (state - candidate)
    }
}
