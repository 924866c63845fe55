//! The films of the table, for search boxes and lists.

use crate::error::LabError;
use crate::lessons::movies::lab::predict::title;
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;

/// All films, column by column.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Films {
    /// Published ids, ascending.
    ids: Vec<u32>,
    /// Titles with the year.
    titles: Vec<String>,
    /// Names of the genres.
    genres: Vec<String>,
    /// Genres of each film: bit `g` for `genres[g]`.
    genre_sets: Vec<u32>,
    /// How many of the ratings that are learned from are of each film.
    raters: Vec<usize>,
    /// Mean stars of these; null where there are none.
    means: Vec<Option<f32>>,
}

/// All films.
///
/// # Errors
/// None.
pub fn films(run: &MoviesRun, _: NoOptions) -> Result<Films, LabError> {
    let films = &run.ratings.films;
    let raters = |film: usize| run.rows.learned.film(film);
    Ok(Films {
        ids: films.ids.clone(),
        titles: (0..films.len()).map(|film| title(films, film)).collect(),
        genres: films.genres.clone(),
        genre_sets: films.genre_sets.clone(),
        raters: (0..films.len()).map(|film| raters(film).len()).collect(),
        means: (0..films.len()).map(|film| raters(film).mean()).collect(),
    })
}
