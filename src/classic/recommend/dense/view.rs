//! Matrices that lie in slices, and their products.

use gemm::Parallelism;

/// Rows of a block: small enough that the part that is not a product of blocks takes little of the time.
pub(super) const BLOCK: usize = 64;

/// Where a matrix lies in a slice: its sizes and how far its rows and columns are apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    pub(super) start: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) row_step: usize,
    pub(super) column_step: usize,
}

impl View {
    pub(super) fn row_major(start: usize, rows: usize, columns: usize, row_step: usize) -> Self {
        Self { start, rows, columns, row_step, column_step: 1 }
    }

    pub(super) fn transposed(self) -> Self {
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
pub(super) fn multiply(c: (&mut [f32], View), keep: f32, factor: f32, a: (&[f32], View), b: (&[f32], View)) {
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
