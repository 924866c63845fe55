//! The ratings as tables for programs, in the form of GroupLens' published files.

use crate::error::LabError;
use crate::lessons::code::tables::csv_of;
use crate::lessons::movies::lab::predict::title;
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;

/// Tables as CSV by the names of their files.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Tables {
    /// `userId,movieId,rating,timestamp`, in the order of the rows' numbers.
    ratings: String,
    /// `movieId,title,genres`
    movies: String,
    /// `userId,gender,age,job`: places in the document's lists; null where the network is given none.
    users: Option<String>,
}

/// The tables.
///
/// # Errors
/// None.
pub fn tables(run: &MoviesRun, _: NoOptions) -> Result<Tables, LabError> {
    let (table, films) = (&run.ratings, &run.ratings.films);
    let rating = |row: usize| {
        let (user, film) = (table.users[row] as usize, table.rated[row] as usize);
        [
            table.user_ids[user].to_string(),
            films.ids[film].to_string(),
            table.stars(row).to_string(),
            table.times[row].to_string(),
        ]
    };
    let movie = |film: usize| {
        let genres: Vec<&str> = films.genres_of(film).map(|genre| films.genres[genre].as_str()).collect();
        [films.ids[film].to_string(), title(films, film), genres.join("|")]
    };
    Ok(Tables {
        ratings: csv_of(["userId", "movieId", "rating", "timestamp"], (0..table.len()).map(rating)),
        movies: csv_of(["movieId", "title", "genres"], (0..films.len()).map(movie)),
        users: run.demographics.as_ref().map(|known| {
            let user = |user: usize| {
                let numbers = [known.genders[user] as u8, known.ages[user], known.jobs[user]];
                let [gender, age, job] = numbers.map(|number| number.to_string());
                [table.user_ids[user].to_string(), gender, age, job]
            };
            csv_of(["userId", "gender", "age", "job"], (0..table.user_ids.len()).map(user))
        }),
    })
}
