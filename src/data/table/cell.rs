//! What stands in a cell: a number, nothing, or else a text.

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
