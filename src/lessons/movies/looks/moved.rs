//! What moved a network's answer: the fusion network's features, or the films of a history.

use crate::classic::recommend::{Share, Source, largest};
use crate::error::LabError;
use crate::lessons::movies::lab::features::{self, Of};
use crate::lessons::movies::lab::predict::title;
use crate::lessons::movies::lab::run::{MoviesRun, Trained};
use crate::lessons::movies::lab::who::{Who, known_film};
use crate::lessons::movies::lab::{candidate, newcomer};
use serde::{Deserialize, Serialize};

/// Films of a history that are named.
const FILMS: usize = 5;

/// Whose answer.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, ts(optional_fields))]
pub struct MovedOptions {
    /// The user's published id.
    user: Option<u32>,
    /// In its place the ratings of somebody new, as `predict` takes them.
    ratings: Option<Vec<(u32, f64)>>,
    /// The film's published id.
    movie: u32,
}

/// What moved an answer.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Moved {
    /// The answer: stars of the fusion network, a score of the candidate network; null of a method that is no network,
    /// whose reasons `predict` gives.
    answer: Option<f64>,
    /// What each feature of the fusion network moved it by, in stars: the answer less the one with the mean of this
    /// feature over all users or films in its place. They need not add up.
    features: Vec<MovedByFeature>,
    /// What the films of the history moved the candidate network's score by, those that moved it most: the score less the
    /// one without this film.
    films: Vec<MovedByFilm>,
}

/// What a feature moved.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MovedByFeature {
    #[cfg_attr(test, ts(type = "'user' | 'gender' | 'age' | 'job' | 'film' | 'genres' | 'title'"))]
    feature: &'static str,
    by: f64,
}

/// What a film of the history moved.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MovedByFilm {
    /// The published id.
    movie: u32,
    title: String,
    by: f32,
}

/// What moved the answer for a film.
///
/// # Errors
/// `bad_input`, `unknown_user`, `unknown_film`, `too_many_ratings`, `rated_twice`, `device_lost`.
pub async fn moved(run: &mut MoviesRun, options: MovedOptions) -> Result<Moved, LabError> {
    let who = Who::new(run, options.user, options.ratings.as_deref())?;
    let film = known_film(run, options.movie)?;
    match &run.model {
        Trained::Fusion(_) => by_features(run, &who, film).await,
        Trained::Candidate(_) => by_films(run, &who, film).await,
        Trained::Ranking(_) | Trained::Classic(_) => {
            Ok(Moved { answer: None, features: Vec::new(), films: Vec::new() })
        }
    }
}

async fn by_features(run: &mut MoviesRun, who: &Who, film: usize) -> Result<Moved, LabError> {
    let fitted = match who {
        Who::New(user) => newcomer::fitted(run, user).await?,
        Who::Known(_) => None,
    };
    let means = run.feature_means().await?;
    let (Trained::Fusion(trained), Some(means)) = (&run.model, means) else {
        return Err(LabError::nothing_trains());
    };
    let of = match (who, &fitted) {
        (Who::Known(user), _) => Of::Known(*user as u32),
        (Who::New(_), fitted) => Of::New(fitted.as_ref().map_or(&[], |fitted| &fitted.feature)),
    };
    let label = trained.examples().label;
    let moved = features::moved(trained, &means, of, film as u32).await?;
    let stars = |answer: f64| label.stars(answer);
    let by = |(feature, without): (&'static str, f64)| MovedByFeature {
        feature,
        by: stars(moved.answer) - stars(without),
    };
    Ok(Moved {
        answer: Some(stars(moved.answer).clamp(0.0, 5.0)),
        features: moved.without.iter().copied().map(by).collect(),
        films: Vec::new(),
    })
}

async fn by_films(run: &mut MoviesRun, who: &Who, film: usize) -> Result<Moved, LabError> {
    let vectors = run.vectors().await?;
    let (Trained::Candidate(trained), Some(vectors)) = (&run.model, vectors) else {
        return Err(LabError::nothing_trains());
    };
    let watched = match who {
        Who::Known(user) => trained.examples().watches.latest(*user),
        Who::New(user) => &user.watched,
    };
    let without = |place: usize| [&watched[..place], &watched[place + 1..]].concat();
    let histories: Vec<Vec<u32>> =
        std::iter::once(watched.to_vec()).chain((0..watched.len()).map(without)).collect();
    let users = candidate::watching(trained, who.user(), &histories).await?;
    // Behind the numbers of the network stand zeros.
    let product = |user: &[f32]| user.iter().zip(vectors.film(film)).map(|(a, b)| a * b).sum();
    let answers: Vec<f32> = users.chunks_exact(users.len() / histories.len()).map(product).collect();
    let shares: Vec<Share> = watched
        .iter()
        .zip(&answers[1..])
        .map(|(film, without)| Share { source: Source::Film(*film as usize), weight: answers[0] - without })
        .collect();
    let films = &run.ratings.films;
    let named = largest(&shares, FILMS).into_iter().filter_map(|share| match share.source {
        Source::Film(film) => {
            Some(MovedByFilm { movie: films.ids[film], title: title(films, film), by: share.weight })
        }
        _ => None,
    });
    Ok(Moved { answer: Some(f64::from(answers[0])), features: Vec::new(), films: named.collect() })
}
