//! What stands in a cell: a number as people write it, nothing, or else a text.

use serde::Serialize;
use std::borrow::Cow;

/// The sign before the fraction of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `1234.5`
    Point,
    /// `1234,5`
    Comma,
}

impl DecimalSign {
    /// As it is written.
    pub fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberForm {
    pub(super) decimal: DecimalSign,
    /// Whether the other sign stands between thousands where it could also stand before a fraction: `1.234`.
    pub(super) thousands: bool,
}

/// Why a cell is no number the lab can compute with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NoNumber {
    Text,
    /// A number whose amount is too large for a float of 32 bits.
    OutOfRange,
}

/// What a point or a comma means by the digits around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Absent,
    /// It stands before a fraction.
    Fraction,
    /// Three digits follow: before a fraction, or between thousands.
    Either,
    /// It stands between thousands.
    Thousands,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) point: Sign,
    pub(super) comma: Sign,
    /// Whether a currency or a percent sign stands beside it.
    pub(super) marked: bool,
}

/// Longer cells are no numbers.
const LONGEST_NUMBER: usize = 48;

/// How the number in a cell is written; `None` where it is none.
pub(super) fn shape_of(cell: &str) -> Option<Shape> {
    let (text, marked) = tidy(cell);
    let (point, comma) = signs(&text)?;
    Some(Shape { point, comma, marked })
}

/// The number in a cell, finite as a float of 32 bits.
pub(super) fn parse_number(cell: &str, form: NumberForm) -> Result<f64, NoNumber> {
    let (text, _) = tidy(cell);
    let (point, comma) = signs(&text).ok_or(NoNumber::Text)?;
    let is_fraction = |sign, decimal| match sign {
        Sign::Absent | Sign::Thousands => false,
        Sign::Fraction => true,
        Sign::Either => form.decimal == decimal || !form.thousands,
    };
    let by_point = is_fraction(point, DecimalSign::Point);
    let by_comma = is_fraction(comma, DecimalSign::Comma);
    let plain = match (by_point || point == Sign::Absent, comma) {
        (true, Sign::Absent) => text,
        _ => text
            .chars()
            .filter_map(|c| match c {
                '.' => by_point.then_some('.'),
                ',' => by_comma.then_some('.'),
                other => Some(other),
            })
            .collect(),
    };
    match plain.parse::<f64>() {
        Ok(value) if !(value as f32).is_finite() => Err(NoNumber::OutOfRange),
        Ok(value) => Ok(value),
        Err(_) => Err(NoNumber::Text),
    }
}

/// Whether a cell says that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    cell.is_empty() || is_missing_word(cell)
}

/// Whether a cell is one of the words for no value.
pub(super) fn is_missing_word(cell: &str) -> bool {
    ["NA", "N/A", "NaN", "null", "?"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A number without what people write around and into it: currency and percent signs, blanks and apostrophes between
/// thousands, brackets for a negative amount, other minus signs, full-width digits. Whether it had such a sign beside
/// it. Any other text stays as it is.
fn tidy(cell: &str) -> (Cow<'_, str>, bool) {
    let is_plain =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+' | b'e' | b'E');
    if cell.len() > LONGEST_NUMBER || cell.bytes().all(is_plain) {
        return (cell.into(), false);
    }
    let bracketed = cell.strip_prefix('(').and_then(|cell| cell.strip_suffix(')'));
    let mut text = String::from(if bracketed.is_some() { "-" } else { "" });
    let (mut marked, mut begun, mut ended) = (false, false, false);
    for sign in bracketed.unwrap_or(cell).chars() {
        let sign = match sign {
            '０'..='９' => char::from_digit(u32::from(sign) - 0xff10, 10).unwrap_or(sign),
            '−' | '－' => '-',
            '．' => '.',
            '，' => ',',
            '\'' | '’' => ' ',
            sign if sign.is_whitespace() => ' ',
            sign => sign,
        };
        match sign {
            '$' | '€' | '£' | '¥' | '￥' | '元' | '%' | '％' => (marked, ended) = (true, begun),
            ' ' if !begun || ended => {}
            _ if ended => return (cell.into(), false),
            _ => {
                begun |= sign.is_ascii_digit();
                text.push(sign);
            }
        }
    }
    let trimmed = text.trim_end();
    if !begun || (trimmed.contains(' ') && !is_grouped(trimmed.split(['.', ',']).next().unwrap_or(""), ' ')) {
        return (cell.into(), false);
    }
    (trimmed.replace(' ', "").into(), marked)
}

/// What point and comma mean in a number; `None` where the text is no number.
fn signs(text: &str) -> Option<(Sign, Sign)> {
    let mantissa_end = text.find(['e', 'E']).unwrap_or(text.len());
    let (mantissa, exponent) = text.split_at(mantissa_end);
    let exponent = exponent.get(1..).map(|digits| digits.strip_prefix(['-', '+']).unwrap_or(digits));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let is_number = unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && unsigned.bytes().any(|byte| byte.is_ascii_digit())
        && exponent.is_none_or(are_digits);
    if !is_number {
        return None;
    }
    let count = |sign: char| unsigned.matches(sign).count();
    match (count('.'), count(',')) {
        (0, 0) => Some((Sign::Absent, Sign::Absent)),
        (points, 0) => Some((alone(unsigned, '.', points)?, Sign::Absent)),
        (0, commas) => Some((Sign::Absent, alone(unsigned, ',', commas)?)),
        (1, _) if unsigned.rfind('.') > unsigned.rfind(',') => {
            is_grouped(unsigned.split('.').next()?, ',').then_some((Sign::Fraction, Sign::Thousands))
        }
        (_, 1) => is_grouped(unsigned.split(',').next()?, '.').then_some((Sign::Thousands, Sign::Fraction)),
        _ => None,
    }
}

/// What a sign means where the other does not occur.
fn alone(unsigned: &str, sign: char, count: usize) -> Option<Sign> {
    let grouped = is_grouped(unsigned, sign);
    match count {
        1 if grouped && !unsigned.starts_with('0') => Some(Sign::Either),
        1 => Some(Sign::Fraction),
        _ => grouped.then_some(Sign::Thousands),
    }
}

/// Whether a sign stands before each three digits: `1.234.567`.
fn is_grouped(whole: &str, sign: char) -> bool {
    let mut groups = whole.strip_prefix(['-', '+']).unwrap_or(whole).split(sign);
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len())
        && are_digits(first)
        && groups.all(|group| group.len() == 3 && are_digits(group))
}

#[cfg(test)]
mod tests {
    use super::DecimalSign::{Comma, Point};
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (cell, decimal, thousands, expected) in [
            ("1.5", Point, false, Ok(1.5)),
            ("-2e3", Point, false, Ok(-2000.0)),
            ("+.5", Point, false, Ok(0.5)),
            ("1.2E-3", Point, true, Ok(0.0012)),
            ("1,5", Comma, false, Ok(1.5)),
            ("1,5", Point, false, Ok(1.5)),
            ("1.234,5", Comma, true, Ok(1234.5)),
            ("1.234,5", Point, false, Ok(1234.5)),
            ("1,234.5", Comma, false, Ok(1234.5)),
            ("-1.234.567", Comma, true, Ok(-1_234_567.0)),
            ("1,234,567", Point, true, Ok(1_234_567.0)),
            ("12.345", Comma, true, Ok(12345.0)),
            ("12.345", Point, true, Ok(12.345)),
            ("12,345", Point, true, Ok(12345.0)),
            ("0.345", Comma, true, Ok(0.345)),
            ("1 234,5", Comma, false, Ok(1234.5)),
            ("1\u{a0}234\u{202f}567", Point, false, Ok(1_234_567.0)),
            ("1'234.5", Point, false, Ok(1234.5)),
            ("$58.37", Point, false, Ok(58.37)),
            ("-$1,058.37", Point, true, Ok(-1058.37)),
            ("58,37 €", Comma, false, Ok(58.37)),
            ("28%", Point, false, Ok(28.0)),
            ("28 ％", Point, false, Ok(28.0)),
            ("(1,200)", Point, true, Ok(-1200.0)),
            ("−3.5", Point, false, Ok(-3.5)),
            ("１２．５", Point, false, Ok(12.5)),
            ("1 23", Point, false, Err(NoNumber::Text)),
            ("12 34 56", Point, false, Err(NoNumber::Text)),
            ("1.2.3", Point, true, Err(NoNumber::Text)),
            ("1,2.3", Point, true, Err(NoNumber::Text)),
            ("10.0.0.1", Comma, true, Err(NoNumber::Text)),
            ("12 cm", Point, false, Err(NoNumber::Text)),
            ("5 % 3", Point, false, Err(NoNumber::Text)),
            ("$", Point, false, Err(NoNumber::Text)),
            ("-", Point, false, Err(NoNumber::Text)),
            ("e5", Point, false, Err(NoNumber::Text)),
            ("1e", Point, false, Err(NoNumber::Text)),
            ("inf", Point, false, Err(NoNumber::Text)),
            ("-nan", Point, false, Err(NoNumber::Text)),
            ("1e39", Point, false, Err(NoNumber::OutOfRange)),
        ] {
            assert_eq!(parse_number(cell, NumberForm { decimal, thousands }), expected, "{cell}");
        }
    }

    #[test]
    fn what_can_be_meant_in_two_ways_is_known() {
        let signs = |cell| shape_of(cell).map(|shape| (shape.point, shape.comma));
        assert_eq!(signs("12.345"), Some((Sign::Either, Sign::Absent)));
        assert_eq!(signs("0.345"), Some((Sign::Fraction, Sign::Absent)));
        assert_eq!(signs("1234.567"), Some((Sign::Fraction, Sign::Absent)));
        assert_eq!(signs("1,234,567"), Some((Sign::Absent, Sign::Thousands)));
        assert_eq!(signs("1.234,5"), Some((Sign::Thousands, Sign::Fraction)));
        assert!(shape_of("$5").is_some_and(|shape| shape.marked));
        assert_eq!(signs("k.A."), None);
    }

    #[test]
    fn missing_values_are_known_by_the_usual_words() {
        assert!(["", "NA", "n/a", "nan", "NULL", "?"].into_iter().all(is_missing));
        assert!(!["0", "none", "??", "nano"].into_iter().any(is_missing));
    }
}
