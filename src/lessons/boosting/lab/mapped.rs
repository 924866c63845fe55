//! A table as a model sees it, and what of it the model does not know.

use crate::data::table::{TypedColumn, TypedTable};
use gbdt::Table;
use serde::Serialize;

/// Unknown values that are named.
const MOST_NAMED: usize = 20;

/// A table as a model sees it.
pub struct Mapped {
    pub table: Table,
    /// Columns of the table that the model does not look at.
    pub extra: Vec<String>,
    pub unknown: Vec<UnknownValue>,
    /// Columns of texts of which the model has no list, numbered as in the lab's own table.
    pub assumed: Vec<String>,
}

/// A category that was not there in training: it is missing to the model, as it is to LightGBM.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UnknownValue {
    /// Counted from 0 in a table, as the line of the file in an answer.
    pub row: usize,
    column: String,
    value: String,
}

/// The first values that a model does not know.
#[derive(Default)]
pub struct Unknown {
    pub found: Vec<UnknownValue>,
}

impl Unknown {
    /// The numbers that `number` gives to the texts of a column; what it does not know is missing, and named.
    pub fn numbers(&mut self, given: &TypedColumn, number: &dyn Fn(&str) -> Option<f64>) -> Vec<f64> {
        let of_name: Option<Vec<Option<f64>>> =
            given.categories.as_ref().map(|names| names.iter().map(|name| number(name)).collect());
        let of = |(row, value): (usize, &f64)| {
            let found = match &of_name {
                _ if value.is_nan() => return f64::NAN,
                Some(numbers) => numbers[*value as usize],
                None => number(&given.text(*value)),
            };
            if found.is_none() && self.found.len() < MOST_NAMED {
                let value = given.text(*value);
                self.found.push(UnknownValue { row, column: given.name.clone(), value });
            }
            found.unwrap_or(f64::NAN)
        };
        given.values.iter().enumerate().map(of).collect()
    }
}

/// The place of a text in a list, as a number.
pub fn place_of(list: &[String], text: &str) -> Option<f64> {
    list.iter().position(|name| name == text).map(|place| place as f64)
}

/// Names of the columns that were not used.
pub fn extra(table: &TypedTable, used: &[bool]) -> Vec<String> {
    let names = table.columns.iter().zip(used).filter(|(_, used)| !**used);
    names.map(|(column, _)| column.name.clone()).collect()
}
