//! What users choose.
//!
//! The exponential of a sum of utilities is a product. Those of one pair of items are tabled once for the strengths, a
//! user's own once for the user, so that a choice among all items takes multiplications alone.

use super::world::World;
use super::{
    COLD_UTILITY, GROUP_TASTE, IMAGE_UTILITY, LONGEST_HISTORY, MEAN_HISTORY, NOISE, ORDER_UTILITY,
    POPULARITY_EXPONENT, REPEAT_UTILITY, SHORTEST_HISTORY, SUBGROUP_TASTE, Strengths, TEXT_MEMORY,
    TEXT_UTILITY,
};
use crate::data::ragged::Ragged;
use crate::data::sequences::histories::held_out;
use crate::random::{Purpose, Random};

/// What one user likes.
#[derive(Debug, Clone, PartialEq)]
pub struct Taste {
    /// The utility of each group.
    pub groups: Vec<f64>,
    /// The utility of each subgroup.
    pub subgroups: Vec<f64>,
}

/// How the users of a world choose. A user has the same taste and as long a history whatever the strengths are and
/// however many other users there are.
#[derive(Debug, Clone)]
pub struct Behaviour<'world> {
    world: &'world World,
    seed: u64,
    /// Of each item by its popularity.
    popular: Vec<f64>,
    /// For a subgroup that follows the last one.
    order: f64,
    /// Of each pair by its looks.
    look: Vec<f64>,
    /// By how many words are shared, where 1, 2, … items are remembered.
    words: [Vec<f64>; TEXT_MEMORY],
}

/// Places of a user's random numbers: 256 blocks of 16 words, of which the longest history takes about 20.
const PLACES_OF_USER: u32 = 8;

impl<'world> Behaviour<'world> {
    /// The users that `seed` draws, with signals of these strengths.
    pub fn new(world: &'world World, strengths: Strengths, seed: u64) -> Self {
        let most = world.shared.iter().copied().max().unwrap_or(0);
        let words = |memory: usize| {
            let per_word = strengths.text * TEXT_UTILITY / memory as f64;
            (0..=most).map(f64::from).map(|n| (per_word * n / (1.0 + n)).exp()).collect()
        };
        let ranks = world.drawn.popularity_ranks.iter();
        Self {
            world,
            seed,
            popular: ranks.map(|rank| (*rank as f64).powf(-POPULARITY_EXPONENT)).collect(),
            order: (strengths.order * ORDER_UTILITY).exp(),
            look: world
                .look
                .iter()
                .map(|look| (strengths.image * IMAGE_UTILITY * f64::from(*look)).exp())
                .collect(),
            words: std::array::from_fn(|place| words(place + 1)),
        }
    }

    /// The taste of a user.
    pub fn taste(&self, user: usize) -> Taste {
        self.begin(user).1
    }

    /// The chance of each item to be taken after `history` by somebody of this taste. `is_held_out` says whether new items
    /// are there by then. This is the truth; no model sees it.
    ///
    /// # Panics
    /// If an item of the history is not one, or the taste is one for other groups.
    pub fn chances(&self, taste: &Taste, history: &[u32], is_held_out: bool) -> Vec<f64> {
        let mut chances = vec![0.0; self.world.items()];
        self.weigh(&self.own(taste), history, is_held_out, &mut chances);
        let sum: f64 = chances.iter().sum();
        let by_chance = NOISE / chances.len() as f64;
        chances.iter_mut().for_each(|chance| *chance = (1.0 - NOISE) * *chance / sum + by_chance);
        chances
    }

    /// The histories of the first `users` users.
    pub fn histories(&self, users: usize) -> Ragged<u32> {
        let mut histories = Ragged::default();
        let mut weights = vec![0.0; self.world.items()];
        for user in 0..users {
            histories.push(&self.history(user, &mut weights));
        }
        histories
    }

    /// The history of one user; `weights` has room for all items.
    fn history(&self, user: usize, weights: &mut [f64]) -> Vec<u32> {
        let (mut random, taste, length) = self.begin(user);
        let own = self.own(&taste);
        let kept = length - 2 * held_out(length);
        let mut history = Vec::with_capacity(length);
        for place in 0..length {
            self.weigh(&own, &history, place >= kept, weights);
            let drawn = random.uniform(0.0, 1.0);
            let item = if drawn < NOISE {
                (drawn / NOISE * weights.len() as f64) as usize
            } else {
                up_to(weights, (drawn - NOISE) / (1.0 - NOISE))
            };
            history.push(item.min(weights.len() - 1) as u32);
        }
        history
    }

    /// What is drawn of a user before the first choice: the taste, and how many choices there will be.
    fn begin(&self, user: usize) -> (Random, Taste, usize) {
        let mut random = Random::at_place(self.seed, Purpose::Behaviour, (user as u64) << PLACES_OF_USER);
        let mut normal = |count: usize, std: f64| (0..count).map(|_| random.normal(0.0, std)).collect();
        let taste = Taste {
            groups: normal(self.world.groups, GROUP_TASTE),
            subgroups: normal(self.world.subgroups, SUBGROUP_TASTE),
        };
        let goes_on = 1.0 - 1.0 / (1.0 + MEAN_HISTORY - SHORTEST_HISTORY as f64);
        let mut length = SHORTEST_HISTORY;
        while length < LONGEST_HISTORY && random.uniform(0.0, 1.0) < goes_on {
            length += 1;
        }
        (random, taste, length)
    }

    /// The weight of each item by taste and popularity.
    fn own(&self, taste: &Taste) -> Vec<f64> {
        let of = |utilities: &[f64]| -> Vec<f64> { utilities.iter().map(|utility| utility.exp()).collect() };
        let (groups, subgroups) = (of(&taste.groups), of(&taste.subgroups));
        let kinds = self.world.kinds.iter().zip(&self.popular);
        kinds.map(|(kind, popular)| groups[kind.group] * subgroups[kind.subgroup] * popular).collect()
    }

    /// The weight of each item after a history.
    fn weigh(&self, own: &[f64], history: &[u32], is_held_out: bool, weights: &mut [f64]) {
        let count = own.len();
        weights.copy_from_slice(own);
        if let Some(last) = history.last() {
            let last = *last as usize;
            let look = &self.look[last * count..(last + 1) * count];
            weights.iter_mut().zip(look).for_each(|(weight, look)| *weight *= look);
            let mut by_subgroup = vec![1.0; self.world.subgroups];
            let successors = &self.world.drawn.successors[self.world.kinds[last].subgroup];
            successors.iter().for_each(|subgroup| by_subgroup[*subgroup] = self.order);
            let kinds = weights.iter_mut().zip(&self.world.kinds);
            kinds.for_each(|(weight, kind)| *weight *= by_subgroup[kind.subgroup]);
        }
        let remembered = &history[history.len().saturating_sub(TEXT_MEMORY)..];
        for item in remembered {
            let words = &self.words[remembered.len() - 1];
            let shared = &self.world.shared[*item as usize * count..(*item as usize + 1) * count];
            weights.iter_mut().zip(shared).for_each(|(weight, n)| *weight *= words[usize::from(*n)]);
        }
        let repeat = REPEAT_UTILITY.exp();
        for (place, item) in history.iter().enumerate() {
            if !history[..place].contains(item) {
                weights[*item as usize] *= repeat;
            }
        }
        if !is_held_out {
            let cold = COLD_UTILITY.exp();
            let is_cold = self.world.drawn.is_cold.iter();
            weights
                .iter_mut()
                .zip(is_cold)
                .filter(|(_, is_cold)| **is_cold)
                .for_each(|(weight, _)| *weight *= cold);
        }
    }
}

/// The place at which the sum of the weights before it passes a share of them all.
fn up_to(weights: &[f64], share: f64) -> usize {
    let mut rest = share * weights.iter().sum::<f64>();
    weights
        .iter()
        .take_while(|weight| {
            rest -= **weight;
            rest >= 0.0
        })
        .count()
}
