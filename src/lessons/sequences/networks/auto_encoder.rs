//! The document's linear auto-encoder: features to fewer numbers between 0 and 1, and back.

use crate::nn::layers::initializer::uniform_linear;
use crate::nn::layers::network::Network;
use crate::nn::layers::operations::linear;
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::sigmoid;
use burn::tensor::{Device, Tensor};

/// `x̂ = W₂ σ(W₁ x + b₁) + b₂`.
#[derive(Module, Debug)]
pub struct AutoEncoder {
    encoder: Linear,
    decoder: Linear,
}

impl AutoEncoder {
    /// Weights and biases of a layer uniform within ±1/√inputs, as torch draws them.
    pub fn init(inputs: usize, width: usize, seed: u64, device: &Device) -> Self {
        let mut random = Random::new(seed, Purpose::Encoder);
        let limit = |inputs: usize| 1.0 / (inputs as f64).sqrt();
        Self {
            encoder: uniform_linear(inputs, width, limit(inputs), &mut random, device),
            decoder: uniform_linear(width, inputs, limit(width), &mut random, device),
        }
    }

    /// `[N, inputs]` to `[N, width]`, numbers between 0 and 1.
    pub fn encode(&self, input: Tensor<2>) -> Tensor<2> {
        sigmoid(linear(&self.encoder, input))
    }
}

impl Network for AutoEncoder {
    type Input = Tensor<2>;

    fn forward(&self, input: Tensor<2>) -> Tensor<2> {
        linear(&self.decoder, self.encode(input))
    }
}
