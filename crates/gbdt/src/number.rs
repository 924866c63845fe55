//! The few numbers and roundings on which exactness hangs.

use gbdt_kernels::order::places;
pub use gbdt_kernels::scan::{EPSILON, round_half_up};
pub use gbdt_kernels::steps::{ZERO, is_zero};

/// Whether `b` is `a` or the number next above it; for `a <= b`.
pub fn equal_ordered(a: f64, b: f64) -> bool {
    b <= a.next_up()
}

/// Zero in place of a value that is next to it.
pub fn rounded_to_zero(value: f64) -> f64 {
    if is_zero(value) { 0.0 } else { value }
}

/// Sorts values from the lowest to the highest.
pub fn sort(values: &mut Vec<f64>) {
    *values = places(values).into_iter().map(|place| values[place as usize]).collect();
}

/// Places of values from the lowest to the highest, equal ones in their order, those without one (NaN) last.
pub fn ascending(values: &[f64]) -> Vec<u32> {
    // Both zeros are equal.
    let key = |value: &f64| if value.is_nan() { f64::NAN.abs() } else { *value + 0.0 };
    places(&values.iter().map(key).collect::<Vec<_>>())
}

/// Places of values from the highest to the lowest, equal ones in their order, those without one (NaN) last.
pub fn descending(values: &[f64]) -> Vec<u32> {
    let key = |value: &f64| if value.is_nan() { f64::NAN.abs() } else { 0.0 - value };
    places(&values.iter().map(key).collect::<Vec<_>>())
}

/// C's `%.{digits}g`, which is how numbers stand in a model file.
pub fn general(value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let scientific = format!("{value:.*e}", digits - 1);
    let (mantissa, exponent) = scientific.split_once('e').expect("the form asked for");
    let exponent: i32 = exponent.parse().expect("an exponent");
    let without_zeros = |text: &str| -> String {
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text.into() }
    };
    if exponent < -4 || exponent >= digits as i32 {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", without_zeros(mantissa), exponent.abs());
    }
    without_zeros(&format!("{value:.*}", (digits as i32 - 1 - exponent) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_keep_their_order_and_zeros_are_equal() {
        let values = [0.0, 2.0, -0.0, f64::NAN, 0.0, -1.0];
        assert_eq!(ascending(&values), [5, 0, 2, 4, 1, 3]);
        assert_eq!(descending(&values), [1, 0, 2, 4, 5, 3]);
    }

    #[test]
    fn numbers_are_written_as_c_writes_them() {
        for (value, digits, text) in [
            (0.1, 6, "0.1"),
            (1.0, 6, "1"),
            (0.0, 17, "0"),
            (123456.0, 6, "123456"),
            (1234567.0, 6, "1.23457e+06"),
            (0.0001, 6, "0.0001"),
            (0.00001, 6, "1e-05"),
            (4.44089209850063e-16, 6, "4.44089e-16"),
            (0.1, 17, "0.10000000000000001"),
            (-2.5, 17, "-2.5"),
            (1.0000000180025095e-35, 17, "1.0000000180025095e-35"),
            (999999.5, 6, "1e+06"),
        ] {
            assert_eq!(general(value, digits), text);
        }
    }

    #[test]
    fn seventeen_digits_bring_a_number_back() {
        let mut bits = 0x3fb9_9999_9999_999a_u64;
        for _ in 0..1000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let value = f64::from_bits(bits);
            if value.is_finite() {
                assert_eq!(general(value, 17).parse::<f64>().unwrap().to_bits(), bits);
            }
        }
    }
}
