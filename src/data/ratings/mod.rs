//! Ratings of films by users: the published MovieLens files, and made worlds of the same form.

mod builder;
pub mod circumstances;
pub mod cold_start;
pub mod demographics;
pub mod films;
pub mod interactions;
pub mod invented;
mod lines;
pub mod made;
pub mod ml_100k;
pub mod ml_1m;
pub mod newcomers;
pub mod own;
pub mod packed;
pub mod split;
pub(in crate::data) mod title;

pub use demographics::{Demographics, Gender};
pub use films::Films;
pub use interactions::{Interactions, Rated};
pub use split::{RatingSplit, SplitRule};

use crate::error::LabError;

/// Most ratings of a table: two and a half times ml-1m.
pub const MOST_RATINGS: usize = 2_500_000;
/// Most users of a table.
pub const MOST_USERS: usize = 200_000;
/// Most films of a table.
pub const MOST_FILMS: usize = 65_536;
/// Ratings are counted in half stars: 5 stars.
pub const MOST_HALF_STARS: u8 = 10;

/// A table of ratings with what is known of users and films. Users and films are numbered from 0 without gaps, in the
/// order of their published ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    /// The published id of each user, ascending.
    pub user_ids: Vec<u32>,
    /// The films.
    pub films: Films,
    /// Gender, age and occupation of the users, where the table has them.
    pub demographics: Option<Demographics>,
    /// The user of each rating; the ratings stand in the order of the published file.
    pub users: Vec<u32>,
    /// The film of each rating.
    pub rated: Vec<u32>,
    /// Each rating in half stars, 1 to 10.
    pub half_stars: Vec<u8>,
    /// When each rating was made, in seconds since 1970.
    pub times: Vec<u32>,
}

impl Ratings {
    /// How many ratings.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there is no rating.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// A rating in stars, 0.5 to 5.
    ///
    /// # Panics
    /// If there is no such rating.
    pub fn stars(&self, row: usize) -> f64 {
        f64::from(self.half_stars[row]) / 2.0
    }

    /// The number of the user with a published id.
    pub fn user(&self, id: u32) -> Option<usize> {
        self.user_ids.binary_search(&id).ok()
    }

    /// Whether all ratings are whole stars, as in ml-100k and ml-1m.
    pub fn whole_stars(&self) -> bool {
        self.half_stars.iter().all(|stars| stars.is_multiple_of(2))
    }
}

/// A file of ratings that cannot be read: `file`, `line` (from 1) where one is at fault, and a `reason` that is a key
/// of the page's words.
fn bad_ratings(file: &str, line: Option<usize>, reason: &str, message: &str) -> LabError {
    let place = line.map_or(String::new(), |line| format!(", line {line}"));
    let error = LabError::new("bad_ratings", format!("{file}{place}: {message}."))
        .with("file", file)
        .with("reason", reason);
    match line {
        Some(line) => error.with("line", line),
        None => error,
    }
}
