//! The update gate: how much of each order's state a node takes.

use crate::nn::layers::initializer::glorot_linear;
use crate::nn::layers::operations::linear;
use crate::random::Random;
use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::{relu, sigmoid};
use burn::tensor::{Device, Tensor};

/// A score of a state: a hidden layer with ReLU and one number. Both orders share it.
#[derive(Module, Debug)]
pub struct Gate {
    hidden: Linear,
    score: Linear,
}

impl Gate {
    /// Glorot's uniform weights, biases 0.
    pub fn init(width: usize, random: &mut Random, device: &Device) -> Self {
        Self {
            hidden: glorot_linear(width, width, random, device),
            score: glorot_linear(width, 1, random, device),
        }
    }

    /// The share of the first: softmax over the two scores.
    ///
    /// # Shapes
    /// `[nodes, width]` each to `[nodes, 1]`.
    pub fn share(&self, first: &Tensor<2>, second: &Tensor<2>) -> Tensor<2> {
        let score = |states: &Tensor<2>| linear(&self.score, relu(linear(&self.hidden, states.clone())));
        // Softmax over two is the sigmoid of their difference.
        sigmoid(score(first) - score(second))
    }
}
