//! Recommenders that need no tensors: from chance and popularity over neighbours and contents to factorisations.
//!
//! Each ranks films for whoever asks, known from training or not, and takes its scores apart for a reason.

pub mod bias;
pub mod choose;
pub mod content;
pub mod dense;
pub mod ease;
pub mod eigen;
pub mod factorisation;
pub mod hybrid;
pub mod item_knn;
pub mod judge;
pub mod knn;
pub mod methods;
pub mod popularity;
pub mod recovery;
pub mod svd;
pub mod user_knn;
pub mod validation;

use crate::data::order::{ascending, falling};
use crate::data::ratings::{Interactions, Rated};

/// Who asks: what they rated, and which user of the training ratings they are, if any.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The user in training; none for somebody new.
    pub user: Option<usize>,
    /// What they rated.
    pub rated: Rated<'a>,
}

impl<'a> Asker<'a> {
    /// A user of the training ratings.
    ///
    /// # Panics
    /// If there is no such user.
    pub fn known(train: &'a Interactions, user: usize) -> Self {
        Self { user: Some(user), rated: train.user(user) }
    }

    /// Somebody new.
    pub fn new(rated: Rated<'a>) -> Self {
        Self { user: None, rated }
    }
}

/// What a part of a score comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The mean of all ratings.
    Mean,
    /// How this user's ratings differ from the mean.
    UserBias,
    /// How this film's ratings differ from the mean.
    FilmBias,
    /// How many users rated this film.
    Raters,
    /// A user who rates alike.
    User(usize),
    /// A film the user rated.
    Film(usize),
    /// A genre of the film.
    Genre(usize),
    /// A word of the film's title.
    Word(usize),
    /// A factor.
    Factor(usize),
}

/// One part of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Where it comes from.
    pub source: Source,
    /// What it adds to the score.
    pub weight: f32,
}

impl Share {
    fn new(source: Source, weight: f32) -> Self {
        Self { source, weight }
    }
}

/// The `most` shares that move a score most, the largest first.
pub fn largest(shares: &[Share], most: usize) -> Vec<Share> {
    let order = ascending(shares.len(), &|place| falling(f64::from(shares[place].weight.abs())));
    order.iter().take(most).map(|place| shares[*place as usize]).collect()
}

/// A trained recommender.
pub trait Recommender {
    /// Writes the score of every film for `asker`: the larger, the better. Scores of one asker are compared with each
    /// other only. Films that the asker rated have scores too; whoever lists films leaves those out.
    ///
    /// # Panics
    /// If `into` is not as long as there are films.
    fn scores(&self, asker: &Asker, into: &mut [f32]);

    /// The stars the asker is predicted to give, 0.5 to 5; none by a method that only ranks.
    fn stars(&self, _asker: &Asker, _film: usize) -> Option<f32> {
        None
    }

    /// The stars of pairs of a user known from `train` and a film; none by a method that only ranks.
    fn stars_of(&self, train: &Interactions, pairs: &[(u32, u32)]) -> Option<Vec<f32>> {
        let stars =
            |(user, film): &(u32, u32)| self.stars(&Asker::known(train, *user as usize), *film as usize);
        pairs.iter().map(stars).collect()
    }

    /// The film as a vector, by a method that has one for each.
    ///
    /// # Panics
    /// If there is no such film.
    fn film_vector(&self, _film: usize) -> Option<&[f32]> {
        None
    }

    /// What the score of a film consists of; empty where nothing of the asker's or the film's went into it.
    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share>;
}

/// Stars within the scale.
fn on_scale(stars: f32) -> f32 {
    stars.clamp(0.5, 5.0)
}
