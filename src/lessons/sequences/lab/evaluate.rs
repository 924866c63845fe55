//! What the public contract calls `evaluate`: the rank of the item that was really taken next.

use super::run::SequencesRun;
use crate::data::sequences::histories::{HistoryPart, Place};
use crate::error::LabError;
use crate::lessons::sequences::graph::Step;
use crate::ranking::next_item::{NextItemTotals, Rank};
use serde_json::{Map, Value, json};

/// Histories whose scores are held at once.
const AT_ONCE: usize = 256;

/// Hit rate, MRR and NDCG at 5 and 20 over all places of a split, each with its true history before it, by the rank among
/// all items; `rows`, the number of places.
///
/// # Errors
/// `unknown_split`, `not_trained`, `device_lost`.
pub async fn evaluate(run: &mut SequencesRun, split: &str) -> Result<Map<String, Value>, LabError> {
    let part = match split {
        "valid" => HistoryPart::Valid,
        "test" => HistoryPart::Test,
        other => return Err(LabError::unknown_split(other, &["valid", "test"])),
    };
    run.ready();
    let places = run.histories.places(part);
    let totals = judged(run, &places, &|_, history| run.steps(history)).await?;
    let mut figures: Map<String, Value> =
        totals.named().into_iter().map(|(name, value)| (name, json!(value))).collect();
    figures.insert("rows".into(), json!(places.len()));
    Ok(figures)
}

/// The ranks of the right items at some places, after histories as `steps` makes them of the place's number and its items.
///
/// # Errors
/// `not_trained`, `device_lost`.
pub async fn judged<'run>(
    run: &'run SequencesRun,
    places: &[Place],
    steps: &dyn Fn(usize, &[u32]) -> Vec<Step<'run>>,
) -> Result<NextItemTotals, LabError> {
    let mut totals = NextItemTotals::default();
    for (chunk, some) in places.chunks(AT_ONCE).enumerate() {
        let each = some.iter().zip(chunk * AT_ONCE..);
        let histories: Vec<Vec<Step>> = each
            .map(|(place, number)| steps(number, run.histories.prefix(*place, run.settings.max_history)))
            .collect();
        let scores = run.scores(&histories).await?;
        for (place, scores) in some.iter().zip(scores.chunks_exact(run.items().len())) {
            if scores.iter().any(|score| score.is_nan()) {
                return Err(LabError::new(
                    "diverged",
                    "The weights are no numbers any more: nothing can be ranked.",
                ));
            }
            totals.add(Rank::of(scores, run.histories.target(*place) as usize));
        }
    }
    Ok(totals)
}
