//! What each rating of a run is for.

use crate::data::ratings::{Interactions, RatingSplit, Ratings};
use crate::error::LabError;
use crate::lessons::movies::settings::{MoviesSettings, ValidRows};
use crate::random::{Purpose, Random};
use std::rc::Rc;

/// Ratings of which rows have a part each.
pub struct Rows {
    /// All that may be learned from: what a user has seen when a list is made for them.
    pub seen: Rc<Interactions>,
    /// What is learned from.
    pub learned: Rc<Interactions>,
    /// The same by number.
    pub fit: Rc<[u32]>,
    /// What the run is judged by while it trains; none where nothing is held out for that.
    pub valid: Vec<u32>,
    /// What judges the result.
    pub test: Vec<u32>,
}

/// Splits the ratings.
///
/// # Errors
/// `too_few_ratings` where nothing is left to learn from, or nothing to judge by.
pub fn rows(ratings: &Ratings, settings: &MoviesSettings) -> Result<Rows, LabError> {
    let mut random = Random::new(settings.seed, Purpose::Split);
    let split = RatingSplit::new(ratings, settings.split.rule(), &mut random);
    let (fit, valid) = match settings.valid {
        ValidRows::Tenth => (split.fit, split.valid),
        ValidRows::None => (split.train.clone(), Vec::new()),
        ValidRows::AsWritten => (split.train.clone(), split.test.clone()),
    };
    if fit.is_empty() || split.test.is_empty() {
        return Err(too_few_ratings(fit.len(), split.test.len()));
    }
    Ok(Rows {
        seen: Rc::new(Interactions::new(ratings, &split.train)),
        learned: Rc::new(Interactions::new(ratings, &fit)),
        fit: fit.into(),
        valid,
        test: split.test,
    })
}

/// Where a split leaves nothing to learn from, or nothing to judge by.
pub fn too_few_ratings(train: usize, test: usize) -> LabError {
    let message = format!("This split leaves {train} ratings to learn from and {test} to judge by.");
    LabError::new("too_few_ratings", message).with("train", train).with("test", test)
}
