//! What the candidate network and the ranking network are both made of (Covington et al. 2016, figures 3 and 7): bags of
//! vectors, and a tower of fully connected layers.

use crate::nn::layers::embedding::{self, Embedding};
use crate::nn::layers::initializer::glorot_linear;
use crate::nn::layers::operations::linear;
use crate::random::Random;
use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Int, Tensor, TensorData};

/// Standard deviation of the vectors of films and words before training.
pub(super) const FILM_STD: f64 = 0.1;

/// Fully connected layers with ReLU between them; the last one has none.
#[derive(Module, Debug)]
pub struct Tower {
    layers: Vec<Linear>,
}

impl Tower {
    /// Layers of these sizes with Glorot's uniform weights and biases of 0; without hidden ones it is linear.
    pub fn init(
        inputs: usize,
        hidden: &[usize],
        outputs: usize,
        random: &mut Random,
        device: &Device,
    ) -> Self {
        let mut sizes = vec![inputs];
        sizes.extend(hidden);
        sizes.push(outputs);
        let layers = sizes.windows(2).map(|pair| glorot_linear(pair[0], pair[1], random, device)).collect();
        Self { layers }
    }

    /// What it makes of inputs side by side.
    ///
    /// # Shapes
    /// Inputs of `N` rows to `[N, outputs]`.
    pub fn forward(&self, inputs: Vec<Tensor<2>>) -> Tensor<2> {
        let mut value = Tensor::cat(inputs, 1);
        for (index, layer) in self.layers.iter().enumerate() {
            value = linear(layer, value);
            if index + 1 < self.layers.len() {
                value = relu(value);
            }
        }
        value
    }
}

/// Bags of numbers of one minibatch, filled up to the longest: their vectors are averaged, whatever their order.
#[derive(Debug, Clone)]
pub struct Bags {
    numbers: Tensor<1, Int>,
    /// `[N · longest, 1]`: one share of the bag for each number, 0 behind its end. An empty bag becomes zeros.
    shares: Tensor<2>,
    bags: usize,
}

impl Bags {
    /// Bags as lists of numbers.
    pub fn new(bags: &[Vec<u32>], device: &Device) -> Self {
        let longest = bags.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let (mut numbers, mut shares) = (Vec::new(), Vec::new());
        for bag in bags {
            for place in 0..longest {
                numbers.push(bag.get(place).copied().unwrap_or(0));
                shares.push(if place < bag.len() { 1.0 / bag.len() as f32 } else { 0.0 });
            }
        }
        Self {
            numbers: embedding::numbers(numbers, device),
            shares: Tensor::from_data(TensorData::new(shares, [bags.len() * longest, 1]), device),
            bags: bags.len(),
        }
    }

    /// How many numbers there are in all bags.
    #[cfg(test)]
    pub fn films(&self) -> usize {
        let shares: Vec<f32> = self.shares.clone().into_data().try_into_vec().unwrap();
        shares.iter().filter(|share| **share > 0.0).count()
    }

    /// The means of the vectors, `[N, width]`.
    pub fn mean(self, table: &Embedding) -> Tensor<2> {
        let vectors = table.shared(self.numbers, self.shares);
        let [count, width] = vectors.dims();
        vectors.reshape([self.bags, count / self.bags, width]).sum_dim(1).reshape([self.bags, width])
    }
}
