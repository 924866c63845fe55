//! What is taken most, whatever was taken before.

use super::NextItem;

/// The share of each item in all that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Popular {
    shares: Vec<f32>,
}

impl Popular {
    /// Counts what stands in training histories.
    ///
    /// # Panics
    /// If an item is not below `items`.
    pub fn fit<'a>(items: usize, histories: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut counts = vec![0u32; items];
        histories.flatten().for_each(|item| counts[*item as usize] += 1);
        let all = counts.iter().map(|count| f64::from(*count)).sum::<f64>().max(1.0);
        Self { shares: counts.iter().map(|count| (f64::from(*count) / all) as f32).collect() }
    }

    /// The share of each item; all 0 where nothing was taken.
    pub fn shares(&self) -> &[f32] {
        &self.shares
    }
}

impl NextItem for Popular {
    fn scores(&self, _history: &[u32], into: &mut [f32]) {
        into.copy_from_slice(&self.shares);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_of_an_item_is_its_share_whoever_asks() {
        let histories: [&[u32]; 3] = [&[2, 0, 2], &[], &[1]];
        let popular = Popular::fit(4, histories.into_iter());
        let mut scores = [9.0; 4];
        for history in [&[][..], &[3, 1]] {
            popular.scores(history, &mut scores);
            assert_eq!(scores, [0.25, 0.25, 0.5, 0.0]);
        }
        assert_eq!(Popular::fit(2, [].into_iter()).shares(), [0.0, 0.0]);
    }
}
