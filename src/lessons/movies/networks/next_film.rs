//! Histories and the film that came next, as the candidate network learns from them.

use super::candidate::{Asked, CandidateInput, Sampled, UserInput};
use super::tower::Bags;
use super::watches::{Example, Task, Watches};
use crate::nn::objective::item_softmax::Chosen;
use crate::nn::run::examples::{Examples, Minibatch};
use crate::random::{Purpose, Random};
use burn::tensor::{Device, Tensor, TensorData};
use std::rc::Rc;

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
    /// Words that each user has searched for; none where the network has no search history.
    pub searches: Option<Rc<Vec<Vec<u32>>>>,
    /// What else is known of each user, numbers from 0 to 1.
    pub users: Rc<Vec<Vec<f32>>>,
    /// Where negatives are drawn from.
    pub background: Rc<Background>,
    /// Negatives of a minibatch; 0 for softmax over all films.
    pub negatives: usize,
    /// Fixes the negatives of each step.
    pub seed: u64,
}

impl NextFilm {
    /// What the network is told of users with these histories: `age` is that of each example, 0 when serving.
    pub fn users(&self, users: &[u32], histories: &[Vec<u32>], ages: &[f32], device: &Device) -> UserInput {
        let known = |user: &u32| self.users.get(*user as usize).into_iter().flatten().copied();
        let context: Vec<f32> =
            users.iter().zip(ages).flat_map(|(user, age)| std::iter::once(*age).chain(known(user))).collect();
        let searched = self.searches.as_ref().map(|searches| {
            let bags: Vec<Vec<u32>> = users.iter().map(|user| searches[*user as usize].clone()).collect();
            Bags::new(&bags, device)
        });
        Self::input(histories, searched, context, device)
    }

    /// What the network is told of somebody new with these histories, one for each row: that they have searched for
    /// nothing, and for what else is known of users the mean over all of them.
    pub fn somebody_new(&self, histories: &[Vec<u32>], device: &Device) -> UserInput {
        let mut mean = vec![0.0; self.context()];
        for known in self.users.iter() {
            // The age of the example, which comes first, is 0 when serving.
            mean[1..].iter_mut().zip(known).for_each(|(sum, value)| *sum += value / self.users.len() as f32);
        }
        let searched = self.searches.as_ref().map(|_| Bags::new(&vec![Vec::new(); histories.len()], device));
        Self::input(histories, searched, mean.repeat(histories.len()), device)
    }

    /// `context` is row-major, a row for each history.
    fn input(
        histories: &[Vec<u32>],
        searched: Option<Bags>,
        context: Vec<f32>,
        device: &Device,
    ) -> UserInput {
        let columns = context.len() / histories.len();
        let context = Tensor::from_data(TensorData::new(context, [histories.len(), columns]), device);
        UserInput { watched: Bags::new(histories, device), searched, context }
    }

    /// Columns of what else is known: the age of the example, and what is known of a user.
    pub fn context(&self) -> usize {
        1 + self.users.first().map_or(0, Vec::len)
    }

    fn batch(
        &self,
        rows: &[usize],
        negatives: Option<&[u32]>,
        device: &Device,
    ) -> Minibatch<CandidateInput, Chosen> {
        let (mut users, mut histories, mut ages, mut right) = (vec![], vec![], vec![], vec![]);
        for row in rows {
            let (user, history, age, film) = match self.examples.get(*row) {
                Some(example) => {
                    let history = self.watches.history(*example, self.task);
                    (example.user, history, self.watches.age(*example), self.watches.film(*example))
                }
                None => {
                    let (user, film) = self.held_out[*row - self.examples.len()];
                    (user, self.watches.latest(user as usize).to_vec(), 0.0, film)
                }
            };
            users.push(user);
            histories.push(history);
            ages.push(age);
            right.push(film);
        }
        let users = self.users(&users, &histories, &ages, device);
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
        self.batch(rows, None, device)
    }

    fn training_minibatch(
        &self,
        rows: &[usize],
        step: u64,
        device: &Device,
    ) -> Minibatch<CandidateInput, Chosen> {
        if self.negatives == 0 {
            return self.minibatch(rows, device);
        }
        // A place for each draw of each step: 16 words hold eight draws.
        let place = step * (self.negatives as u64 / 8 + 1);
        let mut random = Random::at_place(self.seed, Purpose::Negatives, place);
        let negatives = self.background.draw(self.negatives, &mut random);
        self.batch(rows, Some(&negatives), device)
    }

    fn rows_at_once(&self) -> usize {
        256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
