//! How good the answers are, seen from all sides: ROC, precision and recall, calibration, lift, thresholds.

use crate::error::LabError;
use crate::lessons::boosting::lab::lab::BoostingLab;
use gbdt::Metric;
use gbdt::metric::descending_groups;
use gbdt::number::ascending;
use serde::Deserialize;
use serde_json::{Value, json};

/// Points of a curve that are handed on: more than a chart can show.
const MOST_POINTS: usize = 200;
/// Groups of equal size in which answers are held against what came.
const GROUPS: usize = 10;

#[derive(Deserialize)]
#[serde(default)]
struct Options {
    split: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { split: "valid".into() }
    }
}

/// The curves of a part.
///
/// # Errors
/// `bad_input`, `unknown_split`.
pub(super) fn answers(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let Options { split } =
        serde_json::from_value(options).map_err(|_| LabError::bad_input("a split: train, valid or test"))?;
    let (table, labels) = lab.part(&split)?;
    let model = lab.model();
    let answers = model.answers(&table);
    let groups = descending_groups(&answers, &labels, None);
    let (rows, positives) = (labels.len() as f64, labels.iter().filter(|label| **label > 0.0).count() as f64);
    let negatives = rows - positives;
    let (mut found, mut wrong) = (0.0, 0.0);
    let mut places = vec![(f64::INFINITY, 0.0, 0.0)];
    for (threshold, positive, negative) in groups {
        found += positive;
        wrong += negative;
        places.push((threshold, found, wrong));
    }
    let step = places.len().div_ceil(MOST_POINTS).max(1);
    let last = places.len() - 1;
    let shown: Vec<(f64, f64, f64)> = places
        .into_iter()
        .enumerate()
        .filter(|(index, _)| index % step == 0 || *index == last)
        .map(|(_, place)| place)
        .collect();
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let measure = |metric: Metric| {
        metric.measure(model.objective, model.sigmoid, &model.raw_scores(&table), &labels, None)
    };
    Ok(json!({
        "split": split,
        "rows": labels.len(),
        "positives": positives,
        "auc": measure(Metric::Auc),
        "average_precision": measure(Metric::AveragePrecision),
        // LightGBM answers 1 where a class is absent; nothing was measured then.
        "empty": positives == 0.0 || negatives == 0.0,
        "roc": shown.iter().map(|(_, found, wrong)| [share(*wrong, negatives), share(*found, positives)]).collect::<Vec<_>>(),
        "precision_recall": shown.iter().skip(1).map(|(_, found, wrong)| [share(*found, positives), share(*found, found + wrong)]).collect::<Vec<_>>(),
        "lift": shown.iter().map(|(_, found, wrong)| [share(found + wrong, rows), share(*found, positives)]).collect::<Vec<_>>(),
        "thresholds": shown.iter().skip(1).map(|(threshold, found, wrong)| json!({
            "threshold": threshold,
            "true_positives": found,
            "false_positives": wrong,
            "false_negatives": positives - found,
            "true_negatives": negatives - wrong,
        })).collect::<Vec<_>>(),
        "calibration": calibration(&answers, &labels),
    }))
}

/// Ten groups of rows by their answers: the mean answer, and the share that bought.
fn calibration(answers: &[f64], labels: &[f32]) -> Vec<Value> {
    let order: Vec<usize> = ascending(answers).into_iter().map(|row| row as usize).collect();
    let group = |index: usize| {
        let rows = &order[index * order.len() / GROUPS..(index + 1) * order.len() / GROUPS];
        let count = rows.len().max(1) as f64;
        let mean = rows.iter().map(|row| answers[*row]).sum::<f64>() / count;
        let bought = rows.iter().filter(|row| labels[**row] > 0.0).count() as f64;
        json!({ "answer": mean, "share": bought / count, "rows": rows.len() })
    };
    (0..GROUPS).map(group).collect()
}
