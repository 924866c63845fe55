//! Rows of tables: looked up, put side by side, pooled, and their gradients.

use crate::add_scaled;

/// Rows `rows` of a table, times their weight in `shares` (one for all where it holds one), one behind the other.
///
/// # Panics
/// If a row is not there, or the lengths do not fit.
pub fn look_up(table: &[f32], width: usize, rows: &[i32], shares: &[f32], into: &mut [f32]) {
    assert!(into.len() == rows.len() * width, "a place for each row");
    for (at, (row, into)) in rows.iter().zip(into.chunks_exact_mut(width)).enumerate() {
        add_scaled(row_of(table, width, *row), share(shares, at), into);
    }
}

/// Adds what [`look_up`] gave, times the same weights, to the rows it came from.
///
/// # Panics
/// As [`look_up`].
pub fn add_back(gradient: &[f32], width: usize, rows: &[i32], shares: &[f32], table: &mut [f32]) {
    assert!(gradient.len() == rows.len() * width, "a gradient for each row");
    for (at, (row, gradient)) in rows.iter().zip(gradient.chunks_exact(width)).enumerate() {
        let first = *row as usize * width;
        add_scaled(gradient, share(shares, at), &mut table[first..first + width]);
    }
}

/// The largest value of each column over the rows of a group, and the row it came from. Groups have `longest` places
/// each, of which those with a `there` above 0 count; a group without any gives zeros from no row (−1).
///
/// # Panics
/// If a row is not there, or the lengths do not fit.
pub fn largest(
    values: &[f32],
    width: usize,
    places: &[i32],
    there: &[f32],
    longest: usize,
    into: &mut [f32],
    chosen: &mut [i32],
) {
    assert!(places.len() == there.len() && chosen.len() == into.len(), "a weight for each place");
    let groups = places.chunks_exact(longest).zip(there.chunks_exact(longest));
    let outputs = into.chunks_exact_mut(width).zip(chosen.chunks_exact_mut(width));
    for ((places, there), (into, chosen)) in groups.zip(outputs) {
        chosen.fill(-1);
        for (place, _) in places.iter().zip(there).filter(|(_, there)| **there > 0.0) {
            let row = row_of(values, width, *place);
            for ((value, best), chosen) in row.iter().zip(&mut *into).zip(&mut *chosen) {
                if *chosen < 0 || *value > *best {
                    (*best, *chosen) = (*value, *place);
                }
            }
        }
    }
}

/// Adds each gradient to the row that [`largest`] chose.
///
/// # Panics
/// If a row is not there, or the lengths do not fit.
pub fn add_to_chosen(gradient: &[f32], width: usize, chosen: &[i32], values: &mut [f32]) {
    assert!(gradient.len() == chosen.len(), "a row for each gradient");
    for (at, (gradient, row)) in gradient.iter().zip(chosen).enumerate().filter(|(_, (_, row))| **row >= 0) {
        values[*row as usize * width + at % width] += gradient;
    }
}

fn row_of(table: &[f32], width: usize, row: i32) -> &[f32] {
    let first = row as usize * width;
    &table[first..first + width]
}

fn share(shares: &[f32], at: usize) -> f32 {
    if shares.len() == 1 { shares[0] } else { shares[at] }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [f32; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];

    #[test]
    fn rows_are_looked_up_and_their_gradients_go_back() {
        let (rows, shares) = ([2, 0, 2], [1.0, 0.0, 0.5]);
        let mut found = [0.0; 6];
        look_up(&TABLE, 2, &rows, &shares, &mut found);
        assert_eq!(found, [5.0, 6.0, 0.0, 0.0, 2.5, 3.0]);
        let mut gradient = [0.0; 6];
        add_back(&[1.0, 2.0, 3.0, 4.0, 10.0, 20.0], 2, &rows, &shares, &mut gradient);
        assert_eq!(gradient, [0.0, 0.0, 0.0, 0.0, 6.0, 12.0]);
        look_up(&TABLE, 2, &rows, &[2.0], &mut [0.0; 6]);
    }

    #[test]
    fn the_largest_of_a_group_counts_only_what_is_there() {
        let (places, there) = ([0, 2, 1, 0, 1, 1], [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
        let (mut found, mut chosen) = ([0.0; 4], [7; 4]);
        largest(&[-1.0, 4.0, 9.0, 9.0, -3.0, 5.0], 2, &places, &there, 3, &mut found, &mut chosen);
        assert_eq!((found, chosen), ([-1.0, 5.0, 0.0, 0.0], [0, 2, -1, -1]));
        let mut gradient = [0.0; 6];
        add_to_chosen(&[1.0, 2.0, 3.0, 4.0], 2, &chosen, &mut gradient);
        assert_eq!(gradient, [1.0, 0.0, 0.0, 0.0, 0.0, 2.0]);
    }

    #[test]
    fn of_equal_values_the_first_is_chosen() {
        let (mut found, mut chosen) = ([0.0; 1], [0; 1]);
        largest(&[3.0, 3.0], 1, &[1, 0], &[1.0, 1.0], 2, &mut found, &mut chosen);
        assert_eq!(chosen, [1]);
    }
}
