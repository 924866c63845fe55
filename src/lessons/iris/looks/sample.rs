//! One row of a part, and what the model makes of it (the document's §4.5.6 predicts the first test row).

use super::super::lab::predict::{Prediction, predict};
use super::super::lab::run::IrisRun;
use crate::error::LabError;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Which row is looked at.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SampleOptions {
    /// A split, as `evaluate` takes it.
    split: String,
    /// Place of the row in its part, from 0.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    place: usize,
}

/// A row of a part.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Sample {
    /// The split, as it was asked for.
    split: String,
    place: usize,
    /// Rows of the part.
    rows: usize,
    /// Number of the row in the table.
    row: usize,
    /// Its features in their own units.
    features: Vec<f64>,
    /// Name of its class.
    class: String,
    /// All that `predict` says of it.
    answer: Prediction,
}

/// One row of a part: its features, its class, and all that `predict` says of it.
///
/// # Errors
/// `bad_input` for a place the part does not have, `unknown_split`, `device_lost`.
pub async fn sample(run: &IrisRun, options: SampleOptions) -> Result<Sample, LabError> {
    let SampleOptions { split, place } = options;
    let rows = run.split_rows(&split)?;
    let count = rows.len();
    let Some(&row) = rows.get(place) else {
        let expected = format!("a place below {count}, the number of rows of {split}");
        let message = format!("The rows cannot be judged: {expected} was expected.");
        return Err(LabError::new("bad_input", message).with("option", "place").with("expected", expected));
    };
    let features = run.table.rows[row].clone();
    let answer = predict(run, &json!([features])).await?;
    let class = run.table.classes[run.table.labels[row] as usize].clone();
    Ok(Sample { split, place, rows: count, row: run.table.number(row), features, class, answer })
}
