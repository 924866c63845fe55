//! What a method without a network would recommend had it not seen one rating.

use crate::classic::recommend::methods::{Learning, Method, Training};
use crate::data::order::{ascending, falling};
use crate::error::LabError;
use crate::lessons::movies::lab::classic::configs;
use crate::lessons::movies::lab::predict::{Lists, first, title};
use crate::lessons::movies::lab::run::{MoviesRun, Trained};
use crate::lessons::movies::lab::who::{Who, known_film, known_user};
use serde::{Deserialize, Serialize};

/// Films of the lists.
const LISTED: usize = 10;

/// Which rating is taken away.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct WithoutOptions {
    /// The user's published id.
    user: u32,
    /// The published id of the film that they rated.
    movie: u32,
}

/// What changes without a rating. The film itself is left out of both lists.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Without {
    /// The stars that were given.
    given: f64,
    /// Stars predicted for the film with the rating; null from a model that only ranks.
    with: Option<f64>,
    /// Without it.
    without: Option<f64>,
    /// The place that the film would have in the list without it, from 1; null where it is not ranked.
    place: Option<usize>,
    /// The list without it, best first.
    list: Vec<Placed>,
    /// Films that are no longer among them.
    gone: Vec<Placed>,
}

/// A film with its places, from 1; null where it is not ranked.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Placed {
    /// The published id.
    movie: u32,
    title: String,
    /// With the rating.
    before: Option<usize>,
    /// Without it.
    after: Option<usize>,
}

/// What changes without a rating.
///
/// # Errors
/// `unknown_user`, `unknown_film`, `not_rated` where the user has no such rating among those that are learned from,
/// `network_retrains` for a network, which would have to be trained from the start; `not_trained`.
pub async fn without(run: &mut MoviesRun, options: WithoutOptions) -> Result<Without, LabError> {
    let (user, film) = (known_user(run, options.user)?, known_film(run, options.movie)?);
    let (Trained::Classic(_), Some(method)) = (&run.model, Method::named(run.settings.model.name())) else {
        let message = "A network would have to be trained from the start without this rating.";
        return Err(LabError::new("network_retrains", message));
    };
    let table = &run.ratings;
    let is_it = |row: &&u32| {
        let row = **row as usize;
        (table.users[row] as usize, table.rated[row] as usize) == (user, film)
    };
    let row = run.rows.fit.iter().find(is_it).copied().ok_or_else(|| {
        let message = format!("User {} has not rated film {}.", options.user, options.movie);
        LabError::new("not_rated", message).with("user", options.user).with("film", options.movie)
    })?;
    let with = run.recommender().await?;
    let learning = Learning::new(run.ratings.clone(), &run.rows.fit, Some(row));
    let without = Training::new(method, &learning, &configs(&run.settings), run.settings.seed).run();
    let who = Who::Known(user);
    let before = Lists::new(run, &who, run.rows.learned.clone());
    let after = Lists::new(run, &who, learning.train.clone());
    let place = places(&after.scores(&*without))[film];
    let stars = (before.stars(&*with, film), after.stars(&*without, film));
    let changed = Changed::new(run, &before.scores(&*with), &after.without(film).scores(&*without));
    Ok(Without {
        given: run.ratings.stars(row as usize),
        with: stars.0,
        without: stars.1,
        place,
        list: changed.films(&changed.lists[1]),
        gone: changed.films(&changed.gone()),
    })
}

/// The place of each film, from 1; of equal scores the lower number first. None where the score is not finite.
fn places(scores: &[f32]) -> Vec<Option<usize>> {
    let order = ascending(scores.len(), &|film| falling(f64::from(scores[film])));
    let mut places = vec![None; scores.len()];
    for (place, film) in order.into_iter().enumerate() {
        places[film as usize] = scores[film as usize].is_finite().then_some(place + 1);
    }
    places
}

/// Two lists of the same films.
struct Changed<'a> {
    run: &'a MoviesRun,
    places: [Vec<Option<usize>>; 2],
    lists: [Vec<usize>; 2],
}

impl<'a> Changed<'a> {
    fn new(run: &'a MoviesRun, before: &[f32], after: &[f32]) -> Self {
        let list = |scores: &[f32]| first(scores, LISTED).into_iter().map(|(film, _)| film).collect();
        Self { run, places: [places(before), places(after)], lists: [list(before), list(after)] }
    }

    fn gone(&self) -> Vec<usize> {
        self.lists[0].iter().copied().filter(|film| !self.lists[1].contains(film)).collect()
    }

    fn films(&self, list: &[usize]) -> Vec<Placed> {
        let films = &self.run.ratings.films;
        let placed = |film: &usize| Placed {
            movie: films.ids[*film],
            title: title(films, *film),
            before: self.places[0][*film],
            after: self.places[1][*film],
        };
        list.iter().map(placed).collect()
    }
}
