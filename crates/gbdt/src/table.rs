//! Rows and columns as the engine takes them.

use super::error::BoostingError;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name; unique in its table.
    pub name: String,
    /// A number for each row; NaN where it is missing. Categories are whole numbers from zero. Shared, so that a table
    /// made of another's columns needs no room of its own.
    pub values: Arc<[f64]>,
    /// Whether the numbers are names of categories, without an order.
    pub categorical: bool,
}

impl Column {
    /// A column of numbers.
    pub fn numeric(name: &str, values: Vec<f64>) -> Self {
        Self { name: name.into(), values: values.into(), categorical: false }
    }

    /// A column of category numbers.
    pub fn categorical(name: &str, values: Vec<f64>) -> Self {
        Self { name: name.into(), values: values.into(), categorical: true }
    }
}

/// Columns of equal length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
}

impl Table {
    /// Puts columns side by side.
    ///
    /// # Errors
    /// `uneven_columns` for columns of different length, `duplicate_column` for two of one name.
    pub fn new(columns: Vec<Column>) -> Result<Self, BoostingError> {
        let rows = columns.first().map_or(0, |column| column.values.len());
        let mut names: HashMap<String, u32> = HashMap::new();
        for column in &columns {
            if column.values.len() != rows {
                let message = format!(
                    "The column `{}` has {} values, the first one {rows}.",
                    column.name,
                    column.values.len()
                );
                return Err(BoostingError::new("uneven_columns", message).with("column", &column.name));
            }
            if names.insert(column.name.clone(), 0).is_some() {
                let message =
                    format!("Two columns are called `{}`. Give each a name of its own.", column.name);
                return Err(BoostingError::new("duplicate_column", message).with("column", &column.name));
            }
        }
        Ok(Self { columns, rows })
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The values of one row, in the order of the columns.
    pub fn row(&self, row: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column.values[row]).collect()
    }

    /// The table made of some of the rows, in the order given.
    pub fn selected(&self, rows: &[usize]) -> Self {
        let pick = |column: &Column| Column {
            name: column.name.clone(),
            values: rows.iter().map(|&row| column.values[row]).collect(),
            categorical: column.categorical,
        };
        Self { columns: self.columns.iter().map(pick).collect(), rows: rows.len() }
    }

    /// Some of the rows, in the order given, without copying them.
    pub fn part<'a>(&'a self, rows: &'a [usize]) -> Part<'a> {
        Part { table: self, rows: Some(rows) }
    }
}

/// Rows of a table: all of them, or some.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    table: &'a Table,
    rows: Option<&'a [usize]>,
}

impl<'a> From<&'a Table> for Part<'a> {
    fn from(table: &'a Table) -> Self {
        Self { table, rows: None }
    }
}

impl<'a> Part<'a> {
    /// The columns of the whole table.
    pub fn columns(&self) -> &'a [Column] {
        self.table.columns()
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows.map_or(self.table.rows, <[usize]>::len)
    }

    /// The values that a column has in these rows.
    pub fn values(&self, column: &'a Column) -> Cow<'a, [f64]> {
        match self.rows {
            None => Cow::Borrowed(&column.values),
            Some(rows) => Cow::Owned(rows.iter().map(|row| column.values[*row]).collect()),
        }
    }
}
