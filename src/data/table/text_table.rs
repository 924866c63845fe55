//! A table of text, each cell as it stands in the file.

use super::TableLimits;
use super::errors::{empty, no_rows, row_length, too_many_columns, too_many_rows};
use super::records::{Records, text_within};
use crate::data::unseen::trimmed;
use crate::error::LabError;

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
            lines.push(record.iter().map(|field| trimmed(field).to_string()).collect());
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
}
