//! Small systems, solved at once.

/// Solves `matrix · x = right` for a small symmetric positive definite matrix by Cholesky's factorisation; `x` comes in
/// place of `right`.
///
/// # Panics
/// If the sizes do not fit together.
pub fn solve(matrix: &mut [f64], right: &mut [f64]) {
    let size = right.len();
    assert!(matrix.len() == size * size, "a square matrix");
    for i in 0..size {
        for j in 0..=i {
            let inner: f64 = (0..j).map(|k| matrix[i * size + k] * matrix[j * size + k]).sum();
            let value = matrix[i * size + j] - inner;
            matrix[i * size + j] = if i == j { value.max(0.0).sqrt() } else { value / matrix[j * size + j] };
        }
        let inner: f64 = (0..i).map(|k| matrix[i * size + k] * right[k]).sum();
        right[i] = (right[i] - inner) / matrix[i * size + i];
    }
    for i in (0..size).rev() {
        let inner: f64 = (i + 1..size).map(|k| matrix[k * size + i] * right[k]).sum();
        right[i] = (right[i] - inner) / matrix[i * size + i];
    }
}
