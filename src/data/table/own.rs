//! The reader's own table: any delimiter-separated text with a header becomes a table a classifier can learn from.
//!
//! It is read twice. The first reading finds the columns of numbers and keeps their values; the second, made only
//! where there are columns of text, collects the values of those. Cells are never kept as text one by one, so that
//! 20 MB of text take about as much memory as numbers.

pub use super::classes::{FEWEST_ROWS, LONGEST_NAME, MOST_CLASSES};
pub use super::column::{Column, ColumnKind};

use super::column::TypedColumn;
use super::delimiter::find_delimiter;
use super::header::column_names;
use super::{
    Records, TableLimits, bad_table, empty, no_rows, row_length, text_within, too_many_columns, too_many_rows,
};
use crate::error::LabError;

/// A table from a file of the reader's, with typed columns.
#[derive(Debug, Clone)]
pub struct OwnTable {
    pub(super) file: String,
    /// Row of the file in which the header stands.
    pub(super) header_row: usize,
    pub(super) rows: usize,
    pub(super) columns: Vec<TypedColumn>,
}

impl OwnTable {
    /// Reads UTF-8 text with a header, parted by commas, semicolons or tabs; in a table parted by semicolons a
    /// number may have a decimal comma. A byte-order mark, blank lines and spaces around cells are skipped. The
    /// words `NA`, `N/A`, `NaN`, `null` and `?`, in small letters or large, stand for a missing value, as an empty
    /// cell does.
    ///
    /// # Errors
    /// `bad_table` with `file`, the 1-based `row` of the file, the 1-based `column` where there is one, and
    /// `reason`: those of [`TextTable::read`](super::TextTable::read), and `no_delimiter`,
    /// `unclosed_quote`, `empty_name`, `name_too_long`, `duplicate_name`, `control_character`, and `no_label` or
    /// `no_features` when a classifier could not learn from any choice of columns.
    pub fn read(file: &str, text: &[u8], limits: TableLimits) -> Result<Self, LabError> {
        let text = text_within(file, text, limits)?;
        let delimiter = find_delimiter(text);
        let mut table = Self::read_numbers(file, text, delimiter, limits)?;
        if let Some(delimiter) = delimiter.filter(|_| table.columns.iter().any(TypedColumn::is_text)) {
            table.read_texts(text, delimiter)?;
        }
        table.check_learnable()?;
        Ok(table)
    }

    fn read_numbers(
        file: &str,
        text: &[u8],
        delimiter: Option<u8>,
        limits: TableLimits,
    ) -> Result<Self, LabError> {
        let mut records = Records::new(file, text, delimiter.unwrap_or(b','));
        let mut table = Self::read_header(&mut records, file, delimiter.is_some(), limits)?;
        let decimal_comma = delimiter == Some(b';');
        let mut last_row = table.header_row;
        while let Some((row, record)) = records.read_next()? {
            if record.len() != table.columns.len() {
                let found = record.len();
                return Err(if records.is_unclosed() {
                    unclosed_quote(file, row)
                } else {
                    row_length(file, row, table.columns.len(), found)
                });
            }
            if table.rows == limits.rows {
                return Err(too_many_rows(file, row, limits));
            }
            for (column, cell) in table.columns.iter_mut().zip(record) {
                column.add_number(row, cell.trim(), decimal_comma);
            }
            table.rows += 1;
            last_row = row;
        }
        if records.is_unclosed() {
            return Err(unclosed_quote(file, last_row));
        }
        if table.rows == 0 {
            return Err(no_rows(file, table.header_row));
        }
        table.columns.iter_mut().for_each(TypedColumn::end_numbers);
        Ok(table)
    }

    fn read_header(
        records: &mut Records,
        file: &str,
        is_parted: bool,
        limits: TableLimits,
    ) -> Result<Self, LabError> {
        let Some((row, header)) = records.read_next()? else {
            return Err(empty(file));
        };
        let header = header.clone();
        if records.is_unclosed() {
            return Err(unclosed_quote(file, row));
        }
        if !is_parted {
            let message = format!(
                "Row {row} of {file} has one column only: part the columns by commas, semicolons or tabs."
            );
            return Err(bad_table(file, row, "no_delimiter", message));
        }
        if header.len() > limits.columns {
            return Err(too_many_columns(file, row, header.len(), limits));
        }
        let names = column_names(file, row, &header)?;
        let columns = names.into_iter().map(TypedColumn::new).collect();
        Ok(Self { file: file.to_string(), header_row: row, rows: 0, columns })
    }

    fn read_texts(&mut self, text: &[u8], delimiter: u8) -> Result<(), LabError> {
        let file = self.file.clone();
        let mut records = Records::new(&file, text, delimiter);
        // The header.
        records.read_next()?;
        while let Some((row, record)) = records.read_next()? {
            for (index, cell) in record.iter().enumerate() {
                if !self.columns[index].add_text(row, cell.trim()) {
                    let problem = "holds a control character: take it out, or save the file as text.";
                    return Err(self.bad(row, index, "control_character", problem));
                }
            }
        }
        Ok(())
    }

    /// # Errors
    /// `no_label` and `no_features`, at the header.
    fn check_learnable(&self) -> Result<(), LabError> {
        let (file, row) = (&self.file, self.header_row);
        if self.columns.iter().all(|column| !column.is_label()) {
            let message = format!(
                "No column of {file} can be the label: it needs 2 to {MOST_CLASSES} different texts or whole \
                 numbers, none missing, each in {FEWEST_ROWS} rows at least."
            );
            let error = bad_table(file, row, "no_label", message);
            return Err(error.with("most", MOST_CLASSES).with("fewest", FEWEST_ROWS));
        }
        if self.default_label().is_none() { Err(self.no_features()) } else { Ok(()) }
    }

    /// Name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Number of rows below the header, blank ones left out.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What is known of each column, in the order of the file.
    pub fn columns(&self) -> Vec<Column> {
        let labels = self.label_candidates();
        self.columns
            .iter()
            .map(|column| Column {
                name: column.name.clone(),
                kind: column.kind(),
                missing: column.missing,
                missing_rows: column.missing_rows.clone(),
                label: labels.contains(&column.name.as_str()),
                feature: column.is_feature(),
            })
            .collect()
    }

    /// Columns that can be the label: 2 to [`MOST_CLASSES`] different texts or whole numbers, none missing, each
    /// in at least [`FEWEST_ROWS`] rows, and a feature beside them.
    pub fn label_candidates(&self) -> Vec<&str> {
        let names = self.columns.iter().filter(|column| column.is_label()).map(|column| column.name.as_str());
        names.filter(|label| !self.feature_candidates(label).is_empty()).collect()
    }

    /// The last of the columns that can be the label, which is where tables usually have it. A table that was read
    /// has one.
    pub fn default_label(&self) -> Option<&str> {
        self.label_candidates().last().copied()
    }

    /// Columns that can be features beside a label: numbers without missing values.
    pub fn feature_candidates(&self, label: &str) -> Vec<&str> {
        let features = self.columns.iter().filter(|column| column.is_feature() && column.name != label);
        features.map(|column| column.name.as_str()).collect()
    }

    pub(super) fn no_features(&self) -> LabError {
        let message = format!(
            "{} has no feature to learn from: a column besides the label must hold numbers, none missing.",
            self.file
        );
        bad_table(&self.file, self.header_row, "no_features", message)
    }

    pub(super) fn bad(&self, row: usize, index: usize, reason: &str, problem: &str) -> LabError {
        let (column, name) = (index + 1, &self.columns[index].name);
        let message = format!("Row {row}, column {column} ({name}) of {} {problem}", self.file);
        bad_table(&self.file, row, reason, message).with("column", column).with("name", name.as_str())
    }
}

fn unclosed_quote(file: &str, row: usize) -> LabError {
    let message = format!("Row {row} of {file} opens a quote that is never closed: close or remove it.");
    bad_table(file, row, "unclosed_quote", message)
}
