//! One exponential and one logarithm, the same bits natively and in WebAssembly.
//!
//! Gradients are kept as `f32`, so the last bit of an exponential is seldom seen: a `libm` one will do, taken on both
//! sides in place of the platform's. The starting score is added to every leaf of the first tree as `f64`, so its
//! logarithm is rounded to nearest here, which the C library's is in all but a few cases in a thousand.

/// e to the power of `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm, for sums of many where the last bit does not matter.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// A number as the unevaluated sum of two.
#[derive(Clone, Copy)]
struct Pair {
    high: f64,
    low: f64,
}

impl Pair {
    const fn of(high: f64) -> Self {
        Self { high, low: 0.0 }
    }

    fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let part = high - a;
        Self { high, low: (a - (high - part)) + (b - part) }
    }

    fn plus(self, other: Self) -> Self {
        let s = Self::sum(self.high, other.high);
        Self::sum(s.high, s.low + self.low + other.low)
    }

    fn times(self, other: Self) -> Self {
        let high = self.high * other.high;
        let low = libm::fma(self.high, other.high, -high) + (self.high * other.low + self.low * other.high);
        Self::sum(high, low)
    }

    fn over(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self.plus(other.times(Self::of(-first)));
        let second = rest.high / other.high;
        let rest = rest.plus(other.times(Self::of(-second)));
        Self::sum(first, second).plus(Self::of(rest.high / other.high))
    }
}

/// The natural logarithm of a positive number, rounded to the nearest `f64`.
///
/// With x = 2^k·m and m near 1, ln m = 2·artanh((m−1)/(m+1)), summed in pairs of numbers.
pub fn ln_rounded(x: f64) -> f64 {
    if !(x.is_finite() && x > 0.0) {
        return x.ln();
    }
    const LN_2: Pair = Pair { high: std::f64::consts::LN_2, low: 2.319_046_813_846_299_6e-17 };
    let (mut mantissa, mut exponent) = libm::frexp(x);
    if mantissa < std::f64::consts::FRAC_1_SQRT_2 {
        mantissa *= 2.0;
        exponent -= 1;
    }
    let ratio = Pair::sum(mantissa, -1.0).over(Pair::sum(mantissa, 1.0));
    let square = ratio.times(ratio);
    let mut series = Pair::of(0.0);
    // |ratio| ≤ 0.172, so 25 terms reach 2^-110 of the sum.
    for term in (0..25).rev() {
        series = series.times(square).plus(Pair::of(1.0).over(Pair::of(f64::from(2 * term + 1))));
    }
    let logarithm = series.times(ratio).times(Pair::of(2.0));
    let whole = LN_2.times(Pair::of(f64::from(exponent)));
    let sum = whole.plus(logarithm);
    sum.high + sum.low
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of mpmath with 60 digits, rounded to `f64`.
    #[test]
    fn logarithms_are_rounded_to_nearest() {
        for (x, bits) in [
            (2.0, 0x3fe6_2e42_fefa_39ef_u64),
            (0.1, 0xc002_6bb1_bbb5_5515),
            (10.0, 0x4002_6bb1_bbb5_5516),
            (0.13, 0xc000_525f_4c39_1dda),
            (3.7e-05, 0xc024_68c0_5e01_4db1),
            (123456.789, 0x4027_7281_cad8_a844),
            (0.08108108108108109, 0xc004_1933_b0e4_4638),
            (1.0, 0),
        ] {
            assert_eq!(ln_rounded(x).to_bits(), bits, "{x}");
        }
    }

    #[test]
    fn it_is_never_further_than_a_bit_from_the_usual_one() {
        let mut different = 0;
        for step in 1..20_000 {
            let x = f64::from(step) * 0.000_37;
            let (ours, theirs) = (ln_rounded(x), x.ln());
            assert!((ours.to_bits() as i64 - theirs.to_bits() as i64).abs() <= 1, "{x}");
            different += usize::from(ours != theirs);
        }
        assert!(different < 200, "{different} of 20,000 differ");
    }
}
