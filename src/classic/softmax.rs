//! Softmax of plain slices; that of tensors is burn's.

macro_rules! softmax_of {
    ($(#[$doc:meta])* $name:ident, $float:ty) => {
        $(#[$doc])*
        ///
        /// Shifted by the largest, so that no logit overflows.
        pub fn $name(logits: &mut [$float]) -> $float {
            let largest = logits.iter().copied().fold(<$float>::NEG_INFINITY, <$float>::max);
            let mut sum = 0.0;
            for value in logits.iter_mut() {
                *value = (*value - largest).exp();
                sum += *value;
            }
            logits.iter_mut().for_each(|value| *value /= sum);
            largest + sum.ln()
        }
    };
}

softmax_of!(
    /// Turns logits into probabilities, `e^z / Σ e^z`, and returns `log Σ e^z`.
    softmax,
    f64
);
softmax_of!(
    /// [`softmax`] in the precision of tensors.
    softmax_f32,
    f32
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_add_up_and_the_logarithm_of_the_sum_comes_back() {
        let mut values = [1f64.ln(), 2f64.ln(), 5f64.ln()];
        assert!((softmax(&mut values) - 8f64.ln()).abs() < 1e-15);
        let expected = [0.125, 0.25, 0.625];
        assert!(values.iter().zip(expected).all(|(found, p)| (found - p).abs() < 1e-15), "{values:?}");
    }

    #[test]
    fn no_logit_overflows() {
        let mut values = [1e30f32, -1e30];
        assert_eq!(softmax_f32(&mut values), 1e30);
        assert_eq!(values, [1.0, 0.0]);
    }
}
