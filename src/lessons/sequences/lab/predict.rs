//! What comes next after a history, and what spoke for it.

use super::run::SequencesRun;
use super::spoken::{Reason, spoken};
use crate::data::order::{ascending, falling};
use crate::error::LabError;
use crate::lab::Ask;
use crate::lessons::run::looks;
use serde::{Deserialize, Serialize};

/// Longest list.
pub const MOST_ITEMS: usize = 100;
/// Longest history that is read.
pub const LONGEST: usize = 200;

/// What is asked.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Question {
    /// Ids of the items that were taken, the oldest first.
    history: Vec<String>,
    /// Items of the list.
    top: Option<usize>,
}

/// The answer to `predict`.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Prediction {
    /// Best first.
    list: Vec<Listed>,
    /// Items of the history that were looked at, the last ones.
    looked_at: usize,
}

/// An item of a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Listed {
    /// Its id in the data.
    item: String,
    /// Its number.
    number: u32,
    /// Its title in English, or in whatever language the data are.
    title: String,
    /// What it is ranked by; of one model only.
    score: f64,
    /// Its softmax over all items.
    probability: f64,
    /// What its score would lose most without.
    reasons: Vec<Reason>,
}

/// The answer to `predict(input)`.
///
/// # Errors
/// `bad_input`, `unknown_item`, `not_trained`, `device_lost`.
pub async fn predict(run: &mut SequencesRun, input: Ask) -> Result<Prediction, LabError> {
    let question: Question = looks::options("predict", input)?;
    let top = question.top.unwrap_or(10);
    if !(1..=MOST_ITEMS).contains(&top) {
        return Err(LabError::bad_input(format!("`top` from 1 to {MOST_ITEMS}")));
    }
    let history = numbers(run, &question.history)?;
    run.ready();
    let run = &*run;
    let history = &history[history.len().saturating_sub(run.settings.max_history)..];
    let steps = run.steps(history);
    let scores = run.scores(std::slice::from_ref(&steps)).await?;
    let (order, probabilities) = (best(&scores, top), softmax(&scores, run.settings.model.is_network()));
    let reasons = spoken(run, &steps, &order).await?;
    let listed = |(item, reasons): (&u32, Vec<Reason>)| {
        let place = *item as usize;
        let known = &run.items().list[place];
        Listed {
            item: known.id.clone(),
            number: *item,
            title: known.title(false).into(),
            score: f64::from(scores[place]),
            probability: probabilities[place],
            reasons,
        }
    };
    Ok(Prediction { list: order.iter().zip(reasons).map(listed).collect(), looked_at: history.len() })
}

/// The numbers of items by their ids.
///
/// # Errors
/// `bad_input` for an empty history or one that is too long, `unknown_item`.
pub fn numbers(run: &SequencesRun, history: &[String]) -> Result<Vec<u32>, LabError> {
    if history.is_empty() || history.len() > LONGEST {
        return Err(LabError::bad_input(format!("a `history` of 1 to {LONGEST} ids of items")));
    }
    history.iter().map(|id| number(run, id)).collect()
}

/// The number of an item by its id.
///
/// # Errors
/// `unknown_item`.
pub fn number(run: &SequencesRun, id: &str) -> Result<u32, LabError> {
    let found = run.items().number(id).map(|number| number as u32);
    found.ok_or_else(|| {
        LabError::new("unknown_item", format!("There is no item with the id {id}.")).with("item", id)
    })
}

/// The items with the largest scores, the best first.
pub fn best(scores: &[f32], top: usize) -> Vec<u32> {
    let mut order = ascending(scores.len(), &|item| falling(f64::from(scores[item])));
    order.truncate(top);
    order
}

/// The softmax of scores; of shares, which are what counting gives, they themselves.
pub fn softmax(scores: &[f32], are_logits: bool) -> Vec<f64> {
    if !are_logits {
        return scores.iter().map(|score| f64::from(*score)).collect();
    }
    let largest = scores.iter().fold(f32::NEG_INFINITY, |largest, score| largest.max(*score));
    let powers: Vec<f64> = scores.iter().map(|score| f64::from(score - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
