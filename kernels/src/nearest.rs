//! The most alike of many.

/// `values[i] *= factors[i]`.
///
/// # Panics
/// If the lengths differ.
pub fn scale(values: &mut [f32], factors: &[f32]) {
    assert_eq!(values.len(), factors.len());
    for (value, factor) in values.iter_mut().zip(factors) {
        *value *= factor;
    }
}

/// Up to `count` places with the largest likeness above 0, the most alike first; of equals the one that comes first.
pub fn nearest(likeness: &[f32], count: usize) -> Vec<(u32, f32)> {
    let mut kept: Vec<(u32, f32)> = Vec::with_capacity(count + 1);
    let mut least = if count == 0 { f32::INFINITY } else { 0.0 };
    for (place, likeness) in likeness.iter().enumerate() {
        if *likeness > least {
            let at = kept.partition_point(|other| other.1 >= *likeness);
            kept.insert(at, (place as u32, *likeness));
            kept.truncate(count);
            if kept.len() == count {
                least = kept[count - 1].1;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_are_kept_in_order() {
        let likeness = [0.5, 0.0, 0.7, 0.5, -1.0, 0.9, 0.5];
        assert_eq!(nearest(&likeness, 3), [(5, 0.9), (2, 0.7), (0, 0.5)]);
        assert_eq!(nearest(&likeness, 9), [(5, 0.9), (2, 0.7), (0, 0.5), (3, 0.5), (6, 0.5)]);
        assert_eq!(nearest(&likeness, 0), []);
        let mut scaled = [1.0, 2.0];
        scale(&mut scaled, &[3.0, -1.0]);
        assert_eq!(scaled, [3.0, -2.0]);
    }
}
