//! Histories and the film that came next, as the candidate network learns from them.

use super::candidate::{Asked, CandidateInput, Sampled, UserInput};
use super::tower::Bags;
use super::watches::{Example, LONGEST_HISTORY, Task, Watches};
use crate::nn::objective::item_softmax::Chosen;
use crate::nn::run::examples::{Examples, Minibatch};
use crate::random::{Purpose, Random};
use burn::tensor::{Device, Tensor, TensorData};
use std::rc::Rc;

/// Places that the draws of one step take at most: 4,096 histories of 50 films, eight draws each.
const PLACES: u64 = 4_096 * LONGEST_HISTORY as u64 / 8;

/// A distribution over films: how often each was rated, and one time more.
#[derive(Debug, Clone, PartialEq)]
pub struct Background {
    /// Up to and with each film.
    cumulative: Vec<f64>,
    log_probability: Vec<f32>,
}

impl Background {
    /// From the number of ratings of each film.
    pub fn new(counts: impl Iterator<Item = usize>) -> Self {
        let cumulative: Vec<f64> = counts
            .scan(0.0, |sum, count| {
                *sum += (count + 1) as f64;
                Some(*sum)
            })
            .collect();
        let total = cumulative.last().copied().unwrap_or(1.0);
        let before = std::iter::once(0.0).chain(cumulative.iter().copied());
        let log_probability =
            before.zip(&cumulative).map(|(before, sum)| ((sum - before) / total).ln() as f32).collect();
        Self { cumulative, log_probability }
    }

    /// Films drawn independently of one another.
    pub fn draw(&self, count: usize, random: &mut Random) -> Vec<u32> {
        let total = self.cumulative.last().copied().unwrap_or(1.0);
        let mut one = || {
            let place = random.uniform(0.0, total);
            let film = self.cumulative.partition_point(|sum| *sum <= place);
            film.min(self.cumulative.len() - 1) as u32
        };
        (0..count).map(|_| one()).collect()
    }
}

/// What is known at some moments, one entry each.
#[derive(Default)]
struct Known {
    watched: Vec<Vec<u32>>,
    /// Empty where the network has no search history.
    searched: Vec<Vec<u32>>,
    ages: Vec<f32>,
}

/// The examples of a table.
#[derive(Debug, Clone)]
pub struct NextFilm {
    /// Films of the users by time.
    pub watches: Rc<Watches>,
    /// The examples that are learned from, which are the first rows.
    pub examples: Vec<Example>,
    /// User and film of the rows behind them: what a user rated beside the films that are learned from, predicted from
    /// their latest history with an age of 0, as when serving.
    pub held_out: Vec<(u32, u32)>,
    /// Which films stand beside the one that is to be predicted.
    pub task: Task,
    /// Whether the network is given the words that were searched for beside the films watched.
    pub searches: bool,
    /// What else is known of each user, numbers from 0 to 1.
    pub users: Rc<Vec<Vec<f32>>>,
    /// Where negatives are drawn from.
    pub background: Rc<Background>,
    /// Negatives of a minibatch; 0 for softmax over all films.
    pub negatives: usize,
    /// The probability with which a film is left out of a history for one training step.
    pub dropout: f64,
    /// Fixes the negatives of each step.
    pub seed: u64,
}

impl NextFilm {
    /// What the network is given of users with these histories.
    fn input(&self, users: &[u32], known: Known, device: &Device) -> UserInput {
        let of_user = |user: &u32| self.users.get(*user as usize).into_iter().flatten().copied();
        let ages = users.iter().zip(&known.ages);
        let context: Vec<f32> =
            ages.flat_map(|(user, age)| std::iter::once(*age).chain(of_user(user))).collect();
        self.with_context(known, context, device)
    }

    /// `context` is row-major, a row for each history.
    fn with_context(&self, known: Known, context: Vec<f32>, device: &Device) -> UserInput {
        let rows = known.watched.len();
        UserInput {
            watched: Bags::new(&known.watched, device),
            searched: self.searches.then(|| Bags::new(&known.searched, device)),
            context: Tensor::from_data(TensorData::new(context, [rows, self.context()]), device),
        }
    }

    /// What the network is served with for a user, or for somebody new, with each of these histories: of somebody new that
    /// they have searched for nothing, and for what else is known of users the mean over all of them.
    pub fn watching(&self, user: Option<u32>, histories: Vec<Vec<u32>>, device: &Device) -> UserInput {
        let rows = histories.len();
        let searched = match user {
            Some(user) if self.searches => self.watches.latest_searched(user as usize),
            _ => Vec::new(),
        };
        let known = Known { watched: histories, searched: vec![searched; rows], ages: vec![0.0; rows] };
        if let Some(user) = user {
            return self.input(&vec![user; rows], known, device);
        }
        let mut mean = vec![0.0; self.context()];
        for known in self.users.iter() {
            // The age of the example, which comes first, is 0 when serving.
            mean[1..].iter_mut().zip(known).for_each(|(sum, value)| *sum += value / self.users.len() as f32);
        }
        self.with_context(known, mean.repeat(rows), device)
    }

    /// What the network is served with: the latest history of each user and an age of 0.
    pub fn serving(&self, users: &[u32], device: &Device) -> UserInput {
        let mut known = Known::default();
        users.iter().for_each(|user| self.latest(*user, &mut known));
        self.input(users, known, device)
    }

    fn latest(&self, user: u32, known: &mut Known) {
        known.watched.push(self.watches.latest(user as usize).to_vec());
        if self.searches {
            known.searched.push(self.watches.latest_searched(user as usize));
        }
        known.ages.push(0.0);
    }

    fn at(&self, example: Example, known: &mut Known) {
        known.watched.push(self.watches.history(example, self.task));
        if self.searches {
            known.searched.push(self.watches.searched(example, self.task));
        }
        known.ages.push(self.watches.age(example));
    }

    /// Columns of what else is known: the age of the example, and what is known of a user.
    pub fn context(&self) -> usize {
        1 + self.users.first().map_or(0, Vec::len)
    }

    fn batch(
        &self,
        rows: &[usize],
        negatives: Option<&[u32]>,
        keeps: &mut dyn FnMut() -> bool,
        device: &Device,
    ) -> Minibatch<CandidateInput, Chosen> {
        let (mut users, mut known, mut right) = (vec![], Known::default(), vec![]);
        for row in rows {
            let (user, film) = match self.examples.get(*row) {
                Some(example) => {
                    self.at(*example, &mut known);
                    (example.user, self.watches.film(*example))
                }
                None => {
                    let (user, film) = self.held_out[*row - self.examples.len()];
                    self.latest(user, &mut known);
                    (user, film)
                }
            };
            users.push(user);
            right.push(film);
        }
        known.watched.iter_mut().for_each(|films| films.retain(|_| keeps()));
        let users = self.input(&users, known, device);
        let (asked, target) = match negatives {
            None => (Asked::All, Chosen::new(&right, device)),
            Some(negatives) => {
                let sampled = Sampled::new(&right, negatives, &self.background.log_probability, device);
                (Asked::Sampled(Box::new(sampled)), Chosen::first(right.len(), device))
            }
        };
        Minibatch { input: CandidateInput { users, asked }, target }
    }
}

impl Examples for NextFilm {
    type Input = CandidateInput;
    type Target = Chosen;

    /// With softmax over all films.
    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<CandidateInput, Chosen> {
        self.batch(rows, None, &mut || true, device)
    }

    fn training_minibatch(
        &self,
        rows: &[usize],
        step: u64,
        device: &Device,
    ) -> Minibatch<CandidateInput, Chosen> {
        let mut random = Random::at_place(self.seed, Purpose::Histories, step * PLACES);
        let mut keeps = || self.dropout == 0.0 || random.uniform(0.0, 1.0) >= self.dropout;
        if self.negatives == 0 {
            return self.batch(rows, None, &mut keeps, device);
        }
        // A place for each draw of each step: 16 words hold eight draws.
        let place = step * (self.negatives as u64 / 8 + 1);
        let mut random = Random::at_place(self.seed, Purpose::Negatives, place);
        let negatives = self.background.draw(self.negatives, &mut random);
        self.batch(rows, Some(&negatives), &mut keeps, device)
    }

    fn rows_at_once(&self) -> usize {
        256
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::made::{World, WorldConfig};

    #[test]
    fn films_are_drawn_as_often_as_they_were_rated_and_one_time_more() {
        let background = Background::new([0, 3, 0, 15].into_iter());
        let mut random = Random::new(1, Purpose::Negatives);
        let drawn = background.draw(22_000, &mut random);
        for (film, expected) in [1_000.0, 4_000.0, 1_000.0, 16_000.0].into_iter().enumerate() {
            let found = drawn.iter().filter(|other| **other == film as u32).count() as f64;
            assert!((found / expected - 1.0).abs() < 0.1, "{film}: {found}");
            let share = f64::from(background.log_probability[film]).exp() * 22_000.0;
            assert!((share - expected).abs() < 0.01);
        }
    }

    /// Users of a made world with their films, half of which are left out of a step.
    fn next_films(dropout: f64, negatives: usize) -> NextFilm {
        let config = WorldConfig { users: 20, films: 60, density: 0.4, ..WorldConfig::default() };
        let ratings = World::new(&config, 1).ratings;
        let rows: Vec<u32> = (0..ratings.len() as u32).collect();
        let watches = Watches::new(&ratings, &rows);
        let mut random = Random::new(1, Purpose::Watches);
        NextFilm {
            examples: watches.examples(50, Task::Future, &mut random),
            watches: Rc::new(watches),
            held_out: Vec::new(),
            task: Task::Future,
            searches: false,
            users: Rc::new(vec![Vec::new(); 20]),
            background: Rc::new(Background::new((0..60).map(|_| 1))),
            negatives,
            dropout,
            seed: 1,
        }
    }

    #[test]
    fn a_step_leaves_its_own_share_of_histories_out_and_serving_none() {
        let rows: Vec<usize> = (0..200).collect();
        let device = Device::flex();
        let count = |input: CandidateInput| input.users.watched.films();
        for negatives in [0, 10] {
            let examples = next_films(0.5, negatives);
            let step = |step| count(examples.training_minibatch(&rows, step, &device).input) as f64;
            let all = count(examples.minibatch(&rows, &device).input) as f64;
            assert!((step(3) / all - 0.5).abs() < 0.05, "{} of {all}", step(3));
            assert_eq!(step(3), step(3));
            assert_ne!(step(3), step(4));
            let whole = next_films(0.0, negatives);
            assert_eq!(count(whole.training_minibatch(&rows, 3, &device).input) as f64, all);
        }
    }
}
