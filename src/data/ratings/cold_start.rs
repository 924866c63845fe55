//! Cold start as an experiment: some users, or films, keep only a few of their training ratings.

use super::Ratings;
use crate::data::order::ascending;
use crate::random::{Purpose, Random};

/// Whose ratings are taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cold {
    /// A fifth of the users.
    Users,
    /// A fifth of the films.
    Films,
}

/// Numbers of training ratings that are left to whoever is cold.
pub const COLD_RATINGS: [usize; 4] = [0, 1, 5, 20];

/// A cold start: what is learned from, and what judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColdStart {
    /// The training rows, of which each cold user (or film) has `left` at most, the earliest.
    pub train: Vec<u32>,
    /// The test rows of the cold users (or films).
    pub test: Vec<u32>,
    /// The cold users, or films.
    pub cold: Vec<usize>,
}

impl ColdStart {
    /// Takes training ratings away. Cold are a fifth of those who have more than the largest of [`COLD_RATINGS`], drawn by
    /// the seed, so that they are the same for each number `left`.
    pub fn new(table: &Ratings, train: &[u32], test: &[u32], cold: Cold, left: usize, seed: u64) -> Self {
        let (of_row, count) = match cold {
            Cold::Users => (&table.users, table.user_ids.len()),
            Cold::Films => (&table.rated, table.films.len()),
        };
        let of = |row: &u32| of_row[*row as usize] as usize;
        let mut ratings = vec![0; count];
        train.iter().for_each(|row| ratings[of(row)] += 1);
        let mut enough: Vec<usize> = (0..count).filter(|one| ratings[*one] > COLD_RATINGS[3]).collect();
        Random::new(seed, Purpose::Split).shuffle(&mut enough);
        enough.truncate(enough.len().div_ceil(5));
        let mut is_cold = vec![false; count];
        enough.iter().for_each(|one| is_cold[*one] = true);
        let by_time = ascending(train.len(), &|place| u64::from(table.times[train[place] as usize]));
        let mut earlier = vec![0; count];
        let mut keeps = vec![false; train.len()];
        for place in by_time {
            let one = of(&train[place as usize]);
            keeps[place as usize] = !is_cold[one] || earlier[one] < left;
            earlier[one] += 1;
        }
        Self {
            train: train.iter().zip(keeps).filter(|(_, keeps)| *keeps).map(|(row, _)| *row).collect(),
            test: test.iter().copied().filter(|row| is_cold[of(row)]).collect(),
            cold: (0..count).filter(|one| is_cold[*one]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::made::{World, WorldConfig};

    #[test]
    fn whoever_is_cold_keeps_the_earliest_and_all_others_keep_all() {
        let table =
            World::new(&WorldConfig { users: 60, films: 200, density: 0.3, ..WorldConfig::default() }, 1)
                .ratings;
        let train: Vec<u32> = (0..table.len() as u32).filter(|row| row % 5 > 0).collect();
        let test: Vec<u32> = (0..table.len() as u32).filter(|row| row % 5 == 0).collect();
        for cold in [Cold::Users, Cold::Films] {
            let of = |row: &u32| match cold {
                Cold::Users => table.users[*row as usize] as usize,
                Cold::Films => table.rated[*row as usize] as usize,
            };
            let all = COLD_RATINGS.map(|left| ColdStart::new(&table, &train, &test, cold, left, 1));
            for (start, left) in all.iter().zip(COLD_RATINGS) {
                assert!(!start.cold.is_empty() && start.cold == all[0].cold && start.test == all[0].test);
                assert!(start.train.is_sorted());
                for one in 0..200 {
                    let before: Vec<&u32> = train.iter().filter(|row| of(row) == one).collect();
                    let after: Vec<&u32> = start.train.iter().filter(|row| of(row) == one).collect();
                    if !start.cold.contains(&one) {
                        assert_eq!(before, after);
                        continue;
                    }
                    assert_eq!(after.len(), left);
                    let latest = after.iter().map(|row| table.times[**row as usize]).max().unwrap_or(0);
                    let earlier = before.iter().filter(|row| table.times[***row as usize] < latest);
                    assert!(earlier.count() <= left);
                }
                assert!(start.test.iter().all(|row| start.cold.contains(&of(row))));
            }
        }
    }
}
