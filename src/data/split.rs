//! Train, dev and test rows.

use crate::random::Random;
use serde::Serialize;
use std::collections::HashSet;

/// Row numbers of the three parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Split {
    /// Rows the weights are fitted to.
    pub train: Vec<usize>,
    /// Rows that choose between checkpoints and settings.
    pub dev: Vec<usize>,
    /// Rows that judge the result.
    pub test: Vec<usize>,
}

impl Split {
    /// How many rows go to train and to dev; the rest is test. The document's 120, 15 and 15 of 150 are 80, 10 and
    /// 10 %.
    pub fn sizes(rows: usize) -> (usize, usize) {
        let held_out = rows / 10;
        (rows - 2 * held_out, held_out)
    }

    /// One permutation cut in three: no row stands in two parts.
    pub fn disjoint(rows: usize, random: &mut Random) -> Self {
        let order = random.permutation(rows);
        let (train, dev) = Self::sizes(rows);
        Self {
            train: order[..train].to_vec(),
            dev: order[train..train + dev].to_vec(),
            test: order[train + dev..].to_vec(),
        }
    }

    /// The document's way (§4.5.2 `IrisDataset`): each part shuffles the whole table anew and cuts its own piece,
    /// so that about 12 of 15 test rows also stand in train.
    pub fn as_written(rows: usize, random: &mut Random) -> Self {
        let (train, dev) = Self::sizes(rows);
        Self {
            train: random.permutation(rows)[..train].to_vec(),
            dev: random.permutation(rows)[train..train + dev].to_vec(),
            test: random.permutation(rows)[train + dev..].to_vec(),
        }
    }

    /// Trains on the first `count` rows of train only; the others are in no part.
    pub fn keep_train(&mut self, count: usize) {
        self.train.truncate(count);
    }

    /// How many test rows the weights were fitted to.
    pub fn leaked(&self) -> usize {
        let train: HashSet<usize> = self.train.iter().copied().collect();
        self.test.iter().filter(|row| train.contains(row)).count()
    }

    /// The parts each of `rows` rows stands in, joined by `+` (`train+test` where rows leak), empty if in none.
    pub fn parts(&self, rows: usize) -> Vec<String> {
        let mut parts = vec![String::new(); rows];
        for (name, members) in [("train", &self.train), ("dev", &self.dev), ("test", &self.test)] {
            for &row in members {
                if !parts[row].is_empty() {
                    parts[row].push('+');
                }
                parts[row].push_str(name);
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn a_disjoint_split_uses_every_row_once() {
        let split = Split::disjoint(150, &mut Random::new(1, Purpose::Split));
        assert_eq!((split.train.len(), split.dev.len(), split.test.len()), (120, 15, 15));
        let mut all = [split.train.clone(), split.dev.clone(), split.test.clone()].concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..150));
        assert_eq!(split.leaked(), 0);
    }

    #[test]
    fn the_documents_split_leaks_about_twelve_test_rows() {
        let leaked: usize =
            (0..60).map(|seed| Split::as_written(150, &mut Random::new(seed, Purpose::Split)).leaked()).sum();
        let mean = leaked as f64 / 60.0;
        // 15 rows, each in train with probability 0.8; the specification measured 11.95.
        assert!((mean - 12.0).abs() < 0.6, "{mean}");
    }
}
