//! The log of a training job, in LightGBM's words.

use crate::error::LabError;
use crate::lessons::boosting::describe::Target;
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::looks::NoOptions;
use gbdt::number::general;
use serde::Serialize;

/// Lines of rounds that are shown at most.
const MOST_ROUNDS: usize = 200;

/// The log so far.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct JobLog {
    lines: Vec<LogLine>,
    /// Rounds made.
    rounds: usize,
    train_rows: usize,
    valid_rows: usize,
}

/// A line and what it means.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LogLine {
    key: LineMeaning,
    text: String,
}

/// What a line means.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum LineMeaning {
    Counts,
    Bins,
    Points,
    Average,
    Start,
    NoMore,
    Metric,
}

/// The log so far: each line with what it means.
///
/// # Errors
/// None; the signature is that of every look.
pub fn job(run: &BoostingRun, _: NoOptions) -> Result<JobLog, LabError> {
    let data = run.booster().data();
    let mut lines = Vec::new();
    let mut info = |key: LineMeaning, text: String| {
        lines.push(LogLine { key, text: format!("[LightGBM] [Info] {text}") });
    };
    let (rows, features) = (data.rows(), data.features.len());
    let binary = run.target == Target::Binary;
    if binary {
        let positive = data.labels.iter().filter(|label| **label > 0.0).count();
        let negative = rows - positive;
        let text = format!("Number of positive: {positive}, number of negative: {negative}");
        info(LineMeaning::Counts, text);
    }
    info(LineMeaning::Bins, format!("Total Bins {}", data.total_bins));
    let points =
        format!("Number of data points in the train set: {rows}, number of used features: {features}");
    info(LineMeaning::Points, points);
    if binary {
        let average = data.labels.iter().map(|label| f64::from(*label)).sum::<f64>() / rows as f64;
        let score = run.booster().starting_score(0);
        let text = format!("[binary:BoostFromScore]: pavg={average:.6} -> initscore={score:.6}");
        info(LineMeaning::Average, text);
        info(LineMeaning::Start, format!("Start training from score {score:.6}"));
    }
    let rounds = run.valid_values().len();
    lines.extend(lines_of_rounds(run));
    Ok(JobLog { lines, rounds, train_rows: rows, valid_rows: run.splits.valid.len() })
}

fn lines_of_rounds(run: &BoostingRun) -> Vec<LogLine> {
    let [metric, _] = run.target.metrics();
    let model = run.booster().model();
    let mut lines = Vec::new();
    for (round, value) in run.valid_values().enumerate().take(MOST_ROUNDS) {
        // A round in which no tree could be grown has none.
        let trees = model.trees.chunks(model.trees_per_round).nth(round).unwrap_or_default();
        if trees.is_empty() || trees.iter().any(|tree| tree.leaves.len() < run.settings.num_leaves) {
            let text = "[LightGBM] [Warning] No further splits with positive gain, best gain: -inf";
            lines.push(LogLine { key: LineMeaning::NoMore, text: text.into() });
        }
        let text = format!("[{}]\tvalid_0's {metric}: {}", round + 1, general(value, 6));
        lines.push(LogLine { key: LineMeaning::Metric, text });
    }
    lines
}
