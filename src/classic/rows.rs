//! Tables of numbers as the classical models read them.

use crate::error::LabError;

/// Values beyond this are refused: the solver of the support vector machines keeps products of rows in single
/// precision, which ends at 3e38.
pub const LARGEST_VALUE: f64 = 1e15;

/// A table of finite numbers, row-major, every row of the same length.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    values: Vec<f64>,
    columns: usize,
}

impl Rows {
    /// The table whose rows stand one after another in `values`.
    ///
    /// # Errors
    /// `bad_input` with the 1-based `row` and `column` and what was `expected`: values that do not fill whole
    /// rows, or a value that is not a number up to [`LARGEST_VALUE`].
    pub fn new(values: Vec<f64>, columns: usize) -> Result<Self, LabError> {
        if columns == 0 || !values.len().is_multiple_of(columns) {
            let row = values.len().checked_div(columns).map_or(1, |rows| rows + 1);
            return Err(bad_input(row, 1, "a value in every column".into()));
        }
        if let Some(at) = values.iter().position(|value| !value.is_finite() || value.abs() > LARGEST_VALUE) {
            let expected = format!("a number between -{LARGEST_VALUE:e} and {LARGEST_VALUE:e}");
            return Err(bad_input(at / columns + 1, at % columns + 1, expected));
        }
        Ok(Self { values, columns })
    }

    /// The table of `rows`, for instance those of a [`LabelledTable`](crate::data::table::LabelledTable).
    ///
    /// # Errors
    /// As [`Rows::new`]; also a row of another length than the first.
    pub fn of(rows: &[Vec<f64>]) -> Result<Self, LabError> {
        let columns = rows.first().map_or(1, Vec::len);
        if let Some(row) = rows.iter().position(|row| row.len() != columns) {
            return Err(bad_input(row + 1, rows[row].len(), format!("{columns} values")));
        }
        Self::new(rows.concat(), columns)
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.columns
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, index: usize) -> &[f64] {
        &self.values[index * self.columns..(index + 1) * self.columns]
    }

    /// The rows in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.values.chunks_exact(self.columns)
    }

    /// All values, row-major.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

/// Rows with a class for each: what a classifier learns from.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledRows {
    rows: Rows,
    labels: Vec<u32>,
    classes: usize,
}

impl LabelledRows {
    /// `labels` holds the class of each row, an index below `classes`. A class may have no row.
    ///
    /// # Errors
    /// `bad_input` with the 1-based `row` and what was `expected`: no rows, not one label for each row, or a label
    /// that is not a class.
    pub fn new(rows: Rows, labels: Vec<u32>, classes: usize) -> Result<Self, LabError> {
        if rows.is_empty() {
            return Err(bad_input(1, 1, "at least one row".into()));
        }
        let class = format!("a class below {classes}");
        if labels.len() != rows.len() {
            return Err(bad_input(labels.len().min(rows.len()) + 1, rows.columns() + 1, class));
        }
        match labels.iter().position(|&label| label as usize >= classes) {
            Some(row) => Err(bad_input(row + 1, rows.columns() + 1, class)),
            None => Ok(Self { rows, labels, classes }),
        }
    }

    /// The rows.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The class of each row.
    pub fn labels(&self) -> &[u32] {
        &self.labels
    }

    /// How many classes.
    pub fn classes(&self) -> usize {
        self.classes
    }
}

fn bad_input(row: usize, column: usize, expected: String) -> LabError {
    LabError::new("bad_input", format!("Row {row}, column {column}: {expected} was expected."))
        .with("row", row)
        .with("column", column)
        .with("expected", expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(error: LabError) -> (u64, u64) {
        assert_eq!(error.code, "bad_input");
        (error.details["row"].as_u64().unwrap(), error.details["column"].as_u64().unwrap())
    }

    #[test]
    fn rows_are_read_in_order() {
        let rows = Rows::of(&[vec![1.0, 2.0], vec![3.0, 4.0], vec![5.0, 6.0]]).unwrap();
        assert_eq!((rows.len(), rows.columns()), (3, 2));
        assert_eq!(rows.row(1), [3.0, 4.0]);
        assert_eq!(rows.iter().map(|row| row[1]).collect::<Vec<_>>(), [2.0, 4.0, 6.0]);
    }

    #[test]
    fn values_that_cannot_be_computed_with_are_refused_by_their_place() {
        for bad in [f64::NAN, f64::INFINITY, -f64::INFINITY, 2e15] {
            let error = Rows::new(vec![1.0, 2.0, 3.0, bad], 2).unwrap_err();
            assert_eq!(position(error), (2, 2));
        }
        assert_eq!(position(Rows::new(vec![1.0, 2.0, 3.0], 2).unwrap_err()), (2, 1));
        assert_eq!(position(Rows::new(vec![1.0], 0).unwrap_err()), (1, 1));
        assert_eq!(position(Rows::of(&[vec![1.0, 2.0], vec![1.0]]).unwrap_err()), (2, 1));
    }

    #[test]
    fn labels_that_do_not_fit_are_refused() {
        let rows = || Rows::new(vec![1.0, 2.0], 1).unwrap();
        assert!(LabelledRows::new(rows(), vec![0, 1], 2).is_ok());
        assert_eq!(position(LabelledRows::new(rows(), vec![0, 2], 2).unwrap_err()), (2, 2));
        assert_eq!(position(LabelledRows::new(rows(), vec![0], 2).unwrap_err()), (2, 2));
        let none = Rows::of(&[]).unwrap();
        assert_eq!(position(LabelledRows::new(none, vec![], 2).unwrap_err()), (1, 1));
    }
}
