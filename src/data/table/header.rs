//! The names of the columns: each there, of one line, not too long, and none twice.

use super::TableLimits;
use super::errors::{bad_table, empty, too_many_columns, unclosed_quote};
use super::records::Records;
use crate::error::LabError;
use std::collections::HashMap;

/// Most characters of the name of a column or of a class.
pub const LONGEST_NAME: usize = 80;

/// The cells of the first record as they stand there, and its row; `is_separated` says whether a delimiter was found.
///
/// # Errors
/// `bad_table` with reason `empty`, `unclosed_quote`, `no_delimiter`, `too_many_columns`.
pub(super) fn read_header(
    records: &mut Records,
    file: &str,
    is_separated: bool,
    limits: TableLimits,
) -> Result<(usize, Vec<String>), LabError> {
    let Some((row, header)) = records.read_next()? else { return Err(empty(file)) };
    let header = header.clone();
    if records.is_unclosed() {
        return Err(unclosed_quote(file, row));
    }
    if !is_separated || header.len() < 2 {
        let message = format!(
            "Row {row} of {file} has one column only: separate the columns by commas, semicolons or tabs."
        );
        return Err(bad_table(file, row, "no_delimiter", message));
    }
    if header.len() > limits.columns {
        return Err(too_many_columns(file, row, header.len(), limits));
    }
    Ok((row, header.iter().map(ToString::to_string).collect()))
}

/// The names in a header that stands in `row` of the file; its cells have no blanks at their ends.
///
/// # Errors
/// `bad_table` with `column` and reason `empty_name`, `name_too_long`, `control_character` or `duplicate_name`.
pub(super) fn column_names(file: &str, row: usize, header: &[String]) -> Result<Vec<String>, LabError> {
    let mut first_columns = HashMap::new();
    let mut names = Vec::with_capacity(header.len());
    for (index, name) in header.iter().map(String::as_str).enumerate() {
        let column = index + 1;
        let bad = |reason: &str, problem: String| {
            bad_table(file, row, reason, format!("Column {column} of {file} {problem}"))
                .with("column", column)
        };
        if name.is_empty() {
            return Err(bad("empty_name", "has no name: write one into the header.".into()));
        }
        if name.contains(char::is_control) {
            let problem = "has a control character or a line end in its name: write it anew.".into();
            return Err(bad("control_character", problem));
        }
        if name.chars().count() > LONGEST_NAME {
            let problem = format!("has a name of more than {LONGEST_NAME} characters: shorten it.");
            return Err(bad("name_too_long", problem).with("most", LONGEST_NAME));
        }
        if let Some(first) = first_columns.insert(name, column) {
            let problem = format!("has the name of column {first}: rename one of them.");
            return Err(bad("duplicate_name", problem).with("name", name).with("first", first));
        }
        names.push(name.to_string());
    }
    Ok(names)
}
