//! Who asks: a user of the table, or somebody new with ratings of their own.

use super::run::MoviesRun;
use crate::classic::recommend::Asker;
use crate::data::order::ascending;
use crate::data::ratings::{Interactions, Rated};
use crate::error::LabError;

/// Most ratings of somebody new.
const MOST_RATINGS: usize = 200;

/// Who asks.
pub enum Who {
    /// A user of the table, by number.
    Known(usize),
    /// Somebody new.
    New(NewUser),
}

/// Ratings of somebody who is not in the table.
pub struct NewUser {
    /// The films in the order in which they were given.
    pub watched: Vec<u32>,
    /// The films, ascending.
    pub rated: Vec<u32>,
    /// The stars of each of these.
    pub stars: Vec<f32>,
}

impl Who {
    /// The user with a published id, or somebody new who gave stars to films with published ids.
    ///
    /// # Errors
    /// `unknown_user`, `unknown_film`, `too_many_ratings`, `rated_twice`, and `bad_input` where there are neither or
    /// both, or where stars lie off the scale.
    pub fn new(run: &MoviesRun, user: Option<u32>, ratings: Option<&[(u32, f64)]>) -> Result<Self, LabError> {
        match (user, ratings) {
            (Some(user), None) => known_user(run, user).map(Self::Known),
            (None, Some(ratings)) => NewUser::new(run, ratings).map(Self::New),
            _ => Err(LabError::bad_input("either `user` or `ratings`")),
        }
    }

    /// As models are asked.
    pub fn asker<'a>(&'a self, learned: &'a Interactions) -> Asker<'a> {
        match self {
            Self::Known(user) => Asker::known(learned, *user),
            Self::New(new) => Asker::new(Rated { ids: &new.rated, stars: &new.stars }),
        }
    }

    /// The number of the user; none for somebody new.
    pub fn user(&self) -> Option<usize> {
        match self {
            Self::Known(user) => Some(*user),
            Self::New(_) => None,
        }
    }
}

impl NewUser {
    fn new(run: &MoviesRun, ratings: &[(u32, f64)]) -> Result<Self, LabError> {
        if ratings.len() > MOST_RATINGS {
            let message = format!("{} ratings are too many; {MOST_RATINGS} are taken.", ratings.len());
            return Err(LabError::new("too_many_ratings", message)
                .with("found", ratings.len())
                .with("most", MOST_RATINGS));
        }
        let mut watched = Vec::new();
        for (movie, stars) in ratings {
            let film = known_film(run, *movie)? as u32;
            if !(0.5..=5.0).contains(stars) || (stars * 2.0).fract() != 0.0 {
                return Err(LabError::bad_input("stars from 0.5 to 5 in steps of a half"));
            }
            if watched.contains(&film) {
                let message = format!("Film {movie} is rated twice.");
                return Err(LabError::new("rated_twice", message).with("film", *movie));
            }
            watched.push(film);
        }
        let order = ascending(watched.len(), &|place| u64::from(watched[place]));
        Ok(Self {
            rated: order.iter().map(|place| watched[*place as usize]).collect(),
            stars: order.iter().map(|place| ratings[*place as usize].1 as f32).collect(),
            watched,
        })
    }
}

/// The number of the user with a published id.
///
/// # Errors
/// `unknown_user`.
pub fn known_user(run: &MoviesRun, id: u32) -> Result<usize, LabError> {
    run.ratings.user(id).ok_or_else(|| {
        let users = run.ratings.user_ids.len();
        LabError::new("unknown_user", format!("There is no user {id}; there are {users} users."))
            .with("user", id)
            .with("count", users)
    })
}

/// The number of the film with a published id.
///
/// # Errors
/// `unknown_film`.
pub fn known_film(run: &MoviesRun, id: u32) -> Result<usize, LabError> {
    run.ratings
        .films
        .film(id)
        .ok_or_else(|| LabError::new("unknown_film", format!("There is no film {id}.")).with("film", id))
}
