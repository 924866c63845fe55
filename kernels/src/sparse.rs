//! Sums of rows, sparse and dense.

/// `into[i] += factor * row[i]`.
///
/// # Panics
/// If the lengths differ.
pub fn add_scaled(row: &[f32], factor: f32, into: &mut [f32]) {
    assert_eq!(row.len(), into.len());
    for (sum, value) in into.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

/// `into[id] += amount` for each id.
///
/// # Panics
/// If an id is not below the length of `into`.
pub fn add_at(ids: &[u32], amount: f32, into: &mut [f32]) {
    for id in ids {
        into[*id as usize] += amount;
    }
}

/// `into[id] += factor * value` for each id with its value.
///
/// # Panics
/// If an id is not below the length of `into`.
pub fn add_scaled_at(ids: &[u32], values: &[f32], factor: f32, into: &mut [f32]) {
    for (id, value) in ids.iter().zip(values) {
        into[*id as usize] += factor * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_added_where_they_belong() {
        let mut into = [1.0; 4];
        add_at(&[3, 0, 3], 0.5, &mut into);
        assert_eq!(into, [1.5, 1.0, 1.0, 2.0]);
        add_scaled_at(&[1, 3], &[2.0, 4.0], -0.5, &mut into);
        assert_eq!(into, [1.5, 0.0, 1.0, 0.0]);
        add_scaled(&[1.0, 2.0, 3.0, 4.0], 2.0, &mut into);
        assert_eq!(into, [3.5, 4.0, 7.0, 8.0]);
    }
}
