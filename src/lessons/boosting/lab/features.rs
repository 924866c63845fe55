//! From the columns of a table to those a model sees: what is left out, what is a category, how categories are written.

use super::mapped::{Mapped, Unknown, extra, place_of};
use super::tables;
use crate::data::table::{TypedColumn, TypedTable};
use crate::error::LabError;
use crate::lessons::boosting::dataset::{Dataset, LabelledTable};
use crate::lessons::boosting::settings::{BoostingSettings, Encoding};
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
    pub fn new(settings: &BoostingSettings, data: &LabelledTable) -> Result<Self, LabError> {
        let mut features = Self { table: Table::default(), texts: Vec::new(), from: Vec::new() };
        let mut columns = Vec::new();
        for (index, column) in data.table.columns.iter().enumerate() {
            let name = column.name.as_str();
            if !tables::is_learned_from(settings, data, name) {
                continue;
            }
            if !column.can_be_feature() {
                return Err(tables::too_many_categories(&data.table, column));
            }
            let is_category = settings.categorical_feature.iter().any(|other| other == name);
            match (is_category, settings.encoding) {
                (true, Encoding::OneHot) => {
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
                        categorical: is_category && encoding == Encoding::Native,
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

    /// The columns that training sees, from a table that names them in any order and may have more.
    ///
    /// # Errors
    /// `columns_do_not_fit` with the column that is missing.
    pub fn of(&self, data: &LabelledTable, table: &TypedTable) -> Result<Mapped, LabError> {
        let (mut columns, mut unknown) = (Vec::new(), Unknown::default());
        let mut used = vec![false; table.columns.len()];
        for (index, column) in self.table.columns().iter().enumerate() {
            let original = &data.table.columns[self.from[index]];
            let place = table.columns.iter().position(|column| column.name == original.name);
            let place = place.ok_or_else(|| {
                let message = format!("The rows have no column `{}`, which the model needs.", original.name);
                LabError::new("columns_do_not_fit", message)
                    .with("column", self.from[index] + 1)
                    .with("found", "")
                    .with("expected", original.name.as_str())
            })?;
            used[place] = true;
            let given = &table.columns[place];
            let text = column.name.split_once('=').map(|(_, text)| text);
            let values = match (text, &original.categories) {
                (Some(text), Some(_)) if self.texts[index].is_none() => {
                    let is = |value: &f64| f64::from(u8::from(file_name(&given.text(*value)) == text));
                    given.values.iter().map(is).collect()
                }
                (_, Some(names)) => unknown.numbers(given, &|text| place_of(names, text)),
                (_, None) if given.categories.is_some() => unknown.numbers(given, &|text| text.parse().ok()),
                (_, None) => given.values.to_vec(),
            };
            columns.push(Column {
                name: column.name.clone(),
                values: values.into(),
                categorical: column.categorical,
            });
        }
        let table_of = Table::new(columns).map_err(engine_error)?;
        Ok(Mapped {
            table: table_of,
            extra: extra(table, &used),
            unknown: unknown.found,
            assumed: Vec::new(),
        })
    }
}

/// The different values of a column of categories with their texts, in their order.
fn values_of(column: &TypedColumn) -> Vec<(f64, String)> {
    match &column.categories {
        Some(names) => names.iter().enumerate().map(|(number, name)| (number as f64, name.clone())).collect(),
        None => {
            let mut values: Vec<f64> =
                column.values.iter().copied().filter(|value| !value.is_nan()).collect();
            gbdt::number::sort(&mut values);
            values.dedup();
            values.into_iter().map(|value| (value, value.to_string())).collect()
        }
    }
}

/// A model file separates names by blanks; LightGBM writes an underscore.
fn file_name(name: &str) -> String {
    name.replace(char::is_whitespace, "_")
}

/// What the engine says, as a lab says it.
pub fn engine_error(error: gbdt::BoostingError) -> LabError {
    let mut refused = LabError::new(error.code, &error.message);
    for (name, value) in &error.facts {
        refused = refused.with(name, value.as_str());
    }
    refused
}

/// Row numbers of the splits.
#[derive(Debug, Clone)]
pub struct Splits {
    /// Rows that are learned from.
    pub train: Vec<usize>,
    /// Rows that decide when to stop.
    pub valid: Vec<usize>,
    /// Rows that judge once.
    pub test: Vec<usize>,
}

impl Splits {
    /// 60, 20 and 20 of a hundred, each class in its share; the document's own shape has the document's own splits.
    pub fn new(settings: &BoostingSettings, data: &LabelledTable) -> Self {
        let rows = data.labels.len();
        if settings.dataset == Dataset::RareBuyers {
            let test: Vec<usize> = (tables::TRAIN..rows).collect();
            return Self { train: (0..tables::TRAIN).collect(), valid: test.clone(), test };
        }
        let mut random = Random::new(u64::from(settings.seed), Purpose::Split);
        let order = random.permutation(rows);
        let classes = data.classes.len().max(1);
        let mut split_of = vec![0_u8; rows];
        for class in 0..classes {
            let of_class: Vec<usize> = order
                .iter()
                .copied()
                .filter(|row| data.classes.is_empty() || data.labels[*row] as usize == class)
                .collect();
            let held_out = of_class.len() / 5;
            let train = of_class.len() - 2 * held_out;
            of_class[train..].iter().for_each(|row| split_of[*row] = 1);
            of_class[train + held_out..].iter().for_each(|row| split_of[*row] = 2);
        }
        let of = |split: u8| (0..rows).filter(|row| split_of[*row] == split).collect();
        Self { train: of(0), valid: of(1), test: of(2) }
    }

    /// The split of that name.
    pub fn of(&self, split: &str) -> Option<&[usize]> {
        match split {
            "train" => Some(&self.train),
            "valid" => Some(&self.valid),
            "test" => Some(&self.test),
            _ => None,
        }
    }
}
