//! How made users choose: a multinomial logit (McFadden 1974) with known constants, so that what is to be found in the
//! sequences is known.
//!
//! A user looks at all items and takes `i` with the probability `(1 − noise) softmax(U)(i) + noise / items`, where `h₁`
//! is the item taken last, `h₂` the one before, and so on:
//!
//! ```text
//! U(i) =  taste for the group of i and for its subgroup, N(0, GROUP_TASTE²) and N(0, SUBGROUP_TASTE²)
//!       − POPULARITY_EXPONENT · ln(popularity rank of i)                                   Zipf's law
//!       + order · ORDER_UTILITY · [the subgroup of i is a successor of that of h₁]
//!       + image · IMAGE_UTILITY · look(h₁, i)
//!       + text · TEXT_UTILITY · mean of word(hₖ, i) over k = 1 … min(TEXT_MEMORY, items taken)
//!       + REPEAT_UTILITY · [i was taken before]
//!       + COLD_UTILITY · [i is new, and the place is not held out]
//! ```
//!
//! The rule and a reason for each constant are those of `data/sequences/behaviour.json`;
//! `tests/oracles/sequences_behaviour.py` states it in Python. Equal is the distribution, not the sequences.

mod choice;
mod likeness;
#[cfg(test)]
mod tests;
mod world;

pub use choice::{Behaviour, Taste};
pub use likeness::{look_features, looks, shared_words};
pub use world::World;

/// Items of the shortest history.
pub const SHORTEST_HISTORY: usize = 3;
/// Mean number of items of a history, were the longest not cut.
pub const MEAN_HISTORY: f64 = 8.0;
/// Items of the longest history.
pub const LONGEST_HISTORY: usize = 50;
/// Standard deviation of the taste for groups.
pub const GROUP_TASTE: f64 = 1.0;
/// Standard deviation of the taste for subgroups.
pub const SUBGROUP_TASTE: f64 = 0.5;
/// Exponent of Zipf's law.
pub const POPULARITY_EXPONENT: f64 = 0.6;
/// Successors of each subgroup.
pub const SUCCESSORS: usize = 3;
/// What the order adds at strength 1: it halves the choice, as each of the three signals does alone.
pub const ORDER_UTILITY: f64 = 3.0;
/// Rows and columns of the grid of mean colours by which pictures are alike.
pub const IMAGE_GRID: usize = 4;
/// What looks add at strength 1, times a cosine.
pub const IMAGE_UTILITY: f64 = 4.3;
/// How many items back words are remembered.
pub const TEXT_MEMORY: usize = 4;
/// What words add at strength 1, times a similarity.
pub const TEXT_UTILITY: f64 = 6.3;
/// What is added for an item that was taken before.
pub const REPEAT_UTILITY: f64 = -2.0;
/// How many items are new, at most one of a subgroup.
pub const COLD_ITEMS: usize = 20;
/// What is added for a new item before the places held out.
pub const COLD_UTILITY: f64 = -3.0;
/// The share of choices by chance.
pub const NOISE: f64 = 0.05;

/// How strongly each of the three signals counts; 0 is not at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strengths {
    /// Of which subgroup follows which.
    pub order: f64,
    /// Of how alike pictures look.
    pub image: f64,
    /// Of the words that items share.
    pub text: f64,
}

impl Strengths {
    /// None of them.
    pub const NONE: Self = Self { order: 0.0, image: 0.0, text: 0.0 };
    /// Each as strong as to halve the choice alone.
    pub const ALL: Self = Self { order: 1.0, image: 1.0, text: 1.0 };
}
