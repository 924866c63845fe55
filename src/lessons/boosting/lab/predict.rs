//! What the model predicts of rows that are pasted or of a file.

use super::mapped::{Mapped, UnknownValue};
use super::run::BoostingRun;
use crate::data::table::{TableReading, TypedTable};
use crate::error::LabError;
use crate::lessons::boosting::dataset::RULES;
use crate::lessons::run::maybe::MaybeNan;
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
    /// In which line of the text each row begins.
    #[serde(default)]
    lines: bool,
}

/// The answer to `predict`.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Predicted<'a> {
    predictions: Predictions,
    columns: &'a [String],
    classes: &'a [String],
    /// Columns that the model does not look at.
    extra: Vec<String>,
    /// The first categories that the model does not know; they are missing to it.
    unknown: Vec<UnknownValue>,
    /// Columns of texts of which the model has no list: they are numbered as in the lab's own table.
    assumed: Vec<String>,
    /// The line of the header and of each row, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    lines: Option<Vec<usize>>,
}

/// In the order of the rows.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Predictions {
    /// One number a row.
    Numbers(MaybeNan<Vec<f64>>),
    /// A number for each class or each column.
    Lists(MaybeNan<Vec<Vec<f64>>>),
    /// A leaf of each tree.
    Leaves(Vec<Vec<usize>>),
}

/// Predictions in the order of the rows.
///
/// # Errors
/// `bad_input`; `bad_table` with row and column; `columns_do_not_fit`, `no_category_lists`.
pub fn predict(run: &BoostingRun, input: Value) -> Result<Value, LabError> {
    let question: Question = serde_json::from_value(input)
        .map_err(|_| LabError::bad_input("an object with `csv`, rows with a header line,"))?;
    let reading = TableReading::like(&run.data.table);
    let given = TypedTable::read_as("rows", question.csv.as_bytes(), &RULES, &reading)?;
    let Mapped { table, extra, mut unknown, assumed } = run.mapped(&given)?;
    unknown.iter_mut().for_each(|value| value.row = given.line_of(value.row));
    let lines = question.lines.then(|| {
        let rows = (0..given.rows).map(|row| given.line_of(row));
        std::iter::once(given.header_line()).chain(rows).collect()
    });
    let model = run.model();
    let classes = model.trees_per_round;
    let predictions = if question.pred_leaf {
        Predictions::Leaves(model.leaves(&table))
    } else if question.pred_contrib {
        Predictions::Lists(model.contributions(&table).into())
    } else if question.raw_score {
        let (scores, rows) = (model.summed_scores(&table), table.rows());
        let by_row = (0..rows * classes).map(|place| scores[place % classes * rows + place / classes]);
        by_class(by_row.collect(), classes)
    } else {
        by_class(model.answers(&table), classes)
    };
    let classes = run.classes_of(&model);
    let answer =
        Predicted { predictions, columns: &model.feature_names, classes, extra, unknown, assumed, lines };
    serde_json::to_value(answer).map_err(|error| LabError::bad_input(error.to_string()))
}

/// One number a row where there is one, else a list a row.
fn by_class(values: Vec<f64>, classes: usize) -> Predictions {
    match classes {
        1 => Predictions::Numbers(values.into()),
        _ => Predictions::Lists(MaybeNan(values.chunks(classes).map(<[f64]>::to_vec).collect())),
    }
}
