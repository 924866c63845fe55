//! `bad_table` and what it says.

use super::TableLimits;
use crate::error::LabError;

/// `bad_table` with its facts: `row` is the 1-based line of the file, `reason` names words in the language files.
pub(super) fn bad_table(file: &str, row: usize, reason: &str, message: String) -> LabError {
    LabError::new("bad_table", message).with("file", file).with("row", row).with("reason", reason)
}

pub(super) fn empty(file: &str) -> LabError {
    bad_table(file, 1, "empty", format!("{file} is empty: it needs a header line."))
}

pub(super) fn no_rows(file: &str, row: usize) -> LabError {
    bad_table(file, row, "no_rows", format!("{file} has a header line but no rows."))
}

pub(super) fn too_many_rows(file: &str, row: usize, limits: TableLimits) -> LabError {
    bad_table(file, row, "too_many_rows", format!("{file} has more than {} rows.", limits.rows))
}

pub(super) fn too_many_columns(file: &str, row: usize, found: usize, limits: TableLimits) -> LabError {
    let message = format!("{file} has {found} columns; at most {} are read.", limits.columns);
    bad_table(file, row, "too_many_columns", message)
}

pub(super) fn row_length(file: &str, row: usize, expected: usize, found: usize) -> LabError {
    let message = format!("Row {row} of {file} has {found} fields; the header has {expected}.");
    bad_table(file, row, "row_length", message).with("expected", expected).with("found", found)
}

pub(super) fn unclosed_quote(file: &str, row: usize) -> LabError {
    let message = format!("Row {row} of {file} opens a quote that is never closed: close or remove it.");
    bad_table(file, row, "unclosed_quote", message)
}
