//! What the model says of a user and a film, and what it would show a user.

use super::newcomer;
use super::run::MoviesRun;
use super::who::{Who, known_film};
use crate::classic::recommend::{Asker, Recommender, Share, Source, largest};
use crate::data::ratings::{Films, Interactions};
use crate::error::LabError;
use crate::lab::Ask;
use crate::lessons::run::looks;
use crate::ranking::Top;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Longest list.
const MOST_FILMS: usize = 200;
/// Reasons beside an answer.
const REASONS: usize = 5;

/// What is asked: who, and a film or how many films.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Question {
    /// The user's published id.
    user: Option<u32>,
    /// In its place somebody new: published ids of films, and the stars given to each.
    ratings: Option<Vec<(u32, f64)>>,
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
        /// Best first; what the user rated among the training ratings is left out, and so are films that the model does
        /// not rank.
        list: Vec<Listed>,
        /// Films that were left out because the user has rated them.
        seen: usize,
        /// How many films of the list are also on one by popularity, as long and for the same user.
        popular: usize,
        /// Whether all films have the same score, so that their order says nothing.
        tied: bool,
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
/// `bad_input`, `unknown_user`, `unknown_film`, `too_many_ratings`, `rated_twice`, `not_trained`, `device_lost`.
pub async fn predict(run: &mut MoviesRun, input: Ask) -> Result<Prediction, LabError> {
    let question: Question = looks::options("predict", input)?;
    let who = Who::new(run, question.user, question.ratings.as_deref())?;
    let film = question.movie.map(|movie| known_film(run, movie)).transpose()?;
    let model = newcomer::recommender(run, &who).await?;
    let lists = Lists::new(run, &who, run.rows.learned.clone());
    match (film, question.top) {
        (Some(film), None) => Ok(Prediction::Score(lists.scored(&*model, film))),
        (None, Some(top)) if (1..=MOST_FILMS).contains(&top) => Ok(lists.list(&*model, top)),
        (None, Some(_)) => Err(LabError::bad_input(format!("`top` from 1 to {MOST_FILMS}"))),
        _ => Err(LabError::bad_input("either `movie` or `top`")),
    }
}

/// What somebody is shown, of the films they have not rated.
pub struct Lists<'a> {
    run: &'a MoviesRun,
    who: &'a Who,
    learned: Rc<Interactions>,
    seen: Vec<bool>,
}

impl<'a> Lists<'a> {
    /// By a model that learned from `learned`.
    pub fn new(run: &'a MoviesRun, who: &'a Who, learned: Rc<Interactions>) -> Self {
        let seen = who.asker(&learned).rated.among(run.ratings.films.len());
        Self { run, who, learned, seen }
    }

    /// Leaves out one film more.
    pub fn without(mut self, film: usize) -> Self {
        self.seen[film] = true;
        self
    }

    /// As models are asked.
    pub fn asker(&self) -> Asker<'_> {
        self.who.asker(&self.learned)
    }

    /// Stars within 0 and 5: a cosine read as stars can be below.
    pub fn stars(&self, model: &dyn Recommender, film: usize) -> Option<f64> {
        model.stars(&self.asker(), film).map(|stars| f64::from(stars).clamp(0.0, 5.0))
    }

    /// The score of every film; below all others, of those that are left out.
    pub fn scores(&self, model: &dyn Recommender) -> Vec<f32> {
        let mut scores = vec![0.0; self.seen.len()];
        model.scores(&self.asker(), &mut scores);
        let left_out = scores.iter_mut().zip(&self.seen).filter(|(_, seen)| **seen);
        left_out.for_each(|(score, _)| *score = f32::NEG_INFINITY);
        scores
    }

    fn scored(&self, model: &dyn Recommender, film: usize) -> Scored {
        let scores = self.scores(model);
        let ahead = |score: &&f32| **score > scores[film];
        Scored {
            score: self.stars(model, film),
            rank: (!self.seen[film]).then(|| 1 + scores.iter().filter(ahead).count()),
            of: self.seen.iter().filter(|seen| !**seen).count(),
            reasons: reasons(self.run, &model.shares(&self.asker(), film)),
        }
    }

    fn list(&self, model: &dyn Recommender, most: usize) -> Prediction {
        let scores = self.scores(model);
        let list: Vec<(usize, f32)> = first(&scores, most);
        let raters: Vec<f32> = (0..scores.len()).map(|film| self.raters(film)).collect();
        let popular = first(&raters, most);
        let ranked = || scores.iter().copied().filter(|score| score.is_finite());
        Prediction::List {
            popular: list.iter().filter(|(film, _)| popular.iter().any(|(other, _)| film == other)).count(),
            list: list.into_iter().map(|(film, score)| self.listed(model, film, score)).collect(),
            seen: self.seen.iter().filter(|seen| **seen).count(),
            tied: ranked().min_by(f32::total_cmp) == ranked().max_by(f32::total_cmp),
        }
    }

    /// How many users rated a film; below all others where it is left out.
    fn raters(&self, film: usize) -> f32 {
        if self.seen[film] { f32::NEG_INFINITY } else { self.run.rows.learned.film(film).len() as f32 }
    }

    fn listed(&self, model: &dyn Recommender, film: usize, score: f32) -> Listed {
        let films = &self.run.ratings.films;
        Listed {
            movie: films.ids[film],
            title: title(films, film),
            score: f64::from(score),
            stars: self.stars(model, film),
            rated: self.who.user().and_then(|user| held_out(self.run, user, film)),
            reasons: reasons(self.run, &model.shares(&self.asker(), film)),
        }
    }
}

/// The films with the largest scores that are finite, best first.
pub fn first(scores: &[f32], most: usize) -> Vec<(usize, f32)> {
    Top::new(scores, most, |film| scores[film].is_finite()).list().collect()
}

/// The stars that a user gave to a film, among the ratings that were not learned from.
fn held_out(run: &MoviesRun, user: usize, film: usize) -> Option<f64> {
    let mut rows = run.rows.valid.iter().chain(&run.rows.test).map(|row| *row as usize);
    let found =
        rows.find(|row| (run.ratings.users[*row] as usize, run.ratings.rated[*row] as usize) == (user, film));
    found.map(|row| run.ratings.stars(row))
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
