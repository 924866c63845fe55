//! What follows the last item most often (a Markov chain of first order), backed off to what is popular.

use super::{NextItem, Popular};
use crate::data::order::ascending;
use crate::data::ragged::Ragged;

/// Counts of which item came directly after which.
#[derive(Debug, Clone, PartialEq)]
pub struct Markov {
    popular: Popular,
    /// After each item: the others and how often, by their numbers.
    next: Ragged<(u32, u32)>,
}

impl Markov {
    /// Counts the pairs of neighbours in training histories.
    ///
    /// # Panics
    /// If an item is not below `items`.
    pub fn fit<'a>(items: usize, histories: impl Iterator<Item = &'a [u32]> + Clone) -> Self {
        let popular = Popular::fit(items, histories.clone());
        let pairs: Vec<[u32; 2]> = histories.flat_map(|items| items.array_windows().copied()).collect();
        let order = ascending(pairs.len(), &|at| u64::from(pairs[at][0]) << 32 | u64::from(pairs[at][1]));
        let mut next = Ragged::default();
        let mut after: Vec<(u32, u32)> = Vec::new();
        let mut sorted = order.iter().map(|at| pairs[*at as usize]).peekable();
        for item in 0..items as u32 {
            after.clear();
            while let Some([_, following]) = sorted.next_if(|pair| pair[0] == item) {
                match after.last_mut() {
                    Some((last, count)) if *last == following => *count += 1,
                    _ => after.push((following, 1)),
                }
            }
            next.push(&after);
        }
        Self { popular, next }
    }

    /// What came after an item, and how often, by number.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn after(&self, item: usize) -> &[(u32, u32)] {
        self.next.row(item)
    }
}

impl NextItem for Markov {
    /// With `n` pairs that begin with the last item and `t` different items after it,
    /// `p(i) = (count(i) + t · share(i)) / (n + t)`: the more different items there are, the less is known of the next one
    /// (Witten and Bell 1991). After an item that nothing followed, and after nothing, what is popular.
    fn scores(&self, history: &[u32], into: &mut [f32]) {
        let after = history.last().map_or(&[][..], |last| self.after(*last as usize));
        let different = after.len() as f64;
        let all = after.iter().map(|(_, count)| f64::from(*count)).sum::<f64>() + different;
        self.popular.scores(history, into);
        if all == 0.0 {
            return;
        }
        into.iter_mut().for_each(|score| *score = (f64::from(*score) * different / all) as f32);
        for (item, count) in after {
            into[*item as usize] += (f64::from(*count) / all) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markov() -> Markov {
        let histories: [&[u32]; 3] = [&[0, 1, 0, 1, 2], &[0, 2], &[3]];
        Markov::fit(5, histories.into_iter())
    }

    fn scores(history: &[u32]) -> Vec<f32> {
        let mut scores = vec![7.0; 5];
        markov().scores(history, &mut scores);
        scores
    }

    #[test]
    fn neighbours_are_counted_and_popularity_fills_the_rest() {
        assert_eq!(markov().after(0), [(1, 2), (2, 1)]);
        assert_eq!((markov().after(1), markov().after(2)), (&[(0, 1), (2, 1)][..], &[][..]));
        // After 0: three pairs, two different. Of eight taken 3, 2, 2, 1 and 0 are items 0 to 4.
        let expected =
            [0.0 + 2.0 * 0.375, 2.0 + 2.0 * 0.25, 1.0 + 2.0 * 0.25, 2.0 * 0.125, 0.0].map(|sum| sum / 5.0);
        assert!(
            scores(&[3, 0]).iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-6)
        );
        assert!((scores(&[1]).iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn where_nothing_is_known_of_the_last_item_the_popular_ones_are_ranked() {
        let popular = vec![0.375, 0.25, 0.25, 0.125, 0.0];
        for history in [&[][..], &[0, 2], &[0, 4]] {
            assert_eq!(scores(history), popular, "{history:?}");
        }
    }
}
