//! Which ratings are learned from, and which judge.

use super::Ratings;
use crate::data::order::ascending;
use crate::data::ragged::Ragged;
use crate::random::Random;
use rand_mt::Mt;

/// How test ratings are chosen. Ratings of the same second are taken in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitRule {
    /// Each rating with a probability of one tenth, by Python's `random.Random(0)` in the order of the file: the
    /// document's rule.
    Random,
    /// The last fifth of each user's ratings, rounded down.
    LastFifth,
    /// The last rating of each user.
    LastOne,
    /// The last tenth of all ratings: everything after one date.
    OneDate,
}

/// Numbers of ratings, each list ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingSplit {
    /// All that may be learned from.
    pub train: Vec<u32>,
    /// One tenth of `train`, which chooses between settings and checkpoints.
    pub valid: Vec<u32>,
    /// `train` without `valid`.
    pub fit: Vec<u32>,
    /// What judges the result, once.
    pub test: Vec<u32>,
}

impl RatingSplit {
    /// Splits by a rule; `random` draws `valid`, and nothing else.
    pub fn new(ratings: &Ratings, rule: SplitRule, random: &mut Random) -> Self {
        let mut held_out = vec![false; ratings.len()];
        match rule {
            SplitRule::Random => hold_out_tenth(&mut held_out),
            SplitRule::LastFifth => hold_out_last(ratings, &mut held_out, |count| count / 5),
            SplitRule::LastOne => hold_out_last(ratings, &mut held_out, |_| 1),
            SplitRule::OneDate => {
                let rows = ascending(ratings.len(), &|row| u64::from(ratings.times[row]));
                let first = rows.len() - rows.len() / 10;
                hold_out(&mut held_out, &rows[first..]);
            }
        }
        Self::of(&held_out, random)
    }

    fn of(held_out: &[bool], random: &mut Random) -> Self {
        let rows =
            |wanted: bool| (0..held_out.len() as u32).filter(move |row| held_out[*row as usize] == wanted);
        let train: Vec<u32> = rows(false).collect();
        let mut drawn = train.clone();
        random.shuffle(&mut drawn);
        let mut in_valid = vec![false; held_out.len()];
        hold_out(&mut in_valid, &drawn[..train.len() / 10]);
        let (valid, fit) = train.iter().partition(|row| in_valid[**row as usize]);
        Self { train, valid, fit, test: rows(true).collect() }
    }
}

fn hold_out(held_out: &mut [bool], rows: &[u32]) {
    rows.iter().for_each(|row| held_out[*row as usize] = true);
}

fn hold_out_tenth(held_out: &mut [bool]) {
    let mut generator = python_random(0);
    held_out.iter_mut().for_each(|row| *row = unit(&mut generator) < 0.1);
}

/// The last ratings of each user, `count_of` of their number.
fn hold_out_last(ratings: &Ratings, held_out: &mut [bool], count_of: fn(usize) -> usize) {
    let rows: Vec<u32> = (0..ratings.len() as u32).collect();
    let users = |row: usize| ratings.users[row] as usize;
    for rows in Ragged::sorted(ratings.user_ids.len(), &users, &rows).iter() {
        let order = ascending(rows.len(), &|place| u64::from(ratings.times[rows[place] as usize]));
        let first = rows.len() - count_of(rows.len()).min(rows.len());
        order[first..].iter().for_each(|place| held_out[rows[*place as usize] as usize] = true);
    }
}

/// Python's `random.Random(seed)`: MT19937 with the seed as its key.
fn python_random(seed: u32) -> Mt {
    Mt::new_with_key([seed])
}

/// Python's `random()`: 53 bits of two draws (`genrand_res53`), in 0 to 1.
fn unit(generator: &mut Mt) -> f64 {
    let (high, low) = (generator.next_u32() >> 5, generator.next_u32() >> 6);
    (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::Films;
    use crate::random::Purpose;

    /// User, time of each rating; every rating is of a film of its own.
    fn table(rows: &[(u32, u32)]) -> Ratings {
        Ratings {
            user_ids: (1..=rows.iter().map(|row| row.0 + 1).max().unwrap_or(0)).collect(),
            films: Films::default(),
            demographics: None,
            users: rows.iter().map(|row| row.0).collect(),
            rated: (0..rows.len() as u32).collect(),
            half_stars: vec![8; rows.len()],
            times: rows.iter().map(|row| row.1).collect(),
        }
    }

    fn split(rows: &[(u32, u32)], rule: SplitRule) -> RatingSplit {
        RatingSplit::new(&table(rows), rule, &mut Random::new(1, Purpose::Split))
    }

    #[test]
    fn the_generator_is_pythons() {
        // python3 -c "import random; r = random.Random(0); print([r.random() for _ in range(4)])"
        let first = [
            0.844_421_851_525_048_1,
            0.757_954_402_940_302_5,
            0.420_571_580_830_845,
            0.258_916_750_292_963_35,
        ];
        let mut generator = python_random(0);
        assert_eq!([(); 4].map(|()| unit(&mut generator)), first);
        let mut generator = python_random(12345);
        assert_eq!(unit(&mut generator), 0.416_619_872_545_341_16);
    }

    #[test]
    fn a_file_of_a_million_lines_is_split_as_the_document_splits_it() {
        let mut held_out = vec![false; 1_000_209];
        hold_out_tenth(&mut held_out);
        let test = held_out.iter().filter(|held_out| **held_out).count();
        assert_eq!((held_out.len() - test, test), (900_118, 100_091));
    }

    #[test]
    fn the_last_ratings_of_a_user_are_held_out_and_equal_times_keep_the_order_of_the_file() {
        // Of user 0 the last two are rows 2 and 7; of user 1 (four ratings) a fifth is none.
        let rows = [(0, 5), (1, 1), (0, 9), (0, 1), (1, 2), (0, 2), (0, 3), (0, 9), (0, 4), (0, 5)];
        let rows = [&rows[..], &[(0, 6), (0, 6), (1, 9), (1, 9)]].concat();
        assert_eq!(split(&rows, SplitRule::LastFifth).test, [2, 7]);
        assert_eq!(split(&rows, SplitRule::LastOne).test, [7, 13]);
    }

    #[test]
    fn one_date_holds_out_the_last_tenth_of_all() {
        let rows: Vec<(u32, u32)> = (0..29).map(|row| (row % 3, 100 - row / 2)).collect();
        // Rows 0 and 1 share the last second.
        assert_eq!(split(&rows, SplitRule::OneDate).test, [0, 1]);
    }

    #[test]
    fn a_tenth_of_the_training_ratings_chooses_and_the_seed_draws_it() {
        let rows: Vec<(u32, u32)> = (0..200).map(|row| (row % 10, row)).collect();
        let draw = |seed| {
            let mut random = Random::new(seed, Purpose::Split);
            RatingSplit::new(&table(&rows), SplitRule::LastFifth, &mut random)
        };
        let (one, two) = (draw(1), draw(2));
        assert_eq!((one.train.len(), one.valid.len(), one.fit.len(), one.test.len()), (160, 16, 144, 40));
        assert_eq!((&one.train, &one.test), (&two.train, &two.test));
        assert_ne!(one.valid, two.valid);
        assert_eq!(draw(1), one);
        let mut all = [&one.valid[..], &one.fit, &one.test].concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..200));
    }
}
