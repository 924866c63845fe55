//! Tables: text with a header becomes typed columns, numbers with gaps or categories, and one reader makes them all.
//!
//! What a lesson takes of a table, and what it refuses, it declares in [`TableRules`]; what can be a label or a feature
//! is its own affair ([`TypedTable::labelled`] for a classifier on numbers).

mod builder;
mod categories;
mod cell;
mod classes;
mod date;
mod delimiter;
mod description;
mod errors;
mod first_reading;
mod guess;
mod header;
mod labelled;
mod libsvm;
mod limits;
mod lines;
#[cfg(test)]
mod properties;
mod reader;
mod reading;
mod records;
mod rows_by_name;
mod sniff;
mod text_table;
mod trims;

pub use categories::MOST_CATEGORIES;
pub use cell::DecimalSign;
pub use classes::{FEWEST_ROWS, MOST_CLASSES};
pub use date::days_since_1970;
pub use description::{ColumnDescription, ColumnKind, ColumnUse};
pub use guess::likely_label;
pub use header::LONGEST_NAME;
pub use labelled::{Gaps, LabelledTable};
pub use limits::{TableLimits, TableRules};
pub use reading::{Doubt, Found, Kind, TableReading};
pub use rows_by_name::{header_of, rows_by_name, rows_of};
pub use text_table::TextTable;

use lines::Lines;
use std::cell::OnceCell;
use std::sync::Arc;

/// A table with typed columns.
#[derive(Debug, Clone)]
pub struct TypedTable {
    /// Name of the file.
    pub file: String,
    /// Its columns, in the order of the file.
    pub columns: Vec<TypedColumn>,
    /// Number of rows below the header, blank ones left out.
    pub rows: usize,
    /// How it was read.
    pub found: Found,
    lines: Lines,
}

/// One column: numbers, or categories numbered in the order in which they are first met.
#[derive(Debug, Clone)]
pub struct TypedColumn {
    /// Name in the header.
    pub name: String,
    /// A value for each row, NaN where it is missing; of a category its number.
    pub values: Arc<[f64]>,
    /// Names of the categories; `None` in a column of numbers.
    pub categories: Option<Vec<String>>,
    /// How many values are missing.
    pub missing: usize,
    /// The lines of the first rows with a missing value.
    pub missing_rows: Vec<usize>,
    /// Whether it has more than [`MOST_CATEGORIES`]; the others are then NaN.
    pub too_many_categories: bool,
    /// How many different texts there are; 0 in a column of numbers.
    distinct: usize,
    /// What stands in it, as it was chosen or else by its values.
    pub guess: Kind,
    /// Some of its cells as they stand in the file.
    pub samples: Vec<String>,
    /// What of it may be meant otherwise than it was taken.
    pub doubts: Vec<Doubt>,
    /// The line of the first text that cannot be a name; it and every text first met after it are NaN.
    unfit: Option<usize>,
    /// Whether a classifier can have it as its label, once that was asked.
    is_label: OnceCell<bool>,
}

/// Rows with a missing value that are named.
const MISSING_ROWS_NAMED: usize = 5;

impl TypedTable {
    /// A table that was made, not read: its header is line 1, its first row line 2.
    ///
    /// # Panics
    /// If there is no column.
    pub fn made(file: &str, columns: Vec<TypedColumn>) -> Self {
        let rows = columns[0].values.len();
        Self { file: file.into(), columns, rows, found: Found::made(), lines: Lines::from_header(1) }
    }

    /// The rows that have a value in a column.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn with_value_in(&self, name: &str) -> Self {
        let values = &self.column(name).expect("a column of the table").values;
        let kept: Vec<usize> = (0..self.rows).filter(|row| !values[*row].is_nan()).collect();
        let mut lines = Lines::from_header(self.lines.header());
        kept.iter().enumerate().for_each(|(place, row)| lines.push(place, self.lines.of(*row)));
        let columns = self.columns.iter().map(|column| {
            let values: Arc<[f64]> = kept.iter().map(|row| column.values[*row]).collect();
            TypedColumn {
                missing: values.iter().filter(|value| value.is_nan()).count(),
                values,
                ..column.clone()
            }
        });
        let (columns, found) = (columns.collect(), self.found.clone());
        Self { file: self.file.clone(), columns, rows: kept.len(), found, lines }
    }

    /// The line of its file in which a row begins.
    pub fn line_of(&self, row: usize) -> usize {
        self.lines.of(row)
    }

    /// The line of its header; 0 where there is none.
    pub fn header_line(&self) -> usize {
        self.lines.header()
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&TypedColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl TypedColumn {
    /// A column of numbers, NaN where there is none.
    pub fn numbers(name: String, values: Vec<f64>) -> Self {
        Self {
            name,
            missing: values.iter().filter(|value| value.is_nan()).count(),
            values: values.into(),
            categories: None,
            missing_rows: Vec::new(),
            too_many_categories: false,
            distinct: 0,
            guess: Kind::Number,
            samples: Vec::new(),
            doubts: Vec::new(),
            unfit: None,
            is_label: OnceCell::new(),
        }
    }

    /// A column of categories: `values` are places in `names`.
    pub fn categories(name: String, values: Vec<f64>, names: Vec<String>) -> Self {
        let (distinct, too_many_categories) = (names.len(), names.len() > MOST_CATEGORIES);
        let guess = Kind::Category;
        Self { categories: Some(names), distinct, too_many_categories, guess, ..Self::numbers(name, values) }
    }

    /// The text of a value as it stood in the file.
    pub fn text(&self, value: f64) -> String {
        match &self.categories {
            _ if value.is_nan() => String::new(),
            Some(names) => names.get(value as usize).cloned().unwrap_or_default(),
            None => value.to_string(),
        }
    }

    /// Whether it holds texts, or nothing at all.
    fn is_text(&self) -> bool {
        self.categories.is_some() || self.missing == self.values.len()
    }
}
