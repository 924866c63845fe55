//! LibSVM's sparse lines: a label, then `number:value` for each value that is not zero.

use super::cell::{DecimalSign, NumberForm, parse_number};
use super::errors::{bad_table, no_rows, too_many_columns, too_many_rows};
use super::lines::Lines;
use super::reading::Found;
use super::{TableLimits, TypedColumn, TypedTable};
use crate::error::LabError;

/// How its numbers are written.
const FORM: NumberForm = NumberForm { decimal: DecimalSign::Point, thousands: false };

/// Reads the lines. The label becomes the column `label`, the others `f1`, `f2`, …
///
/// # Errors
/// `bad_table` with `row` and reason `not_text`, `not_libsvm`, `too_many_rows`, `too_many_columns`, `no_rows`.
pub(super) fn read(file: &str, text: &[u8], limits: TableLimits) -> Result<TypedTable, LabError> {
    let text = std::str::from_utf8(text)
        .map_err(|_| bad_table(file, 1, "not_text", format!("{file} is not UTF-8 text.")))?;
    let mut labels = Vec::new();
    let mut lines = Lines::from_header(0);
    let mut cells: Vec<Vec<(u32, f64)>> = Vec::new();
    let all = text.lines().enumerate().map(|(index, line)| (index + 1, line.split('#').next().unwrap_or("")));
    for (row, line) in all.filter(|(_, line)| !line.trim().is_empty()) {
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
        lines.push(labels.len(), row);
        labels.push(parse_number(label, FORM).map_err(|_| wrong(label))?);
        let number = labels.len() as u32 - 1;
        for word in words {
            let (column, value) = word.split_once(':').ok_or_else(|| wrong(word))?;
            let column: usize =
                column.parse().ok().filter(|column| *column > 0).ok_or_else(|| wrong(word))?;
            if column > limits.columns {
                return Err(too_many_columns(file, row, column, limits));
            }
            let value = parse_number(value, FORM).map_err(|_| wrong(word))?;
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
    let mut columns = vec![TypedColumn::numbers("label".into(), labels)];
    let others = cells.into_iter().enumerate();
    let column = |(index, cells)| TypedColumn::numbers(format!("f{}", index + 1), dense(cells));
    columns.extend(others.map(column));
    Ok(TypedTable { file: file.into(), columns, rows, lines, found: Found::made() })
}

#[cfg(test)]
mod tests {
    use super::super::TableRules;
    use super::*;

    const LIMITS: TableLimits = TableLimits { bytes: 1_000, rows: 10, columns: 500 };
    const RULES: TableRules = TableRules { limits: LIMITS, libsvm: true };

    #[test]
    fn lines_of_libsvm_are_a_table() {
        let table = TypedTable::read("a.SVM", b"1 1:0.5 3:2\n0 2:1 # note\n\n", &RULES).unwrap();
        let values: Vec<_> = table.columns.iter().map(|column| column.values.to_vec()).collect();
        assert_eq!(values, [[1.0, 0.0], [0.5, 0.0], [0.0, 1.0], [2.0, 0.0]]);
        for bad in ["1 x", "1 0:2", "1 1:y", "x 1:2", "1 900:1"] {
            assert!(TypedTable::read("a.svm", bad.as_bytes(), &RULES).is_err(), "{bad}");
        }
    }
}
