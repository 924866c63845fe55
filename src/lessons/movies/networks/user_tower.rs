//! The part of the fusion network between the embedding of one user and the user's vector: what somebody new is fitted
//! through.

use super::fusion::{Fusion, FusionConfig, Joined, SCALE};
use crate::nn::layers::operations::{linear, tanh};
use crate::nn::objective::Objective;
use crate::nn::objective::regression::{Numbers, SquaredError};
use crate::nn::optim::optimizer::{Constants, Optimizer, Rule};
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Tensor};

/// Steps of Adam for somebody new.
const STEPS: usize = 200;
/// Learning rate of these steps.
const LEARNING_RATE: f64 = 0.01;

/// Layers of a [`Fusion`] from the embedding of a user on.
#[derive(Module, Debug)]
pub struct UserTower {
    fc: Linear,
    vector: Joined,
    #[module(skip)]
    tanh: bool,
}

impl Fusion {
    /// Its layers from the embedding of a user on.
    pub fn user_tower(&self) -> UserTower {
        UserTower { fc: self.user.fc.clone(), vector: self.user_vector.clone(), tanh: self.tanh }
    }
}

/// One embedding, all that is trained.
#[derive(Module, Debug)]
struct Newcomer {
    embedding: Param<Tensor<2>>,
}

impl UserTower {
    /// Layers of the same shapes on a device, to take up weights in.
    pub fn like(config: &FusionConfig, device: &Device) -> Self {
        // What stands before the layers has no part in them.
        let small = FusionConfig { users: 1, films: 1, genres: 1, words: 1, ..config.clone() };
        small.init(0, device).user_tower()
    }

    fn activation(&self, value: Tensor<2>) -> Tensor<2> {
        if self.tanh { tanh(value) } else { value }
    }

    /// The feature that an embedding becomes, `[N, width]` to `[N, width]`.
    pub fn feature(&self, embedding: Tensor<2>) -> Tensor<2> {
        self.activation(linear(&self.fc, embedding))
    }

    /// The vector of a user with an embedding and these further features: `[1, width]` to `[1, hidden]`.
    pub fn vector(&self, embedding: Tensor<2>, others: &[Tensor<2>]) -> Tensor<2> {
        let features = [vec![self.feature(embedding)], others.to_vec()].concat();
        self.activation(self.vector.forward(features))
    }

    /// The embedding of somebody new, fitted to the labels of some films: squared error, Adam in the document's form, and
    /// everything but the embedding held fixed. It begins at `start` and is found the same each time. `films` are their
    /// vectors with a length of 1, `[N, hidden]`; all tensors lie on an autodiff device.
    pub fn fit(
        &self,
        start: Tensor<2>,
        others: &[Tensor<2>],
        films: Tensor<2>,
        labels: &Numbers,
    ) -> Tensor<2> {
        let tower = self.clone().no_grad();
        let films = films.transpose();
        let mut newcomer = Newcomer { embedding: Param::from_tensor(start) };
        let mut optimizer = Optimizer::new(Rule::Adam, Constants::Paddle, LEARNING_RATE);
        for _ in 0..STEPS {
            let vector = tower.vector(newcomer.embedding.val(), others);
            let length = (vector.clone() * vector.clone()).sum_dim(1).add_scalar(1e-12).sqrt();
            let answers = (vector / length).matmul(films.clone()) * SCALE;
            let (_, gradients) = SquaredError.backward(answers.transpose(), labels);
            newcomer = optimizer.step(newcomer, gradients);
        }
        newcomer.embedding.val().inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::layers::embedding::numbers;
    use crate::nn::layers::parameters::floats;
    use crate::nn::layers::text_conv::Pooling;

    fn network(device: &Device) -> Fusion {
        let config = FusionConfig {
            users: 5,
            demographics: Some([2, 7, 3]),
            films: 4,
            genres: 3,
            words: 6,
            embedding: 8,
            hidden: 12,
            tanh: true,
            pooling: Pooling::Max,
        };
        config.init(1, device)
    }

    fn values(tensor: Tensor<2>) -> Vec<f32> {
        floats(tensor.into_data())
    }

    #[test]
    fn a_users_embedding_becomes_the_vector_that_the_whole_network_gives() {
        let device = Device::flex();
        let network = network(&device);
        let number = |of: u32| numbers([of], &device);
        let known = || vec![number(1), number(6), number(2)];
        let features = network.user_features(number(3), known());
        let embedding = network.user_table().slice([3..4, 0..8]);
        let tower = network.user_tower();
        assert_eq!(values(tower.feature(embedding.clone())), values(features[0].clone()));
        let found = tower.vector(embedding, &features[1..]);
        assert_eq!(values(found), values(network.users(number(3), known())));
    }

    #[test]
    fn somebody_new_is_fitted_to_their_labels() {
        let device = Device::flex().autodiff();
        let tower = network(&device).user_tower();
        let others: Vec<Tensor<2>> = (0..3).map(|_| Tensor::zeros([1, 16], &device)).collect();
        // Two films in opposite directions.
        let films = Tensor::<2>::from_data([[1.0; 12], [-1.0; 12]], &device) / 12f64.sqrt();
        let start = || Tensor::<2>::zeros([1, 8], &device).require_grad();
        let labels = Numbers::new(vec![4.0, -4.0], 1, &Device::flex());
        let answers = |embedding: Tensor<2>| {
            let vector = tower.vector(embedding, &others);
            let length = (vector.clone() * vector.clone()).sum_dim(1).add_scalar(1e-12).sqrt();
            values(((vector / length).matmul(films.clone().transpose()) * SCALE).inner())
        };
        let before = answers(start());
        let fitted = || tower.fit(start(), &others, films.clone(), &labels);
        let after = answers(Tensor::from_inner(fitted()));
        // The tower has random weights and is held fixed: it can turn the vector only so far.
        assert!(after[0] > before[0] + 1.0 && after[1] < before[1] - 1.0, "{before:?} {after:?}");
        assert_eq!(values(fitted()), values(fitted()));
    }
}
