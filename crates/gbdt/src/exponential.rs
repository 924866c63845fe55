//! One exponential and one logarithm, the same bits natively and in WebAssembly.
//!
//! Gradients are kept as `f32`, so the last bit of an exponential is seldom seen: a `libm` one will do, taken on both
//! sides in place of the platform's. The starting score is added to every leaf of the first tree as `f64`, so its
//! logarithm is rounded to nearest here, which the C library's is in all but a few cases in a thousand.

use libm::fma;

/// e to the power of `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power of numbers as the GNU C library has it, to the last bit, on processors with fused multiply-add.
///
/// Where a label lies next to the answer its gradient is what is left of two numbers that are nearly the same, and the last
/// bit of an exponential is seen after all; answers are compared to the last bit, too. The way is that of Arm's optimized
/// routines: 2^(k/128) from a table, here computed, times a polynomial of five terms. It costs ten times as much as
/// [`exp`].
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
        // Where nothing is left of the number, and where the power is no number or has no bits.
        if !(2.0_f64.powi(-54)..745.2).contains(&x.abs()) {
            return libm::exp(x);
        }
        let shifted = std::f64::consts::LOG2_E * 128.0 * x + 6_755_399_441_055_744.0;
        let (step, whole) = (shifted.to_bits(), shifted - 6_755_399_441_055_744.0);
        // Minus ln 2 / 128, in two parts.
        let (high, low) = (f64::from_bits(0xbf76_2e42_fefa_0000), f64::from_bits(0xbd0c_f79a_bc9e_3b39));
        let rest = fma(whole, low, fma(whole, high, x));
        let (tail, bits) = self.table[(step % Self::STEPS) as usize];
        let bits = bits.wrapping_add(step << 45);
        let term = |bits: u64| f64::from_bits(bits);
        let square = rest * rest;
        let first = fma(rest, term(0x3fc5_5555_5555_543c), term(0x3fdf_ffff_ffff_fdbd));
        let second = fma(rest, term(0x3f81_1111_67a4_d017), term(0x3fa5_5555_cf17_2b91));
        let sum = fma(square * square, second, fma(square, first, tail + rest));
        if x.abs() < 512.0 {
            let scale = f64::from_bits(bits);
            return fma(scale, sum, scale);
        }
        // The power of two alone may be too large or too small for a number of its kind: it is put on last.
        let power = if x > 0.0 { 1009 } else { -1022 };
        let scale = f64::from_bits(bits.wrapping_sub((power as u64) << 52));
        let mut answer = fma(scale, sum, scale);
        if x < 0.0 {
            // Here the C library's compiler rounds twice.
            let rest = scale * sum;
            answer = scale + rest;
            if answer < 1.0 {
                // So that rounding to a denormal number is the only rounding that is left.
                let lost = scale - answer + rest;
                let high = 1.0 + answer;
                answer = (high + (1.0 - high + answer + lost)) - 1.0;
            }
        }
        libm::ldexp(answer, power)
    }
}

/// The natural logarithm, for sums of many where the last bit does not matter.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x) of a positive number as the GNU C library has it, to the last bit.
///
/// The way is that of FDLIBM (`s_log1p.c`): 1 + x = 2^k·(1 + f), and the logarithm of 1 + f from s = f / (2 + f).
pub fn ln_1p(x: f64) -> f64 {
    let constant = |bits: u64| f64::from_bits(bits);
    let (ln_2_high, ln_2_low) = (constant(0x3fe6_2e42_fee0_0000), constant(0x3dea_39ef_3579_3c76));
    if x < 2.0_f64.powi(-29) {
        return if x < 2.0_f64.powi(-54) { x } else { x - x * x * 0.5 };
    }
    if x.is_nan() || x.is_infinite() {
        return x;
    }
    let (mut k, mut f, mut lost) = (0, x, 0.0);
    // Both bounds are compared by their upper 32 bits.
    let upper = |number: f64| number.to_bits() >> 32;
    if upper(x) >= 0x3fda_827a {
        let sum = if upper(x) < 0x4340_0000 { 1.0 + x } else { x };
        k = (upper(sum) >> 20) as i32 - 1023;
        if upper(x) < 0x4340_0000 {
            lost = (if k > 0 { 1.0 - (sum - x) } else { x - (sum - 1.0) }) / sum;
        }
        let is_large = upper(sum) & 0xf_ffff >= 0x6_a09e;
        k += i32::from(is_large);
        let exponent = if is_large { 0x3fe0_0000 } else { 0x3ff0_0000 };
        f = f64::from_bits(sum.to_bits() & 0xf_ffff_ffff_ffff | exponent << 32) - 1.0;
    }
    let half = 0.5 * f * f;
    let k = f64::from(k);
    let (whole, rest) = (k * ln_2_high, fma(k, ln_2_low, lost));
    if k != 0.0 && f.abs() < 2.0_f64.powi(-20) {
        if f == 0.0 {
            return whole + rest;
        }
        return whole - ((half * fma(-2.0 / 3.0, f, 1.0) - rest) - f);
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let (z2, z4) = (z * z, z * z * (z * z));
    let second = fma(z, constant(0x3fd2_4924_9422_9359), constant(0x3fd9_9999_9997_fa04));
    let third = fma(z, constant(0x3fc7_4664_96cb_03de), constant(0x3fcc_71c5_1d8e_78af));
    let fourth = fma(z, constant(0x3fc2_f112_df3e_5244), constant(0x3fc3_9a09_d078_c69f));
    let first = fma(z, constant(0x3fe5_5555_5555_5593), z2 * second);
    let sum = fma(z2 * z4, fourth, fma(z4, third, first));
    if k == 0.0 { f - (half - s * (half + sum)) } else { whole - ((half - (s * (half + sum) + rest)) - f) }
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
        let low = fma(self.high, other.high, -high) + (self.high * other.low + self.low * other.high);
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
            (512.0, 0x6e19_4765_04ba_852e),
            (-520.0, 0x110b_d487_2fa2_901f),
            (600.25, 0x760f_8256_bde4_abac),
            (709.5, 0x7fe8_1e9b_4b52_d0c9),
            (709.782_712_893_384, 0x7fef_ffff_ffff_ff2a),
            (-707.123, 0x002c_9599_4a07_efbc),
            (-708.7, 0x000b_cf8b_155b_3ee0),
            (-710.4, 0x0002_2859_fecc_c5cf),
            (-740.0, 0x55),
            (-745.1, 1),
            (710.0, f64::INFINITY.to_bits()),
            (-746.0, 0),
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

    /// Of a C program, as above.
    #[test]
    fn logarithms_of_one_and_a_number_are_those_of_the_c_library() {
        for (x, bits) in [
            (1e-20, 0x3bc7_9ca1_0c92_4223),
            (1e-09, 0x3e11_2e0b_e801_f1d9),
            (3e-06, 0x3ec9_2a70_f7bf_a12c),
            (0.25, 0x3fcc_8ff7_c79a_9a22),
            (0.378_345_254_195_825_4, 0x3fd4_895b_bd01_4d3d),
            (0.5, 0x3fd9_f323_ecbf_984c),
            (0.606_220_669_505_298_4, 0x3fde_541d_9878_dbf3),
            (1.0, 0x3fe6_2e42_fefa_39ef),
            (1.000_000_3, 0x3fe6_2e43_4f82_115a),
            (1.847_262_777_613_691_4, 0x3ff0_bde1_fec0_2017),
            (7.0, 0x4000_a2b2_3f3b_ab73),
            (1000000.0, 0x402b_a18a_bb1d_edc8),
            (1e17, 0x4043_926c_d770_aa67),
            (1e300, 0x4085_9634_47f8_7fb5),
        ] {
            assert_eq!(ln_1p(x).to_bits(), bits, "{x}");
        }
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
