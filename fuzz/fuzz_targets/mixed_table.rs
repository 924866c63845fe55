//! Tables of the reader's own: refused with row and reason, or whole.

#![no_main]

use emberbook::data::table::mixed::{MIXED_LIMITS, MixedTable};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for result in [
        MixedTable::read("own.csv", bytes, None, MIXED_LIMITS),
        MixedTable::read_libsvm("own.svm", bytes, MIXED_LIMITS),
    ] {
        match result {
            Err(error) => assert!(error.details.contains_key("row"), "{error}"),
            Ok(table) => assert!(table.columns.iter().all(|column| column.values.len() == table.rows)),
        }
    }
});
