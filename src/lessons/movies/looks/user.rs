//! A user: how much they rated, and what they like.

use crate::data::order::{ascending, falling};
use crate::data::ratings::Gender;
use crate::data::ratings::demographics::AGES;
use crate::error::LabError;
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::movies::lab::who::known_user;
use serde::{Deserialize, Serialize};

/// Ratings that a genre's mean is drawn towards the user's by: two films of five stars do not make a favourite.
const SHRINKAGE: f32 = 5.0;
/// Genres that are named.
const GENRES: usize = 3;

/// Which user.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, ts(optional_fields))]
pub struct UserOptions {
    /// The published id.
    user: Option<u32>,
    /// In its place, the place among all users, from 0.
    at: Option<usize>,
}

/// A user.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct User {
    /// The published id.
    user: u32,
    /// How many users there are.
    count: usize,
    /// All ratings of this one.
    ratings: usize,
    /// Those that were learned from.
    learned: usize,
    /// The mean of these in stars; null where there are none.
    mean: Option<f32>,
    /// The genres they like best, by these.
    genres: Vec<LikedGenre>,
    /// Gender, age and occupation, where the network is given them.
    about: Option<About>,
    /// Published ids of the films that were learned from, with their stars.
    rated: Vec<(u32, f32)>,
}

/// A genre that a user likes.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LikedGenre {
    name: String,
    /// Ratings of films of this genre.
    films: usize,
    /// Their mean in stars.
    mean: f32,
}

/// Gender, age and occupation.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct About {
    #[cfg_attr(test, ts(type = "'male' | 'female'"))]
    gender: &'static str,
    /// The youngest year of the range of ages.
    age: u8,
    /// The occupation, in English.
    job: String,
    /// Whether they were drawn by the lab and say nothing of the real user.
    invented: bool,
}

/// Who a user is.
///
/// # Errors
/// `unknown_user`, `bad_input`.
pub fn user(run: &MoviesRun, options: UserOptions) -> Result<User, LabError> {
    let table = &run.ratings;
    let users = table.user_ids.len();
    let user = match (options.user, options.at) {
        (Some(id), None) => known_user(run, id)?,
        (None, Some(at)) if at < users => at,
        _ => return Err(LabError::bad_input(format!("`user`, or `at` below {users}"))),
    };
    let rated = run.rows.learned.user(user);
    let about = run.demographics.as_ref().filter(|_| run.settings.model.is_network());
    Ok(User {
        user: table.user_ids[user],
        count: users,
        ratings: table.users.iter().filter(|other| **other as usize == user).count(),
        learned: rated.len(),
        mean: rated.mean(),
        genres: liked(run, user),
        about: about.map(|known| About {
            gender: match known.genders[user] {
                Gender::Male => "male",
                Gender::Female => "female",
            },
            age: AGES[usize::from(known.ages[user])],
            job: known.occupations[usize::from(known.jobs[user])].clone(),
            invented: known.invented,
        }),
        rated: rated.iter().map(|(film, stars)| (table.films.ids[film], stars)).collect(),
    })
}

/// The genres whose films a user gave most stars beyond the user's own mean, drawn towards it where there are few.
fn liked(run: &MoviesRun, user: usize) -> Vec<LikedGenre> {
    let films = &run.ratings.films;
    let rated = run.rows.learned.user(user);
    let mean = rated.mean().unwrap_or(0.0);
    let mut sums = vec![(0, 0.0f32); films.genres.len()];
    for (film, stars) in rated.iter() {
        for genre in films.genres_of(film) {
            sums[genre].0 += 1;
            sums[genre].1 += stars;
        }
    }
    let beyond =
        |genre: usize| (sums[genre].1 - sums[genre].0 as f32 * mean) / (sums[genre].0 as f32 + SHRINKAGE);
    let order = ascending(sums.len(), &|genre| falling(f64::from(beyond(genre))));
    let rated = order.iter().map(|genre| *genre as usize).filter(|genre| sums[*genre].0 > 0);
    let named = rated.take(GENRES).map(|genre| {
        let (count, sum) = sums[genre];
        LikedGenre { name: films.genres[genre].clone(), films: count, mean: sum / count as f32 }
    });
    named.collect()
}
