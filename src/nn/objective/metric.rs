//! The class a row of outputs stands for.

/// How many rows have their class as the likeliest one.
///
/// # Shapes
/// `outputs` is row-major `[labels.len(), columns]`, of which the last `classes` columns decide: a single one is the
/// logit of class 1, which is taken from 0 on; of several the largest is the class (the first of equals, as numpy and
/// torch have it).
///
/// # Panics
/// If the lengths do not fit together.
pub fn correct(outputs: &[f32], columns: usize, classes: usize, labels: &[u32]) -> usize {
    assert_eq!(outputs.len(), labels.len() * columns, "outputs are [rows, columns]");
    let rows = outputs.chunks_exact(columns).zip(labels);
    rows.filter(|(row, label)| predicted(&row[columns - classes..]) == **label).count()
}

fn predicted(outputs: &[f32]) -> u32 {
    match outputs {
        [logit] => u32::from(*logit >= 0.0),
        _ => largest(outputs) as u32,
    }
}

/// Index of the largest value, the first of equals; 0 for values that are not numbers.
pub fn largest<T: PartialOrd>(row: &[T]) -> usize {
    let mut best = 0;
    for (index, value) in row.iter().enumerate() {
        if *value > row[best] {
            best = index;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_of_the_last_columns_is_the_class() {
        assert_eq!(correct(&[0.1, 0.9, 0.8, 0.2, 0.3, 0.7], 2, 2, &[1, 0, 0]), 2);
        assert_eq!(correct(&[9.0, 0.0, 0.1, 0.9, 0.0, 9.0, 0.8, 0.2], 4, 2, &[1, 1]), 1);
    }

    #[test]
    fn one_column_is_binary_from_zero_on() {
        assert_eq!(correct(&[0.0, -0.1, 0.3, 0.2], 1, 1, &[1, 0, 1, 0]), 3);
    }

    #[test]
    fn the_first_of_equal_columns_wins() {
        assert_eq!(largest(&[1.0, 3.0, 3.0]), 1);
        assert_eq!(largest(&[f32::NAN, f32::NAN]), 0);
    }
}
