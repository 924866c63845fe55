//! The ranking network (Covington et al. 2016, §4): for a user and one film of the candidates, the odds that stand for
//! the expected time it is watched.

use super::tower::{Bags, FILM_STD, Tower};
use crate::nn::layers::embedding::Embedding;
use crate::nn::layers::network::Network;
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::tensor::{Device, Int, Tensor};

/// Sizes of a [`RankingNet`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingNetConfig {
    /// Films of the table.
    pub films: usize,
    /// Columns of the features that are numbers.
    pub features: usize,
    /// Width of the vectors of films.
    pub embedding: usize,
    /// Units of the hidden layers of the tower.
    pub tower: Vec<usize>,
}

impl RankingNetConfig {
    /// The network with the initial weights of a seed.
    pub fn init(&self, seed: u64, device: &Device) -> RankingNet {
        let mut random = Random::new(seed, Purpose::Weights);
        let films = Embedding::normal(self.films, self.embedding, FILM_STD, &mut random, device);
        let inputs = 3 * self.embedding + self.features;
        let tower = Tower::init(inputs, &self.tower, 1, &mut random, device);
        RankingNet { films, tower }
    }
}

/// What a [`RankingNet`] is given: one row for each pair of a user and a film.
#[derive(Debug, Clone)]
pub struct RankingInput {
    /// `[N]`: the film that may be shown.
    pub films: Tensor<1, Int>,
    /// The film watched last; an empty bag where there is none.
    pub last: Bags,
    /// Films watched before.
    pub watched: Bags,
    /// `[N, features]`: numbers between 0 and 1.
    pub features: Tensor<2>,
}

/// The network; its output is the logit `z`, and `e^z` the expected time. One table of vectors serves the film that may
/// be shown, the last one and those watched: they are of one space of ids (§4.1).
#[derive(Module, Debug)]
pub struct RankingNet {
    films: Embedding,
    tower: Tower,
}

impl Network for RankingNet {
    type Input = RankingInput;

    /// # Shapes
    /// `N` pairs to `[N, 1]`.
    fn forward(&self, input: RankingInput) -> Tensor<2> {
        let RankingInput { films, last, watched, features } = input;
        let inputs =
            vec![self.films.forward(films), last.mean(&self.films), watched.mean(&self.films), features];
        self.tower.forward(inputs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::objective::Objective;
    use crate::nn::objective::weighted_logistic::{Weighed, WeightedLogistic};
    use crate::nn::optim::optimizer::{Constants, Optimizer, Rule};
    use burn::tensor::TensorData;

    /// Film 0 is watched for six minutes by half of those it is shown to, film 1 for one minute by a quarter.
    #[test]
    fn the_odds_come_near_the_time_that_each_film_is_watched() {
        let device = Device::flex().autodiff();
        let config = RankingNetConfig { films: 2, features: 1, embedding: 4, tower: vec![8] };
        let mut network = config.init(1, &device);
        let mut optimizer = Optimizer::new(Rule::Adam, Constants::Keras, 0.02);
        let shown = [0, 0, 0, 0, 1, 1, 1, 1];
        let target = || {
            let watched = [Some(6.0), Some(6.0), None, None, Some(1.0), None, None, None];
            let rows = watched.map(|minutes: Option<f32>| (minutes.is_some(), minutes.unwrap_or(1.0)));
            Weighed::new(rows.to_vec(), &Device::flex())
        };
        let input = |device: &Device| RankingInput {
            films: Tensor::from_data(TensorData::new(shown.to_vec(), [8]), device),
            last: Bags::new(&vec![vec![]; 8], device),
            watched: Bags::new(&vec![vec![1]; 8], device),
            features: Tensor::full([8, 1], 0.5, device),
        };
        for _ in 0..400 {
            let (_, gradients) =
                WeightedLogistic.backward(network.forward(input(&Device::flex())), &target());
            network = optimizer.step(network, gradients);
        }
        let logits: Vec<f32> =
            network.forward(input(&Device::flex())).inner().into_data().try_into_vec().unwrap();
        // Time watched for each time it was not: 12 / 2 and 1 / 3.
        assert!((logits[0].exp() - 6.0).abs() < 0.2, "{}", logits[0].exp());
        assert!((logits[4].exp() - 1.0 / 3.0).abs() < 0.05, "{}", logits[4].exp());
    }
}
