//! Cholesky's factorisation of a large matrix, block by block.

use super::view::{BLOCK, View, multiply};

/// The factor `L` of `A = L Lᵀ` while it is computed, block of columns by block of columns.
#[derive(Debug, Clone)]
pub struct Cholesky {
    pub(super) size: usize,
    /// Row-major; on and below the diagonal `L` in the first `done` columns, `A` less what they explain in the others.
    pub(super) matrix: Vec<f32>,
    pub(super) done: usize,
    /// The inverse of each block of `L` on the diagonal, row-major.
    pub(super) inverses: Vec<Vec<f32>>,
}

impl Cholesky {
    /// Before the first block. Of `matrix` only what is on and below the diagonal is read.
    ///
    /// # Panics
    /// If `matrix` is not square.
    pub fn new(matrix: Vec<f32>, size: usize) -> Self {
        assert!(matrix.len() == size * size, "a square matrix");
        Self { size, matrix, done: 0, inverses: Vec::new() }
    }

    /// One block of columns. Returns whether another one is to come.
    ///
    /// # Panics
    /// If the matrix is not positive definite.
    pub fn step(&mut self) -> bool {
        let (size, begin) = (self.size, self.done);
        let width = BLOCK.min(size - begin);
        let end = begin + width;
        let mut block = Vec::with_capacity(width * width);
        for row in begin..end {
            block.extend_from_slice(&self.matrix[row * size + begin..][..width]);
        }
        factorise(&mut block, width);
        for (row, values) in block.chunks_exact(width.max(1)).enumerate() {
            self.matrix[(begin + row) * size + begin..][..width].copy_from_slice(values);
        }
        let inverse = inverse_lower(&block, width);
        let below = size - end;
        let mut panel = Vec::with_capacity(below * width);
        for row in end..size {
            panel.extend_from_slice(&self.matrix[row * size + begin..][..width]);
        }
        let of_panel = View::row_major(0, below, width, width);
        let of_inverse = View::row_major(0, width, width, width);
        let mut solved = vec![0.0; panel.len()];
        multiply((&mut solved, of_panel), 0.0, 1.0, (&panel, of_panel), (&inverse, of_inverse.transposed()));
        for (row, values) in solved.chunks_exact(width.max(1)).enumerate() {
            self.matrix[(end + row) * size + begin..][..width].copy_from_slice(values);
        }
        // Only what lies on and below the diagonal is needed: blocks of rows end at their last column.
        for first in (0..below).step_by(BLOCK) {
            let rows = BLOCK.min(below - first);
            let a = View { start: first * width, rows, ..of_panel };
            let b = View { rows: first + rows, ..of_panel }.transposed();
            let c = View::row_major((end + first) * size + end, rows, first + rows, size);
            multiply((&mut self.matrix, c), 1.0, -1.0, (&solved, a), (&solved, b));
        }
        self.inverses.push(inverse);
        self.done = end;
        self.done < size
    }

    /// Columns done, and all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.size)
    }

    /// Blocks of rows of [`solve_rows`](Self::solve_rows).
    pub fn blocks(&self) -> usize {
        self.size.div_ceil(BLOCK)
    }

    /// The rows of `L⁻¹ b` of one block in place of those of `b`, row-major with `columns` columns. The blocks before it
    /// have to be solved.
    ///
    /// # Panics
    /// If the factorisation is not complete, or `b` has another number of rows.
    pub fn solve_rows(&self, block: usize, b: &mut [f32], columns: usize) {
        let (size, begin) = (self.size, block * BLOCK);
        assert!(self.done == size && b.len() == size * columns, "a complete factor and as many rows");
        let width = BLOCK.min(size - begin);
        let (solved, rest) = b.split_at_mut(begin * columns);
        let of_rest = View::row_major(0, width, columns, columns);
        if begin > 0 {
            let lower = View::row_major(begin * size, width, begin, size);
            let of_solved = View::row_major(0, begin, columns, columns);
            multiply((rest, of_rest), 1.0, -1.0, (&self.matrix, lower), (solved, of_solved));
        }
        let right = rest[..width * columns].to_vec();
        let of_inverse = View::row_major(0, width, width, width);
        multiply((rest, of_rest), 0.0, 1.0, (&self.inverses[block], of_inverse), (&right, of_rest));
    }
}

/// `L` of a small matrix in its place.
fn factorise(matrix: &mut [f32], size: usize) {
    for i in 0..size {
        for j in 0..=i {
            let inner: f32 = (0..j).map(|k| matrix[i * size + k] * matrix[j * size + k]).sum();
            let value = matrix[i * size + j] - inner;
            assert!(i != j || value > 0.0, "the matrix is positive definite");
            matrix[i * size + j] = if i == j { value.sqrt() } else { value / matrix[j * size + j] };
        }
        matrix[i * size + i + 1..(i + 1) * size].fill(0.0);
    }
}

/// `L⁻¹` of a small lower triangular matrix.
fn inverse_lower(lower: &[f32], size: usize) -> Vec<f32> {
    let mut inverse = vec![0.0; size * size];
    for column in 0..size {
        for row in column..size {
            let inner: f32 = (column..row).map(|k| lower[row * size + k] * inverse[k * size + column]).sum();
            let unit = if row == column { 1.0 } else { 0.0 };
            inverse[row * size + column] = (unit - inner) / lower[row * size + row];
        }
    }
    inverse
}
