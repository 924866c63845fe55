//! The hyperbolic tangent of many numbers, and its gradient.
//!
//! `tanhf` and `expm1f` of msun, which `f32::tanh` is in WebAssembly (by way of musl and the crate libm), without branches,
//! so that the compiler makes vectors of them: the same bits in half the time. Of the original:
//!
//! > Conversion to float by Ian Lance Taylor, Cygnus Support, ian@cygnus.com. Copyright (C) 1993 by Sun Microsystems, Inc.
//! > All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and
//! > distribute this software is freely granted, provided that this notice is preserved.

use core::f32::consts::LOG2_E;

/// The bit of the sign.
const SIGN: u32 = 1 << 31;
/// From here on the answer is 1.
const LARGEST: f32 = 10.0;
/// Bits of ln 3 / 2, ln(5/3) / 2 and ln 2 / 2, as the original compares them.
const HALF_LN_3: u32 = 0x3f0c_9f54;
const HALF_LN_5_THIRDS: u32 = 0x3e82_c578;
const HALF_LN_2: u32 = 0x3eb1_7218;
/// The high part of ln 2, whose products with small whole numbers are exact, and the rest of it.
const LN_2: [f32; 2] = [6.931_381e-1, 9.058_001e-6];
/// Coefficients of the rational approximation.
const Q: [f32; 2] = [-3.333_321_2e-2, 1.580_717e-3];
/// 2^23: numbers from here on are whole.
const WHOLE: f32 = 8_388_608.0;

/// Puts the hyperbolic tangent of each number in its place.
pub fn tanh(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = tanh_of(*value));
}

/// Puts the gradient of numbers in place of that of their hyperbolic tangents.
///
/// # Panics
/// If there are not as many.
pub fn tanh_backward(tangents: &[f32], gradient: &mut [f32]) {
    assert!(tangents.len() == gradient.len(), "a gradient for each tangent");
    gradient.iter_mut().zip(tangents).for_each(|(gradient, tangent)| *gradient *= 1.0 - tangent * tangent);
}

#[inline(always)]
fn tanh_of(value: f32) -> f32 {
    let size = value.abs();
    let bits = size.to_bits();
    let (is_large, is_small) = (bits > HALF_LN_3, bits <= HALF_LN_5_THIRDS);
    let size = if size > LARGEST { LARGEST } else { size };
    let less_one = exponential_less_one(if is_small { -2.0 * size } else { 2.0 * size }, is_small);
    let above = if is_large { 2.0 } else { less_one };
    let above = if is_small { -less_one } else { above };
    let ratio = above / (less_one + 2.0);
    let answer = if is_large { 1.0 - ratio } else { ratio };
    f32::from_bits(answer.to_bits() | (value.to_bits() & SIGN))
}

/// `exp(x) - 1` for `x` from -ln(5/3) to 20.
#[inline(always)]
fn exponential_less_one(x: f32, is_negative: bool) -> f32 {
    // x = k ln 2 + r
    let k = match is_negative {
        true if x.to_bits() & !SIGN > HALF_LN_2 => -1.0,
        true => 0.0,
        false => cut(LOG2_E * x + 0.5),
    };
    let (high, low) = (x - k * LN_2[0], k * LN_2[1]);
    let r = high - low;
    let rest = (high - r) - low;
    let half = 0.5 * r;
    let square = r * half;
    let series = 1.0 + square * (Q[0] + square * Q[1]);
    let t = 3.0 - series * half;
    let e = square * ((series - t) / (6.0 - r * t));
    let e = r * (e - rest) - rest - square;
    // exp(x) = 2^k (r - e + 1), with the 1 where the least of it is lost.
    let (power, inverse) = (power_of_two(k), power_of_two(-k));
    let less = r - e;
    let of_two_or_more =
        if k < 23.0 { (less + (1.0 - inverse)) * power } else { (r - (e + inverse) + 1.0) * power };
    let of_one = if r < -0.25 { -2.0 * (e - (r + 0.5)) } else { 1.0 + 2.0 * less };
    let answer = if k == 1.0 { of_one } else { of_two_or_more };
    let answer = if k == 0.0 { less } else { answer };
    if k == -1.0 { 0.5 * less - 0.5 } else { answer }
}

/// What a number from 0 to 2^22 is without its fraction.
#[inline(always)]
fn cut(x: f32) -> f32 {
    let nearest = (x + WHOLE) - WHOLE;
    if nearest > x { nearest - 1.0 } else { nearest }
}

/// `2^k` for a whole number from -126 to 127: its exponent is in the lowest bits of a number from 2^23 on.
#[inline(always)]
fn power_of_two(k: f32) -> f32 {
    f32::from_bits((WHOLE + 127.0 + k).to_bits() << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every 251st number there is.
    #[test]
    fn every_bit_is_that_of_the_original() {
        for first in (0..=u32::MAX).step_by(251 * 64) {
            let numbers: Vec<f32> =
                (0..64).filter_map(|at| first.checked_add(251 * at)).map(f32::from_bits).collect();
            let mut tangents = numbers.clone();
            tanh(&mut tangents);
            for (number, tangent) in numbers.iter().zip(tangents) {
                let original = libm::tanhf(*number);
                assert!(
                    tangent.to_bits() == original.to_bits() || tangent.is_nan() && original.is_nan(),
                    "{number:e}: {tangent:e}, {original:e}"
                );
            }
        }
    }

    #[test]
    fn a_gradient_goes_through_the_slope() {
        let mut gradient = [1.0, 2.0, -4.0];
        tanh_backward(&[0.0, 0.5, -1.0], &mut gradient);
        assert_eq!(gradient, [1.0, 1.5, 0.0]);
    }
}
