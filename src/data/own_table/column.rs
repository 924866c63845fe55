//! One column of the reader's table while it is read and afterwards.

use super::classes::{Classes, Label, NoLabel};
use super::content::{NoNumber, Numbers, Texts, is_missing, parse_number};
use serde::Serialize;

/// So many rows with a missing value are named.
const MISSING_ROWS_NAMED: usize = 5;

/// What is known of a column of the reader's table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Column {
    /// Name in the header.
    pub name: String,
    /// What stands in it.
    #[serde(flatten)]
    pub kind: ColumnKind,
    /// How many values are missing.
    pub missing: usize,
    /// The first rows of the file with a missing value.
    pub missing_rows: Vec<usize>,
    /// Whether it can be the label.
    pub label: bool,
    /// Whether it can be a feature, unless it is the label.
    pub feature: bool,
}

/// What stands in a column; missing values are left out of the figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ColumnKind {
    /// Nothing but numbers, one at least.
    Number {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Arithmetic mean.
        mean: f64,
    },
    /// Anything else.
    Text {
        /// How many different values.
        distinct: usize,
    },
}

/// A column with its values.
#[derive(Debug, Clone)]
pub(super) struct TypedColumn {
    pub(super) name: String,
    pub(super) content: Content,
    pub(super) missing: usize,
    pub(super) missing_rows: Vec<usize>,
}

/// The values of a column.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Numbers(Numbers),
    Texts(Texts),
}

impl TypedColumn {
    pub(super) fn new(name: String) -> Self {
        Self { name, content: Content::Numbers(Numbers::new()), missing: 0, missing_rows: Vec::new() }
    }

    /// Takes in a cell of the first reading, which finds the numbers: a column is one of numbers until a cell says
    /// otherwise.
    pub(super) fn add_number(&mut self, row: usize, cell: &str, decimal_comma: bool) {
        if is_missing(cell) {
            self.missing += 1;
            if self.missing_rows.len() < MISSING_ROWS_NAMED {
                self.missing_rows.push(row);
            }
        } else if let Content::Numbers(numbers) = &mut self.content {
            match parse_number(cell, decimal_comma) {
                Ok(value) => numbers.add(row, value),
                Err(reason) => self.content = Content::Texts(Texts::new(Some((row, reason)))),
            }
        }
    }

    /// Ends the first reading: a column in which all values are missing is not one of numbers.
    pub(super) fn end_numbers(&mut self) {
        if matches!(&self.content, Content::Numbers(numbers) if numbers.values.is_empty()) {
            self.content = Content::Texts(Texts::new(None));
        }
    }

    /// Takes in a cell of the second reading, which collects the values of the columns of text; false when it
    /// holds a control character.
    pub(super) fn add_text(&mut self, row: usize, cell: &str) -> bool {
        match &mut self.content {
            Content::Texts(texts) if !is_missing(cell) => texts.add(row, cell),
            _ => true,
        }
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.content, Content::Texts(_))
    }

    pub(super) fn kind(&self) -> ColumnKind {
        match &self.content {
            Content::Numbers(numbers) => {
                ColumnKind::Number { min: numbers.min, max: numbers.max, mean: numbers.mean() }
            }
            Content::Texts(texts) => ColumnKind::Text { distinct: texts.distinct() },
        }
    }

    /// Whether it can be a feature: numbers, and none missing.
    pub(super) fn is_feature(&self) -> bool {
        self.missing == 0 && !self.is_text()
    }

    /// The values of a column of numbers, in the order of the rows unless some are missing.
    ///
    /// # Errors
    /// Where and why it is no column of numbers; `None` when it holds nothing at all.
    pub(super) fn numbers(&self) -> Result<&[f32], Option<(usize, NoNumber)>> {
        match &self.content {
            Content::Numbers(numbers) => Ok(&numbers.values),
            Content::Texts(texts) => Err(texts.no_number),
        }
    }

    /// The column as a label, with a class for each row that has a value.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub(super) fn label(&self) -> Result<Label, NoLabel> {
        match &self.content {
            Content::Numbers(numbers) => numbers.classes.as_ref().map(Classes::label),
            Content::Texts(texts) => texts.classes.as_ref().map(Classes::label),
        }
        .unwrap_or_else(|reason| Err(NoLabel::NoClasses(*reason)))
    }

    /// Whether it can be the label: none missing, and [`TypedColumn::label`] succeeds.
    pub(super) fn is_label(&self) -> bool {
        self.missing == 0 && self.label().is_ok()
    }
}
