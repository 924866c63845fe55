//! Single ratings, as the file has them and as the fusion network is given them.

use crate::data::ratings::demographics::AGES;
use crate::error::LabError;
use crate::lessons::movies::lab::fusion::label;
use crate::lessons::movies::lab::predict::title;
use crate::lessons::movies::lab::run::MoviesRun;
use serde::{Deserialize, Serialize};

/// Ratings that are shown at once.
const SHOWN: usize = 3;

/// Which ratings.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct SamplesOptions {
    /// The first one, by its place in the file, from 0.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    from: usize,
}

/// Some ratings in the order of the file.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Samples {
    from: usize,
    /// Ratings there are.
    of: usize,
    /// Whether gender, age and occupation were invented.
    invented: bool,
    samples: Vec<Sample>,
}

/// One rating.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Sample {
    /// Published id of the user.
    user: u32,
    /// Published id of the film.
    movie: u32,
    title: String,
    stars: f64,
    /// When it was made, in seconds since 1970.
    time: u32,
    #[cfg_attr(test, ts(type = "'fit' | 'valid' | 'test'"))]
    split: &'static str,
    /// Gender, age and occupation; none where the network is not given them.
    known: Option<Known>,
    /// Numbers of the genres.
    categories: Vec<usize>,
    genres: Vec<String>,
    /// Numbers of the title's words.
    words: Vec<u32>,
    /// The words.
    texts: Vec<String>,
    /// What the rating becomes under the setting `label`.
    label: f64,
}

/// What is known of a user, as numbers and what they stand for.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Known {
    /// 0 for `M`, 1 for `F`.
    gender: u8,
    age: u8,
    /// The youngest year of the age group: 1, 18, 25, 35, 45, 50 or 56.
    years: u8,
    job: u8,
    occupation: String,
}

/// Ratings one by one.
///
/// # Errors
/// `bad_input` where there is no such rating.
pub fn samples(run: &MoviesRun, SamplesOptions { from }: SamplesOptions) -> Result<Samples, LabError> {
    let table = &run.ratings;
    if from >= table.len() {
        return Err(LabError::bad_input(format!("`from` is below {}", table.len())));
    }
    let samples = (from..table.len().min(from + SHOWN)).map(|row| sample(run, row)).collect();
    let invented = run.demographics.as_ref().is_some_and(|known| known.invented);
    Ok(Samples { from, of: table.len(), invented, samples })
}

fn sample(run: &MoviesRun, row: usize) -> Sample {
    let table = &run.ratings;
    let films = &table.films;
    let (user, film) = (table.users[row] as usize, table.rated[row] as usize);
    let known = run.demographics.as_ref().map(|known| Known {
        gender: known.genders[user] as u8,
        age: known.ages[user],
        years: AGES[usize::from(known.ages[user])],
        job: known.jobs[user],
        occupation: known.occupations[usize::from(known.jobs[user])].clone(),
    });
    let categories: Vec<usize> = films.genres_of(film).collect();
    let words = films.title_words.row(film).to_vec();
    let held_by = |rows: &[u32]| rows.binary_search(&(row as u32)).is_ok();
    Sample {
        user: table.user_ids[user],
        movie: films.ids[film],
        title: title(films, film),
        stars: table.stars(row),
        time: table.times[row],
        split: match () {
            () if held_by(&run.rows.fit) => "fit",
            () if held_by(&run.rows.test) => "test",
            () => "valid",
        },
        known,
        genres: categories.iter().map(|genre| films.genres[*genre].clone()).collect(),
        categories,
        texts: words.iter().map(|word| films.words[*word as usize].clone()).collect(),
        words,
        label: label(&run.settings).of(table.stars(row)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::movies::looks::test_support::made;

    #[test]
    fn a_rating_shows_what_the_network_is_given_of_it() {
        let run = made(&[]);
        let shown = samples(&run, SamplesOptions { from: 3 }).unwrap();
        assert_eq!((shown.from, shown.of, shown.samples.len()), (3, run.ratings.len(), SHOWN));
        for (sample, row) in shown.samples.iter().zip(3..) {
            let film = run.ratings.films.film(sample.movie).unwrap();
            assert_eq!(run.ratings.user(sample.user), Some(run.ratings.users[row] as usize));
            assert_eq!(film, run.ratings.rated[row] as usize);
            assert_eq!(sample.label, 2.0 * sample.stars - 5.0);
            assert_eq!(sample.words, run.ratings.films.title_words.row(film));
            assert!(sample.known.is_some());
        }
        let rows = &run.rows;
        let of = |rows: &[u32], split| {
            let first = samples(&run, SamplesOptions { from: rows[0] as usize }).unwrap();
            assert_eq!(first.samples[0].split, split);
        };
        of(&rows.fit, "fit");
        of(&rows.valid, "valid");
        of(&rows.test, "test");
        let last = samples(&run, SamplesOptions { from: run.ratings.len() - 1 }).unwrap();
        assert_eq!(last.samples.len(), 1);
        let refused = samples(&run, SamplesOptions { from: run.ratings.len() });
        assert_eq!(refused.err().unwrap().code, "bad_input");
    }

    #[test]
    fn the_label_follows_its_setting_and_what_is_not_used_is_not_shown() {
        let run = made(&[("label", "stars".into()), ("demographics", "none".into())]);
        let shown = samples(&run, SamplesOptions::default()).unwrap();
        assert!(shown.samples.iter().all(|sample| sample.label == sample.stars && sample.known.is_none()));
    }
}
