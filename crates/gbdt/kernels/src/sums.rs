//! Sums of gradients and hessians for each bin.

/// Sum of gradients and sum of hessians of the rows in a bin.
pub type BinSums = [f64; 2];

/// Gradient and hessian of a row.
pub type GradientPair = [f32; 2];

/// The sums of a feature whose bins are bytes, over some rows: all of them where there are as many as the column has.
/// With 256 places a byte is always one of them, and nothing need be checked.
pub fn one_sum(column: &[u8], rows: &[u32], pairs: &[GradientPair]) -> [BinSums; 256] {
    let mut places = [[0.0; 2]; 256];
    if rows.len() == column.len() {
        for (bin, pair) in column.iter().zip(pairs) {
            add(&mut places[usize::from(*bin)], pair);
        }
    } else {
        for (row, pair) in rows.iter().zip(pairs) {
            add(&mut places[usize::from(column[*row as usize])], pair);
        }
    }
    places
}

/// The sums of a feature with more bins.
pub fn wide_sum(column: &[u16], bins: usize, rows: &[u32], pairs: &[GradientPair]) -> Vec<BinSums> {
    let mut places = vec![[0.0; 2]; bins];
    for (row, pair) in rows.iter().zip(pairs) {
        add(&mut places[usize::from(column[*row as usize])], pair);
    }
    places
}

/// The sums of two features over the same rows: those of one do not wait for those of the other.
pub fn two_sums(
    one: &[u8],
    other: &[u8],
    rows: &[u32],
    pairs: &[GradientPair],
) -> ([BinSums; 256], [BinSums; 256]) {
    let mut first = [[0.0; 2]; 256];
    let mut second = [[0.0; 2]; 256];
    if rows.len() == one.len() {
        for ((one, other), pair) in one.iter().zip(other).zip(pairs) {
            add(&mut first[usize::from(*one)], pair);
            add(&mut second[usize::from(*other)], pair);
        }
    } else {
        for (row, pair) in rows.iter().zip(pairs) {
            let row = *row as usize;
            add(&mut first[usize::from(one[row])], pair);
            add(&mut second[usize::from(other[row])], pair);
        }
    }
    (first, second)
}

#[inline(always)]
fn add(sums: &mut BinSums, pair: &GradientPair) {
    sums[0] += f64::from(pair[0]);
    sums[1] += f64::from(pair[1]);
}
