//! The texts of a column, numbered in the order in which they are first met.

use super::errors::bad_table;
use super::{LONGEST_NAME, TypedColumn};
use crate::error::LabError;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

/// More categories than any that are meant: names or numbers of people.
pub const MOST_CATEGORIES: usize = 1_000;

/// Why a text is refused while it is read.
pub(super) enum Refusal {
    /// A control character other than a tab or a line end.
    Control,
}

/// A column of texts while it is read.
pub(super) struct Categories {
    values: Vec<f64>,
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    /// Hashes of the texts that have no number.
    others: HashSet<u64>,
    too_many: bool,
    unfit: Option<usize>,
}

impl Categories {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            values: Vec::with_capacity(rows),
            names: Vec::new(),
            numbers: HashMap::new(),
            others: HashSet::new(),
            too_many: false,
            unfit: None,
        }
    }

    /// Notes that the next row has no value.
    pub(super) fn add_missing(&mut self) {
        self.values.push(f64::NAN);
    }

    /// Takes in the cell of the next row. The first that is not fit for a name ends the numbering.
    ///
    /// # Errors
    /// Why the text is refused.
    pub(super) fn add(&mut self, row: usize, cell: &str) -> Result<(), Refusal> {
        let value = match self.numbers.get(cell) {
            Some(number) => f64::from(*number),
            None => self.add_new(row, cell)?,
        };
        self.values.push(value);
        Ok(())
    }

    fn add_new(&mut self, row: usize, cell: &str) -> Result<f64, Refusal> {
        let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
        if cell.contains(is_control) {
            return Err(Refusal::Control);
        }
        if self.unfit.is_none() && self.names.len() < MOST_CATEGORIES {
            if !cell.contains(char::is_control) && cell.chars().count() <= LONGEST_NAME {
                let number = self.names.len() as u32;
                self.names.push(cell.into());
                self.numbers.insert(cell.into(), number);
                return Ok(f64::from(number));
            }
            self.unfit = Some(row);
        }
        self.too_many |= self.names.len() >= MOST_CATEGORIES;
        let mut hasher = DefaultHasher::new();
        hasher.write(cell.as_bytes());
        self.others.insert(hasher.finish());
        Ok(f64::NAN)
    }

    /// Ends the reading.
    pub(super) fn column(self, name: String) -> TypedColumn {
        TypedColumn {
            distinct: self.names.len() + self.others.len(),
            too_many_categories: self.too_many,
            unfit: self.unfit,
            ..TypedColumn::categories(name, self.values, self.names)
        }
    }
}

impl Refusal {
    /// `bad_table` with row, column and name.
    pub(super) fn error(&self, file: &str, row: usize, index: usize, name: &str) -> LabError {
        let column = index + 1;
        let place = format!("Row {row}, column {column} ({name}) of {file}");
        let (reason, message) = match self {
            Self::Control => (
                "control_character",
                format!("{place} holds a control character: take it out, or save the file as text."),
            ),
        };
        bad_table(file, row, reason, message).with("column", column).with("name", name)
    }
}
