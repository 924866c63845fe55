//! The map of films: their vectors on the plane in which they differ most.

use crate::classic::plane::plane;
use crate::error::LabError;
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;

/// A point for each film.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FilmMap {
    /// Along the first principal component, in the order of the films.
    x: Vec<f32>,
    /// Along the second.
    y: Vec<f32>,
    /// The share of the variance of all vectors along each.
    explained: [f64; 2],
    /// Numbers of a vector.
    width: usize,
    /// Steps made by the model whose vectors these are.
    step: u64,
}

/// The vectors of all films in two dimensions.
///
/// # Errors
/// `bad_input` for a model without vectors of films, `not_trained`, `diverged`, `device_lost`.
pub async fn map(run: &mut MoviesRun, _: NoOptions) -> Result<FilmMap, LabError> {
    let model = run.recommender().await?;
    let films = run.ratings.films.len();
    let vectors: Vec<f32> =
        (0..films).filter_map(|film| model.film_vector(film)).flatten().copied().collect();
    if vectors.is_empty() {
        return Err(LabError::bad_input("`map` of a model with a vector for each film"));
    }
    let width = vectors.len() / films;
    if vectors.iter().any(|value| !value.is_finite()) {
        return Err(LabError::new("diverged", "The vectors are no longer finite."));
    }
    let plane = plane(&vectors, width);
    let [x, y] = plane.points;
    Ok(FilmMap { x, y, explained: plane.explained, width, step: run.step() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::movies::looks::test_support::{made, train};
    use pollster::block_on;

    #[test]
    fn every_film_of_a_model_with_vectors_has_a_place() {
        for (model, width) in [("fusion", 12), ("candidate", 8), ("mf", 8), ("svd", 8)] {
            let mut run = made(&[("model", model.into())]);
            train(&mut run);
            let map = block_on(map(&mut run, NoOptions {})).unwrap();
            assert_eq!((map.x.len(), map.y.len(), map.width), (90, 90, width), "{model}");
            assert!(map.explained[0] >= map.explained[1] && map.explained[1] > 0.0, "{model}");
            assert!(map.explained.iter().sum::<f64>() <= 1.0 + 1e-6);
        }
    }

    #[test]
    fn the_map_follows_the_training_and_others_have_none() {
        let mut run = made(&[]);
        let before = block_on(map(&mut run, NoOptions {})).unwrap();
        train(&mut run);
        let after = block_on(map(&mut run, NoOptions {})).unwrap();
        assert!(before.x != after.x && after.step > before.step);
        let mut mean = made(&[("model", "mean".into())]);
        assert_eq!(block_on(map(&mut mean, NoOptions {})).err().unwrap().code, "bad_input");
        train(&mut mean);
        assert_eq!(block_on(map(&mut mean, NoOptions {})).err().unwrap().code, "bad_input");
    }
}
