//! A table of numbers and categories in which values may be missing: what gradient boosting learns from.
//!
//! Text parted by commas, semicolons or tabs with a header, or the sparse lines of LibSVM. Unlike [`OwnTable`], whose
//! features are numbers and never missing, a column may hold anything here: one of numbers keeps them, any other
//! becomes categories numbered in the order in which they are first met.
//!
//! [`OwnTable`]: super::own::OwnTable

use super::classes::LONGEST_NAME;
use super::content::{NoNumber, is_missing, parse_number};
use super::delimiter::find_delimiter;
use super::header::column_names;
use super::{
    Records, TableLimits, bad_table, empty, no_rows, row_length, text_within, too_many_columns, too_many_rows,
};
use crate::error::LabError;
use std::collections::HashMap;
use std::sync::Arc;

/// What a table for boosting may hold.
pub const MIXED_LIMITS: TableLimits = TableLimits { bytes: 50_000_000, rows: 200_000, columns: 500 };
/// A column in which so many of a hundred cells are numbers is one of numbers, and another cell in it an error.
const NUMBERS_OF_A_HUNDRED: usize = 95;
/// More categories than any that are meant: names or numbers of people.
pub const MOST_CATEGORIES: usize = 1_000;

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct MixedColumn {
    /// Name in the header.
    pub name: String,
    /// A value for each row, NaN where it is missing; of a category its number.
    pub values: Arc<[f64]>,
    /// Names of the categories; `None` in a column of numbers.
    pub categories: Option<Vec<String>>,
    /// How many values are missing.
    pub missing: usize,
    /// Whether it has more than [`MOST_CATEGORIES`]; the others are then missing.
    pub too_many_categories: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct MixedTable {
    /// Name of the file.
    pub file: String,
    /// Its columns.
    pub columns: Vec<MixedColumn>,
    /// Number of rows.
    pub rows: usize,
}

/// What the first reading finds in a column.
#[derive(Default)]
struct Reading {
    /// The numbers; NaN for what is missing or is none.
    values: Vec<f64>,
    missing: usize,
    /// Cells that are no numbers, and the first of them.
    texts: usize,
    first_text: Option<(usize, String, NoNumber)>,
}

impl MixedTable {
    /// Reads text with a header, or without one where its names are given.
    ///
    /// # Errors
    /// `bad_table` with `file`, the 1-based `row` of the file, often the `column`, and `reason`: those of
    /// [`OwnTable::read`](super::own::OwnTable::read) and `text_in_numbers`, `number_out_of_range`.
    pub fn read(
        file: &str,
        text: &[u8],
        names: Option<&[&str]>,
        limits: TableLimits,
    ) -> Result<Self, LabError> {
        let text = text_within(file, text, limits)?;
        Self::read_parted(file, text, names, find_delimiter(text), limits)
    }

    /// Reads lines without a header whose cells are known to be parted by `delimiter`.
    ///
    /// # Errors
    /// As [`MixedTable::read`].
    pub fn read_records(
        file: &str,
        text: &[u8],
        names: &[&str],
        delimiter: u8,
        limits: TableLimits,
    ) -> Result<Self, LabError> {
        let text = text_within(file, text, limits)?;
        Self::read_parted(file, text, Some(names), Some(delimiter), limits)
    }

    fn read_parted(
        file: &str,
        text: &[u8],
        names: Option<&[&str]>,
        delimiter: Option<u8>,
        limits: TableLimits,
    ) -> Result<Self, LabError> {
        let mut records = Records::new(file, text, delimiter.unwrap_or(b','));
        let (names, header_row) = match names {
            Some(names) => (names.iter().map(|name| name.to_string()).collect(), 0),
            None => header(&mut records, file, delimiter.is_some(), limits)?,
        };
        let decimal_comma = delimiter == Some(b';');
        // As many as there can be: a list that grows needs room twice.
        let lines = text.iter().filter(|byte| **byte == b'\n').count() + 1;
        let room = lines.min(limits.rows).min(text.len() / names.len().max(1) + 1);
        let mut columns: Vec<Reading> = names.iter().map(|_| Reading::with_room(room)).collect();
        let (mut rows, mut last_row) = (0, header_row);
        while let Some((row, record)) = records.read_next()? {
            if record.len() != columns.len() {
                let found = record.len();
                return Err(match records.is_unclosed() {
                    true => unclosed(file, row),
                    false => row_length(file, row, columns.len(), found),
                });
            }
            if rows == limits.rows {
                return Err(too_many_rows(file, row, limits));
            }
            for (column, cell) in columns.iter_mut().zip(record) {
                column.add(row, cell.trim(), decimal_comma);
            }
            rows += 1;
            last_row = row;
        }
        if records.is_unclosed() {
            return Err(unclosed(file, last_row));
        }
        if rows == 0 {
            return Err(no_rows(file, header_row));
        }
        let mut table = Self { file: file.into(), columns: Vec::new(), rows };
        for (index, (name, column)) in names.into_iter().zip(columns).enumerate() {
            table.columns.push(column.finish(file, index, name)?);
        }
        if table.columns.iter().any(|column| column.categories.is_some()) {
            let mut records = Records::new(file, text, delimiter.unwrap_or(b','));
            if header_row > 0 {
                records.read_next()?;
            }
            table.read_categories(&mut records)?;
        }
        Ok(table)
    }

    /// Numbers the texts of the columns that hold some.
    fn read_categories(&mut self, records: &mut Records) -> Result<(), LabError> {
        let mut numbers: Vec<HashMap<String, u32>> = self.columns.iter().map(|_| HashMap::new()).collect();
        let empty =
            |column: &MixedColumn| vec![f64::NAN; column.categories.as_ref().map_or(0, |_| self.rows)];
        let mut values: Vec<Vec<f64>> = self.columns.iter().map(empty).collect();
        let mut index = 0;
        while let Some((row, record)) = records.read_next()? {
            for (place, cell) in record.iter().map(str::trim).enumerate() {
                let column = &mut self.columns[place];
                let Some(names) = column.categories.as_mut().filter(|_| !is_missing(cell)) else { continue };
                let known = numbers[place].get(cell).copied();
                values[place][index] = match known {
                    Some(number) => f64::from(number),
                    None if names.len() >= MOST_CATEGORIES => {
                        column.too_many_categories = true;
                        f64::NAN
                    }
                    None => {
                        if cell.contains(|c: char| c.is_control()) || cell.chars().count() > LONGEST_NAME {
                            let name = &column.name;
                            let message = format!(
                                "Row {row}, column {} ({name}) of {} holds a text that is no name: it has a \
                                 control character or more than {LONGEST_NAME} characters.",
                                place + 1,
                                self.file
                            );
                            return Err(bad_table(&self.file, row, "class_name_unfit", message)
                                .with("column", place + 1)
                                .with("name", name.as_str()));
                        }
                        let number = names.len() as u32;
                        names.push(cell.into());
                        numbers[place].insert(cell.into(), number);
                        f64::from(number)
                    }
                };
            }
            index += 1;
        }
        for (column, values) in
            self.columns.iter_mut().zip(values).filter(|(column, _)| column.categories.is_some())
        {
            column.values = values.into();
        }
        Ok(())
    }

    /// Reads LibSVM's lines: a label, then `number:value` for each value that is not zero. The label becomes the column
    /// `label`, the others `f1`, `f2`, …
    ///
    /// # Errors
    /// `bad_table` with `row` and reason `not_libsvm`, `too_many_rows`, `too_many_columns`, `no_rows`.
    pub fn read_libsvm(file: &str, text: &[u8], limits: TableLimits) -> Result<Self, LabError> {
        let text = text_within(file, text, limits)?;
        let text = std::str::from_utf8(text)
            .map_err(|_| bad_table(file, 1, "not_text", format!("{file} is not UTF-8 text.")))?;
        let mut labels = Vec::new();
        let mut cells: Vec<Vec<(u32, f64)>> = Vec::new();
        let lines =
            text.lines().enumerate().map(|(index, line)| (index + 1, line.split('#').next().unwrap_or("")));
        for (row, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            if labels.len() == limits.rows {
                return Err(too_many_rows(file, row, limits));
            }
            let wrong = |word: &str| {
                let word: String = word.chars().take(40).collect();
                let message = format!("Row {row} of {file}: `{word}` is not a `number:value` of LibSVM.");
                bad_table(file, row, "not_libsvm", message).with("found", word)
            };
            let mut words = line.split_ascii_whitespace();
            let label = words.next().expect("the line is not blank");
            labels.push(parse_number(label, false).map_err(|_| wrong(label))?);
            let number = labels.len() as u32 - 1;
            for word in words {
                let (column, value) = word.split_once(':').ok_or_else(|| wrong(word))?;
                let column: usize =
                    column.parse().ok().filter(|column| *column > 0).ok_or_else(|| wrong(word))?;
                if column > limits.columns {
                    return Err(too_many_columns(file, row, column, limits));
                }
                let value = parse_number(value, false).map_err(|_| wrong(word))?;
                cells.resize(cells.len().max(column), Vec::new());
                cells[column - 1].push((number, value));
            }
        }
        if labels.is_empty() || cells.is_empty() {
            return Err(no_rows(file, 1));
        }
        let rows = labels.len();
        let dense = |cells: Vec<(u32, f64)>| {
            let mut values = vec![0.0; rows];
            cells.into_iter().for_each(|(row, value)| values[row as usize] = value);
            values
        };
        let column = |name: String, values: Vec<f64>| MixedColumn {
            name,
            values: values.into(),
            categories: None,
            missing: 0,
            too_many_categories: false,
        };
        let mut columns = vec![column("label".into(), labels)];
        let others = cells.into_iter().enumerate();
        columns.extend(others.map(|(index, cells)| column(format!("f{}", index + 1), dense(cells))));
        Ok(Self { file: file.into(), columns, rows })
    }

    /// Whether there is a column to tell, with two different values at least and none missing, and another to tell it by.
    ///
    /// # Errors
    /// `bad_table` with reason `nothing_to_tell`.
    pub fn check_learnable(&self) -> Result<(), LabError> {
        if self.columns.len() > 1 && self.rows > 1 && self.columns.iter().any(MixedColumn::can_be_told) {
            return Ok(());
        }
        let message = format!(
            "{} has nothing to tell: a column must have two different values at least and none missing, and there \
             must be another to tell it by.",
            self.file
        );
        Err(bad_table(&self.file, 1, "nothing_to_tell", message))
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&MixedColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl MixedColumn {
    /// Whether it can be a label of some kind: two different values, none missing.
    fn can_be_told(&self) -> bool {
        !self.too_many_categories
            && self.missing == 0
            && self.values.iter().any(|value| *value != self.values[0])
    }

    /// Whether every value is a whole number of few, so that the column could be categories written as numbers.
    pub fn could_be_categories(&self) -> bool {
        let mut seen = std::collections::HashSet::new();
        self.values.iter().filter(|value| !value.is_nan()).all(|value| {
            seen.insert(value.to_bits());
            value.fract() == 0.0 && *value >= 0.0 && *value < 1e9 && seen.len() <= MOST_CATEGORIES
        })
    }

    /// The text of a value as it stood in the file.
    pub fn text(&self, value: f64) -> String {
        match &self.categories {
            _ if value.is_nan() => String::new(),
            Some(names) => names.get(value as usize).cloned().unwrap_or_default(),
            None => value.to_string(),
        }
    }
}

/// Goes through the rows of a text with a header, and hands on of each the cells of the columns named, in their order.
///
/// # Errors
/// `bad_table` as [`MixedTable::read`], and with reason `missing_column` where one is not there.
pub fn rows_by_name(
    file: &str,
    text: &[u8],
    names: &[&str],
    limits: TableLimits,
    mut each: impl FnMut(&[&str]),
) -> Result<(), LabError> {
    let text = text_within(file, text, limits)?;
    let delimiter = find_delimiter(text);
    let mut records = Records::new(file, text, delimiter.unwrap_or(b','));
    let (header, header_row) = header(&mut records, file, delimiter.is_some(), limits)?;
    let place = |name: &&str| {
        header.iter().position(|other| other == name).ok_or_else(|| {
            let message = format!("{file} has no column `{name}`: its first line must name it.");
            bad_table(file, header_row, "missing_column", message).with("name", *name)
        })
    };
    let places: Vec<usize> = names.iter().map(place).collect::<Result<_, _>>()?;
    let mut rows = 0;
    while let Some((row, record)) = records.read_next()? {
        if record.len() != header.len() {
            return Err(row_length(file, row, header.len(), record.len()));
        }
        if rows == limits.rows {
            return Err(too_many_rows(file, row, limits));
        }
        let cells: Vec<&str> = places.iter().map(|place| record[*place].trim()).collect();
        each(&cells);
        rows += 1;
    }
    if records.is_unclosed() {
        return Err(unclosed(file, header_row + rows));
    }
    if rows == 0 { Err(no_rows(file, header_row)) } else { Ok(()) }
}

/// The names in the first record, and its row.
fn header(
    records: &mut Records,
    file: &str,
    is_parted: bool,
    limits: TableLimits,
) -> Result<(Vec<String>, usize), LabError> {
    let Some((row, header)) = records.read_next()? else { return Err(empty(file)) };
    let header = header.clone();
    if records.is_unclosed() {
        return Err(unclosed(file, row));
    }
    if !is_parted {
        let message = format!(
            "Row {row} of {file} has one column only: part the columns by commas, semicolons or tabs."
        );
        return Err(bad_table(file, row, "no_delimiter", message));
    }
    if header.len() > limits.columns {
        return Err(too_many_columns(file, row, header.len(), limits));
    }
    Ok((column_names(file, row, &header)?, row))
}

fn unclosed(file: &str, row: usize) -> LabError {
    let message = format!("Row {row} of {file} opens a quote that is never closed: close or remove it.");
    bad_table(file, row, "unclosed_quote", message)
}

impl Reading {
    fn with_room(rows: usize) -> Self {
        Self { values: Vec::with_capacity(rows), ..Self::default() }
    }

    fn add(&mut self, row: usize, cell: &str, decimal_comma: bool) {
        let value = if is_missing(cell) {
            self.missing += 1;
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
    /// `text_in_numbers` where nearly all cells are numbers, and `number_out_of_range`.
    fn finish(self, file: &str, index: usize, name: String) -> Result<MixedColumn, LabError> {
        let filled = self.values.len() - self.missing;
        let numbers = filled - self.texts;
        if let Some((row, found, reason)) =
            self.first_text.filter(|_| numbers * 100 >= NUMBERS_OF_A_HUNDRED * filled)
        {
            let (reason, problem) = match reason {
                NoNumber::Text => {
                    ("text_in_numbers", "stands among numbers: write a number, or leave it empty")
                }
                NoNumber::OutOfRange => ("number_out_of_range", "is too large a number"),
            };
            let message = format!("Row {row}, column {} ({name}) of {file}: `{found}` {problem}.", index + 1);
            let error = bad_table(file, row, reason, message);
            return Err(error.with("column", index + 1).with("name", name).with("found", found));
        }
        // A column without any value holds no texts either.
        let categories = (self.texts > 0).then(Vec::new);
        let missing = self.missing;
        // Those of categories are read a second time.
        let values = if categories.is_some() { Vec::new() } else { self.values };
        Ok(MixedColumn { name, values: values.into(), categories, missing, too_many_categories: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<MixedTable, LabError> {
        MixedTable::read("people.csv", text.as_bytes(), None, MIXED_LIMITS)
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
    fn lines_of_libsvm_are_a_table() {
        let table = MixedTable::read_libsvm("a.svm", b"1 1:0.5 3:2\n0 2:1 # note\n\n", MIXED_LIMITS).unwrap();
        let values: Vec<_> = table.columns.iter().map(|column| column.values.to_vec()).collect();
        assert_eq!(values, [[1.0, 0.0], [0.5, 0.0], [0.0, 1.0], [2.0, 0.0]]);
        for bad in ["1 x", "1 0:2", "1 1:y", "x 1:2", "1 900:1"] {
            assert!(MixedTable::read_libsvm("a.svm", bad.as_bytes(), MIXED_LIMITS).is_err(), "{bad}");
        }
    }
}
