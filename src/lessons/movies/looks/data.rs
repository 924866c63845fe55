//! The ratings as a table: how many, of whom, how they are split.

use crate::data::ratings::Interactions;
use crate::error::LabError;
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;

/// Ratings of a film or user, as bounds of bars: 1, 2, 3–5, 6–10, ….
const BOUNDS: [usize; 9] = [0, 1, 2, 5, 10, 20, 50, 100, usize::MAX];

/// What the run learns from.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Data {
    users: usize,
    films: usize,
    ratings: usize,
    /// The share of all pairs of a user and a film that has a rating.
    density: f64,
    /// Ratings that are learned from.
    fit: usize,
    /// Ratings that judge while it trains.
    valid: usize,
    /// Ratings that judge the result.
    test: usize,
    /// Test ratings of films that nobody rated among the training ratings: no collaborative method can rank them.
    unrankable: usize,
    /// How many ratings have half a star, one star, … five stars.
    stars: [usize; 10],
    /// The most ratings of each bar of `user_counts` and `film_counts` but the last, which has no end.
    bounds: Vec<usize>,
    /// How many users have 0, 1, 2, 3–5, 6–10, 11–20, 21–50, 51–100 and more training ratings.
    user_counts: [usize; 9],
    /// The same of films.
    film_counts: [usize; 9],
    /// Names of the genres.
    genres: Vec<String>,
    /// How many films have each.
    genre_films: Vec<usize>,
    /// When the first rating was made and the last, in seconds since 1970.
    times: [u32; 2],
    /// Whether gender, age and occupation of users are known, invented or not used.
    #[cfg_attr(test, ts(type = "'known' | 'invented' | 'none'"))]
    demographics: &'static str,
}

/// Counts of the ratings.
///
/// # Errors
/// None.
pub fn data(run: &MoviesRun, _: NoOptions) -> Result<Data, LabError> {
    let (table, rows) = (&run.ratings, &run.rows);
    let (users, films) = (table.user_ids.len(), table.films.len());
    let mut stars = [0; 10];
    table.half_stars.iter().for_each(|half| stars[usize::from(*half) - 1] += 1);
    let mut genre_films = vec![0; table.films.genres.len()];
    (0..films).flat_map(|film| table.films.genres_of(film)).for_each(|genre| genre_films[genre] += 1);
    let seen: &Interactions = &rows.seen;
    let unrated = |row: &&u32| seen.film(table.rated[**row as usize] as usize).is_empty();
    let times = || table.times.iter().copied();
    Ok(Data {
        users,
        films,
        ratings: table.len(),
        density: table.len() as f64 / (users * films) as f64,
        fit: rows.fit.len(),
        valid: rows.valid.len(),
        test: rows.test.len(),
        unrankable: rows.test.iter().filter(unrated).count(),
        stars,
        bounds: BOUNDS[..BOUNDS.len() - 1].to_vec(),
        user_counts: counted((0..users).map(|user| seen.user(user).len())),
        film_counts: counted((0..films).map(|film| seen.film(film).len())),
        genres: table.films.genres.clone(),
        genre_films,
        times: [times().min().unwrap_or(0), times().max().unwrap_or(0)],
        demographics: match &run.demographics {
            Some(known) if known.invented => "invented",
            Some(_) => "known",
            None => "none",
        },
    })
}

fn counted(counts: impl Iterator<Item = usize>) -> [usize; 9] {
    let mut bars = [0; 9];
    for count in counts {
        bars[BOUNDS.partition_point(|bound| *bound < count)] += 1;
    }
    bars
}
