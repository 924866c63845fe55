//! One exponential and one logarithm, the same bits natively and in WebAssembly.
//!
//! Gradients are kept as `f32`, so the last bit of an exponential is seldom seen: a `libm` one will do, taken on both
//! sides in place of the platform's. The starting score is added to every leaf of the first tree as `f64`, so its
//! logarithm is rounded to nearest here, which the C library's is in all but a few cases in a thousand.

/// e to the power of `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power of numbers as the GNU C library has it, to the last bit, on processors with fused multiply-add.
///
/// Where a label lies next to the answer its gradient is what is left of two numbers that are nearly the same, and the last
/// bit of an exponential is seen after all. The way is that of Arm's optimized routines: 2^(k/128) from a table, here
/// computed, times a polynomial of five terms. It costs ten times as much as [`exp`].
#[derive(Debug, Clone)]
pub struct Exponential {
    /// For each k what 2^(k/128) is more than its rounding, as a share of it, and the bits of the rounding less k·2^45.
    table: Vec<(f64, u64)>,
}

impl Exponential {
    const STEPS: u64 = 128;

    /// Computes the table.
    pub fn new() -> Self {
        // 2^(1/128) by seven square roots of two.
        let mut root = Pair::of(2.0);
        for _ in 0..7 {
            root = root.root();
        }
        let mut power = Pair::of(1.0);
        let table = (0..Self::STEPS).map(|step| {
            let entry = (power.low / power.high, power.high.to_bits().wrapping_sub(step << 45));
            power = power.times(root);
            entry
        });
        Self { table: table.collect() }
    }

    /// e to the power of `x`.
    pub fn of(&self, x: f64) -> f64 {
        // Where nothing is left of the number, and where the power is no usual one.
        if !(2.0_f64.powi(-54)..512.0).contains(&x.abs()) {
            return libm::exp(x);
        }
        let fma = libm::fma;
        let shifted = std::f64::consts::LOG2_E * 128.0 * x + 6_755_399_441_055_744.0;
        let (step, whole) = (shifted.to_bits(), shifted - 6_755_399_441_055_744.0);
        // Minus ln 2 / 128, in two parts.
        let (high, low) = (f64::from_bits(0xbf76_2e42_fefa_0000), f64::from_bits(0xbd0c_f79a_bc9e_3b39));
        let rest = fma(whole, low, fma(whole, high, x));
        let (tail, bits) = self.table[(step % Self::STEPS) as usize];
        let scale = f64::from_bits(bits.wrapping_add(step << 45));
        let term = |bits: u64| f64::from_bits(bits);
        let square = rest * rest;
        let first = fma(rest, term(0x3fc5_5555_5555_543c), term(0x3fdf_ffff_ffff_fdbd));
        let second = fma(rest, term(0x3f81_1111_67a4_d017), term(0x3fa5_5555_cf17_2b91));
        let sum = fma(square * square, second, fma(square, first, tail + rest));
        fma(scale, sum, scale)
    }
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

/// The logarithm of 2.
const LN_2: Pair = Pair { high: std::f64::consts::LN_2, low: 2.319_046_813_846_299_6e-17 };

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

    /// The square root, by a step of Newton's.
    fn root(self) -> Self {
        let near = Self::of(self.high.sqrt());
        let rest = self.plus(near.times(near).times(Self::of(-1.0)));
        near.plus(Self::of(rest.high / (2.0 * near.high)))
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

/// 2 to the power of a number below 1024, rounded to the nearest `f64`.
pub fn power_of_two(x: f64) -> f64 {
    let whole = x.floor();
    let rest = LN_2.times(Pair::of(x - whole));
    let mut series = Pair::of(1.0);
    // The rest is below 0.7, so 30 terms reach 2^-110.
    for term in (1..30).rev() {
        series = series.times(rest).over(Pair::of(f64::from(term))).plus(Pair::of(1.0));
    }
    libm::ldexp(series.high, whole as i32)
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

    /// Of a C program with glibc 2.36 on a processor with fused multiply-add.
    #[test]
    fn exponentials_are_those_of_the_c_library() {
        let exponential = Exponential::new();
        for (x, bits) in [
            (1.0, 0x4005_bf0a_8b14_5769),
            (-1.0, 0x3fd7_8b56_362c_ef38),
            (0.5, 0x3ffa_6129_8e1e_069c),
            (-0.1, 0x3fec_f46d_99d5_2b3a),
            (0.7, 0x4000_1c2a_6126_8987),
            (-3.3, 0x3fa2_e259_bb85_be85),
            (12.5, 0x4110_60c5_2565_ba66),
            (-37.25, 0x3c93_278b_cd70_e981),
            (1e-9, 0x3ff0_0000_0044_b830),
            (-700.5, 0x00c4_ff47_5c68_ca02),
            (400.125, 0x6403_2346_fd32_e977),
            (-0.0007, 0x3fef_fa44_81dd_41f5),
        ] {
            assert_eq!(exponential.of(x).to_bits(), bits, "{x}");
        }
        let mut different = 0;
        for step in -40_000..40_000 {
            let x = f64::from(step) * 0.000_71;
            let (ours, usual) = (exponential.of(x), exp(x));
            assert!((ours.to_bits() as i64 - usual.to_bits() as i64).abs() <= 1, "{x}");
            different += usize::from(ours != usual);
        }
        assert!((1..8_000).contains(&different), "{different} of 80,000 differ");
    }

    #[test]
    fn powers_of_two_are_rounded_to_nearest() {
        assert_eq!(power_of_two(0.5), std::f64::consts::SQRT_2);
        assert_eq!(power_of_two(-0.5), std::f64::consts::FRAC_1_SQRT_2);
        for whole in [-30, -1, 0, 1, 10, 52] {
            assert_eq!(power_of_two(f64::from(whole)), 2.0_f64.powi(whole));
        }
        for step in -300..300 {
            let x = f64::from(step) * 0.037;
            assert!((power_of_two(x) / x.exp2() - 1.0).abs() < 3e-16, "{x}");
        }
    }
}
