//! How far rows are from each other.

use crate::lanes::{LANES, Lanes};

/// Σ (aᵢ − bᵢ)² of two rows.
///
/// # Panics
/// If the lengths differ.
pub fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = Lanes::splat(0.0);
    let mut add = |a: Lanes, b: Lanes| {
        let apart = a.plus_product(-1.0, b);
        sums = sums.plus(apart.times(apart));
    };
    a.iter().zip(b).for_each(|(a, b)| add(Lanes::read(a), Lanes::read(b)));
    add(Lanes::read_some(a_rest), Lanes::read_some(b_rest));
    sums.values().iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_of_differences_are_added_whatever_the_length() {
        let (a, b): (Vec<f32>, Vec<f32>) = (0u8..19).map(|at| (f32::from(at), f32::from(at % 3))).unzip();
        for length in 0..19 {
            let expected: f32 = a.iter().zip(&b).take(length).map(|(a, b)| (a - b) * (a - b)).sum();
            assert_eq!(squared_distance(&a[..length], &b[..length]), expected);
        }
    }
}
