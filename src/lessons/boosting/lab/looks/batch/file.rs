//! The file of a batch transform: lines without a header, all columns of the table but the label.

use super::requests::quoted;
use crate::data::table::rows_by_name;
use crate::error::LabError;
use crate::lessons::boosting::dataset::RULES;
use crate::lessons::boosting::lab::lab::BoostingLab;
use crate::lessons::boosting::lab::predict;
use serde::Deserialize;
use serde_json::{Value, json};

/// A file that a job runs over.
pub struct BatchFile {
    /// Its lines, each ended.
    lines: String,
    /// Their number.
    pub records: usize,
}

impl BatchFile {
    fn of(lines: Vec<String>) -> Self {
        let records = lines.len();
        Self { lines: lines.into_iter().flat_map(|line| [line, "\n".into()]).collect(), records }
    }

    /// The text of the file, with an end to its last line or without.
    pub fn text(&self, ends_with_line: bool) -> &str {
        if ends_with_line { &self.lines } else { self.lines.strip_suffix('\n').unwrap_or(&self.lines) }
    }
}

#[derive(Deserialize)]
struct Choice {
    /// `test`, `all` or `own`.
    source: String,
    /// Of the reader's own file its name and text, with a header.
    #[serde(default)]
    name: String,
    #[serde(default)]
    text: String,
}

/// Chooses the file that jobs run over: the test rows, all rows, or the reader's own.
///
/// # Errors
/// `bad_input`; of the reader's own file `bad_table`, and `columns_do_not_fit` for a column it lacks.
pub fn choose_file(lab: &BoostingLab, options: Value) -> Result<(BatchFile, Value), LabError> {
    let choice: Choice =
        serde_json::from_value(options).map_err(|_| LabError::bad_input("a source: test, all or own"))?;
    let file = match choice.source.as_str() {
        "test" => of_rows(lab, lab.rows("test")?.iter().copied()),
        "all" => of_rows(lab, 0..lab.data.table.rows),
        "own" => of_text(lab, &choice.name, choice.text.as_bytes())?,
        _ => return Err(LabError::bad_input("a source: test, all or own")),
    };
    let told = json!({ "records": file.records, "file_bytes": file.lines.len() });
    Ok((file, told))
}

/// Names of the columns of a record: all but the label.
pub(super) fn columns(lab: &BoostingLab) -> Vec<&str> {
    let names = lab.data.table.columns.iter().map(|column| column.name.as_str());
    names.filter(|name| *name != lab.data.label).collect()
}

/// Rows of the table as lines.
pub(super) fn of_rows(lab: &BoostingLab, rows: impl Iterator<Item = usize>) -> BatchFile {
    let label = lab.data.table.columns.iter().position(|column| column.name == lab.data.label);
    let columns: Vec<usize> =
        (0..lab.data.table.columns.len()).filter(|column| Some(*column) != label).collect();
    let line = |row: usize| {
        let cells: Vec<String> =
            columns.iter().map(|column| quoted(&predict::cell_text(lab, *column, row))).collect();
        cells.join(",")
    };
    BatchFile::of(rows.map(line).collect())
}

/// A file with a header: its columns in the order that the container expects, without the header, as the document
/// prepares its own.
fn of_text(lab: &BoostingLab, name: &str, text: &[u8]) -> Result<BatchFile, LabError> {
    let mut lines = Vec::new();
    rows_by_name(name, text, &columns(lab), RULES.limits, |cells| {
        // A line end inside a cell would part the record: such files cannot be split by line.
        let cells: Vec<String> = cells.iter().map(|cell| quoted(&cell.replace(['\n', '\r'], " "))).collect();
        lines.push(cells.join(","));
    })?;
    Ok(BatchFile::of(lines))
}
