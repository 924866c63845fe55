//! Separates the rows of a leaf.

/// Of bins that are bytes: see [`wide`].
pub fn narrow(column: &[u8], rows: &mut [u32], left: &[bool], others: &mut Vec<u32>) -> usize {
    partition(column, rows, left, others)
}

/// Puts the rows whose bin goes left first, each side in its old order; returns how many those are.
///
/// # Shapes
/// - `column`: the bin of each row of the table
/// - `left`: for each bin whether it goes left
/// - `others`: room for the rows that go right; what it held is lost
///
/// # Panics
/// For a row or a bin that is not there.
pub fn wide(column: &[u16], rows: &mut [u32], left: &[bool], others: &mut Vec<u32>) -> usize {
    partition(column, rows, left, others)
}

// Called from this package alone: a generic function is compiled in the package that calls it.
fn partition<Bin: Copy + Into<usize>>(
    column: &[Bin],
    rows: &mut [u32],
    left: &[bool],
    others: &mut Vec<u32>,
) -> usize {
    others.clear();
    let mut kept = 0;
    for index in 0..rows.len() {
        let row = rows[index];
        if left[column[row as usize].into()] {
            rows[kept] = row;
            kept += 1;
        } else {
            others.push(row);
        }
    }
    rows[kept..].copy_from_slice(others);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_keep_their_order() {
        let (mut rows, mut others) = (vec![5, 0, 3, 4, 1], vec![9]);
        let kept = narrow(&[0, 1, 0, 2, 1, 0], &mut rows, &[true, false, true], &mut others);
        assert_eq!((kept, &rows[..]), (3, &[5, 0, 3, 4, 1][..]));
        let kept = wide(&[300, 1, 0, 2, 1, 0], &mut rows, &[false; 301], &mut others);
        assert_eq!((kept, &rows[..]), (0, &[5, 0, 3, 4, 1][..]));
        let kept = wide(&[1, 0, 0, 1, 0, 1], &mut rows, &[true, false], &mut others);
        assert_eq!((kept, &rows[..]), (2, &[4, 1, 5, 0, 3][..]));
    }
}
