//! The two stages as they recommend.

use crate::classic::recommend::{Asker, Recommender, Share};
use crate::data::ratings::Interactions;
use crate::lessons::movies::lab::vectors::Vectors;
use crate::ranking::Top;

/// Candidates of a user, of which the ranking network makes the list.
pub const CANDIDATES: usize = 300;

/// The first stage for one user: the films with the largest dot products among those that they have not rated.
pub fn candidates(scores: &[f32], learned: &Interactions, user: usize) -> impl Iterator<Item = u32> + use<> {
    let seen = learned.user(user).among(scores.len());
    let top = Top::new(scores, CANDIDATES, |film| !seen[film]);
    top.list().map(|(film, _)| film as u32).collect::<Vec<_>>().into_iter()
}

/// Both stages as they recommend to the users of the table.
pub(super) struct Funnel {
    pub vectors: Vectors,
    /// Candidates of each user with their logits.
    pub ranked: Vec<Vec<(u32, f32)>>,
}

impl Recommender for Funnel {
    /// Candidates have their logits, and all other films less, in the order of their dot products.
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        self.vectors.scores(asker, into);
        let Some(ranked) = asker.user.and_then(|user| self.ranked.get(user)) else { return };
        let least = ranked.iter().map(|(_, logit)| *logit).fold(f32::INFINITY, f32::min);
        if least.is_finite() {
            let most = into.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            into.iter_mut().for_each(|score| *score += least - 1.0 - most);
            ranked.iter().for_each(|(film, logit)| into[*film as usize] = *logit);
        }
    }

    fn film_vector(&self, film: usize) -> Option<&[f32]> {
        self.vectors.film_vector(film)
    }

    fn user_vector(&self, user: usize) -> Option<&[f32]> {
        self.vectors.user_vector(user)
    }

    fn shares(&self, _asker: &Asker, _film: usize) -> Vec<Share> {
        Vec::new()
    }
}
