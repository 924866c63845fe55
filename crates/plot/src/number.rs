//! Numbers as a reader writes them: `0.001`, `1,200`, `−3`; powers of ten only where zeros cannot be counted.

/// `value` with a fixed number of decimals and a comma between thousands.
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut grouped = String::with_capacity(text.len() + 4);
    // A value that rounds to zero carries no sign.
    if value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        grouped.push('\u{2212}');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// `value` rounded to `digits` significant digits, without trailing zeros.
pub fn rounded(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let magnitude = value.abs().log10().floor() as i32;
    if !(-6..9).contains(&magnitude) {
        return scientific(value, digits);
    }
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// How many decimals show a step (0.05 needs two), at most twelve.
pub fn decimals_of(step: f64) -> usize {
    (0..12)
        .find(|d| {
            let scaled = step * 10f64.powi(*d);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1e-300) && scaled.round() != 0.0
        })
        .unwrap_or(12) as usize
}

/// `value` as a factor and a power of ten: `2×10⁻⁸`, `10¹²`.
fn scientific(value: f64, digits: usize) -> String {
    let text = format!("{:.*e}", digits.saturating_sub(1), value.abs());
    let (factor, exponent) = text.split_once('e').unwrap_or((text.as_str(), "0"));
    let factor =
        if factor.contains('.') { factor.trim_end_matches('0').trim_end_matches('.') } else { factor };
    let raised: String = exponent
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '0'..='9' => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][(c as u8 - b'0') as usize],
            other => other,
        })
        .collect();
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    if factor == "1" { format!("{sign}10{raised}") } else { format!("{sign}{factor}×10{raised}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_minus_is_a_minus() {
        assert_eq!(fixed(1200.0, 0), "1,200");
        assert_eq!(fixed(-1_234_567.891, 2), "−1,234,567.89");
        assert_eq!(fixed(999.0, 1), "999.0");
        assert_eq!(fixed(-0.001, 2), "0.00");
    }

    #[test]
    fn significant_digits_without_trailing_zeros() {
        assert_eq!(rounded(0.001, 3), "0.001");
        assert_eq!(rounded(0.5, 3), "0.5");
        assert_eq!(rounded(-0.12345, 2), "−0.12");
        assert_eq!(rounded(50_000.0, 2), "50,000");
        assert_eq!(rounded(0.0, 2), "0");
        assert_eq!(rounded(2e-8, 2), "2×10⁻⁸");
        assert_eq!(rounded(1e12, 2), "10¹²");
    }

    #[test]
    fn decimals_follow_the_step() {
        let of = |step| decimals_of(step);
        assert_eq!([of(200.0), of(1.0), of(0.5), of(0.05), of(0.25), of(1e-4)], [0, 0, 1, 2, 2, 4]);
    }
}
