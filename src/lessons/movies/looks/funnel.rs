//! The two stages for one user: all films, some hundred candidates, ten.

use crate::classic::recommend::{Asker, Recommender};
use crate::error::LabError;
use crate::lessons::movies::lab::candidate;
use crate::lessons::movies::lab::predict::title;
use crate::lessons::movies::lab::run::{MoviesRun, Trained};
use crate::lessons::movies::lab::two_stages::{CANDIDATES, candidates};
use crate::lessons::movies::lab::who::known_user;
use crate::lessons::movies::networks::impressions::Shown;
use crate::lessons::movies::settings::WatchWeight;
use crate::ranking::Top;
use serde::{Deserialize, Serialize};
use web_time::Instant;

/// Films of a list, and of the history that is shown.
const SHOWN: usize = 10;

/// For whom.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct FunnelOptions {
    /// The user's published id; the first user where none is asked for.
    #[cfg_attr(test, ts(optional))]
    user: Option<u32>,
}

/// Both stages.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Funnel {
    /// The user's published id.
    user: u32,
    /// Films of the table.
    films: usize,
    /// Films that the user has not rated.
    unseen: usize,
    /// Films of the first stage.
    candidates: usize,
    /// Titles of the films the user watched last, the latest first.
    history: Vec<String>,
    /// Invented searches that the network is given; none where it is given none.
    searched: Vec<String>,
    /// The first ten of the first stage, by dot product.
    first: Vec<FunnelCandidate>,
    /// Whether the first films by dot product and by probability are the same, and in the same order.
    same_order: bool,
    /// The first ten of the second stage.
    list: Vec<FunnelListed>,
    /// What the second stage ranks by; the dot product as long as there is no trained ranking network.
    #[cfg_attr(test, ts(type = "'time' | 'stars' | 'dot_product'"))]
    ranked_by: &'static str,
    /// FunnelTimes that each stage took.
    milliseconds: FunnelTimes,
}

/// A film of the first stage.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FunnelCandidate {
    /// The film's published id.
    movie: u32,
    /// Its title.
    title: String,
    /// The product of the user's vector and the film's.
    product: f32,
    /// The probability among all films: with the normaliser.
    probability: f64,
}

/// A film of the second stage.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FunnelListed {
    /// The film's published id.
    movie: u32,
    /// Its title.
    title: String,
    /// Its place in the first stage, from 1.
    place: usize,
    /// The odds, which stand for the expected minutes or stars; null where the dot product ranks.
    odds: Option<f64>,
    /// The stars the user really gave, among ratings that were not learned from.
    rated: Option<f64>,
}

/// Times.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FunnelTimes {
    /// The user's vector.
    user: f64,
    /// Dot products with all films, and the candidates among them.
    products: f64,
    /// The normaliser over all films, which serving leaves out.
    normaliser: f64,
    /// The ranking network on the candidates; null where there is none.
    ranking: Option<f64>,
}

/// The two stages for one user.
///
/// # Errors
/// `unknown_user`; `unknown_inspection` of a model without candidates; `device_lost`.
pub async fn funnel(run: &mut MoviesRun, options: FunnelOptions) -> Result<Funnel, LabError> {
    let user = match options.user {
        Some(id) => known_user(run, id)?,
        None => 0,
    };
    let model = &run.model;
    let (first, second) = match model {
        Trained::Candidate(run) => (&**run, None),
        Trained::Ranking(stages) => (&stages.candidates, stages.ranks().then_some(&**stages)),
        _ => return Err(LabError::unknown_inspection("funnel", &["data", "films"])),
    };
    let all = candidate::vectors(first).await?;
    let films = &run.ratings.films;
    let learned = &run.rows.learned;

    let begin = Instant::now();
    let own = candidate::user_vectors(first, &[user as u32]).await?;
    let of_user = since(begin);

    let begin = Instant::now();
    let mut scores = vec![0.0; films.len()];
    let asker = Asker { user: None, ..Asker::known(learned, user) };
    let vectors = all.of_somebody_new(&own);
    vectors.scores(&asker, &mut scores);
    let found: Vec<u32> = candidates(&scores, learned, user).collect();
    let products = since(begin);

    let begin = Instant::now();
    let probabilities = softmax(&scores);
    let seen = learned.user(user).among(films.len());
    let by_probability = Top::new(&probabilities, CANDIDATES, |film| !seen[film]);
    let normaliser = since(begin);
    let same_order = in_order(&found, &probabilities) && by_probability.list().len() == found.len();

    let begin = Instant::now();
    let logits = match second {
        Some(stages) => {
            let serving = |film: &u32| stages.ranking.examples().serving(user as u32, *film);
            let shown: Vec<Shown> = found.iter().map(serving).collect();
            Some(stages.logits(&shown).await?)
        }
        None => None,
    };
    let ranking = logits.as_ref().map(|_| since(begin));

    let ranked: Vec<f32> =
        logits.clone().unwrap_or_else(|| found.iter().map(|film| scores[*film as usize]).collect());
    let best = Top::new(&ranked, SHOWN, |_| true);
    let held_out = run.rows.valid.iter().chain(&run.rows.test).map(|row| *row as usize);
    let given: Vec<(u32, f64)> = held_out
        .filter(|row| run.ratings.users[*row] as usize == user)
        .map(|row| (run.ratings.rated[row], run.ratings.stars(row)))
        .collect();
    let listed = |(place, logit): (usize, f32)| FunnelListed {
        movie: films.ids[found[place] as usize],
        title: title(films, found[place] as usize),
        place: place + 1,
        odds: second.map(|_| f64::from(logit).exp()),
        rated: given.iter().find(|(film, _)| *film == found[place]).map(|(_, stars)| *stars),
    };
    let watches = &first.examples().watches;
    let searched = if first.examples().searches { watches.latest_searched(user) } else { Vec::new() };
    Ok(Funnel {
        user: run.ratings.user_ids[user],
        films: films.len(),
        unseen: films.len() - learned.user(user).len(),
        candidates: found.len(),
        history: watches
            .latest(user)
            .iter()
            .rev()
            .take(SHOWN)
            .map(|film| title(films, *film as usize))
            .collect(),
        searched: searched.iter().rev().take(SHOWN).map(|word| films.words[*word as usize].clone()).collect(),
        first: found
            .iter()
            .take(SHOWN)
            .map(|film| FunnelCandidate {
                movie: films.ids[*film as usize],
                title: title(films, *film as usize),
                product: scores[*film as usize],
                probability: f64::from(probabilities[*film as usize]),
            })
            .collect(),
        same_order,
        list: best.list().map(listed).collect(),
        ranked_by: match second {
            None => "dot_product",
            Some(_) => match run.settings.watch_weight {
                WatchWeight::Time => "time",
                WatchWeight::Stars => "stars",
            },
        },
        milliseconds: FunnelTimes { user: of_user, products, normaliser, ranking },
    })
}

/// Whether values fall along some places: equal ones may stand in any order, for rounding makes some of them equal.
fn in_order(places: &[u32], values: &[f32]) -> bool {
    places.windows(2).all(|pair| values[pair[0] as usize] >= values[pair[1] as usize])
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f64> = scores.iter().map(|score| f64::from(score - most).exp()).collect();
    let sum: f64 = exponentials.iter().sum();
    exponentials.into_iter().map(|value| (value / sum) as f32).collect()
}

fn since(begin: Instant) -> f64 {
    1e3 * begin.elapsed().as_secs_f64()
}
