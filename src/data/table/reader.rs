//! Reads delimiter-separated text into typed columns.
//!
//! The text is read twice. The first reading ([`first_reading`](super::first_reading)) finds out, over the whole of it,
//! how numbers and dates are written and which lines are no rows; the second keeps the values. Cells are never kept as
//! text one by one, so that a table takes about as much memory as its numbers.

use super::builder::{Builder, Values};
use super::categories::Categories;
use super::delimiter::find_delimiter;
use super::first_reading::{Sniffed, Source};
use super::header::column_names;
use super::lines::Lines;
use super::reading::{Found, Kind, TableReading};
use super::records::text_within;
use super::sniff::Seen;
use super::{TableRules, TypedTable};
use crate::data::unseen::trimmed;
use crate::error::LabError;

impl TypedTable {
    /// Reads UTF-8 text with a header, separated by commas, semicolons, tabs or vertical bars. A byte-order mark, a line
    /// `sep=;`, blank lines and spaces around cells are skipped. The words `NA`, `N/A`, `NaN`, `null` and `?`, in small
    /// letters or large, stand for a missing value, as an empty cell does; so does a text among numbers. Where the rules
    /// say so, a file of LibSVM's lines is told by its name.
    ///
    /// # Errors
    /// `bad_table` with `file`, the 1-based `row` of the file, the 1-based `column` where there is one, and
    /// `reason`: those of [`TextTable::read`](super::TextTable::read), and `no_delimiter`, `unclosed_quote`,
    /// `empty_name`, `name_too_long`, `duplicate_name`, `control_character`; of LibSVM's lines `not_libsvm`.
    pub fn read(file: &str, text: &[u8], rules: &TableRules) -> Result<Self, LabError> {
        Self::read_as(file, text, rules, &TableReading::default())
    }

    /// As [`TypedTable::read`], where something is chosen of how it is read.
    ///
    /// # Errors
    /// As [`TypedTable::read`].
    pub fn read_as(
        file: &str,
        text: &[u8],
        rules: &TableRules,
        reading: &TableReading,
    ) -> Result<Self, LabError> {
        let text = text_within(file, text, rules.limits)?;
        if rules.is_libsvm(file) {
            return super::libsvm::read(file, text, rules.limits);
        }
        let (said, rest) = without_sep_line(text);
        let chosen = reading.delimiter.map(|sign| sign as u8).or(said);
        let delimiter = chosen.or_else(|| find_delimiter(rest));
        let skipped = usize::from(rest.len() < text.len());
        let mut table = Source { file, text: rest, skipped, delimiter, rules, reading }.read(None)?;
        table.found.sep_line = skipped > 0;
        Ok(table)
    }

    /// As [`TypedTable::read_as`], of text without a header line whose columns are known; the delimiter is detected
    /// unless one is given.
    ///
    /// # Errors
    /// As [`TypedTable::read`].
    pub fn read_named(
        file: &str,
        text: &[u8],
        names: &[&str],
        rules: &TableRules,
        reading: &TableReading,
    ) -> Result<Self, LabError> {
        let text = text_within(file, text, rules.limits)?;
        let delimiter = reading.delimiter.map(|sign| sign as u8).or_else(|| find_delimiter(text));
        Source { file, text, skipped: 0, delimiter, rules, reading }.read(Some(names))
    }
}

/// The delimiter that a first line such as `sep=;` names for a spreadsheet program, and the text below it.
fn without_sep_line(text: &[u8]) -> (Option<u8>, &[u8]) {
    let end = text.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let line = text[..end].trim_ascii();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', sign] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => (Some(*sign), &text[end + 1..]),
        _ => (None, text),
    }
}

impl Source<'_> {
    fn read(&self, names: Option<&[&str]>) -> Result<TypedTable, LabError> {
        let mut sniffed = self.sniff(names)?;
        let names: Vec<String> = match (names, &sniffed.seen.first) {
            (Some(names), _) => names.iter().map(ToString::to_string).collect(),
            (None, Some((row, first))) if sniffed.has_names => column_names(self.file, *row, first)?,
            (None, _) => (1..=sniffed.seen.columns.len()).map(|number| format!("column_{number}")).collect(),
        };
        let seen = std::mem::take(&mut sniffed.seen.columns);
        let forms: Vec<(Kind, Builder)> =
            names.iter().zip(&seen).map(|(name, seen)| self.builder(name, seen, &sniffed)).collect();
        self.fill(names, seen, forms, sniffed)
    }

    /// What stands in a column, and what takes its values.
    fn builder(&self, name: &str, seen: &Seen, sniffed: &Sniffed) -> (Kind, Builder) {
        let kind = self.reading.kind(name).unwrap_or_else(|| seen.kind());
        let keeps_words = self.reading.words_are_values.iter().any(|other| other == name);
        let values = match kind {
            Kind::Number => Values::Numbers(seen.form(sniffed.decimal, sniffed.is_decimal_sure)),
            Kind::Date => Values::Dates { day_first: seen.day_first(sniffed.decimal).0 },
            // Whether words come again is known once they have been read.
            Kind::Id if seen.is_number() => {
                Values::Numbers(seen.form(sniffed.decimal, sniffed.is_decimal_sure))
            }
            Kind::Category | Kind::Id | Kind::Text => Values::Categories(Categories::new(sniffed.seen.rows)),
        };
        (kind, Builder::new(values, keeps_words, sniffed.seen.rows))
    }

    /// The second reading.
    fn fill(
        &self,
        names: Vec<String>,
        seen: Vec<Seen>,
        mut forms: Vec<(Kind, Builder)>,
        sniffed: Sniffed,
    ) -> Result<TypedTable, LabError> {
        let mut records = self.records();
        let header_row = match &sniffed.seen.first {
            Some((row, _)) if sniffed.has_names => {
                records.read_next()?;
                *row
            }
            Some((row, _)) => row - 1,
            None => 0,
        };
        let units = sniffed.seen.units;
        let header = sniffed.seen.first.filter(|_| sniffed.has_names).map(|(_, cells)| cells);
        let mut lines = Lines::from_header(header_row);
        let mut rows = 0;
        while let Some((row, record)) = records.read_next()? {
            let cells = record.iter().map(trimmed);
            // The line below the names is a row whatever stands in it.
            let is_repeated = |header: &Vec<String>| {
                rows > 0 && !self.reading.every_line && header.iter().map(String::as_str).eq(cells.clone())
            };
            if units == Some(row) || header.as_ref().is_some_and(is_repeated) {
                continue;
            }
            for (index, ((_, builder), cell)) in forms.iter_mut().zip(cells).enumerate() {
                builder
                    .add(row, cell)
                    .map_err(|refusal| refusal.error(self.file, row, index, &names[index]))?;
            }
            lines.push(rows, row);
            rows += 1;
        }
        let mut columns = Vec::with_capacity(names.len());
        for ((name, seen), (kind, builder)) in names.into_iter().zip(seen).zip(forms) {
            let mut column = builder.column(name);
            column.guess_kind(kind, self.reading.kind(&column.name).is_some());
            column.doubt(&seen, sniffed.decimal);
            column.samples = seen.samples;
            columns.push(column);
        }
        let found = Found {
            delimiter: char::from(self.delimiter.unwrap_or(b',')),
            decimal: sniffed.decimal,
            header: header.is_some(),
            encoding: self.reading.encoding.clone().unwrap_or_default(),
            doubts: sniffed.doubts,
            sep_line: false,
        };
        Ok(TypedTable { file: self.file.into(), columns, rows, lines, found })
    }
}

#[cfg(test)]
mod tests;
