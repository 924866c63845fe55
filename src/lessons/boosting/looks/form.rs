//! The columns of the model in use as a form: what each can hold, and the values of a row to begin with.

use super::tree_nodes::{range, short};
use crate::error::LabError;
use crate::lessons::boosting::dataset::alphabetical;
use crate::lessons::boosting::lab::loaded::{self, ModelColumn};
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::looks::NoOptions;
use gbdt::{Model, Transform};
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
    /// What can be chosen; null in a column of numbers.
    options: Option<Vec<String>>,
    /// The range of numbers in training, where it is known.
    range: Option<[f64; 2]>,
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
        None if model.objective.has_classes() => AnswerMeaning::Classes,
        None if model.objective.is_probability() => AnswerMeaning::Probability,
        None => AnswerMeaning::Value,
    };
    let classes = run.classes_of(&model).to_vec();
    Ok(PredictForm { columns, meaning, classes, trees: model.trees.len() })
}

/// The columns of the table that training looks at.
fn of_table(run: &BoostingRun) -> Vec<FormColumn> {
    let mut places = run.features.from.clone();
    places.dedup();
    let column = |place: usize| {
        let column = &run.data.table.columns[place];
        let options = column.categories.as_ref();
        FormColumn {
            name: column.name.clone(),
            value: first_value(run, place),
            options: options
                .map(|names| alphabetical(names).into_iter().map(|at| names[at].clone()).collect()),
            range: if options.is_none() { range_of(&column.values) } else { None },
        }
    };
    places.into_iter().map(column).collect()
}

/// The columns that a file names, with the ranges and categories it has.
fn of_loaded(run: &BoostingRun, model: &Model) -> Result<Vec<FormColumn>, LabError> {
    let fits = run.table().is_ok();
    let kinds = loaded::columns(model)?;
    let column = |(index, kind): (usize, &ModelColumn<'_>)| {
        let info = &model.feature_infos[index];
        let options: Option<Vec<String>> = match kind {
            ModelColumn::Number => None,
            ModelColumn::Categories(Some(list)) => {
                Some(list.iter().map(|category| category.text().to_string()).collect())
            }
            ModelColumn::Categories(None) => {
                let mut codes: Vec<f64> = info.split(':').filter_map(|code| code.parse().ok()).collect();
                gbdt::number::sort(&mut codes);
                Some(codes.iter().filter(|code| **code >= 0.0).map(f64::to_string).collect())
            }
        };
        let range = range(info);
        let of_row = run.column_of(model, index).filter(|_| fits).map(|place| first_value(run, place));
        let value = of_row.unwrap_or_else(|| match (&options, range) {
            (Some(options), _) => options.first().cloned().unwrap_or_default(),
            (None, Some([min, max])) => short(min / 2.0 + max / 2.0),
            (None, None) => String::new(),
        });
        FormColumn { name: model.feature_names[index].clone(), value, options, range }
    };
    Ok(kinds.iter().enumerate().map(column).collect())
}

/// The cell of the first test row.
fn first_value(run: &BoostingRun, place: usize) -> String {
    run.splits.test.first().map_or_else(String::new, |row| run.cell_text(place, *row))
}

fn range_of(values: &[f64]) -> Option<[f64; 2]> {
    let range = values.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[min, max], value| {
        // The minimum and the maximum of a number and NaN are the number.
        [min.min(*value), max.max(*value)]
    });
    (range[0] <= range[1]).then_some(range)
}
