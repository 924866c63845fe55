//! The names of the columns: each there, of one line, not too long, and none twice.

use super::bad_table;
use super::classes::LONGEST_NAME;
use crate::error::LabError;
use csv::StringRecord;
use std::collections::HashMap;

/// The names in a header that stands in `row` of the file.
///
/// # Errors
/// `bad_table` with `column` and reason `empty_name`, `name_too_long`, `control_character` or `duplicate_name`.
pub(super) fn column_names(file: &str, row: usize, header: &StringRecord) -> Result<Vec<String>, LabError> {
    let mut first_columns = HashMap::new();
    let mut names = Vec::with_capacity(header.len());
    for (index, name) in header.iter().map(str::trim).enumerate() {
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
