//! A vector for each item.

/// Rows of numbers, one for each item.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    columns: usize,
    values: Vec<f32>,
}

impl Vectors {
    /// Rows that stand one after another in `values`.
    ///
    /// # Panics
    /// If they do not fill whole rows.
    pub fn new(columns: usize, values: Vec<f32>) -> Self {
        assert!(columns > 0 && values.len().is_multiple_of(columns), "values fill whole rows");
        Self { columns, values }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.columns
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Length of each row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// All values, row after row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// One row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.columns..(index + 1) * self.columns]
    }

    /// Whether a row says nothing: all its numbers are 0.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn is_zero(&self, index: usize) -> bool {
        self.row(index).iter().all(|value| *value == 0.0)
    }

    /// How many rows say nothing.
    pub fn zeros(&self) -> usize {
        (0..self.len()).filter(|row| self.is_zero(*row)).count()
    }

    /// Brings each row to length 1; a row of zeros stays as it is.
    pub fn to_unit_length(&mut self) {
        for row in self.values.chunks_exact_mut(self.columns) {
            let square: f64 = row.iter().map(|value| f64::from(*value) * f64::from(*value)).sum();
            if square > 0.0 {
                row.iter_mut().for_each(|value| *value = (f64::from(*value) / square.sqrt()) as f32);
            }
        }
    }

    /// Fills some rows with zeros.
    pub fn clear(&mut self, which: &[bool]) {
        let rows = self.values.chunks_exact_mut(self.columns).zip(which);
        rows.filter(|(_, is_one)| **is_one).for_each(|(row, _)| row.fill(0.0));
    }

    /// The rows of some items.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn of(&self, items: &[usize]) -> Self {
        let values = items.iter().flat_map(|item| self.row(*item)).copied().collect();
        Self { columns: self.columns, values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_length_one_and_zeros_stay() {
        let mut vectors = Vectors::new(2, vec![3.0, -4.0, 0.0, -0.0, 1e-30, 0.0]);
        assert_eq!((vectors.len(), vectors.columns(), vectors.zeros()), (3, 2, 1));
        vectors.to_unit_length();
        assert_eq!(vectors.values(), [0.6, -0.8, 0.0, 0.0, 1.0, 0.0]);
        assert!(vectors.is_zero(1) && !vectors.is_zero(2));
        assert_eq!(vectors.of(&[2, 0]).row(1), [0.6, -0.8]);
    }
}
