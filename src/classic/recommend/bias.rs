//! Two columns of means: how a film's ratings and how a user's ratings differ from the mean, both drawn towards 0 where
//! there are few.

use super::{Asker, Recommender, Share, Source, on_scale};
use crate::data::ratings::{Interactions, Rated};

/// How strongly biases are drawn towards 0: as if so many ratings more had been exactly the mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BiasConfig {
    /// For films.
    pub film_shrinkage: f32,
    /// For users.
    pub user_shrinkage: f32,
}

impl Default for BiasConfig {
    /// What `valid` chooses on latest-small.
    fn default() -> Self {
        Self { film_shrinkage: 3.0, user_shrinkage: 5.0 }
    }
}

/// How often films and users are fitted in turn: a first pass alone is .005 stars worse, more than ten change nothing.
const ROUNDS: usize = 10;

/// `μ + b_u + b_f`.
#[derive(Debug, Clone)]
pub struct Bias {
    config: BiasConfig,
    mean: f32,
    films: Vec<f32>,
    /// Of known users, so that residuals of all ratings need not sum them again.
    users: Vec<f32>,
}

impl Bias {
    /// Fits in turn the films, `b_f = Σ (r - μ - b_u) / (n + λ_f)`, and the users, `b_u = Σ (r - μ - b_f) / (n + λ_u)`:
    /// together they minimise `Σ (r - μ - b_u - b_f)² + λ_f Σ b_f² + λ_u Σ b_u²`.
    pub fn fit(train: &Interactions, config: BiasConfig) -> Self {
        let mean = train.mean() as f32;
        let (films, users) = (vec![0.0; train.films()], vec![0.0; train.users()]);
        let mut fitted = Self { config, mean, films, users };
        for _ in 0..ROUNDS {
            for film in 0..train.films() {
                let rated = train.film(film);
                let sum: f32 = rated.iter().map(|(user, stars)| stars - mean - fitted.users[user]).sum();
                fitted.films[film] = shrunk(sum, rated.len(), config.film_shrinkage);
            }
            for user in 0..train.users() {
                fitted.users[user] = fitted.user_bias(train.user(user));
            }
        }
        fitted
    }

    /// The bias of somebody who rated so.
    fn user_bias(&self, rated: Rated) -> f32 {
        let sum: f32 = rated.iter().map(|(film, stars)| stars - self.mean - self.films[film]).sum();
        shrunk(sum, rated.len(), self.config.user_shrinkage)
    }

    fn bias_of(&self, asker: &Asker) -> f32 {
        asker.user.map_or_else(|| self.user_bias(asker.rated), |user| self.users[user])
    }

    /// The prediction for an asker and a film, not held to the scale.
    pub fn value(&self, asker: &Asker, film: usize) -> f32 {
        self.mean + self.bias_of(asker) + self.films[film]
    }

    /// What a known user's rating of a film differs by from the prediction.
    pub fn residual(&self, user: usize, film: usize, stars: f32) -> f32 {
        stars - self.mean - self.users[user] - self.films[film]
    }

    /// What an asker's own ratings differ by from the predictions, in the order of their films.
    pub fn residuals(&self, asker: &Asker) -> Vec<f32> {
        let base = self.mean + self.bias_of(asker);
        asker.rated.iter().map(|(film, stars)| stars - base - self.films[film]).collect()
    }
}

/// The mean of `count` numbers, drawn towards 0; 0 of none.
fn shrunk(sum: f32, count: usize, shrinkage: f32) -> f32 {
    if count == 0 { 0.0 } else { sum / (count as f32 + shrinkage) }
}

impl Recommender for Bias {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        let base = self.mean + self.bias_of(asker);
        into.iter_mut().zip(&self.films).for_each(|(score, film)| *score = base + film);
    }

    fn stars(&self, asker: &Asker, film: usize) -> Option<f32> {
        Some(on_scale(self.value(asker, film)))
    }

    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        vec![
            Share::new(Source::Mean, self.mean),
            Share::new(Source::UserBias, self.bias_of(asker)),
            Share::new(Source::FilmBias, self.films[film]),
        ]
    }
}
