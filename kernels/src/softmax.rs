//! Softmax over many columns of which one is right.

/// Writes `(p − 1 at the right column) / rows` for the softmax `p` of one row of logits; gives `log p` of the right
/// column, and by how much the largest logit is larger than that one.
///
/// # Panics
/// If there is no such column, or the lengths differ.
pub fn softmax_slope(logits: &[f32], right: usize, rows: usize, slope: &mut [f32]) -> [f32; 2] {
    assert!(logits.len() == slope.len() && right < logits.len(), "a slope for each logit");
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (logit, slope) in logits.iter().zip(&mut *slope) {
        *slope = (logit - largest).exp();
        sum += *slope;
    }
    let scale = 1.0 / (sum * rows as f32);
    slope.iter_mut().for_each(|value| *value *= scale);
    slope[right] -= 1.0 / rows as f32;
    [logits[right] - largest - sum.ln(), largest - logits[right]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_the_slope_of_its_loss() {
        let mut slope = [0.0; 3];
        let [logarithm, ahead] = softmax_slope(&[1.0, 3.0, 2.0], 2, 4, &mut slope);
        let sum = 1f32.exp() + 3f32.exp() + 2f32.exp();
        assert!((logarithm - (2.0 - sum.ln())).abs() < 1e-6 && (ahead - 1.0).abs() < 1e-6);
        for (column, logit) in [1f32, 3.0, 2.0].into_iter().enumerate() {
            let expected = (logit.exp() / sum - f32::from(column == 2)) / 4.0;
            assert!((slope[column] - expected).abs() < 1e-6);
        }
    }
}
