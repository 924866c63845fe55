//! What stands in a column: numbers, or text with its distinct values.

use super::classes::{Classes, LONGEST_NAME, NoClasses};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

/// Above this a float of 64 bits cannot tell a whole number from its neighbours: 2⁵³.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Why a cell is no number the lab can compute with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NoNumber {
    Text,
    /// A number whose amount is too large for a float of 32 bits.
    OutOfRange,
}

/// The number in a cell, finite as a float of 32 bits.
pub(super) fn parse_number(cell: &str, decimal_comma: bool) -> Result<f64, NoNumber> {
    let parsed = if decimal_comma && cell.matches(',').count() == 1 && !cell.contains('.') {
        cell.replace(',', ".").parse()
    } else {
        cell.parse()
    };
    match parsed {
        Ok(value) if f64::is_nan(value) => Err(NoNumber::Text),
        Ok(value) if !(value as f32).is_finite() => Err(NoNumber::OutOfRange),
        Ok(value) => Ok(value),
        Err(_) => Err(NoNumber::Text),
    }
}

/// Whether a cell says that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    cell.is_empty() || ["NA", "N/A", "NaN", "null", "?"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A column of numbers.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    pub(super) values: Vec<f32>,
    pub(super) min: f64,
    pub(super) max: f64,
    sum: f64,
    /// The whole numbers in it, if they can be classes.
    pub(super) classes: Result<Classes<f64>, NoClasses>,
}

impl Numbers {
    pub(super) fn new() -> Self {
        let (min, max) = (f64::INFINITY, f64::NEG_INFINITY);
        Self { values: Vec::new(), min, max, sum: 0.0, classes: Ok(Classes::new()) }
    }

    pub(super) fn add(&mut self, row: usize, value: f64) {
        self.values.push(value as f32);
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        self.sum += value;
        if let Ok(classes) = &mut self.classes {
            let added = if value.fract() != 0.0 || value.abs() > LARGEST_WHOLE {
                Err(NoClasses::NotWhole(row))
            } else {
                // Minus zero is written as zero.
                classes.add(row, |other| *other == value, || value + 0.0)
            };
            if let Err(reason) = added {
                self.classes = Err(reason);
            }
        }
    }

    pub(super) fn mean(&self) -> f64 {
        self.sum / self.values.len() as f64
    }
}

/// A column of text.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    /// Hashes of the distinct values; the values themselves are kept only where they can be classes.
    distinct: HashSet<u64>,
    pub(super) classes: Result<Classes<String>, NoClasses>,
    /// The first row whose cell is no number, and why; `None` when the column holds nothing at all.
    pub(super) no_number: Option<(usize, NoNumber)>,
}

impl Texts {
    pub(super) fn new(no_number: Option<(usize, NoNumber)>) -> Self {
        Self { distinct: HashSet::new(), classes: Ok(Classes::new()), no_number }
    }

    /// Takes in a cell; false when it holds a control character other than a tab or a line end.
    pub(super) fn add(&mut self, row: usize, cell: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        hasher.write(cell.as_bytes());
        let is_new = self.distinct.insert(hasher.finish());
        if is_new && cell.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
            return false;
        }
        if let Ok(classes) = &mut self.classes {
            let added = if is_new && (cell.chars().count() > LONGEST_NAME || cell.contains(char::is_control))
            {
                Err(NoClasses::NotAName(row))
            } else {
                classes.add(row, |other| other == cell, || cell.to_string())
            };
            if let Err(reason) = added {
                self.classes = Err(reason);
            }
        }
        true
    }

    pub(super) fn distinct(&self) -> usize {
        self.distinct.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_floats_with_a_point_or_where_allowed_a_comma() {
        for (cell, comma, expected) in [
            ("1.5", false, Ok(1.5)),
            ("-2e3", false, Ok(-2000.0)),
            ("+.5", false, Ok(0.5)),
            ("1,5", true, Ok(1.5)),
            ("1,5", false, Err(NoNumber::Text)),
            ("1.234,5", true, Err(NoNumber::Text)),
            ("1,234,567", true, Err(NoNumber::Text)),
            ("12 cm", false, Err(NoNumber::Text)),
            ("-nan", false, Err(NoNumber::Text)),
            ("1e39", false, Err(NoNumber::OutOfRange)),
        ] {
            assert_eq!(parse_number(cell, comma), expected, "{cell}");
        }
    }

    #[test]
    fn missing_values_are_known_by_the_usual_words() {
        assert!(["", "NA", "n/a", "nan", "NULL", "?"].into_iter().all(is_missing));
        assert!(!["0", "none", "??", "nano"].into_iter().any(is_missing));
    }
}
