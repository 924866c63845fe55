//! What holds for every table: numbers and dates as people write them, cells of any text, files of any bytes.

use super::cell::{DecimalSign, NumberForm, parse_number, shape_of};
use super::date::date_in;
use super::{Kind, TableLimits, TableReading, TableRules, TypedTable};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const LIMITS: TableLimits = TableLimits { bytes: 100_000, rows: 1_000, columns: 50 };
const RULES: TableRules = TableRules { limits: LIMITS, libsvm: true };

/// Groups of three digits with a sign between them.
fn grouped(whole: &str, sign: &str) -> String {
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push_str(sign);
        }
        text.push(digit);
    }
    text
}

/// Year, month and day of a number of days since 1970 (H. Hinnant, civil_from_days).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let place = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * place + 2) / 5 + 1, if place < 10 { place + 3 } else { place - 9 });
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Texts that are neither numbers, dates nor words for no value, some with what a reader of tables could stumble over.
fn text() -> impl Strategy<Value = String> {
    "w[a-z张é]{0,4}([ ,;|\"':/-][a-z张,;\" ]{0,4}[a-z])?"
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn written(header: &[String], rows: &[Vec<String>], delimiter: char) -> String {
    let line = |cells: &[String]| {
        cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(&delimiter.to_string()) + "\n"
    };
    line(header) + &rows.iter().map(|row| line(row)).collect::<String>()
}

fn texts_of(table: &TypedTable) -> Vec<Vec<String>> {
    let cell = |row: usize| table.columns.iter().map(|column| column.text(column.values[row])).collect();
    (0..table.rows).map(cell).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn a_number_is_read_however_it_is_written(
        whole in 0_u32..2_000_000_000,
        fraction in "[0-9]{0,6}",
        comma: bool,
        between in prop::sample::select(vec!["", "other", " ", "'", "’", "\u{a0}", "\u{202f}"]),
        around in prop::sample::select(vec![
            ("", ""), ("$", ""), ("€ ", ""), ("", "%"), ("", " €"), ("-", ""), ("−", ""), ("-$", ""), ("(", ")"), ("(£", ")"),
        ]),
    ) {
        let (decimal, other) = if comma { (DecimalSign::Comma, ".") } else { (DecimalSign::Point, ",") };
        let between = if between == "other" { other } else { between };
        let mut text = grouped(&whole.to_string(), between);
        if !fraction.is_empty() {
            text.push(decimal.sign());
            text.push_str(&fraction);
        }
        let cell = format!("{}{text}{}", around.0, around.1);
        let sign = if around.0.starts_with(['-', '−', '(']) { -1.0 } else { 1.0 };
        let expected: f64 = format!("{whole}.{fraction}0").parse().unwrap();
        prop_assert_eq!(parse_number(&cell, NumberForm { decimal, thousands: true }), Ok(sign * expected), "{}", cell);
        prop_assert!(shape_of(&cell).is_some());
    }

    #[test]
    fn a_day_is_read_however_it_is_written(days in -354_285_i64..376_200, way in 0..6, seconds in 0_u32..86_400) {
        let (year, month, day) = civil(days);
        let (cell, day_first) = match way {
            0 => (format!("{year}-{month:02}-{day:02}"), false),
            1 => (format!("{year}/{month}/{day}"), true),
            2 => (format!("{day:02}.{month:02}.{year}"), true),
            3 => (format!("{month}/{day}/{year}"), false),
            4 => (format!("{year}年{month}月{day}日"), false),
            _ => (format!("{day}-{month}-{year}"), true),
        };
        prop_assert_eq!(date_in(&cell).map(|date| date.days(day_first)), Some(days as f64), "{}", cell);
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let timed = format!("{year}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{rest:02}Z");
        let expected = days as f64 + f64::from(seconds) / 86_400.0;
        prop_assert_eq!(date_in(&timed).map(|date| date.days(false)), Some(expected), "{}", timed);
    }

    #[test]
    fn any_cell_is_a_finite_number_or_none(cell in any::<String>(), nearly in "[-+(]?[$€]?[0-9., '’eE:/年月日T%)]{0,14}") {
        for cell in [cell, nearly] {
            for (decimal, thousands) in [(DecimalSign::Point, false), (DecimalSign::Comma, true)] {
                let number = parse_number(&cell, NumberForm { decimal, thousands });
                prop_assert!(number.is_err() || number.is_ok_and(f64::is_finite));
                prop_assert_eq!(shape_of(&cell).is_none(), number == Err(super::cell::NoNumber::Text));
            }
            if let Some(date) = date_in(&cell) {
                prop_assert!(date.days(true).is_finite() || date.days(false).is_finite(), "{}", cell);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// Cells that are written with quotes are read as they were, and read again from what was read.
    #[test]
    fn a_table_that_is_written_is_read_again(
        rows in prop::collection::vec(prop::collection::vec(text(), 3), 1..12),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
    ) {
        let header = ["one, two", "drei; vier", "五|\"六\""].map(String::from);
        let kinds = header.iter().map(|name| (name.clone(), Kind::Category)).collect();
        let reading = TableReading { delimiter: Some(delimiter), header: Some(true), kinds, ..TableReading::default() };
        let read = |text: &str| TypedTable::read_as("drawn.csv", text.as_bytes(), &RULES, &reading);
        let table = read(&written(&header, &rows, delimiter)).unwrap();
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        prop_assert_eq!(names, header.each_ref().map(String::as_str));
        let told = texts_of(&table);
        prop_assert_eq!(&told, &rows);
        let again = read(&written(&header, &told, delimiter)).unwrap();
        prop_assert_eq!(texts_of(&again), told);
    }

    /// Any bytes, and any bytes below a header: refused with the row, or columns of one length.
    #[test]
    fn any_file_is_refused_or_read(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        text in "([-0-9a-zA-Z.,;:|\"'\t %$=()#]{0,12}[,;\t\n]){0,40}",
    ) {
        let below = ["a,b\n".as_bytes(), &bytes].concat();
        for (file, given) in [("own.csv", &bytes[..]), ("own.csv", &below), ("own.csv", text.as_bytes()), ("own.svm", text.as_bytes())] {
            match TypedTable::read(file, given, &RULES) {
                Err(error) => {
                    prop_assert_eq!(&*error.code, "bad_table");
                    prop_assert!(error.details.contains_key("row"), "{}", error);
                }
                Ok(table) => prop_assert!(table.columns.iter().all(|column| column.values.len() == table.rows)),
            }
        }
    }
}
