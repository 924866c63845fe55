//! One step of an optimiser over all weights of a parameter, in one pass over the memory.

use std::slice::{from_mut, from_ref};

/// Factors of an Adam step, bias corrections included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adam {
    /// β₁
    pub mean_decay: f32,
    /// 1 − β₁
    pub mean_share: f32,
    /// β₂
    pub square_decay: f32,
    /// 1 − β₂
    pub square_share: f32,
    /// What the mean is multiplied by: learning rate and correction.
    pub mean_scale: f32,
    /// What the square is multiplied by under its root.
    pub square_scale: f32,
    /// ε
    pub epsilon: f32,
}

/// `m ← β₁ m + (1 − β₁) g`, `s ← β₂ s + (1 − β₂) g²`, `θ ← θ − m · mean_scale / (√(s · square_scale) + ε)`.
///
/// # Panics
/// If the slices differ in length.
pub fn adam(step: &Adam, weights: &mut [f32], gradient: &[f32], mean: &mut [f32], square: &mut [f32]) {
    assert!([gradient.len(), mean.len(), square.len()].iter().all(|length| *length == weights.len()));
    for (((weight, gradient), mean), square) in weights.iter_mut().zip(gradient).zip(mean).zip(square) {
        let m = *mean * step.mean_decay + gradient * step.mean_share;
        let s = *square * step.square_decay + gradient * gradient * step.square_share;
        *mean = m;
        *square = s;
        *weight -= m * step.mean_scale / ((s * step.square_scale).sqrt() + step.epsilon);
    }
}

/// Weights of a table looked at together by [`adam_lazy`]: half of the shortest vector.
const LAZY_BLOCK: usize = 8;

/// [`adam`] for the weights whose gradient is not zero; the others keep their value and their means, as if the step had
/// not been. Of a table of vectors only the rows that a minibatch holds change, and memory is gone through for these.
///
/// # Panics
/// If the slices differ in length.
pub fn adam_lazy(step: &Adam, weights: &mut [f32], gradient: &[f32], mean: &mut [f32], square: &mut [f32]) {
    assert!([gradient.len(), mean.len(), square.len()].iter().all(|length| *length == weights.len()));
    let blocks = weights.chunks_mut(LAZY_BLOCK).zip(gradient.chunks(LAZY_BLOCK));
    let means = mean.chunks_mut(LAZY_BLOCK).zip(square.chunks_mut(LAZY_BLOCK));
    for ((weights, gradient), (mean, square)) in blocks.zip(means) {
        if gradient.iter().all(|gradient| *gradient == 0.0) {
            continue;
        }
        for (((weight, gradient), mean), square) in weights.iter_mut().zip(gradient).zip(mean).zip(square) {
            if *gradient != 0.0 {
                let (weight, mean, square) = (from_mut(weight), from_mut(mean), from_mut(square));
                adam(step, weight, from_ref(gradient), mean, square);
            }
        }
    }
}

/// Factors of an RMSprop step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RmsProp {
    /// ρ
    pub decay: f32,
    /// 1 − ρ
    pub share: f32,
    /// α
    pub learning_rate: f32,
    /// ε
    pub epsilon: f32,
}

/// `s ← ρ s + (1 − ρ) g²`, `θ ← θ − α g / (√s + ε)`.
///
/// # Panics
/// If the slices differ in length.
pub fn rmsprop(step: &RmsProp, weights: &mut [f32], gradient: &[f32], square: &mut [f32]) {
    assert!(gradient.len() == weights.len() && square.len() == weights.len());
    for ((weight, gradient), square) in weights.iter_mut().zip(gradient).zip(square) {
        let s = *square * step.decay + gradient * gradient * step.share;
        *square = s;
        *weight -= gradient * step.learning_rate / (s.sqrt() + step.epsilon);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_without_a_gradient_are_left_as_they_were() {
        let step = Adam {
            mean_decay: 0.9,
            mean_share: 0.1,
            square_decay: 0.999,
            square_share: 0.001,
            mean_scale: 0.01,
            square_scale: 1.0,
            epsilon: 1e-8,
        };
        let gradient: Vec<f32> =
            (0..21).map(|place| if (8..18).contains(&place) { 0.0 } else { 0.5 }).collect();
        let begin = || [vec![1.0f32; 21], vec![0.2; 21], vec![0.3; 21]];
        let ([mut weights, mut mean, mut square], [mut all, mut all_mean, mut all_square]) =
            (begin(), begin());
        adam_lazy(&step, &mut weights, &gradient, &mut mean, &mut square);
        adam(&step, &mut all, &gradient, &mut all_mean, &mut all_square);
        for place in 0..21 {
            let found = (weights[place], mean[place], square[place]);
            let expected = match gradient[place] {
                0.0 => (1.0, 0.2, 0.3),
                _ => (all[place], all_mean[place], all_square[place]),
            };
            assert_eq!(found, expected, "{place}");
        }
    }

    #[test]
    fn a_step_is_that_of_the_formula() {
        let step = Adam {
            mean_decay: 0.9,
            mean_share: 0.1,
            square_decay: 0.999,
            square_share: 0.001,
            mean_scale: 0.01,
            square_scale: 1000.0,
            epsilon: 1e-7,
        };
        let (mut weights, mut mean, mut square) = ([1.0], [0.5], [0.25]);
        adam(&step, &mut weights, &[2.0], &mut mean, &mut square);
        assert!((mean[0] - 0.65).abs() < 1e-6 && (square[0] - 0.253_75).abs() < 1e-6);
        assert!((weights[0] - (1.0 - 0.0065 / 253.75f32.sqrt())).abs() < 1e-6);
        let step = RmsProp { decay: 0.9, share: 0.1, learning_rate: 0.001, epsilon: 1e-7 };
        let (mut weights, mut square) = ([1.0], [0.0]);
        rmsprop(&step, &mut weights, &[-3.0], &mut square);
        assert!((square[0] - 0.9).abs() < 1e-6);
        assert!((weights[0] - (1.0 + 0.003 / 0.9f32.sqrt())).abs() < 1e-6);
    }
}
