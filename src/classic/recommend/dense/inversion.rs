//! The inverse of a large matrix from its factor, in its place.

use super::cholesky::Cholesky;
use super::view::{BLOCK, View, multiply};

impl Cholesky {
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
