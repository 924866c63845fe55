//! A reader for tables of text, and the numeric table a classifier learns from.

mod classes;
mod column;
mod content;
mod delimiter;
mod header;
mod labelled;
pub mod mixed;
pub mod own;

use crate::error::LabError;
use csv::{ErrorKind, ReaderBuilder, StringRecord};
use std::io::Read;

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
        let text = text_within(file, text, limits)?;
        let mut records = Records::new(file, text, delimiter);
        let mut lines: Vec<Vec<String>> = Vec::new();
        while let Some((row, record)) = records.read_next()? {
            if lines.len() > limits.rows {
                return Err(too_many_rows(file, row, limits));
            }
            if record.len() > limits.columns {
                return Err(too_many_columns(file, row, record.len(), limits));
            }
            if let Some(header) = lines.first().filter(|header| header.len() != record.len()) {
                return Err(row_length(file, row, header.len(), record.len()));
            }
            lines.push(record.iter().map(|field| field.trim().to_string()).collect());
        }
        let mut lines = lines.into_iter();
        let Some(header) = lines.next() else {
            return Err(empty(file));
        };
        let rows: Vec<Vec<String>> = lines.collect();
        if rows.is_empty() {
            return Err(no_rows(file, 2));
        }
        Ok(Self { header, rows })
    }
}

/// `text` without its byte-order mark.
///
/// # Errors
/// `bad_table` with reason `too_large`; `row` is the line in which the limit is passed.
pub(super) fn text_within<'text>(
    file: &str,
    text: &'text [u8],
    limits: TableLimits,
) -> Result<&'text [u8], LabError> {
    if text.len() > limits.bytes {
        let row = 1 + line_ends(&text[..limits.bytes]);
        let message = format!("{file} has {} bytes; at most {} are read.", text.len(), limits.bytes);
        return Err(bad_table(file, row, "too_large", message));
    }
    Ok(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text))
}

fn line_ends(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// The records of delimiter-separated text, each with the 1-based line it begins in; blank ones are left out.
///
/// A record is blank when none of its fields holds anything but spaces: an empty line, or the line of bare
/// delimiters that spreadsheets write below a table.
pub(super) struct Records<'text> {
    file: &'text str,
    text: &'text [u8],
    delimiter: u8,
    reader: csv::Reader<&'text [u8]>,
    record: StringRecord,
    /// Byte at which the record begins.
    start: usize,
}

impl<'text> Records<'text> {
    /// Records of `text`, which has no byte-order mark any more.
    pub(super) fn new(file: &'text str, text: &'text [u8], delimiter: u8) -> Self {
        let reader = record_reader(delimiter).from_reader(text);
        Self { file, text, delimiter, reader, record: StringRecord::new(), start: 0 }
    }

    /// The next record that is not blank, of whatever length, and its row.
    ///
    /// # Errors
    /// `bad_table` with reason `not_text`.
    pub(super) fn read_next(&mut self) -> Result<Option<(usize, &StringRecord)>, LabError> {
        loop {
            let (row, start) = self.next_place();
            let found = self.reader.read_record(&mut self.record);
            if !found.map_err(|error| reading_error(self.file, row, &error))? {
                return Ok(None);
            }
            self.start = start;
            if self.record.iter().any(|field| !field.trim().is_empty()) {
                return Ok(Some((row, &self.record)));
            }
        }
    }

    /// Whether the last record read opens a quote that the text never closes, so that it runs on to the end.
    pub(super) fn is_unclosed(&self) -> bool {
        let rest = &self.text[self.start..];
        if (self.reader.position().byte() as usize) < self.text.len() || !rest.contains(&b'"') {
            return false;
        }
        // Within a quote a further line belongs to the record; after its end it is a record of its own.
        let longer = rest.chain(&b"\nx"[..]);
        record_reader(self.delimiter).from_reader(longer).byte_records().count() == 1
    }

    /// Row and byte at which the next record begins; csv's own position is that of the empty lines before it.
    fn next_place(&self) -> (usize, usize) {
        let position = self.reader.position();
        let byte = (position.byte() as usize).min(self.text.len());
        let rest = &self.text[byte..];
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        (position.line() as usize + line_ends(&rest[..empty]), byte + empty)
    }
}

fn record_reader(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    builder
}

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

fn reading_error(file: &str, row: usize, error: &csv::Error) -> LabError {
    match error.kind() {
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
            (b"a,b\r\n\r\n1,2\r\n  \r\n\r\n3\r\n", "row_length", 6),
            (b"a,b\n1,\xff\n", "not_text", 2),
            (b"a\n1\n2\n3\n4\n", "too_many_rows", 5),
            (b"a,b,c,d,e\n1,2,3,4,5\n", "too_many_columns", 1),
            (&[b'1'; 300][..], "too_large", 1),
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
