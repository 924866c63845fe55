//! Tables of the reader's own: refused with row and reason, or whole.

#![no_main]

use emberbook::data::table::TableReading;
use emberbook::lessons::{Own, find};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for (lesson, file) in [("boosting", "own.csv"), ("boosting", "own.svm"), ("iris", "own.csv")] {
        match find(lesson).unwrap().accepts.read_table(file, bytes, &TableReading::default()) {
            Err(error) => assert!(error.details.contains_key("row"), "{error}"),
            Ok(Own::Table(table)) => {
                assert!(table.columns.iter().all(|column| column.values.len() == table.rows));
            }
            Ok(Own::Pictures(_)) => unreachable!("a table was read"),
        }
    }
});
