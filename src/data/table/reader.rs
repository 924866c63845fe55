//! Reads delimiter-separated text into typed columns.
//!
//! The text is read twice. The first reading finds the columns of numbers and keeps their values; the second, made only
//! where there are columns of texts, numbers those. Cells are never kept as text one by one, so that a table takes
//! about as much memory as its numbers.

use super::categories::Categories;
use super::cell::{NoNumber, is_missing, parse_number};
use super::delimiter::find_delimiter;
use super::errors::{bad_table, no_rows, row_length, too_many_rows, unclosed_quote};
use super::header::read_header;
use super::lines::Lines;
use super::records::{Records, text_within};
use super::{MISSING_ROWS_NAMED, TableRules, TypedColumn, TypedTable};
use crate::error::LabError;

/// A column of which so many of a hundred cells are numbers is one of numbers, and another cell in it an error, where
/// texts are learned from.
const NUMBERS_OF_A_HUNDRED: usize = 95;

/// What the first reading finds in a column.
#[derive(Default)]
struct Reading {
    /// The numbers; NaN for what is missing or is not one.
    values: Vec<f64>,
    missing: usize,
    missing_rows: Vec<usize>,
    /// Cells that are not numbers, and the first of them.
    texts: usize,
    first_text: Option<(usize, String, NoNumber)>,
}

/// The text of a table, how its cells are separated, and what it may hold.
struct Source<'text> {
    file: &'text str,
    text: &'text [u8],
    delimiter: Option<u8>,
    rules: &'text TableRules,
}

impl TypedTable {
    /// Reads UTF-8 text with a header, separated by commas, semicolons or tabs; in a table separated by semicolons a
    /// number may have a decimal comma. A byte-order mark, blank lines and spaces around cells are skipped. The
    /// words `NA`, `N/A`, `NaN`, `null` and `?`, in small letters or large, stand for a missing value, as an empty
    /// cell does. Where the rules say so, a file of LibSVM's lines is told by its name.
    ///
    /// # Errors
    /// `bad_table` with `file`, the 1-based `row` of the file, the 1-based `column` where there is one, and
    /// `reason`: those of [`TextTable::read`](super::TextTable::read), and `no_delimiter`, `unclosed_quote`,
    /// `empty_name`, `name_too_long`, `duplicate_name`, `control_character`; where texts are features also
    /// `text_in_numbers`, `number_out_of_range` and `class_name_unfit`; of LibSVM's lines `not_libsvm`.
    pub fn read(file: &str, text: &[u8], rules: &TableRules) -> Result<Self, LabError> {
        let text = text_within(file, text, rules.limits)?;
        if rules.is_libsvm(file) {
            return super::libsvm::read(file, text, rules.limits);
        }
        Source { file, text, delimiter: find_delimiter(text), rules }.read(None)
    }

    /// As [`TypedTable::read`], of text without a header line whose columns are known; the delimiter is detected
    /// unless one is given.
    ///
    /// # Errors
    /// As [`TypedTable::read`].
    pub fn read_named(
        file: &str,
        text: &[u8],
        names: &[&str],
        delimiter: Option<u8>,
        rules: &TableRules,
    ) -> Result<Self, LabError> {
        let text = text_within(file, text, rules.limits)?;
        let delimiter = delimiter.or_else(|| find_delimiter(text));
        Source { file, text, delimiter, rules }.read(Some(names))
    }
}

impl Source<'_> {
    fn records(&self) -> Records<'_> {
        Records::new(self.file, self.text, self.delimiter.unwrap_or(b','))
    }

    fn read(&self, names: Option<&[&str]>) -> Result<TypedTable, LabError> {
        let Self { file, rules, .. } = *self;
        let mut records = self.records();
        let (names, header_row) = match names {
            Some(names) => (names.iter().map(ToString::to_string).collect(), 0),
            None => read_header(&mut records, file, self.delimiter.is_some(), rules.limits)?,
        };
        let (readings, rows, lines) = self.read_numbers(records, names.len(), header_row)?;
        let mut columns = Vec::with_capacity(names.len());
        for (index, (name, reading)) in names.into_iter().zip(readings).enumerate() {
            if rules.texts_are_features {
                reading.check(file, index, &name)?;
            }
            columns.push(reading.into_column(name));
        }
        let mut table = TypedTable { file: file.into(), columns, rows, lines };
        if table.columns.iter().any(|column| column.categories.is_some()) {
            self.read_categories(&mut table, header_row > 0)?;
        }
        Ok(table)
    }

    fn read_numbers(
        &self,
        mut records: Records,
        columns: usize,
        header_row: usize,
    ) -> Result<(Vec<Reading>, usize, Lines), LabError> {
        let Self { file, text, delimiter, rules } = *self;
        let decimal_comma = delimiter == Some(b';');
        // As many as there can be: a list that grows needs room twice.
        let lines_of_text = text.iter().filter(|byte| **byte == b'\n').count() + 1;
        let room = lines_of_text.min(rules.limits.rows).min(text.len() / columns.max(1) + 1);
        let mut readings: Vec<Reading> = (0..columns).map(|_| Reading::with_room(room)).collect();
        let mut lines = Lines::from_header(header_row);
        let (mut rows, mut last_row) = (0, header_row);
        while let Some((row, record)) = records.read_next()? {
            if record.len() != columns {
                let found = record.len();
                return Err(match records.is_unclosed() {
                    true => unclosed_quote(file, row),
                    false => row_length(file, row, columns, found),
                });
            }
            if rows == rules.limits.rows {
                return Err(too_many_rows(file, row, rules.limits));
            }
            for (reading, cell) in readings.iter_mut().zip(record) {
                reading.add(row, cell.trim(), decimal_comma);
            }
            lines.push(rows, row);
            rows += 1;
            last_row = row;
        }
        if records.is_unclosed() {
            return Err(unclosed_quote(file, last_row));
        }
        if rows == 0 { Err(no_rows(file, header_row)) } else { Ok((readings, rows, lines)) }
    }

    /// The second reading: numbers the texts of the columns that hold some.
    fn read_categories(&self, table: &mut TypedTable, has_header: bool) -> Result<(), LabError> {
        let mut records = self.records();
        if has_header {
            records.read_next()?;
        }
        let is_text = |column: &TypedColumn| column.categories.is_some();
        let mut texts: Vec<Option<Categories>> =
            table.columns.iter().map(|column| is_text(column).then(|| Categories::new(table.rows))).collect();
        while let Some((row, record)) = records.read_next()? {
            for (index, cell) in record.iter().enumerate() {
                let Some(categories) = &mut texts[index] else { continue };
                categories
                    .add(row, cell.trim(), self.rules.texts_are_features)
                    .map_err(|refusal| refusal.error(self.file, row, index, &table.columns[index].name))?;
            }
        }
        for (column, categories) in table.columns.iter_mut().zip(texts) {
            if let Some(categories) = categories {
                categories.fill(column);
            }
        }
        Ok(())
    }
}

impl Reading {
    fn with_room(rows: usize) -> Self {
        Self { values: Vec::with_capacity(rows), ..Self::default() }
    }

    fn add(&mut self, row: usize, cell: &str, decimal_comma: bool) {
        let value = if is_missing(cell) {
            self.missing += 1;
            if self.missing_rows.len() < MISSING_ROWS_NAMED {
                self.missing_rows.push(row);
            }
            f64::NAN
        } else {
            parse_number(cell, decimal_comma).unwrap_or_else(|reason| {
                self.texts += 1;
                let shown = || (row, cell.chars().take(40).collect(), reason);
                self.first_text.get_or_insert_with(shown);
                f64::NAN
            })
        };
        self.values.push(value);
    }

    /// # Errors
    /// `text_in_numbers` and `number_out_of_range` where nearly all cells are numbers.
    fn check(&self, file: &str, index: usize, name: &str) -> Result<(), LabError> {
        let filled = self.values.len() - self.missing;
        let numbers = filled - self.texts;
        let Some((row, found, reason)) = &self.first_text else { return Ok(()) };
        if numbers * 100 < NUMBERS_OF_A_HUNDRED * filled {
            return Ok(());
        }
        let (reason, problem) = match reason {
            NoNumber::Text => ("text_in_numbers", "stands among numbers: write a number, or leave it empty"),
            NoNumber::OutOfRange => ("number_out_of_range", "is too large a number"),
        };
        let message = format!("Row {row}, column {} ({name}) of {file}: `{found}` {problem}.", index + 1);
        let error = bad_table(file, *row, reason, message);
        Err(error.with("column", index + 1).with("name", name).with("found", found.as_str()))
    }

    fn into_column(self, name: String) -> TypedColumn {
        // A column without any value holds no texts either; those of texts are read a second time.
        let is_text = self.texts > 0;
        let values = if is_text { Vec::new() } else { self.values };
        TypedColumn {
            categories: is_text.then(Vec::new),
            missing: self.missing,
            missing_rows: self.missing_rows,
            no_number: self.first_text.map(|(row, _, reason)| (row, reason)),
            ..TypedColumn::numbers(name, values)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::table::TableLimits;

    const LIMITS: TableLimits = TableLimits { bytes: 1_000_000, rows: 10_000, columns: 500 };
    const RULES: TableRules = TableRules { limits: LIMITS, texts_are_features: true, libsvm: true };

    fn read(text: &str) -> Result<TypedTable, LabError> {
        TypedTable::read("people.csv", text.as_bytes(), &RULES)
    }

    #[test]
    fn numbers_stay_and_texts_become_categories() {
        let table = read("年龄,城市,是否成功\n31,上海,1\n,北京,0\n45,上海,0\n29,,1\n").unwrap();
        let age = table.column("年龄").unwrap();
        assert_eq!((age.values[0], age.missing, &age.categories), (31.0, 1, &None));
        let city = table.column("城市").unwrap();
        assert_eq!(city.categories.as_deref().unwrap(), ["上海", "北京"]);
        assert_eq!(city.values[..3], [0.0, 1.0, 0.0]);
        assert!(city.values[3].is_nan());
    }

    #[test]
    fn quotes_line_breaks_byte_order_marks_and_windows_line_ends_are_read() {
        let table = read("\u{feff}a;b\r\n1,5;\"x; y\"\r\n2;z\r\n").unwrap();
        assert_eq!(table.columns[0].values[..], [1.5, 2.0]);
        assert_eq!(table.columns[1].categories.as_deref().unwrap(), ["x; y", "z"]);
    }

    #[test]
    fn a_text_among_numbers_is_named_with_its_place() {
        let mut text = String::from("a,b\n");
        (0..50).for_each(|row| text.push_str(&format!("{row},1\n")));
        text.push_str("many,1\n");
        let error = read(&text).unwrap_err();
        assert_eq!(error.details["reason"], "text_in_numbers");
        assert_eq!((&error.details["row"], &error.details["column"]), (&52.into(), &1.into()));
        assert_eq!(error.details["found"], "many");
    }

    #[test]
    fn five_thousand_categories_are_marked() {
        let mut text = String::from("name,b\n");
        (0..5000).for_each(|row| text.push_str(&format!("user{row},1\n")));
        assert!(read(&text).unwrap().columns[0].too_many_categories);
    }

    #[test]
    fn where_texts_are_not_features_one_makes_a_column_of_texts_however_long_it_is() {
        let mut text = String::from("a,b,story\n");
        (0..50).for_each(|row| text.push_str(&format!("{row},1,u\n")));
        text.push_str(&format!("many,1,{}\n", "long ".repeat(30)));
        let rules = TableRules { texts_are_features: false, ..RULES };
        let table = TypedTable::read("people.csv", text.as_bytes(), &rules).unwrap();
        assert_eq!(table.columns[0].categories.as_ref().unwrap().len(), 51);
        assert!(table.columns[1].categories.is_none());
        assert_eq!(table.columns[2].categories.as_deref().unwrap(), ["u"]);
        assert_eq!(read(&text).unwrap_err().details["reason"], "text_in_numbers");
    }

    #[test]
    fn all_different_texts_are_counted_and_missing_values_keep_the_lines_they_stand_in() {
        let mut text = String::from("name,b\n\n");
        (0..1500).for_each(|row| text.push_str(&format!("user{row},{}\n", if row == 3 { "" } else { "1" })));
        let table = read(&text).unwrap();
        assert_eq!(table.columns[0].kind(), super::super::ColumnKind::Text { distinct: 1500 });
        assert_eq!(table.columns[1].missing_rows, [6]);
    }
}
