//! Min-max scaling: each column to 0…1. Numbers are doubles up to here: 1,767,225,600 and the second after it are one
//! number in single precision.

use serde::Serialize;

/// The range of each column, found on some rows and applied to any.
///
/// The document takes the ranges from all 150 rows before it splits them: a mild leak (the test rows' extremes
/// are known), kept here because it is part of the task as set, and told on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MinMax {
    /// Smallest value of each column.
    pub min: Vec<f64>,
    /// Largest value of each column.
    pub max: Vec<f64>,
}

impl MinMax {
    /// The ranges of the columns of `rows`.
    ///
    /// # Panics
    /// If there are no rows.
    pub fn of(rows: &[Vec<f64>]) -> Self {
        let (mut min, mut max) = (rows[0].clone(), rows[0].clone());
        for row in rows {
            for (column, &value) in row.iter().enumerate() {
                min[column] = min[column].min(value);
                max[column] = max[column].max(value);
            }
        }
        Self { min, max }
    }

    /// `(x - min) / (max - min)` for each column, rounded to single precision at the end; a column that never changes
    /// becomes 0.
    pub fn scale(&self, row: &[f64]) -> Vec<f32> {
        row.iter()
            .enumerate()
            .map(|(column, &value)| {
                let width = self.max[column] - self.min[column];
                if width > 0.0 { ((value - self.min[column]) / width) as f32 } else { 0.0 }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_zero_to_one_and_a_constant_column_zero() {
        let rows = vec![vec![1.0, 7.0], vec![3.0, 7.0], vec![2.0, 7.0]];
        let ranges = MinMax::of(&rows);
        let scaled: Vec<Vec<f32>> = rows.iter().map(|row| ranges.scale(row)).collect();
        assert_eq!(scaled, [[0.0, 0.0], [1.0, 0.0], [0.5, 0.0]]);
        // Values outside the range seen go outside 0..1: nothing is clipped in silence.
        assert_eq!(ranges.scale(&[5.0, 8.0]), [2.0, 0.0]);
    }
}
