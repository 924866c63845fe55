//! Symmetric positive definite systems: Cholesky's factorisation of large matrices block by block, and small ones at
//! once.
//!
//! The products of blocks are the crate gemm's, which burn brings along.

use gemm::Parallelism;

/// Rows of a block: small enough that the part that is not a product of blocks takes little of the time.
const BLOCK: usize = 64;

/// Where a matrix lies in a slice: its sizes and how far its rows and columns are apart.
#[derive(Debug, Clone, Copy)]
struct View {
    start: usize,
    rows: usize,
    columns: usize,
    row_step: usize,
    column_step: usize,
}

impl View {
    fn row_major(start: usize, rows: usize, columns: usize, row_step: usize) -> Self {
        Self { start, rows, columns, row_step, column_step: 1 }
    }

    fn transposed(self) -> Self {
        Self {
            rows: self.columns,
            columns: self.rows,
            row_step: self.column_step,
            column_step: self.row_step,
            ..self
        }
    }

    /// Whether all its entries are within a slice of `length`.
    fn fits(self, length: usize) -> bool {
        let last = (self.rows.max(1) - 1) * self.row_step + (self.columns.max(1) - 1) * self.column_step;
        self.start + last < length || self.rows * self.columns == 0
    }
}

/// `c ← keep · c + factor · a b`.
fn multiply(c: (&mut [f32], View), keep: f32, factor: f32, a: (&[f32], View), b: (&[f32], View)) {
    let ((c, of_c), (a, of_a), (b, of_b)) = (c, a, b);
    assert!(
        of_c.fits(c.len()) && of_a.fits(a.len()) && of_b.fits(b.len()),
        "matrices lie within their slices"
    );
    assert!(of_a.columns == of_b.rows && of_c.rows == of_a.rows && of_c.columns == of_b.columns);
    if of_c.rows * of_c.columns == 0 {
        return;
    }
    // SAFETY: every entry of the three matrices is within its slice, `c` is borrowed for writing alone, and its entries
    // are distinct: all views of it are row-major with rows that do not overlap.
    unsafe {
        gemm::gemm(
            of_c.rows,
            of_c.columns,
            of_a.columns,
            c.as_mut_ptr().add(of_c.start),
            of_c.column_step as isize,
            of_c.row_step as isize,
            keep != 0.0,
            a.as_ptr().add(of_a.start),
            of_a.column_step as isize,
            of_a.row_step as isize,
            b.as_ptr().add(of_b.start),
            of_b.column_step as isize,
            of_b.row_step as isize,
            keep,
            factor,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// The factor `L` of `A = L Lᵀ` while it is computed, block of columns by block of columns.
#[derive(Debug, Clone)]
pub struct Cholesky {
    size: usize,
    /// Row-major; on and below the diagonal `L` in the first `done` columns, `A` less what they explain in the others.
    matrix: Vec<f32>,
    done: usize,
    /// The inverse of each block of `L` on the diagonal, row-major.
    inverses: Vec<Vec<f32>>,
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

    /// `A⁻¹` from a complete factor, in the place of the factor.
    ///
    /// # Panics
    /// If the factorisation is not complete.
    pub fn into_inverse(self) -> Inversion {
        assert!(self.done == self.size, "a complete factor");
        Inversion { blocks: self.blocks(), factor: self, done: 0 }
    }
}

/// `A⁻¹ = L⁻ᵀ L⁻¹` while it is computed, block of rows by block of rows: first `L⁻¹`, then the product. Both stand in the
/// place of `L`, because a block needs of what it replaces no more than its own rows: at 3,400 films a matrix has 46 MB.
#[derive(Debug, Clone)]
pub struct Inversion {
    factor: Cholesky,
    blocks: usize,
    done: usize,
}

impl Inversion {
    /// One block. Returns whether another one is to come.
    pub fn step(&mut self) -> bool {
        match self.done {
            done if done < self.blocks => self.invert(done),
            done if done < 2 * self.blocks => self.multiply(done - self.blocks),
            _ => return false,
        }
        self.done += 1;
        self.done < 2 * self.blocks
    }

    /// Blocks done, and all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, 2 * self.blocks)
    }

    /// Rows and columns of a block: where it begins, and where it ends.
    fn range(&self, block: usize) -> (usize, usize) {
        let begin = block * BLOCK;
        (begin, self.factor.size.min(begin + BLOCK))
    }

    /// Rows of `L⁻¹` in place of those of `L`: the identity less what the rows before it explain, solved for.
    fn invert(&mut self, block: usize) {
        let (size, (begin, end)) = (self.factor.size, self.range(block));
        let width = end - begin;
        let mut right = vec![0.0; width * end];
        (0..width).for_each(|row| right[row * end + begin + row] = 1.0);
        let of_right = View::row_major(0, width, end, end);
        let matrix = &mut self.factor.matrix;
        if begin > 0 {
            let lower = View::row_major(begin * size, width, begin, size);
            let before = View::row_major(0, begin, end, size);
            multiply((&mut right, of_right), 1.0, -1.0, (&*matrix, lower), (&*matrix, before));
        }
        let of_inverse = View::row_major(0, width, width, width);
        let of_rows = View::row_major(begin * size, width, end, size);
        let inverse = &self.factor.inverses[block];
        multiply((&mut *matrix, of_rows), 0.0, 1.0, (inverse, of_inverse), (&right, of_right));
        (begin..end).for_each(|row| matrix[row * size + end..(row + 1) * size].fill(0.0));
    }

    /// Rows of the product in place of those of `L⁻¹`, which no later block needs.
    fn multiply(&mut self, block: usize) {
        let (size, (begin, end)) = (self.factor.size, self.range(block));
        let matrix = &mut self.factor.matrix;
        let left = View::row_major(begin * size + begin, size - begin, end - begin, size).transposed();
        let right = View::row_major(begin * size, size - begin, end, size);
        let mut rows = vec![0.0; (end - begin) * end];
        let of_rows = View::row_major(0, end - begin, end, end);
        multiply((&mut rows, of_rows), 0.0, 1.0, (&*matrix, left), (&*matrix, right));
        for (row, values) in rows.chunks_exact(end.max(1)).enumerate() {
            matrix[(begin + row) * size..][..end].copy_from_slice(values);
        }
    }

    /// The whole inverse, row-major, once no step is to come.
    ///
    /// # Panics
    /// If one is.
    pub fn finish(self) -> Vec<f32> {
        assert!(self.done == 2 * self.blocks, "a complete inverse");
        let (size, mut inverse) = (self.factor.size, self.factor.matrix);
        for row in 0..size {
            for column in 0..row {
                inverse[column * size + row] = inverse[row * size + column];
            }
        }
        inverse
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
