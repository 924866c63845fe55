//! A made world beside what a model found of it.

use crate::classic::recommend::Recommender;
use crate::classic::recommend::recovery::{correlation, popularity, recovery};
use crate::data::order::ascending;
use crate::data::ratings::made::Truth;
use crate::error::LabError;
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;
use std::rc::Rc;

/// Rows and columns of the picture at most.
const ROWS: usize = 60;
const COLUMNS: usize = 100;

/// The world, and what was found of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MadeWorld {
    /// How many tastes there are.
    tastes: usize,
    /// The taste of which each user shown has most, in rows of the picture; 0 where there are no tastes.
    user_tastes: Vec<usize>,
    /// The taste of which each film shown has most, in columns.
    film_tastes: Vec<usize>,
    /// The stars of every user and film without chance, row by row.
    truth: Vec<f64>,
    /// The stars that were given, row by row; null where nothing was.
    rated: Vec<Option<f64>>,
    /// Root of the mean squared difference between the stars given and those without chance: no model gets below it.
    noise_floor: f64,
    /// Spread of what tastes add to a rating, in stars.
    taste_spread: f64,
    /// Ratings of a user in the mean, among those that are learned from.
    ratings_per_user: f64,
    /// What the model found; null before it is trained.
    found: Option<Found>,
}

/// What a model found of a world.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Found {
    /// Correlation of what the model adds for a user and a film with what tastes add, 0 where it knows only films.
    taste: f64,
    /// Correlation of the mean score of each film with the logarithm of the number of its ratings.
    popularity: f64,
    /// Error of the stars against those without chance; null of a model that only ranks.
    truth_rmse: Option<f64>,
    /// Correlation of learned with true vectors up to rotation; null where the model has none.
    user_vectors: Option<f64>,
    film_vectors: Option<f64>,
}

/// The world of a run, and what the model found of it.
///
/// # Errors
/// `unknown_inspection` where the ratings are not made, `device_lost`.
pub async fn world(run: &mut MoviesRun, _: NoOptions) -> Result<MadeWorld, LabError> {
    let Some(truth) = run.truth.clone() else {
        return Err(LabError::unknown_inspection("world", &["data", "films"]));
    };
    let model = if run.step() == 0 {
        None
    } else {
        match run.recommender().await {
            Ok(model) => Some(model),
            Err(error) if error.code == "not_trained" => None,
            Err(error) => return Err(error),
        }
    };
    let table = &run.ratings;
    let users = by_taste(&truth.users, truth.tastes, table.user_ids.len(), ROWS);
    let films = by_taste(&truth.films, truth.tastes, table.films.len(), COLUMNS);
    let pairs = || users.iter().flat_map(|user| films.iter().map(|film| (*user, *film)));
    let place = |wanted: usize, among: &[usize]| among.iter().position(|one| *one == wanted);
    let mut rated = vec![None; users.len() * films.len()];
    let mut squares = 0.0;
    for row in 0..table.len() {
        let (user, film) = (table.users[row] as usize, table.rated[row] as usize);
        squares += (table.stars(row) - truth.stars(user, film)).powi(2);
        if let (Some(user), Some(film)) = (place(user, &users), place(film, &films)) {
            rated[user * films.len() + film] = Some(table.stars(row));
        }
    }
    let added: Vec<f64> = pairs().map(|(user, film)| truth.taste(user, film)).collect();
    let taste_spread = (added.iter().map(|taste| taste * taste).sum::<f64>() / added.len() as f64).sqrt();
    Ok(MadeWorld {
        tastes: truth.tastes,
        user_tastes: users.iter().map(|user| largest(&truth.users, truth.tastes, *user)).collect(),
        film_tastes: films.iter().map(|film| largest(&truth.films, truth.tastes, *film)).collect(),
        truth: pairs().map(|(user, film)| truth.stars(user, film)).collect(),
        rated,
        noise_floor: (squares / table.len().max(1) as f64).sqrt(),
        taste_spread,
        ratings_per_user: run.rows.fit.len() as f64 / table.user_ids.len() as f64,
        found: model.map(|model| found(&*model, run, &truth)),
    })
}

fn found(model: &dyn Recommender, run: &MoviesRun, truth: &Rc<Truth>) -> Found {
    let learned = &run.rows.learned;
    let recovered = recovery(model, learned, truth);
    let all = |count: usize, one: &dyn Fn(usize) -> Option<Vec<f32>>| {
        (0..count).map(one).collect::<Option<Vec<_>>>().map(|vectors| vectors.concat())
    };
    let users = all(learned.users(), &|user| model.user_vector(user).map(<[f32]>::to_vec));
    let films = all(learned.films(), &|film| model.film_vector(film).map(<[f32]>::to_vec));
    let along = |vectors: &[f32], truths: &[f64]| {
        let width = vectors.len() / (truths.len() / truth.tastes.max(1)).max(1);
        correlation(vectors, truths, (width, truth.tastes))
    };
    let has_tastes = truth.tastes > 0;
    Found {
        taste: recovered.taste,
        popularity: popularity(model, learned),
        truth_rmse: recovered.rmse,
        user_vectors: users.filter(|_| has_tastes).map(|users| along(&users, &truth.users)),
        film_vectors: films.filter(|_| has_tastes).map(|films| along(&films, &truth.films)),
    }
}

/// The taste of which somebody has most.
fn largest(values: &[f64], tastes: usize, one: usize) -> usize {
    let own = &values[one * tastes..(one + 1) * tastes];
    (0..tastes).max_by(|a, b| own[*a].total_cmp(&own[*b])).unwrap_or(0)
}

/// Some of many, evenly chosen from an order by the taste of which each has most, and how much of it.
fn by_taste(values: &[f64], tastes: usize, count: usize, most: usize) -> Vec<usize> {
    let most_of =
        |one: usize| if tastes > 0 { values[one * tastes + largest(values, tastes, one)] } else { 0.0 };
    // Tastes lie far apart, and more of a taste comes first.
    let key = |one: usize| (largest(values, tastes, one) as f64).mul_add(1_000.0, 500.0 - most_of(one));
    let order = ascending(count, &|one| key(one).to_bits());
    let shown = count.min(most);
    (0..shown).map(|place| order[place * count / shown] as usize).collect()
}
