//! Tables that programs read, as CSV.

use csv::Writer;

/// A table of named columns.
pub(in crate::lessons) fn csv_of<const N: usize>(
    names: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(names).expect("memory takes all that is written");
    rows.for_each(|row| writer.write_record(row).expect("memory takes all that is written"));
    let bytes = writer.into_inner().expect("memory takes all that is written");
    String::from_utf8(bytes).expect("what was text stays text")
}
