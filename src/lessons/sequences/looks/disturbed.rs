//! What a model rests on: how much worse it gets where the order of the histories is disturbed, and where pictures and
//! words belong to other items (the document's motivating test).

use crate::data::sequences::histories::HistoryPart;
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::graph::Step;
use crate::lessons::sequences::lab::judged;
use crate::lessons::sequences::lab::run::SequencesRun;
use crate::lessons::sequences::settings::Model;
use crate::random::{Purpose, Random};
use crate::ranking::next_item::Rank;
use serde::Serialize;

/// Length of the lists.
const LENGTH: usize = 20;

/// How good the lists are, with the same weights.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Disturbed {
    /// Histories that were judged: those of the places of `valid` with two items before them or more, where a new order
    /// can be another one.
    histories: usize,
    /// MRR@20 as they are.
    intact: f64,
    /// With the items of each history in a random order, pictures and words with them.
    shuffled: Drop,
    /// With the items in their order, but the pictures of each history among them in a random order, and the words in
    /// another.
    mismatched: Drop,
    /// By how many standard errors shuffling costs more than mismatching.
    shuffling_beyond: f64,
}

/// What a disturbance costs.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Drop {
    /// MRR@20.
    mrr: f64,
    /// By how much it is lower than as they are.
    drop: f64,
    /// Standard error of this difference, over the histories.
    error: f64,
}

/// The three figures.
///
/// # Errors
/// `too_few_histories` where none has two items before what is predicted, `not_trained`, `diverged`, `device_lost`.
pub async fn disturbed(run: &mut SequencesRun, _: NoOptions) -> Result<Disturbed, LabError> {
    run.ready();
    let places: Vec<_> =
        run.histories.places(HistoryPart::Valid).into_iter().filter(|place| place.at > 1).collect();
    if places.len() < 2 {
        let message = "No two histories have two items before the one that is predicted.";
        return Err(LabError::new("too_few_histories", message).with("split", "valid"));
    }
    let seed = run.settings.seed;
    let this = &*run;
    let intact = judged(this, &places, &|_, history| this.steps(history)).await?;
    let order = |number: usize, length: usize, which: u64| {
        Random::at_place(seed, Purpose::Disturbances, 3 * number as u64 * PLACES + which * PLACES)
            .permutation(length)
    };
    let shuffled = |number: usize, history: &[u32]| -> Vec<Step> {
        let steps = this.steps(history);
        order(number, steps.len(), 0).into_iter().map(|at| steps[at]).collect()
    };
    let mismatched = |number: usize, history: &[u32]| -> Vec<Step> {
        let steps = this.steps(history);
        let (images, texts) = (order(number, steps.len(), 1), order(number, steps.len(), 2));
        let of =
            |at: usize| Step { images: steps[images[at]].images, texts: steps[texts[at]].texts, ..steps[at] };
        (0..steps.len()).map(of).collect()
    };
    let shuffled = judged(this, &places, &shuffled).await?;
    let mismatched = judged(this, &places, &mismatched).await?;
    let (intact, shuffled, mismatched) =
        (scores(intact.ranks()), scores(shuffled.ranks()), scores(mismatched.ranks()));
    let (beyond, error) = difference(&mismatched, &shuffled);
    let beyond = if error > 0.0 { beyond / error } else { 0.0 };
    let answer = Disturbed {
        histories: places.len(),
        intact: mean(&intact),
        shuffled: drop(&intact, &shuffled),
        mismatched: drop(&intact, &mismatched),
        shuffling_beyond: beyond,
    };
    if run.settings.model == Model::Late && run.progress().step > 0 {
        run.late_lost = Some(beyond);
    }
    Ok(answer)
}

/// Places of the stream that one order draws from: a history of 200 items takes 13.
const PLACES: u64 = 16;

/// `1 / rank`, up to rank 20.
fn scores(ranks: &[Rank]) -> Vec<f64> {
    ranks.iter().map(|rank| rank.at(LENGTH).mrr).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn drop(before: &[f64], after: &[f64]) -> Drop {
    let (drop, error) = difference(before, after);
    Drop { mrr: mean(after), drop, error }
}

/// The mean of the differences in pairs, and its standard error.
fn difference(one: &[f64], other: &[f64]) -> (f64, f64) {
    let differences: Vec<f64> = one.iter().zip(other).map(|(one, other)| one - other).collect();
    let (middle, count) = (mean(&differences), differences.len() as f64);
    let squares: f64 = differences.iter().map(|value| (value - middle).powi(2)).sum();
    (middle, (squares / (count - 1.0) / count).sqrt())
}
