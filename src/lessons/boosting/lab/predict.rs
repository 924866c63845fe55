//! What the model predicts of rows that are pasted or of a file.

use super::run::BoostingRun;
use crate::data::table::{TableReading, TypedTable};
use crate::error::LabError;
use crate::lessons::boosting::dataset::RULES;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is asked.
#[derive(Deserialize)]
struct Question {
    /// Rows with a header line.
    csv: String,
    /// Scores in place of answers.
    #[serde(default)]
    raw_score: bool,
    /// What each column adds.
    #[serde(default)]
    pred_contrib: bool,
    /// The leaf of each tree.
    #[serde(default)]
    pred_leaf: bool,
}

#[derive(Serialize)]
struct Predicted<'a> {
    predictions: Predictions,
    columns: &'a [String],
    classes: &'a [String],
}

/// In the order of the rows.
#[derive(Serialize)]
#[serde(untagged)]
enum Predictions {
    /// One number a row.
    Numbers(Vec<f64>),
    /// A number for each class or each column.
    Lists(Vec<Vec<f64>>),
    /// A leaf of each tree.
    Leaves(Vec<Vec<usize>>),
}

/// Predictions in the order of the rows.
///
/// # Errors
/// `bad_input`; `bad_table` with row and column; `columns_do_not_fit`.
pub fn predict(run: &BoostingRun, input: Value) -> Result<Value, LabError> {
    let question: Question = serde_json::from_value(input)
        .map_err(|_| LabError::bad_input("an object with `csv`, rows with a header line,"))?;
    let table =
        TypedTable::read_as("rows", question.csv.as_bytes(), &RULES, &TableReading::like(&run.data.table))?;
    let table = run.features.of(&run.data, &table)?;
    let model = run.model();
    let classes = model.trees_per_round;
    let predictions = if question.pred_leaf {
        Predictions::Leaves(model.leaves(&table))
    } else if question.pred_contrib {
        Predictions::Lists(model.contributions(&table))
    } else if question.raw_score {
        let (scores, rows) = (model.raw_scores(&table), table.rows());
        let by_row = (0..rows * classes).map(|place| scores[place % classes * rows + place / classes]);
        by_class(by_row.collect(), classes)
    } else {
        by_class(model.answers(&table), classes)
    };
    let answer = Predicted { predictions, columns: &model.feature_names, classes: &run.data.classes };
    serde_json::to_value(answer).map_err(|error| LabError::bad_input(error.to_string()))
}

/// One number a row where there is one, else a list a row.
fn by_class(values: Vec<f64>, classes: usize) -> Predictions {
    match classes {
        1 => Predictions::Numbers(values),
        _ => Predictions::Lists(values.chunks(classes).map(<[f64]>::to_vec).collect()),
    }
}
