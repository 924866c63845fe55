//! The candidate network (Covington et al. 2016, §3): a user's history and circumstances become a vector whose dot
//! products with the films' vectors are logits.

use super::tower::{Bags, FILM_STD, Tower};
use crate::nn::layers::embedding::{Embedding, numbers};
use crate::nn::layers::network::Network;
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::tensor::{Device, Int, Tensor, TensorData};

/// Added to a logit that must not count: a negative that is the right film by chance.
const NEVER: f32 = -1e9;

/// Sizes of a [`Candidate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateConfig {
    /// Films of the table.
    pub films: usize,
    /// Words that can be searched for; none where the search history is left out.
    pub words: usize,
    /// Columns of what else is known of a user and an example.
    pub context: usize,
    /// Whether a film has one vector, as part of a history and as what is predicted, or one of each kind.
    pub tied: bool,
    /// Width of the vectors of films and users.
    pub embedding: usize,
    /// Units of the hidden layers of the tower; none makes it linear.
    pub tower: Vec<usize>,
}

impl CandidateConfig {
    /// The network with the initial weights of a seed: films' vectors from N(0, 0.1²), Glorot's uniform weights in the
    /// tower, biases 0.
    pub fn init(&self, seed: u64, device: &Device) -> Candidate {
        let mut random = Random::new(seed, Purpose::Weights);
        let width = self.embedding;
        let watched = Embedding::normal(self.films, width, FILM_STD, &mut random, device);
        let searched =
            (self.words > 0).then(|| Embedding::normal(self.words, width, FILM_STD, &mut random, device));
        let inputs = width * (1 + usize::from(self.words > 0)) + self.context;
        let tower = Tower::init(inputs, &self.tower, width, &mut random, device);
        let films = (!self.tied).then(|| Embedding::normal(self.films, width, FILM_STD, &mut random, device));
        Candidate { watched, searched, tower, films }
    }
}

/// What is known of users before the next film.
#[derive(Debug, Clone)]
pub struct UserInput {
    /// Films they have watched.
    pub watched: Bags,
    /// Words they have searched for, where the network has them.
    pub searched: Option<Bags>,
    /// What else is known, `[N, context]`; numbers lie between 0 and 1.
    pub context: Tensor<2>,
}

/// Which films the logits are of.
#[derive(Debug, Clone)]
pub enum Asked {
    /// All, in their order: `[N, films]`.
    All,
    /// The right film of each row, then some that all rows share: `[N, 1 + negatives]`.
    Sampled(Box<Sampled>),
}

/// A sample of films that no row is right about, drawn from a distribution.
#[derive(Debug, Clone)]
pub struct Sampled {
    right: Tensor<1, Int>,
    negatives: Tensor<1, Int>,
    /// `[N, 1 + negatives]`: what is added to the logits.
    corrections: Tensor<2>,
}

impl Sampled {
    /// The right film of each row, films drawn independently of one another, and the logarithm of the probability with
    /// which each film is drawn. It is taken off the logits, so that softmax over the sample is, in expectation, softmax
    /// over all films (Bengio and Senécal 2008; §3.1 of the paper). A film drawn that is right in a row does not count
    /// there.
    ///
    /// # Panics
    /// If a film has no probability.
    pub fn new(right: &[u32], negatives: &[u32], log_probability: &[f32], device: &Device) -> Self {
        // The expected number of times a film is in the sample.
        let expected = |film: u32| log_probability[film as usize] + (negatives.len() as f32).ln();
        let mut corrections = Vec::with_capacity(right.len() * (1 + negatives.len()));
        for film in right {
            corrections.push(-expected(*film));
            let others = negatives.iter().map(|other| if other == film { NEVER } else { -expected(*other) });
            corrections.extend(others);
        }
        let shape = [right.len(), 1 + negatives.len()];
        Self {
            right: numbers(right.iter().copied(), device),
            negatives: numbers(negatives.iter().copied(), device),
            corrections: Tensor::from_data(TensorData::new(corrections, shape), device),
        }
    }
}

/// What a [`Candidate`] is given.
#[derive(Debug, Clone)]
pub struct CandidateInput {
    /// The users.
    pub users: UserInput,
    /// The films.
    pub asked: Asked,
}

/// The network; its output is logits.
#[derive(Module, Debug)]
pub struct Candidate {
    watched: Embedding,
    searched: Option<Embedding>,
    tower: Tower,
    /// None where films have one vector each.
    films: Option<Embedding>,
}

impl Candidate {
    /// The vectors of users, `[N, width]`. The last layer has no ReLU: a user can be far from a film, too.
    pub fn users(&self, input: UserInput) -> Tensor<2> {
        let mut inputs = vec![input.watched.mean(&self.watched)];
        if let (Some(table), Some(bags)) = (&self.searched, input.searched) {
            inputs.push(bags.mean(table));
        }
        inputs.push(input.context);
        self.tower.forward(inputs)
    }

    /// The vectors of all films, `[films, width]`.
    pub fn films(&self) -> Tensor<2> {
        self.of_films().table()
    }

    /// The table of what is predicted.
    fn of_films(&self) -> &Embedding {
        self.films.as_ref().unwrap_or(&self.watched)
    }
}

impl Network for Candidate {
    type Input = CandidateInput;

    /// # Shapes
    /// `N` users to `[N, films]` or `[N, 1 + negatives]`.
    fn forward(&self, input: CandidateInput) -> Tensor<2> {
        let users = self.users(input.users);
        match input.asked {
            Asked::All => users.matmul(self.of_films().table().transpose()),
            Asked::Sampled(sampled) => {
                let Sampled { right, negatives, corrections } = *sampled;
                let right = (users.clone() * self.of_films().forward(right)).sum_dim(1);
                let others = users.matmul(self.of_films().forward(negatives).transpose());
                Tensor::cat(vec![right, others], 1) + corrections
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::objective::Objective;
    use crate::nn::objective::figures::Figures;
    use crate::nn::objective::item_softmax::{Chosen, ItemSoftmax};

    const FILMS: usize = 12;

    fn network() -> Candidate {
        let config =
            CandidateConfig { films: FILMS, words: 5, context: 2, tied: false, embedding: 4, tower: vec![6] };
        config.init(3, &Device::flex().autodiff())
    }

    fn users() -> UserInput {
        let device = Device::flex();
        UserInput {
            watched: Bags::new(&[vec![1, 2, 2], vec![], vec![11]], &device),
            searched: Some(Bags::new(&[vec![0], vec![4, 1], vec![]], &device)),
            context: Tensor::from_data([[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]], &device),
        }
    }

    fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().try_into_vec().unwrap()
    }

    #[test]
    fn a_bag_is_the_mean_of_its_vectors_and_an_empty_one_is_nothing() {
        let network = network();
        let table = values(network.watched.table());
        let means = values(users().watched.mean(&network.watched));
        for column in 0..4 {
            let expected = (table[4 + column] + 2.0 * table[8 + column]) / 3.0;
            assert!((means[column] - expected).abs() < 1e-6);
            assert_eq!(means[4 + column], 0.0);
            assert_eq!(means[8 + column], table[44 + column]);
        }
    }

    #[test]
    fn a_film_with_one_vector_is_predicted_by_the_one_that_its_history_is_made_of() {
        let config =
            CandidateConfig { films: FILMS, words: 0, context: 2, tied: true, embedding: 4, tower: vec![] };
        let network = config.init(3, &Device::flex().autodiff());
        assert_eq!(values(network.films()), values(network.watched.table()));
    }

    /// Nearest neighbours need no normaliser: it is the same for all films of a user.
    #[test]
    fn the_first_films_are_the_same_with_and_without_the_normaliser() {
        let logits = network().forward(CandidateInput { users: users(), asked: Asked::All }).inner();
        let probabilities = values(burn::tensor::activation::softmax(logits.clone(), 1));
        for (logits, probabilities) in values(logits).chunks(FILMS).zip(probabilities.chunks(FILMS)) {
            let order = |scores: &[f32]| {
                let mut films: Vec<usize> = (0..FILMS).collect();
                films.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
                films
            };
            assert_eq!(order(logits), order(probabilities));
        }
    }

    fn loss(asked: Asked, target: &Chosen) -> f64 {
        let output = network().forward(CandidateInput { users: users(), asked }).inner();
        let read = values(ItemSoftmax.readable(output, target));
        let mut figures = Figures::new(ItemSoftmax.figures());
        ItemSoftmax.tally(&read, 2, target, &mut figures);
        figures.value("loss").unwrap()
    }

    /// Each film drawn once from the uniform distribution is softmax over all of them.
    #[test]
    fn a_sample_of_all_films_costs_what_all_of_them_cost() {
        let device = Device::flex();
        let right = [3, 0, 7];
        let whole = loss(Asked::All, &Chosen::new(&right, &device));
        let log_probability = vec![-(FILMS as f32).ln(); FILMS];
        let negatives: Vec<u32> = (0..FILMS as u32).collect();
        let sampled = Sampled::new(&right, &negatives, &log_probability, &device);
        let found = loss(Asked::Sampled(Box::new(sampled)), &Chosen::first(3, &device));
        assert!((found - whole).abs() < 1e-5, "{found} {whole}");
    }

    /// Over many samples of an uneven distribution the sum of the corrected exponentials is that over all films.
    #[test]
    fn the_correction_makes_an_uneven_sample_stand_for_all_films() {
        let device = Device::flex();
        let weights: Vec<f64> = (0..FILMS).map(|film| 1.0 + film as f64).collect();
        let total: f64 = weights.iter().sum();
        let log_probability: Vec<f32> = weights.iter().map(|weight| (weight / total).ln() as f32).collect();
        let logits = values(network().forward(CandidateInput { users: users(), asked: Asked::All }).inner());
        let expected: f64 = logits[..FILMS].iter().map(|logit| f64::from(*logit).exp()).sum();
        let mut random = Random::new(1, Purpose::Batches);
        let negatives: Vec<u32> = (0..40_000)
            .map(|_| {
                let mut left = random.uniform(0.0, total);
                weights
                    .iter()
                    .position(|weight| {
                        left -= weight;
                        left < 0.0
                    })
                    .unwrap_or(FILMS - 1) as u32
            })
            .collect();
        let sampled = Sampled::new(&[5, 5, 5], &negatives, &log_probability, &device);
        let output = values(
            network()
                .forward(CandidateInput { users: users(), asked: Asked::Sampled(Box::new(sampled)) })
                .inner(),
        );
        let corrected: f64 = output[1..=40_000].iter().map(|logit| f64::from(*logit).exp()).sum();
        // The right film does not count among those drawn.
        let found = corrected + f64::from(logits[5]).exp();
        assert!((found / expected - 1.0).abs() < 0.02, "{found} {expected}");
    }
}
