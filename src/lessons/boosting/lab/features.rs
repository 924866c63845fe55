//! From the columns of a table to those a model sees: what is left out, what is a category, how categories are written.

use super::tables;
use crate::controls::Settings;
use crate::data::table::TypedColumn;
use crate::error::LabError;
use crate::lessons::boosting::dataset::{Campaign, CampaignTable};
use crate::random::{Purpose, Random};
use gbdt::{Column, Table};

/// A table ready for the engine.
pub struct Features {
    /// What the model sees.
    pub table: Table,
    /// For each column of it the texts its category numbers stand for.
    pub texts: Vec<Option<Vec<String>>>,
    /// For each column of it the column of the table it comes from.
    pub from: Vec<usize>,
}

impl Features {
    /// The features that settings ask for.
    ///
    /// # Errors
    /// `bad_table` for a column of too many categories, `no_features`.
    pub fn new(settings: &Settings, data: &CampaignTable) -> Result<Self, LabError> {
        let campaign = Campaign::of(settings);
        let dropped = settings.names("drop_columns");
        let categorical = settings.names("categorical_feature");
        let encoding = settings.text("encoding");
        let mut features = Self { table: Table::default(), texts: Vec::new(), from: Vec::new() };
        let mut columns = Vec::new();
        for (index, column) in data.table.columns.iter().enumerate() {
            let name = column.name.as_str();
            let is_left_out =
                name == data.label || campaign.identifiers().contains(&name) || dropped.contains(&name);
            if is_left_out {
                continue;
            }
            if column.too_many_categories {
                return Err(tables::too_many_categories(&data.table, column));
            }
            let is_category = categorical.contains(&name);
            match (is_category, encoding) {
                (true, "one_hot") => {
                    for (value, text) in values_of(column) {
                        let cells: Vec<f64> =
                            column.values.iter().map(|cell| f64::from(u8::from(*cell == value))).collect();
                        columns.push(Column::numeric(&file_name(&format!("{name}={text}")), cells));
                        features.texts.push(None);
                        features.from.push(index);
                    }
                }
                (is_category, encoding) => {
                    columns.push(Column {
                        name: file_name(name),
                        values: column.values.clone(),
                        categorical: is_category && encoding == "native",
                    });
                    features.texts.push(column.categories.clone());
                    features.from.push(index);
                }
            }
        }
        if columns.is_empty() {
            return Err(LabError::new("no_features", "No column is left to learn from: keep one at least."));
        }
        features.table = Table::new(columns).map_err(engine_error)?;
        Ok(features)
    }
}

/// The different values of a column of categories with their texts, in their order.
fn values_of(column: &TypedColumn) -> Vec<(f64, String)> {
    match &column.categories {
        Some(names) => names.iter().enumerate().map(|(number, name)| (number as f64, name.clone())).collect(),
        None => {
            let mut values: Vec<f64> =
                column.values.iter().copied().filter(|value| !value.is_nan()).collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            values.into_iter().map(|value| (value, value.to_string())).collect()
        }
    }
}

/// A model file parts names by blanks; LightGBM writes an underscore.
fn file_name(name: &str) -> String {
    name.replace(char::is_whitespace, "_")
}

/// What the engine says, as a lab says it.
pub fn engine_error(error: gbdt::BoostingError) -> LabError {
    let mut told = LabError::new(error.code, error.message);
    for (name, value) in error.facts {
        told = told.with(name, value);
    }
    told
}

/// Row numbers of the parts.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Rows that are learned from.
    pub train: Vec<usize>,
    /// Rows that decide when to stop.
    pub valid: Vec<usize>,
    /// Rows that judge once.
    pub test: Vec<usize>,
}

impl Parts {
    /// 60, 20 and 20 of a hundred, each class in its share; the document's own shape has the document's own parts.
    pub fn new(settings: &Settings, data: &CampaignTable) -> Self {
        let rows = data.labels.len();
        if Campaign::of(settings) == Campaign::RareBuyers {
            let test: Vec<usize> = (tables::TRAIN..rows).collect();
            return Self { train: (0..tables::TRAIN).collect(), valid: test.clone(), test };
        }
        let mut random = Random::new(settings.count("seed") as u64, Purpose::Split);
        let order = random.permutation(rows);
        let classes = data.classes.len().max(1);
        let mut parts = Self { train: Vec::new(), valid: Vec::new(), test: Vec::new() };
        for class in 0..classes {
            let of_class: Vec<usize> = order
                .iter()
                .copied()
                .filter(|row| data.classes.is_empty() || data.labels[*row] as usize == class)
                .collect();
            let held_out = of_class.len() / 5;
            let train = of_class.len() - 2 * held_out;
            parts.train.extend(&of_class[..train]);
            parts.valid.extend(&of_class[train..train + held_out]);
            parts.test.extend(&of_class[train + held_out..]);
        }
        for part in [&mut parts.train, &mut parts.valid, &mut parts.test] {
            part.sort_unstable();
        }
        parts
    }

    /// The part of that name.
    pub fn of(&self, split: &str) -> Option<&[usize]> {
        match split {
            "train" => Some(&self.train),
            "valid" => Some(&self.valid),
            "test" => Some(&self.test),
            _ => None,
        }
    }
}
