//! Symmetric positive definite systems: Cholesky's factorisation of large matrices block by block, and small ones at
//! once.
//!
//! The products of blocks are the crate gemm's, which burn brings along.

mod cholesky;
mod inversion;
mod small;
mod view;

pub use cholesky::Cholesky;
pub use inversion::Inversion;
pub use small::solve;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Random};

    /// `B Bᵀ + n I` of random `B`.
    fn positive(size: usize) -> Vec<f32> {
        let mut random = Random::new(1, Purpose::Weights);
        let b: Vec<f32> = (0..size * size).map(|_| random.normal(0.0, 1.0) as f32).collect();
        let entry = |i: usize, j: usize| {
            let inner: f32 = (0..size).map(|k| b[i * size + k] * b[j * size + k]).sum();
            inner + if i == j { size as f32 } else { 0.0 }
        };
        (0..size * size).map(|at| entry(at / size, at % size)).collect()
    }

    #[test]
    fn the_inverse_times_the_matrix_is_the_identity() {
        // Sizes below, at and beyond a block.
        for size in [1, 5, 64, 65, 150] {
            let matrix = positive(size);
            let mut cholesky = Cholesky::new(matrix.clone(), size);
            while cholesky.step() {}
            let mut inversion = cholesky.into_inverse();
            while inversion.step() {}
            let (done, all) = inversion.progress();
            assert_eq!(done, all);
            let inverse = inversion.finish();
            for i in 0..size {
                for j in 0..size {
                    let inner: f32 = (0..size).map(|k| inverse[i * size + k] * matrix[k * size + j]).sum();
                    let unit = if i == j { 1.0 } else { 0.0 };
                    assert!((inner - unit).abs() < 1e-4, "{size}: {i}, {j}: {inner}");
                }
            }
        }
    }

    #[test]
    fn a_small_system_is_solved() {
        let mut matrix = [4.0, 2.0, 2.0, 3.0];
        let mut right = [10.0, 9.0];
        solve(&mut matrix, &mut right);
        assert!((right[0] - 1.5).abs() < 1e-12 && (right[1] - 2.0).abs() < 1e-12, "{right:?}");
    }

    #[test]
    #[should_panic(expected = "positive definite")]
    fn a_matrix_that_is_not_positive_definite_is_refused() {
        Cholesky::new(vec![1.0, 2.0, 2.0, 1.0], 2).step();
    }
}
