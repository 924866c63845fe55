//! Detects the delimiter of a table.

use super::records::Records;

/// The delimiters tried; of two that fit equally well the earlier is taken.
const CANDIDATES: [u8; 4] = *b",;\t|";

/// Records that are looked at, the header among them.
const SAMPLE: usize = 20;

/// The delimiter under which the largest share of the first records has as many fields as the header, which must
/// have two at least; of equal shares the one with more columns. `None` when no candidate separates the header.
pub(super) fn find_delimiter(text: &[u8]) -> Option<u8> {
    let mut best: Option<(Fit, u8)> = None;
    for delimiter in CANDIDATES {
        let fit = fit_of(Records::new("", text, delimiter));
        if fit.columns > 1 && best.is_none_or(|(other, _)| fit > other) {
            best = Some((fit, delimiter));
        }
    }
    best.map(|(_, delimiter)| delimiter)
}

/// How well a delimiter fits, the weightier measure first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    agreeing_per_mille: usize,
    columns: usize,
}

fn fit_of(mut records: Records) -> Fit {
    let mut lengths = Vec::with_capacity(SAMPLE);
    // What cannot be read is told when the table is read with the delimiter found, which gives it its column.
    while let Ok(Some((_, record))) = records.read_next() {
        lengths.push(record.len());
        if lengths.len() == SAMPLE {
            break;
        }
    }
    let columns = lengths.first().copied().unwrap_or(0);
    let agreeing = lengths.iter().filter(|length| **length == columns).count();
    Fit { agreeing_per_mille: agreeing * 1000 / lengths.len().max(1), columns }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_separates_header_and_rows_alike() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", Some(b',')),
            ("a;b\n1,5;2,5\n", Some(b';')),
            ("a\tb\n1,5\t2\n", Some(b'\t')),
            ("\"a;b;c\",d\n1,2\n", Some(b',')),
            ("size, in cm;kind;note\n1;x;\"a, b\"\n2;y;c\n", Some(b';')),
            ("a b\n1 2\n", None),
            ("", None),
        ] {
            assert_eq!(find_delimiter(text.as_bytes()), delimiter, "{text}");
        }
    }
}
