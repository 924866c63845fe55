//! The records of delimiter-separated text, with the lines of the file they begin in.

use super::TableLimits;
use super::errors::bad_table;
use crate::error::LabError;
use csv::{ErrorKind, ReaderBuilder, StringRecord};

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
    /// Lines of the file before the text.
    skipped: usize,
    /// Byte at which the record begins.
    start: usize,
}

impl<'text> Records<'text> {
    /// Records of `text`, which has no byte-order mark any more.
    pub(super) fn new(file: &'text str, text: &'text [u8], delimiter: u8) -> Self {
        let reader = record_reader(delimiter).from_reader(text);
        Self { file, text, delimiter, reader, record: StringRecord::new(), skipped: 0, start: 0 }
    }

    /// The same records, counted as those of a file with some lines before them.
    pub(super) fn below(self, skipped: usize) -> Self {
        Self { skipped, ..self }
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
        let longer = [rest, b"\nx"].concat();
        record_reader(self.delimiter).from_reader(&*longer).byte_records().count() == 1
    }

    /// Row and byte at which the next record begins; csv's own position is that of the empty lines before it.
    fn next_place(&self) -> (usize, usize) {
        let position = self.reader.position();
        let byte = (position.byte() as usize).min(self.text.len());
        let rest = &self.text[byte..];
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        (self.skipped + position.line() as usize + line_ends(&rest[..empty]), byte + empty)
    }
}

fn record_reader(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    builder
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
        _ => bad_table(file, row, "not_text", format!("Row {row} of {file} cannot be read.")),
    }
}
