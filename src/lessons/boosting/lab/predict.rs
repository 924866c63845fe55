//! What the model says of rows that are pasted or of a file.

use super::features::engine_error;
use super::lab::BoostingLab;
use crate::data::table::{TypedColumn, TypedTable};
use crate::error::LabError;
use crate::lessons::boosting::dataset::{Campaign, RULES};
use gbdt::{Column, Table};
use serde::Deserialize;
use serde_json::{Value, json};

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

/// Answers in the order of the rows.
///
/// # Errors
/// `bad_input`; `bad_table` with row and column; `columns_do_not_fit`.
pub(super) fn predict(lab: &BoostingLab, input: Value) -> Result<Value, LabError> {
    let question: Question = serde_json::from_value(input)
        .map_err(|_| LabError::bad_input("an object with `csv`, rows with a header line,"))?;
    let table = TypedTable::read("rows", question.csv.as_bytes(), &RULES)?;
    let table = features_of(lab, &table)?;
    let model = lab.model();
    let classes = model.trees_per_round;
    let predictions = if question.pred_leaf {
        json!(model.leaves(&table))
    } else if question.pred_contrib {
        json!(model.contributions(&table))
    } else if question.raw_score {
        let scores = model.raw_scores(&table);
        let rows = table.rows();
        by_row(
            (0..rows * classes).map(|place| scores[place % classes * rows + place / classes]).collect(),
            classes,
        )
    } else {
        by_row(model.answers(&table), classes)
    };
    Ok(json!({ "predictions": predictions, "columns": model.feature_names, "classes": lab.data.classes }))
}

/// One number a row where there is one, else a list a row.
fn by_row(values: Vec<f64>, classes: usize) -> Value {
    if classes == 1 { json!(values) } else { json!(values.chunks(classes).collect::<Vec<_>>()) }
}

/// The columns the model sees, from a table that names them in any order and may have more.
///
/// # Errors
/// `columns_do_not_fit` with the column that is missing.
pub(super) fn features_of(lab: &BoostingLab, table: &TypedTable) -> Result<Table, LabError> {
    let features = &lab.features;
    let mut columns = Vec::new();
    for (index, column) in features.table.columns().iter().enumerate() {
        let original = &lab.data.table.columns[features.from[index]];
        let given = table.column(&original.name).ok_or_else(|| {
            let message = format!("The rows have no column `{}`, which the model needs.", original.name);
            LabError::new("columns_do_not_fit", message)
                .with("column", features.from[index] + 1)
                .with("found", "")
                .with("expected", original.name.as_str())
        })?;
        let values = match column.name.split_once('=') {
            Some((_, text)) if features.texts[index].is_none() && original.categories.is_some() => {
                codes(given, original)
                    .into_iter()
                    .map(|code| {
                        let name = original.categories.as_ref().and_then(|names| names.get(code as usize));
                        f64::from(u8::from(
                            !code.is_nan()
                                && name.is_some_and(|name| name.replace(char::is_whitespace, "_") == text),
                        ))
                    })
                    .collect()
            }
            _ => codes(given, original),
        };
        columns.push(Column {
            name: column.name.clone(),
            values: values.into(),
            categorical: column.categorical,
        });
    }
    Table::new(columns).map_err(engine_error)
}

/// Values of a column by the numbers that the training table gives its categories; what it does not know is missing.
fn codes(given: &TypedColumn, original: &TypedColumn) -> Vec<f64> {
    let Some(names) = &original.categories else {
        return match &given.categories {
            None => given.values.to_vec(),
            Some(_) => {
                given.values.iter().map(|value| given.text(*value).parse().unwrap_or(f64::NAN)).collect()
            }
        };
    };
    let code = |value: &f64| {
        let text = given.text(*value);
        names.iter().position(|name| *name == text).map_or(f64::NAN, |code| code as f64)
    };
    given.values.iter().map(code).collect()
}

/// The text of a table's cell, for the page.
pub(super) fn cell_text(lab: &BoostingLab, column: usize, row: usize) -> String {
    let column = &lab.data.table.columns[column];
    column.text(column.values[row])
}

/// Whether people are asked one by one for a product.
pub(super) fn has_products(lab: &BoostingLab) -> bool {
    Campaign::of(&lab.settings) == Campaign::Products
}
