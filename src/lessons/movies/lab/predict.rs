//! What the model says of a user and a film, and what it would show a user.

use super::run::MoviesRun;
use crate::classic::recommend::{Asker, Recommender, Share, Source, largest};
use crate::data::ratings::Films;
use crate::error::LabError;
use crate::ranking::Top;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest list.
const MOST_FILMS: usize = 200;
/// Reasons beside an answer.
const REASONS: usize = 5;

/// What is asked: a user and a film, or a user and how many films.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// The user's published id.
    user: u32,
    /// The film's published id.
    movie: Option<u32>,
    /// Films of a list.
    top: Option<usize>,
}

/// The answer to `predict`.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Prediction {
    /// Of a user and a film.
    Score(Scored),
    /// Of a user.
    List {
        /// Best first; what the user rated among the training ratings is left out.
        list: Vec<Listed>,
        /// Films that were left out because the user has rated them.
        seen: usize,
    },
}

/// What the model says of a film.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Scored {
    /// Stars from 0 to 5; null from a model that only ranks.
    score: Option<f64>,
    /// The place of the film among those that the user has not rated, from 1; null where the user has rated it.
    rank: Option<usize>,
    /// How many films are ranked.
    of: usize,
    /// What moved the score most.
    reasons: Vec<Reason>,
}

/// A film of a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Listed {
    /// The film's published id.
    movie: u32,
    /// Its title.
    title: String,
    /// What it is ranked by; of one model only, and of one user.
    score: f64,
    /// Stars from 0 to 5; null from a model that only ranks.
    stars: Option<f64>,
    /// The stars the user really gave, among ratings that the model did not learn from.
    rated: Option<f64>,
    /// What moved the score most.
    reasons: Vec<Reason>,
}

/// A part of a score.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Reason {
    /// What it comes from.
    #[cfg_attr(
        test,
        ts(
            type = "'mean' | 'user_bias' | 'film_bias' | 'raters' | 'user' | 'film' | 'genre' | 'word' | 'factor'"
        )
    )]
    source: &'static str,
    /// The published id of a user or a film, the number of a factor.
    id: Option<u32>,
    /// The title of a film, the name of a genre, a word.
    name: Option<String>,
    /// What it adds to the score.
    weight: f64,
}

/// The answer to `predict(input)`.
///
/// # Errors
/// `bad_input`, `unknown_user`, `unknown_film`, `not_trained`, `device_lost`.
pub async fn predict(run: &mut MoviesRun, input: Value) -> Result<Prediction, LabError> {
    let expected = "an object with `user` and either `movie` or `top`,";
    let question: Question = serde_json::from_value(input).map_err(|_| LabError::bad_input(expected))?;
    let user = known_user(run, question.user)?;
    let model = run.recommender().await?;
    let learned = run.rows.learned.clone();
    let asker = Asker::known(&learned, user);
    match (question.movie, question.top) {
        (Some(movie), None) => {
            let film = known_film(run, movie)?;
            Ok(Prediction::Score(scored(run, &*model, &asker, user, film)))
        }
        (None, Some(top)) if (1..=MOST_FILMS).contains(&top) => Ok(list(run, &*model, &asker, user, top)),
        (None, Some(_)) => Err(LabError::bad_input(format!("`top` from 1 to {MOST_FILMS}"))),
        _ => Err(LabError::bad_input(expected)),
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

/// Stars within 0 and 5: a cosine read as stars can be below.
fn within(stars: Option<f32>) -> Option<f64> {
    stars.map(|stars| f64::from(stars).clamp(0.0, 5.0))
}

fn scored(run: &MoviesRun, model: &dyn Recommender, asker: &Asker, user: usize, film: usize) -> Scored {
    let scores = scores(run, model, asker);
    let seen = seen(run, user);
    let ahead = |other: &usize| !seen[*other] && scores[*other] > scores[film];
    Scored {
        score: within(model.stars(asker, film)),
        rank: (!seen[film]).then(|| 1 + (0..scores.len()).filter(ahead).count()),
        of: seen.iter().filter(|seen| !**seen).count(),
        reasons: reasons(run, &model.shares(asker, film)),
    }
}

fn list(run: &MoviesRun, model: &dyn Recommender, asker: &Asker, user: usize, most: usize) -> Prediction {
    let scores = scores(run, model, asker);
    let seen = seen(run, user);
    let films = &run.ratings.films;
    let held_out = run.rows.valid.iter().chain(&run.rows.test);
    let given: Vec<(u32, f64)> = held_out
        .map(|row| *row as usize)
        .filter(|row| run.ratings.users[*row] as usize == user)
        .map(|row| (run.ratings.rated[row], run.ratings.stars(row)))
        .collect();
    let entry = |(film, score): (usize, f32)| Listed {
        movie: films.ids[film],
        title: title(films, film),
        score: f64::from(score),
        stars: within(model.stars(asker, film)),
        rated: given.iter().find(|(rated, _)| *rated as usize == film).map(|(_, stars)| *stars),
        reasons: reasons(run, &model.shares(asker, film)),
    };
    let list = Top::new(&scores, most, |film| !seen[film]).list().map(entry).collect();
    Prediction::List { list, seen: seen.iter().filter(|seen| **seen).count() }
}

/// The score of every film.
fn scores(run: &MoviesRun, model: &dyn Recommender, asker: &Asker) -> Vec<f32> {
    let mut scores = vec![0.0; run.ratings.films.len()];
    model.scores(asker, &mut scores);
    scores
}

/// Whether each film is among the ratings of a user that were learned from.
fn seen(run: &MoviesRun, user: usize) -> Vec<bool> {
    let mut seen = vec![false; run.ratings.films.len()];
    run.rows.learned.user(user).ids.iter().for_each(|film| seen[*film as usize] = true);
    seen
}

/// The title with its year.
pub fn title(films: &Films, film: usize) -> String {
    match films.years[film] {
        Some(year) => format!("{} ({year})", films.titles[film]),
        None => films.titles[film].clone(),
    }
}

fn reasons(run: &MoviesRun, shares: &[Share]) -> Vec<Reason> {
    let films = &run.ratings.films;
    let reason = |share: Share| {
        let (source, id, name) = match share.source {
            Source::Mean => ("mean", None, None),
            Source::UserBias => ("user_bias", None, None),
            Source::FilmBias => ("film_bias", None, None),
            Source::Raters => ("raters", None, None),
            Source::User(user) => ("user", Some(run.ratings.user_ids[user]), None),
            Source::Film(film) => ("film", Some(films.ids[film]), Some(title(films, film))),
            Source::Genre(genre) => ("genre", None, Some(films.genres[genre].clone())),
            Source::Word(word) => ("word", None, Some(films.words[word].clone())),
            Source::Factor(factor) => ("factor", Some(factor as u32), None),
        };
        Reason { source, id, name, weight: f64::from(share.weight) }
    };
    largest(shares, REASONS).into_iter().map(reason).collect()
}
