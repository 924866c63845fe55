//! The one seeded generator.
//!
//! Everything random in a lab (split, initial weights, batch order, later dropout and negatives) comes from
//! ChaCha8 on the CPU, never from a device's own generator, so that a run repeats bit for bit in every browser.
//! Each use draws from a stream of its own: changing the number of hidden units does not change the split.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

/// What a stream of random numbers is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Which rows go to train, dev and test.
    Split = 1,
    /// Initial weights.
    Weights = 2,
    /// Order of the rows in each epoch.
    Batches = 3,
    /// How a picture is turned and moved before it is learned from.
    Augmentation = 4,
    /// How a picture is composed.
    Pictures = 5,
    /// A recommender that ranks by chance.
    Scores = 6,
    /// Users, films and ratings of a made world.
    Worlds = 7,
    /// Gender, age and occupation that are invented.
    Demographics = 8,
    /// Films that stand for those that were not watched.
    Negatives = 9,
    /// Which films of a user are examples.
    Watches = 10,
    /// Region, device and whether somebody is signed in, which are invented.
    Circumstances = 11,
    /// Words that somebody is said to have searched for.
    Searches = 12,
    /// Films that are shown and not watched, and how long the others are.
    Impressions = 13,
    /// Films of a history that are left out of a training step.
    Histories = 14,
    /// Users who are taken out of a table and come new.
    Newcomers = 15,
    /// What is popular, what follows what and which items are new in a made world of sequences.
    SequenceWorlds = 16,
    /// Tastes of made users and what they take.
    Behaviour = 17,
    /// Where k-means begins.
    Centres = 18,
    /// Edges and numbers of a network that are left out of a training step.
    Dropout = 19,
    /// Initial weights of an auto-encoder, which is trained before the network that uses it.
    Encoder = 20,
    /// Initial weights of an auto-encoder of pictures, and the order in which it sees them.
    PictureEncoder = 21,
    /// Which items lack a picture or words.
    Missing = 22,
    /// What the reader is to find out.
    Secrets = 23,
    /// Histories that are disturbed to see what a model rests on.
    Disturbances = 24,
}

/// Where a generator stands: enough to make it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RandomState {
    seed: u64,
    stream: u64,
    position: u64,
}

/// A stream of random numbers fixed by a seed and a purpose.
#[derive(Debug, Clone)]
pub struct Random {
    seed: u64,
    generator: ChaCha8Rng,
}

impl Random {
    /// The stream of `seed` for `purpose`, from its beginning.
    pub fn new(seed: u64, purpose: Purpose) -> Self {
        Self::at(RandomState { seed, stream: purpose as u64, position: 0 })
    }

    /// The stream of `seed` for `purpose` at a numbered place, for draws that hang on their place alone and not on what
    /// was drawn before. Places are 16 words of 32 bits apart.
    pub fn at_place(seed: u64, purpose: Purpose, place: u64) -> Self {
        Self::at(RandomState { seed, stream: purpose as u64, position: place.wrapping_mul(16) })
    }

    /// The generator that stood at `state`.
    pub fn at(state: RandomState) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(state.seed);
        generator.set_stream(state.stream);
        generator.set_word_pos(u128::from(state.position));
        Self { seed: state.seed, generator }
    }

    /// Where this generator stands.
    pub fn state(&self) -> RandomState {
        RandomState {
            seed: self.seed,
            stream: self.generator.get_stream(),
            // A position past 2^64 words would take centuries to reach.
            position: self.generator.get_word_pos() as u64,
        }
    }

    /// A whole number in `0..bound`, each equally likely.
    pub fn below(&mut self, bound: usize) -> usize {
        // Through u32, so that wasm32 and 64-bit machines draw the same numbers.
        self.generator.random_range(0..bound as u32) as usize
    }

    /// Numbers `0..n` in random order (Fisher and Yates).
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        self.shuffle(&mut order);
        order
    }

    /// Puts `items` into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }

    /// One draw from the normal distribution N(`mean`, `std`²).
    pub fn normal(&mut self, mean: f64, std: f64) -> f64 {
        let z: f64 = StandardNormal.sample(&mut self.generator);
        mean + std * z
    }

    /// One draw from `low..high`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.generator.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        low + (high - low) * unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_purpose_others() {
        let mut a = Random::new(7, Purpose::Split);
        let mut b = Random::new(7, Purpose::Split);
        let mut c = Random::new(7, Purpose::Weights);
        let (a, b, c) = (a.permutation(150), b.permutation(150), c.permutation(150));
        assert_eq!(a, b);
        assert_ne!(a, c);
        let mut sorted = a.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..150));
    }

    #[test]
    fn a_generator_goes_on_from_its_recorded_state() {
        let mut whole = Random::new(3, Purpose::Batches);
        for _ in 0..17 {
            whole.below(120);
            whole.normal(0.0, 1.0);
        }
        let mut resumed = Random::at(whole.state());
        assert_eq!(whole.permutation(120), resumed.permutation(120));
        assert_eq!(whole.normal(0.0, 1.0).to_bits(), resumed.normal(0.0, 1.0).to_bits());
    }

    #[test]
    fn a_place_gives_its_own_numbers_whatever_was_drawn_before() {
        let draw = |place| Random::at_place(5, Purpose::Augmentation, place).below(1 << 30);
        let mut stream = Random::new(5, Purpose::Augmentation);
        assert_eq!(draw(0), stream.below(1 << 30));
        for _ in 1..16 {
            stream.generator.next_u32();
        }
        assert_eq!(draw(1), stream.below(1 << 30));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn draws_have_the_mean_and_spread_they_claim() {
        let mut random = Random::new(1, Purpose::Weights);
        let draws: Vec<f64> = (0..20_000).map(|_| random.normal(1.0, 0.5)).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!((mean - 1.0).abs() < 0.015, "{mean}");
        assert!((variance.sqrt() - 0.5).abs() < 0.01, "{variance}");
        let mean = (0..20_000).map(|_| random.uniform(2.0, 4.0)).sum::<f64>() / 20_000.0;
        assert!((mean - 3.0).abs() < 0.02, "{mean}");
    }
}
