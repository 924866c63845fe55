//! What every recommender has to beat: chance, one mean for everything, and what most people rated.

use super::{Asker, Recommender, Share, Source};
use crate::data::ratings::Interactions;
use crate::random::{Purpose, Random};

/// A random order for each user, drawn by a seed.
#[derive(Debug, Clone, Copy)]
pub struct RandomOrder {
    /// The seed.
    pub seed: u64,
}

impl Recommender for RandomOrder {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        // Numbers of one user are a million places from those of the next: more than there are films.
        let user = asker.user.map_or(0, |user| user as u64 + 1);
        let mut random = Random::at_place(self.seed, Purpose::Scores, user << 20);
        into.iter_mut().for_each(|score| *score = random.uniform(0.0, 1.0) as f32);
    }

    fn shares(&self, _asker: &Asker, _film: usize) -> Vec<Share> {
        Vec::new()
    }
}

/// The mean of all ratings, whoever asks for whichever film.
#[derive(Debug, Clone, Copy)]
pub struct Mean(f32);

impl Mean {
    /// The mean of the training ratings.
    pub fn fit(train: &Interactions) -> Self {
        Self(train.mean() as f32)
    }
}

impl Recommender for Mean {
    fn scores(&self, _asker: &Asker, into: &mut [f32]) {
        into.fill(self.0);
    }

    fn stars(&self, _asker: &Asker, _film: usize) -> Option<f32> {
        Some(self.0)
    }

    fn shares(&self, _asker: &Asker, _film: usize) -> Vec<Share> {
        vec![Share::new(Source::Mean, self.0)]
    }
}

/// How many users rated a film.
#[derive(Debug, Clone)]
pub struct Popular {
    raters: Vec<f32>,
}

impl Popular {
    /// Counts the raters of each film.
    pub fn fit(train: &Interactions) -> Self {
        Self { raters: (0..train.films()).map(|film| train.film(film).len() as f32).collect() }
    }
}

impl Recommender for Popular {
    fn scores(&self, _asker: &Asker, into: &mut [f32]) {
        into.copy_from_slice(&self.raters);
    }

    fn shares(&self, _asker: &Asker, film: usize) -> Vec<Share> {
        vec![Share::new(Source::Raters, self.raters[film])]
    }
}
