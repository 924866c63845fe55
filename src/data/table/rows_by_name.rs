//! Some columns of a text row by row, without a table being made of it.

use super::TableLimits;
use super::delimiter::find_delimiter;
use super::errors::{bad_table, no_rows, row_length, too_many_rows, unclosed_quote};
use super::header::{column_names, read_header};
use super::records::{Records, text_within};
use crate::data::unseen::trimmed;
use crate::error::LabError;

/// Says which columns are wanted, by the line of the header and the names in it.
pub type ChooseColumns<'a> = dyn Fn(usize, &[String]) -> Result<Vec<usize>, LabError> + 'a;
/// Takes a row: its line, and its cells in the columns wanted.
pub type EachRow<'a> = dyn FnMut(usize, &[&str]) -> Result<(), LabError> + 'a;

/// Goes through the rows of a text with a header, and hands on of each the cells of the columns named, in their order.
///
/// # Errors
/// `bad_table` as [`TypedTable::read`](super::TypedTable::read), and with reason `missing_column` where one is not there.
pub fn rows_by_name(
    file: &str,
    text: &[u8],
    names: &[&str],
    limits: TableLimits,
    mut each: impl FnMut(&[&str]),
) -> Result<(), LabError> {
    let choose = |row: usize, header: &[String]| {
        let place = |name: &&str| {
            header.iter().position(|other| other == name).ok_or_else(|| {
                let message = format!("{file} has no column `{name}`: its first line must name it.");
                bad_table(file, row, "missing_column", message).with("name", *name)
            })
        };
        names.iter().map(place).collect()
    };
    rows_of(file, text, limits, &choose, &mut |_, cells| {
        each(cells);
        Ok(())
    })
}

/// Goes through the rows of a text with a header.
///
/// # Errors
/// What `choose` and `each` refuse; `bad_table` as [`TypedTable::read`](super::TypedTable::read).
pub fn rows_of(
    file: &str,
    text: &[u8],
    limits: TableLimits,
    choose: &ChooseColumns,
    each: &mut EachRow,
) -> Result<(), LabError> {
    let (mut records, header_row, header) = begin(file, text, limits)?;
    let places = choose(header_row, &header)?;
    let mut rows = 0;
    while let Some((row, record)) = records.read_next()? {
        if record.len() != header.len() {
            return Err(row_length(file, row, header.len(), record.len()));
        }
        if rows == limits.rows {
            return Err(too_many_rows(file, row, limits));
        }
        let cells: Vec<&str> = places.iter().map(|place| trimmed(&record[*place])).collect();
        each(row, &cells)?;
        rows += 1;
    }
    if records.is_unclosed() {
        return Err(unclosed_quote(file, header_row + rows));
    }
    if rows == 0 { Err(no_rows(file, header_row)) } else { Ok(()) }
}

/// The names of the columns of a text with a header.
///
/// # Errors
/// `bad_table` as [`TypedTable::read`](super::TypedTable::read).
pub fn header_of(file: &str, text: &[u8], limits: TableLimits) -> Result<Vec<String>, LabError> {
    Ok(begin(file, text, limits)?.2)
}

/// What follows the header, the line of the header, and the names in it.
fn begin<'text>(
    file: &'text str,
    text: &'text [u8],
    limits: TableLimits,
) -> Result<(Records<'text>, usize, Vec<String>), LabError> {
    let text = text_within(file, text, limits)?;
    let delimiter = find_delimiter(text);
    let mut records = Records::new(file, text, delimiter.unwrap_or(b','));
    let (row, header) = read_header(&mut records, file, delimiter.is_some(), limits)?;
    let header: Vec<String> = header.iter().map(|name| trimmed(name).into()).collect();
    let header = column_names(file, row, &header)?;
    Ok((records, row, header))
}
