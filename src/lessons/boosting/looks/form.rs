//! The columns of the model in use as a form: what each can hold, and the values of a row to begin with.

use super::tree_nodes::{range, short};
use crate::data::table::TypedColumn;
use crate::error::LabError;
use crate::lessons::boosting::dataset::alphabetical;
use crate::lessons::boosting::lab::loaded::{self, ModelColumn};
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::looks::NoOptions;
use gbdt::{Model, Objective, Transform};
use serde::Serialize;

/// A row to be filled in.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PredictForm {
    columns: Vec<FormColumn>,
    meaning: AnswerMeaning,
    /// Names of the classes, the one that is looked for last; none where the model does not say.
    classes: Vec<String>,
    /// Trees of the model.
    trees: usize,
}

/// What the model answers.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum AnswerMeaning {
    /// The probability of the class that is looked for.
    Probability,
    /// A probability for each class.
    Classes,
    /// A number, or several.
    Value,
}

/// A column of the form.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct FormColumn {
    name: String,
    /// To begin with: that of the first test row, where the model is one of this table.
    value: String,
    #[serde(flatten)]
    field: Field,
}

/// What a column can hold.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Field {
    /// A number; the range is that of training, where it is known.
    Number {
        min: Option<f64>,
        max: Option<f64>,
    },
    Choice {
        options: Vec<String>,
    },
}

/// The columns of the model in use.
///
/// # Errors
/// `no_category_lists` where a loaded model does not say which columns its lists are of.
pub fn form(run: &BoostingRun, _: NoOptions) -> Result<PredictForm, LabError> {
    let model = run.model();
    let columns = if run.training.loaded.is_some() { of_loaded(run, &model)? } else { of_table(run) };
    let meaning = match &model.foreign {
        Some(foreign) if !matches!(foreign.transform, Transform::Logistic(_)) => AnswerMeaning::Value,
        Some(_) if model.trees_per_round == 1 => AnswerMeaning::Probability,
        Some(_) => AnswerMeaning::Classes,
        None => match model.objective {
            Objective::Regression => AnswerMeaning::Value,
            Objective::Binary => AnswerMeaning::Probability,
            Objective::Multiclass => AnswerMeaning::Classes,
        },
    };
    let classes = run.classes_of(&model).to_vec();
    Ok(PredictForm { columns, meaning, classes, trees: model.trees.len() })
}

/// The columns of the table that training looks at.
fn of_table(run: &BoostingRun) -> Vec<FormColumn> {
    let mut places = run.features.from.clone();
    places.dedup();
    let field = |column: &TypedColumn| match &column.categories {
        Some(names) => {
            let options = alphabetical(names).into_iter().map(|place| names[place].clone()).collect();
            Field::Choice { options }
        }
        None => {
            let known = column.values.iter().copied().filter(|value| !value.is_nan());
            let (min, max) = (known.clone().reduce(f64::min), known.reduce(f64::max));
            Field::Number { min, max }
        }
    };
    let column = |place: usize| {
        let column = &run.data.table.columns[place];
        FormColumn { name: column.name.clone(), value: first_value(run, place), field: field(column) }
    };
    places.into_iter().map(column).collect()
}

/// The columns that a file names, with the ranges and categories it has.
fn of_loaded(run: &BoostingRun, model: &Model) -> Result<Vec<FormColumn>, LabError> {
    let fits = run.table().is_ok();
    let kinds = loaded::columns(model)?;
    let column = |(index, kind): (usize, &ModelColumn<'_>)| {
        let info = &model.feature_infos[index];
        let field = match kind {
            ModelColumn::Categories(Some(list)) => {
                Field::Choice { options: list.iter().map(|category| category.text().into()).collect() }
            }
            ModelColumn::Categories(None) => {
                let mut codes: Vec<u32> = info.split(':').filter_map(|code| code.parse().ok()).collect();
                codes.sort_unstable();
                Field::Choice { options: codes.iter().map(u32::to_string).collect() }
            }
            ModelColumn::Number => {
                let (min, max) = range(info).map_or((None, None), |[min, max]| (Some(min), Some(max)));
                Field::Number { min, max }
            }
        };
        let of_row = run.column_of(model, index).filter(|_| fits).map(|place| first_value(run, place));
        let value = of_row.unwrap_or_else(|| match &field {
            Field::Choice { options } => options.first().cloned().unwrap_or_default(),
            Field::Number { min, max } => match (min, max) {
                (Some(min), Some(max)) => short(min / 2.0 + max / 2.0),
                _ => String::new(),
            },
        });
        FormColumn { name: model.feature_names[index].clone(), value, field }
    };
    Ok(kinds.iter().enumerate().map(column).collect())
}

/// The cell of the first test row.
fn first_value(run: &BoostingRun, place: usize) -> String {
    run.splits.test.first().map_or_else(String::new, |row| run.cell_text(place, *row))
}
