//! What the model says of the rows of one part, beside what they are: the confusion matrix with the rows behind its
//! mistakes, and one row at a time (the document's §4.5.6 predicts the first test row).

use super::super::lab::classical::Fitted;
use super::super::lab::run::{IrisLab, Model};
use super::super::table::decimal;
use crate::error::LabError;
use crate::lab::Lab;
use crate::nn::objective::metric::largest;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Most misclassified rows that are sent to be listed.
const MOST_MISTAKES_SHOWN: usize = 200;

#[derive(Deserialize)]
struct ConfusionOptions {
    split: String,
}

#[derive(Deserialize)]
struct SampleOptions {
    split: String,
    /// Place of the row in its part, from 0.
    #[serde(default)]
    place: usize,
}

/// A row the model takes for another class than its own.
struct Mistake {
    row: usize,
    predicted: usize,
    certainty: f32,
}

/// Counts of the rows of a part by true and by predicted class (`counts[true][predicted]`), and the misclassified
/// rows, of which those the model was surest of come first. `certainty` of a row is the probability of the class
/// predicted, or for a model without probabilities how near to its margin the row stands (`certainty_is`).
///
/// # Errors
/// `bad_input`, `unknown_split`.
pub async fn confusion(lab: &IrisLab, options: Value) -> Result<Value, LabError> {
    let ConfusionOptions { split } = read(options)?;
    let rows = lab.split_rows(&split)?;
    let table = &lab.table;
    let classes = table.classes.len();
    let mut counts = vec![vec![0u32; classes]; classes];
    let mut mistakes = Vec::new();
    for (&row, certainty) in rows.iter().zip(certainty(lab, rows).await?.chunks_exact(classes)) {
        let predicted = largest(certainty);
        counts[table.labels[row] as usize][predicted] += 1;
        if predicted != table.labels[row] as usize {
            mistakes.push(Mistake { row, predicted, certainty: certainty[predicted] });
        }
    }
    mistakes.sort_by(|one, other| other.certainty.total_cmp(&one.certainty));
    let listed: Vec<Value> = mistakes
        .iter()
        .take(MOST_MISTAKES_SHOWN)
        .map(|mistake| {
            json!({
                "row": mistake.row,
                "features": decimals(&table.rows[mistake.row]),
                "label": table.labels[mistake.row],
                "predicted": mistake.predicted,
                "certainty": mistake.certainty,
            })
        })
        .collect();
    Ok(json!({
        "split": split,
        "rows": rows.len(),
        "counts": counts,
        "mistakes": mistakes.len(),
        "mistaken_rows": listed,
        "certainty_is": if has_probabilities(lab) { "probability" } else { "margin" },
    }))
}

/// One row of a part: its features, its class, and all that `predict` says of it.
///
/// # Errors
/// `bad_input` for a place the part does not have, `unknown_split`.
pub async fn sample(lab: &mut IrisLab, options: Value) -> Result<Value, LabError> {
    let SampleOptions { split, place } = read(options)?;
    let rows = lab.split_rows(&split)?;
    let count = rows.len();
    let Some(&row) = rows.get(place) else {
        return Err(bad_input(format!("a place below {count}, the number of rows of {split}")));
    };
    let features = decimals(&lab.table.rows[row]);
    let answer = lab.predict(json!([features]).into()).await?;
    Ok(json!({
        "split": split,
        "place": place,
        "rows": count,
        "row": row,
        "features": features,
        "class": lab.table.classes[lab.table.labels[row] as usize],
        "answer": answer,
    }))
}

/// Row-major `[rows.len(), classes]`; nothing is asked of the model for a part without rows.
async fn certainty(lab: &IrisLab, rows: &[usize]) -> Result<Vec<f32>, LabError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Vec<f32>> = rows.iter().map(|&row| lab.table.rows[row].clone()).collect();
    lab.certainty(&values).await
}

fn has_probabilities(lab: &IrisLab) -> bool {
    match &lab.model {
        Model::Network(_) => true,
        Model::Classical(run) => matches!(run.fitted(), Fitted::Softmax(_)),
    }
}

fn decimals(row: &[f32]) -> Vec<f64> {
    row.iter().map(|value| decimal(*value)).collect()
}

fn read<Options: DeserializeOwned>(options: Value) -> Result<Options, LabError> {
    serde_json::from_value(options).map_err(|error| bad_input(error.to_string()))
}

fn bad_input(expected: String) -> LabError {
    let message = format!("The rows cannot be judged: {expected} was expected.");
    LabError::new("bad_input", message).with("expected", expected)
}
