//! A run as a training job tells it: the log in LightGBM's words.

use crate::error::LabError;
use crate::lab::Lab;
use crate::lessons::boosting::describe::Told;
use crate::lessons::boosting::lab::lab::BoostingLab;
use serde_json::{Value, json};

/// Lines of rounds that are shown at most.
const MOST_ROUNDS: usize = 200;

/// The log so far: each line with the key of what it means.
///
/// # Errors
/// None yet; the signature is that of every look inside.
pub(super) fn log(lab: &BoostingLab) -> Result<Value, LabError> {
    let data = lab.booster.data();
    let info = |text: String| format!("[LightGBM] [Info] {text}");
    let mut lines: Vec<(&str, String)> = Vec::new();
    if lab.told == Told::Binary {
        let positive = data.labels.iter().filter(|label| **label > 0.0).count();
        let negative = data.rows() - positive;
        lines.push((
            "counts",
            info(format!("Number of positive: {positive}, number of negative: {negative}")),
        ));
    }
    lines.push(("bins", info(format!("Total Bins {}", data.total_bins))));
    let (rows, features) = (data.rows(), data.features.len());
    let points =
        format!("Number of data points in the train set: {rows}, number of used features: {features}");
    lines.push(("points", info(points)));
    if lab.told == Told::Binary {
        let average = data.labels.iter().map(|label| f64::from(*label)).sum::<f64>() / rows as f64;
        let score = lab.booster.starting_score(0);
        let text = format!("[binary:BoostFromScore]: pavg={average:.6} -> initscore={score:.6}");
        lines.push(("average", info(text)));
        lines.push(("start", info(format!("Start training from score {score:.6}"))));
    }
    let [metric, _] = lab.told.metrics();
    let model = lab.booster.model();
    let history = lab.history(0);
    let name = format!("valid_{metric}");
    for (round, point) in history.iter().enumerate().take(MOST_ROUNDS) {
        let trees = &model.trees[round * model.trees_per_round..(round + 1) * model.trees_per_round];
        if trees.iter().any(|tree| tree.leaves.len() < lab.parameters.num_leaves as usize) {
            let text = "[LightGBM] [Warning] No further splits with positive gain, best gain: -inf";
            lines.push(("no_more", text.into()));
        }
        let value = point[name.as_str()].as_f64().unwrap_or(f64::NAN);
        lines.push((
            "metric",
            format!("[{}]\tvalid_0's {metric}: {}", round + 1, gbdt::number::general(value, 6)),
        ));
    }
    let lines: Vec<Value> =
        lines.into_iter().map(|(key, text)| json!({ "key": key, "text": text })).collect();
    Ok(
        json!({ "lines": lines, "rounds": history.len(), "train_rows": rows, "valid_rows": lab.rows("valid")?.len() }),
    )
}
