//! The films that a model takes to be most like one.

use crate::classic::recommend::{Asker, Recommender};
use crate::data::ratings::Rated;
use crate::error::LabError;
use crate::lessons::movies::lab::predict::{first, title};
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::movies::lab::who::known_film;
use crate::lessons::movies::settings::Model;
use serde::{Deserialize, Serialize};

/// Films that are shown.
const NEAREST: usize = 10;

/// Which film.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NearestOptions {
    /// The published id.
    movie: u32,
}

/// The films nearest to one.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Nearest {
    /// How likeness is measured: by the cosine of vectors, by what having rated the film adds to the score of others, or not
    /// at all by a method that knows nothing of the kind.
    #[cfg_attr(test, ts(type = "'cosine' | 'score' | null"))]
    by: Option<&'static str>,
    /// Learned ratings of the film.
    raters: usize,
    /// The nearest first.
    films: Vec<Neighbour>,
}

/// A film beside another.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Neighbour {
    /// The published id.
    movie: u32,
    title: String,
    likeness: f32,
    /// Learned ratings.
    raters: usize,
}

/// The films nearest to one.
///
/// # Errors
/// `unknown_film`, `not_trained`, `device_lost`.
pub async fn nearest(run: &mut MoviesRun, options: NearestOptions) -> Result<Nearest, LabError> {
    let film = known_film(run, options.movie)?;
    let model = run.recommender().await?;
    let (by, mut likeness) = match cosines(&*model, film, run.ratings.films.len()) {
        Some(cosines) => (Some("cosine"), cosines),
        None if by_films(run.settings.model) => (Some("score"), added(run, &*model, film)),
        None => (None, Vec::new()),
    };
    likeness.iter_mut().skip(film).take(1).for_each(|own| *own = f32::NEG_INFINITY);
    let (films, learned) = (&run.ratings.films, &run.rows.learned);
    let neighbour = |(other, likeness): (usize, f32)| Neighbour {
        movie: films.ids[other],
        title: title(films, other),
        likeness,
        raters: learned.film(other).len(),
    };
    let nearest = first(&likeness, NEAREST).into_iter().filter(|(_, likeness)| *likeness > 0.0);
    Ok(Nearest { by, raters: learned.film(film).len(), films: nearest.map(neighbour).collect() })
}

/// Whether a method recommends by the films that somebody rated, one by one.
fn by_films(model: Model) -> bool {
    matches!(model, Model::ItemCf | Model::Ease | Model::Content | Model::Hybrid)
}

/// The cosine of a film's vector with that of every film; none of a method without vectors.
fn cosines(model: &dyn Recommender, film: usize, films: usize) -> Option<Vec<f32>> {
    let product = |one: &[f32], other: &[f32]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f32>();
    let own = model.film_vector(film)?;
    let square = product(own, own);
    let cosine = |other: usize| {
        let other = model.film_vector(other)?;
        let squares = square * product(other, other);
        Some(if squares > 0.0 { product(own, other) / squares.sqrt() } else { 0.0 })
    };
    (0..films).map(cosine).collect()
}

/// The scores for somebody who rated this film alone.
fn added(run: &MoviesRun, model: &dyn Recommender, film: usize) -> Vec<f32> {
    let mut scores = vec![0.0; run.ratings.films.len()];
    let rated = Rated { ids: &[film as u32], stars: &[5.0] };
    model.scores(&Asker::new(rated), &mut scores);
    scores
}
