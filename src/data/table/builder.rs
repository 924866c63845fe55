//! A column while it is read: numbers, dates or categories, and what is missing.

use super::categories::{Categories, Refusal};
use super::cell::{NumberForm, is_missing, is_missing_word, parse_number};
use super::date::date_in;
use super::reading::Doubt;
use super::sniff::shown;
use super::{MISSING_ROWS_NAMED, TypedColumn};

/// What becomes of the cells of a column.
pub(super) enum Values {
    Numbers(NumberForm),
    Dates { day_first: bool },
    Categories(Categories),
}

/// A column while it is read.
pub(super) struct Builder {
    values: Values,
    numbers: Vec<f64>,
    /// Whether words such as `NA` are values.
    keeps_words: bool,
    missing: usize,
    missing_rows: Vec<usize>,
    /// Cells that are no numbers or dates, and the first of them.
    strays: usize,
    first_stray: Option<(usize, String)>,
}

impl Builder {
    pub(super) fn new(values: Values, keeps_words: bool, rows: usize) -> Self {
        let room = if matches!(values, Values::Categories(_)) { 0 } else { rows };
        Self {
            values,
            numbers: Vec::with_capacity(room),
            keeps_words,
            missing: 0,
            missing_rows: Vec::new(),
            strays: 0,
            first_stray: None,
        }
    }

    pub(super) fn add(&mut self, row: usize, cell: &str) -> Result<(), Refusal> {
        let is_missing = is_missing(cell) && !(self.keeps_words && is_missing_word(cell));
        let value = match &mut self.values {
            Values::Categories(categories) => {
                if is_missing {
                    categories.add_missing();
                } else {
                    categories.add(row, cell)?;
                }
                None
            }
            _ if is_missing => Some(f64::NAN),
            Values::Numbers(form) => Some(parse_number(cell, *form).unwrap_or(f64::NAN)),
            Values::Dates { day_first } => Some(date_in(cell).map_or(f64::NAN, |date| date.days(*day_first))),
        };
        let is_stray = !is_missing && value.is_some_and(f64::is_nan);
        if is_stray {
            self.strays += 1;
            self.first_stray.get_or_insert_with(|| (row, shown(cell)));
        }
        if is_missing || is_stray {
            self.missing += 1;
            if self.missing_rows.len() < MISSING_ROWS_NAMED {
                self.missing_rows.push(row);
            }
        }
        self.numbers.extend(value);
        Ok(())
    }

    pub(super) fn column(self, name: String) -> TypedColumn {
        let mut column = match self.values {
            Values::Categories(categories) => categories.column(name),
            _ => TypedColumn::numbers(name, self.numbers),
        };
        column.missing = self.missing;
        column.missing_rows = self.missing_rows;
        if let Some((row, example)) = self.first_stray {
            let of = column.values.len() - self.missing + self.strays;
            column.doubts.push(Doubt { doubt: "not_numbers", count: self.strays, of, example, row });
        }
        column
    }
}
