//! A reader for tables of text, and the numeric table a classifier learns from.

use crate::lab::LabError;
use csv::{ErrorKind, ReaderBuilder};

/// What a table may hold at most; everything from outside is read with limits.
#[derive(Debug, Clone, Copy)]
pub struct TableLimits {
    /// Most bytes of the text.
    pub bytes: usize,
    /// Most rows below the header.
    pub rows: usize,
    /// Most columns.
    pub columns: usize,
}

impl Default for TableLimits {
    fn default() -> Self {
        Self { bytes: 20_000_000, rows: 100_000, columns: 200 }
    }
}

/// A table as it stands in the file: a header and rows of text, all of one length.
#[derive(Debug, Clone, PartialEq)]
pub struct TextTable {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows below the header.
    pub rows: Vec<Vec<String>>,
}

impl TextTable {
    /// Reads delimiter-separated text with a header line. A byte-order mark is skipped, blank lines too.
    ///
    /// # Errors
    /// `bad_table` with `file`, the 1-based `row` of the file, often the `column`, and the `reason`
    /// (`too_large`, `too_many_rows`, `too_many_columns`, `empty`, `no_rows`, `row_length`, `not_text`).
    pub fn read(file: &str, text: &[u8], delimiter: u8, limits: TableLimits) -> Result<Self, LabError> {
        if text.len() > limits.bytes {
            let message = format!("{file} has {} bytes; at most {} are read.", text.len(), limits.bytes);
            return Err(bad_table(file, 0, "too_large", message));
        }
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(false).from_reader(text);
        let mut lines: Vec<Vec<String>> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| reading_error(file, &error))?;
            if lines.len() > limits.rows {
                let message = format!("{file} has more than {} rows.", limits.rows);
                return Err(bad_table(file, limits.rows + 2, "too_many_rows", message));
            }
            if record.len() > limits.columns {
                let message =
                    format!("{file} has {} columns; at most {} are read.", record.len(), limits.columns);
                return Err(bad_table(file, 1, "too_many_columns", message));
            }
            lines.push(record.iter().map(|field| field.trim().to_string()).collect());
        }
        let mut lines = lines.into_iter();
        let Some(header) = lines.next() else {
            return Err(bad_table(file, 1, "empty", format!("{file} is empty: it needs a header line.")));
        };
        let rows: Vec<Vec<String>> = lines.collect();
        if rows.is_empty() {
            return Err(bad_table(file, 2, "no_rows", format!("{file} has a header line but no rows.")));
        }
        Ok(Self { header, rows })
    }
}

fn bad_table(file: &str, row: usize, reason: &str, message: String) -> LabError {
    LabError::new("bad_table", message).with("file", file).with("row", row).with("reason", reason)
}

fn reading_error(file: &str, error: &csv::Error) -> LabError {
    let row = error.position().map_or(0, |position| position.line() as usize);
    match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => bad_table(
            file,
            row,
            "row_length",
            format!("Row {row} of {file} has {len} fields; the header has {expected_len}."),
        )
        .with("expected", *expected_len)
        .with("found", *len),
        ErrorKind::Utf8 { err, .. } => bad_table(
            file,
            row,
            "not_text",
            format!("Row {row} of {file} is not UTF-8 text (field {}).", err.field() + 1),
        )
        .with("column", err.field() + 1),
        _ => bad_table(file, row, "not_text", format!("Row {row} of {file} cannot be read: {error}.")),
    }
}

/// Numeric features with a class for each row.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTable {
    /// Names of the features.
    pub features: Vec<String>,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// One row of feature values per example.
    pub rows: Vec<Vec<f32>>,
    /// Class of each row, an index into `classes`.
    pub labels: Vec<u32>,
}

impl LabelledTable {
    /// The table with only the columns `features`, in that order.
    ///
    /// # Panics
    /// If a name is not a feature of the table (settings are checked before they come here).
    pub fn select(&self, features: &[&str]) -> Self {
        let columns: Vec<usize> = features
            .iter()
            .map(|name| self.features.iter().position(|f| f == name).expect("a declared feature"))
            .collect();
        Self {
            features: features.iter().map(|f| f.to_string()).collect(),
            classes: self.classes.clone(),
            rows: self.rows.iter().map(|row| columns.iter().map(|&c| row[c]).collect()).collect(),
            labels: self.labels.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<TextTable, LabError> {
        TextTable::read("flowers.csv", text, b',', TableLimits { bytes: 200, rows: 3, columns: 4 })
    }

    #[test]
    fn reads_a_byte_order_mark_windows_line_ends_quotes_and_blank_lines() {
        let table = read(b"\xef\xbb\xbfa,\"b, c\"\r\n1, 2\r\n\r\n\"x\"\"y\",4\r\n").unwrap();
        assert_eq!(table.header, ["a", "b, c"]);
        assert_eq!(table.rows, [["1", "2"], ["x\"y", "4"]]);
    }

    #[test]
    fn each_bad_table_is_answered_by_its_reason_and_row() {
        for (text, reason, row) in [
            (&b""[..], "empty", 1),
            (b"a,b\n", "no_rows", 2),
            (b"a,b\n1,2\n3\n", "row_length", 3),
            (b"a,b\n1,\xff\n", "not_text", 2),
            (b"a\n1\n2\n3\n4\n", "too_many_rows", 5),
            (b"a,b,c,d,e\n1,2,3,4,5\n", "too_many_columns", 1),
            (&[b'1'; 300][..], "too_large", 0),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.code, "bad_table");
            assert_eq!(error.details["reason"], reason);
            assert_eq!(error.details["row"], row, "{reason}");
            assert_eq!(error.details["file"], "flowers.csv");
        }
    }

    #[test]
    fn columns_are_selected_by_name_in_the_order_asked_for() {
        let table = LabelledTable {
            features: vec!["a".into(), "b".into(), "c".into()],
            classes: vec!["x".into()],
            rows: vec![vec![1.0, 2.0, 3.0]],
            labels: vec![0],
        };
        assert_eq!(table.select(&["c", "a"]).rows, [[3.0, 1.0]]);
    }
}
