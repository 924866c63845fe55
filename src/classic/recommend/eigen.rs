//! Eigenvalues and vectors of small symmetric matrices, by Jacobi's rotations.

use crate::data::order::{ascending, falling};

/// Rotations of all pairs until a matrix is diagonal: it takes six to ten.
const SWEEPS: usize = 30;

/// Eigenvalues, the largest first, and the eigenvectors as rows in the same order, of a symmetric row-major matrix.
///
/// # Panics
/// If the matrix is not square.
pub fn eigen(mut matrix: Vec<f64>, size: usize) -> (Vec<f64>, Vec<Vec<f64>>) {
    assert!(matrix.len() == size * size, "a square matrix");
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|i| (0..size).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    let total: f64 = matrix.iter().map(|value| value * value).sum();
    for _ in 0..SWEEPS {
        let off: f64 = (0..size)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|(i, j)| matrix[i * size + j].powi(2))
            .sum();
        if off <= 1e-24 * total {
            break;
        }
        for q in 1..size {
            for p in 0..q {
                rotate(&mut matrix, &mut vectors, size, p, q);
            }
        }
    }
    let order = ascending(size, &|i| falling(matrix[i * size + i]));
    let values = order.iter().map(|i| matrix[*i as usize * (size + 1)]).collect();
    (values, order.iter().map(|i| vectors[*i as usize].clone()).collect())
}

/// Makes the entry of a pair 0.
fn rotate(matrix: &mut [f64], vectors: &mut [Vec<f64>], size: usize, p: usize, q: usize) {
    let off = matrix[p * size + q];
    if off == 0.0 {
        return;
    }
    let theta = (matrix[q * size + q] - matrix[p * size + p]) / (2.0 * off);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for k in 0..size {
        let (a, b) = (matrix[k * size + p], matrix[k * size + q]);
        (matrix[k * size + p], matrix[k * size + q]) = (cosine * a - sine * b, sine * a + cosine * b);
    }
    for k in 0..size {
        let (a, b) = (matrix[p * size + k], matrix[q * size + k]);
        (matrix[p * size + k], matrix[q * size + k]) = (cosine * a - sine * b, sine * a + cosine * b);
        let (a, b) = (vectors[p][k], vectors[q][k]);
        (vectors[p][k], vectors[q][k]) = (cosine * a - sine * b, sine * a + cosine * b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_orthonormal_and_stretched_by_their_values() {
        let matrix = [4.0, 1.0, -2.0, 0.5, 1.0, 3.0, 0.0, 1.5, -2.0, 0.0, 1.0, 0.0, 0.5, 1.5, 0.0, 3.0];
        let (values, vectors) = eigen(matrix.to_vec(), 4);
        assert!(values.is_sorted_by(|one, other| one >= other));
        for (i, (value, vector)) in values.iter().zip(&vectors).enumerate() {
            for row in 0..4 {
                let product: f64 = (0..4).map(|k| matrix[row * 4 + k] * vector[k]).sum();
                assert!((product - value * vector[row]).abs() < 1e-10);
            }
            for (j, other) in vectors.iter().enumerate() {
                let dot: f64 = vector.iter().zip(other).map(|(a, b)| a * b).sum();
                assert!((dot - if i == j { 1.0 } else { 0.0 }).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn a_diagonal_matrix_is_left_as_it_is() {
        assert_eq!(
            eigen(vec![1.0, 0.0, 0.0, 2.0], 2),
            (vec![2.0, 1.0], vec![vec![0.0, 1.0], vec![1.0, 0.0]])
        );
    }
}
