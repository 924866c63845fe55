//! User-based collaborative filtering (GroupLens 1994): what the users who rate most alike rated.

use super::bias::Bias;
use super::knn::{KnnConfig, answer, inverse_root, residuals};
use super::{Asker, Recommender, Share, Source, on_scale};
use crate::data::order::grouped;
use crate::data::ragged::Ragged;
use crate::data::ratings::Interactions;
use emberbook_kernels::{add_at, add_scaled_at, nearest, scale};
use std::rc::Rc;

/// Ranks by the cosine of what users rated at all; predicts stars by the cosine of what their ratings differ from the
/// biases.
#[derive(Debug, Clone)]
pub struct UserKnn {
    train: Rc<Interactions>,
    bias: Rc<Bias>,
    config: KnnConfig,
    /// For each film what its ratings differ by from the biases, in the order of its users.
    residuals: Ragged<f32>,
    /// One divided by the length of each user's residuals.
    per_length: Vec<f32>,
    /// One divided by the root of how many films each user rated.
    per_count: Vec<f32>,
}

impl UserKnn {
    /// Nothing is trained: residuals are kept, and neighbours are found when somebody asks.
    pub fn fit(train: Rc<Interactions>, bias: Rc<Bias>, config: KnnConfig) -> Self {
        let (residuals, per_length) = residuals(train.films(), train.users(), |film| {
            let rated = train.film(film);
            (rated.ids, rated.iter().map(|(user, stars)| bias.residual(user, film, stars)).collect())
        });
        let per_count = (0..train.users()).map(|user| inverse_root(train.user(user).len() as f32)).collect();
        Self { train, bias, config, residuals, per_length, per_count }
    }

    /// The nearest users by what was rated at all, the most alike first, with their cosines.
    pub fn neighbours(&self, asker: &Asker) -> Vec<(u32, f32)> {
        let mut common = vec![0.0; self.train.users()];
        for film in asker.rated.ids {
            add_at(self.train.film(*film as usize).ids, 1.0, &mut common);
        }
        if let Some(user) = asker.user {
            common[user] = 0.0;
        }
        scale(&mut common, &self.per_count);
        let own = inverse_root(asker.rated.len() as f32);
        let nearest = nearest(&common, self.config.neighbours);
        nearest.into_iter().map(|(user, common)| (user, common * own)).collect()
    }

    /// The likeness of every user by what ratings differ from the biases.
    fn likeness(&self, asker: &Asker) -> Vec<f32> {
        let own = self.bias.residuals(asker);
        let own_length = inverse_root(own.iter().map(|residual| residual * residual).sum());
        let mut likeness = vec![0.0; self.train.users()];
        for (film, residual) in asker.rated.ids.iter().zip(&own) {
            let film = *film as usize;
            add_scaled_at(
                self.train.film(film).ids,
                self.residuals.row(film),
                *residual * own_length,
                &mut likeness,
            );
        }
        scale(&mut likeness, &self.per_length);
        if let Some(user) = asker.user {
            likeness[user] = 0.0;
        }
        likeness
    }

    fn stars_by(&self, asker: &Asker, film: usize, likeness: &[f32]) -> f32 {
        let raters = self.train.film(film).ids;
        let residuals = self.residuals.row(film);
        on_scale(self.bias.value(asker, film) + answer(&self.config, raters, residuals, likeness))
    }
}

impl Recommender for UserKnn {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        into.fill(0.0);
        for (user, cosine) in self.neighbours(asker) {
            add_at(self.train.user(user as usize).ids, cosine, into);
        }
    }

    fn stars(&self, asker: &Asker, film: usize) -> Option<f32> {
        Some(self.stars_by(asker, film, &self.likeness(asker)))
    }

    fn stars_of(&self, train: &Interactions, pairs: &[(u32, u32)]) -> Option<Vec<f32>> {
        let mut stars = vec![0.0; pairs.len()];
        let users: Vec<u32> = pairs.iter().map(|pair| pair.0).collect();
        grouped(&users, &mut |user, places| {
            let asker = Asker::known(train, user);
            let likeness = self.likeness(&asker);
            for place in places {
                stars[*place as usize] = self.stars_by(&asker, pairs[*place as usize].1 as usize, &likeness);
            }
        });
        Some(stars)
    }

    /// The neighbours who rated the film, with their cosines.
    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        let raters = self.train.film(film).ids;
        let neighbours = self.neighbours(asker).into_iter().filter(|(user, _)| raters.contains(user));
        neighbours.map(|(user, cosine)| Share::new(Source::User(user as usize), cosine)).collect()
    }
}
