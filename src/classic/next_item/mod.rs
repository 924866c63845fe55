//! Models that predict the next item by counting: what every network has to beat.

pub mod markov;
pub mod popular;

pub use markov::Markov;
pub use popular::Popular;

/// Ranks all items as the next one of a history.
pub trait NextItem {
    /// Writes a score for every item: the larger, the better. `history` is in order and may be empty.
    ///
    /// # Panics
    /// If `into` is not as long as there are items, or an item of the history is none of them.
    fn scores(&self, history: &[u32], into: &mut [f32]);
}
