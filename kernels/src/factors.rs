//! Matrix factorisation: one rating after another, as stochastic gradient descent takes them.

use crate::lanes::{LANES, Lanes};

/// Biases and factors of users and films. Factors are row-major, `width` a row.
#[derive(Debug)]
pub struct Factors<'a> {
    /// How many factors, a multiple of 8.
    pub width: usize,
    /// Bias of each user.
    pub user_biases: &'a mut [f32],
    /// Bias of each film.
    pub film_biases: &'a mut [f32],
    /// Factors of each user.
    pub users: &'a mut [f32],
    /// Factors of each film.
    pub films: &'a mut [f32],
}

/// What is learned from: user, film and stars of each rating.
#[derive(Debug, Clone, Copy)]
pub struct Examples<'a> {
    /// Users.
    pub users: &'a [u32],
    /// Films.
    pub films: &'a [u32],
    /// Stars less their mean.
    pub targets: &'a [f32],
}

/// Step size and weight decay of one update.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorStep {
    /// α
    pub learning_rate: f32,
    /// λ of the biases.
    pub bias_decay: f32,
    /// λ of the factors.
    pub factor_decay: f32,
}

/// Σ aᵢ bᵢ of two rows.
///
/// # Panics
/// If the lengths differ.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let mut sums = Lanes::splat(0.0);
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        sums = sums.plus(Lanes::read(a).times(Lanes::read(b)));
    }
    let sum = sums.values().iter().sum();
    a_rest.iter().zip(b_rest).fold(sum, |sum, (a, b)| sum + a * b)
}

/// Takes the ratings of `order` one after another: with the error `e` of the prediction `b_u + b_f + p · q`,
/// `b ← b + α (e - λ b)`, `p ← p + α (e q - λ p)`, `q ← q + α (e p - λ q)`. Returns the sum of `e²`.
///
/// # Panics
/// If a number is out of range or `width` is not a multiple of 8.
pub fn descend(step: &FactorStep, order: &[u32], examples: Examples, factors: &mut Factors) -> f64 {
    let width = factors.width;
    let mut squares = 0.0;
    for row in order {
        let row = *row as usize;
        let (user, film) = (examples.users[row] as usize, examples.films[row] as usize);
        let p = &mut factors.users[user * width..(user + 1) * width];
        let q = &mut factors.films[film * width..(film + 1) * width];
        let predicted = factors.user_biases[user] + factors.film_biases[film] + dot(p, q);
        let error = examples.targets[row] - predicted;
        squares += f64::from(error) * f64::from(error);
        for bias in [&mut factors.user_biases[user], &mut factors.film_biases[film]] {
            *bias += step.learning_rate * (error - step.bias_decay * *bias);
        }
        let (pull, keep) = (step.learning_rate * error, 1.0 - step.learning_rate * step.factor_decay);
        for (p, q) in p.as_chunks_mut::<LANES>().0.iter_mut().zip(q.as_chunks_mut::<LANES>().0) {
            let (old_p, old_q) = (Lanes::read(p), Lanes::read(q));
            *p = Lanes::splat(keep).times(old_p).plus_product(pull, old_q).values();
            *q = Lanes::splat(keep).times(old_q).plus_product(pull, old_p).values();
        }
    }
    squares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_that_of_the_formula() {
        let (mut user_biases, mut film_biases) = ([0.0, 0.1], [0.2]);
        let mut users = [0.0; 16];
        let mut films = [0.0; 8];
        (users[8], users[9], films[0], films[1]) = (0.5, -1.0, 2.0, 1.0);
        let mut factors = Factors {
            width: 8,
            user_biases: &mut user_biases,
            film_biases: &mut film_biases,
            users: &mut users,
            films: &mut films,
        };
        let examples = Examples { users: &[0, 1], films: &[0, 0], targets: &[9.0, 1.3] };
        let step = FactorStep { learning_rate: 0.1, bias_decay: 0.5, factor_decay: 0.2 };
        // The prediction is 0.1 + 0.2 + 1 - 1, the error 1.
        let squares = descend(&step, &[1], examples, &mut factors);
        let close = |found: f32, expected: f32| (found - expected).abs() < 1e-6;
        assert!((squares - 1.0).abs() < 1e-6);
        assert!(
            close(user_biases[1], 0.1 + 0.1 * (1.0 - 0.05)) && close(film_biases[0], 0.2 + 0.1 * (1.0 - 0.1))
        );
        assert!(close(users[8], 0.5 + 0.1 * (2.0 - 0.1)) && close(users[9], -1.0 + 0.1 * (1.0 + 0.2)));
        assert!(close(films[0], 2.0 + 0.1 * (0.5 - 0.4)) && close(films[1], 1.0 + 0.1 * (-1.0 - 0.2)));
        assert_eq!((user_biases[0], users[0], users[10]), (0.0, 0.0, 0.0));
    }

    #[test]
    fn a_dot_product_has_all_its_terms() {
        let a: Vec<f32> = (0..24).map(|i| i as f32).collect();
        assert_eq!(dot(&a, &[2.0; 24]), 2.0 * 276.0);
    }
}
