//! What the model makes of rows of the reader's.

use super::classical::Fitted;
use super::run::{IrisRun, Model, doubles};
use crate::error::LabError;
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::objective::metric::largest;
use serde::Serialize;
use serde_json::Value;

/// Most rows one call of `predict` takes.
const MOST_ROWS_TO_PREDICT: usize = 100_000;

/// The class of each row, and what it was found by.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Prediction {
    /// Of a model with probabilities.
    Probabilities {
        /// Name of the class of each row.
        classes: Vec<String>,
        /// One number for each row and class.
        probabilities: MaybeNan<Vec<Vec<f32>>>,
    },
    /// Of a support vector machine.
    Decisions {
        /// Name of the class of each row.
        classes: Vec<String>,
        /// One number for each row and pair of classes: from 1 on beyond the margin of the first class, from −1 down
        /// beyond that of the second.
        decisions: Vec<Vec<f64>>,
        /// Names of the classes of each pair.
        pairs: Vec<[String; 2]>,
    },
}

/// The answer to `predict(input)`.
///
/// # Errors
/// `bad_input` with the row and column at fault, `device_lost`.
pub async fn predict(run: &IrisRun, input: &Value) -> Result<Prediction, LabError> {
    let rows = read_rows(run, input)?;
    let names = &run.table.classes;
    let certainty = run.certainty(&rows).await?;
    let certainty: Vec<Vec<f32>> = certainty.chunks_exact(names.len()).map(<[f32]>::to_vec).collect();
    let classes = certainty.iter().map(|row| names[largest(row)].clone()).collect();
    if let Model::Classical(classical) = &run.model
        && let Fitted::Svm(model) = classical.fitted()
    {
        let decisions = rows.iter().map(|row| model.decisions(&doubles(&run.scale.scale(row)))).collect();
        let pair = |(one, other): (usize, usize)| [names[one].clone(), names[other].clone()];
        let pairs = model.pairs.iter().map(|found| pair(found.classes)).collect();
        return Ok(Prediction::Decisions { classes, decisions, pairs });
    }
    Ok(Prediction::Probabilities { classes, probabilities: certainty.into() })
}

/// Rows of numbers in the table's own units from the reader: the chosen features, or all four of the flowers.
fn read_rows(run: &IrisRun, input: &Value) -> Result<Vec<Vec<f64>>, LabError> {
    let all = &run.all_features;
    let chosen = &run.table.features;
    let bad = |row: usize, column: usize, expected: String| {
        LabError::new("bad_input", format!("Row {row}, column {column}: {expected} was expected."))
            .with("row", row)
            .with("column", column)
            .with("expected", expected)
    };
    let columns = format!("{} numbers ({})", chosen.len(), chosen.join(", "));
    let rows = input.as_array().ok_or_else(|| bad(1, 1, format!("a list of rows of {columns}")))?;
    if rows.is_empty() || rows.len() > MOST_ROWS_TO_PREDICT {
        return Err(bad(rows.len(), 1, format!("1 to {MOST_ROWS_TO_PREDICT} rows")));
    }
    let mut read = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let cells = row.as_array().ok_or_else(|| bad(index + 1, 1, format!("a row of {columns}")))?;
        if cells.len() != chosen.len() && cells.len() != all.len() {
            return Err(bad(index + 1, cells.len(), columns));
        }
        let mut values = Vec::with_capacity(cells.len());
        for (column, cell) in cells.iter().enumerate() {
            let number = cell.as_f64().filter(|v| (*v as f32).is_finite());
            values.push(number.ok_or_else(|| bad(index + 1, column + 1, "a number".into()))?);
        }
        if cells.len() != chosen.len() {
            let keep = |name: &String| all.iter().position(|f| f == name).expect("a declared feature");
            values = chosen.iter().map(|name| values[keep(name)]).collect();
        }
        read.push(values);
    }
    Ok(read)
}
