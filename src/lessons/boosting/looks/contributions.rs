//! Why a row has its score: what each feature adds to it.

use crate::error::LabError;
use crate::lessons::boosting::lab::run::BoostingRun;
use serde::{Deserialize, Serialize};

/// Which row is explained.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct ContributionsOptions {
    #[cfg_attr(test, ts(type = "'train' | 'valid' | 'test'", optional))]
    split: String,
    /// Place in the split.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    row: usize,
    /// Class whose score is explained.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    class: usize,
}

impl Default for ContributionsOptions {
    fn default() -> Self {
        Self { split: "valid".into(), row: 0, class: 0 }
    }
}

/// A score taken apart.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Contributions {
    row: usize,
    /// Rows of the split.
    rows: usize,
    /// What the score is before any feature adds to it.
    base: f64,
    score: f64,
    /// The score as a probability; of a label that is a number the number itself.
    answer: f64,
    label: String,
    values: Vec<Contribution>,
}

/// What a feature adds.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Contribution {
    name: String,
    /// Its value in the row.
    text: String,
    contribution: f64,
}

/// What each feature adds to the score of a row.
///
/// # Errors
/// `unknown_split`; `bad_input` for a row or a class that is not there.
pub fn contributions(run: &BoostingRun, options: ContributionsOptions) -> Result<Contributions, LabError> {
    let rows = run.rows(&options.split)?;
    let row = *rows
        .get(options.row)
        .ok_or_else(|| LabError::bad_input(format!("a row from 0 to {}", rows.len() - 1)))?;
    let model = run.model();
    if options.class >= model.trees_per_round {
        return Err(LabError::bad_input(format!("a class from 0 to {}", model.trees_per_round - 1)));
    }
    let table = run.table()?.selected(&[row]);
    let width = model.feature_names.len() + 1;
    // Of a random forest the answer is made of the mean: so are its score and what adds up to it here.
    let share = |value: f64| value / model.rounds_averaged();
    let all = model.contributions(&table).remove(0);
    let of_class = &all[options.class * width..(options.class + 1) * width];
    let values = model.feature_names.iter().enumerate().map(|(index, name)| Contribution {
        name: name.clone(),
        text: run.column_of(&model, index).map_or_else(String::new, |column| run.cell_text(column, row)),
        contribution: share(of_class[index]),
    });
    Ok(Contributions {
        row: options.row,
        rows: rows.len(),
        base: share(of_class[width - 1]),
        score: share(model.raw_scores(&table)[options.class]),
        answer: model.answers(&table)[options.class],
        label: run.label_text(row),
        values: values.collect(),
    })
}
