//! The order of training ratings in one pass: a buffer is filled, shuffled, emptied, and filled again.

use crate::random::Random;

/// The rows of one pass through a shuffle buffer that holds `buffer` of them (Paddle's `reader.shuffle`). A buffer as
/// large as the table shuffles it whole; one of a single row keeps the order of the file.
///
/// # Panics
/// If the buffer holds no row.
pub fn pass(rows: &[u32], buffer: usize, random: &mut Random) -> Vec<u32> {
    let mut order = rows.to_vec();
    order.chunks_mut(buffer).for_each(|held| random.shuffle(held));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn rows_are_shuffled_within_each_filling_of_the_buffer() {
        let rows: Vec<u32> = (100..120).collect();
        let mut random = Random::new(1, Purpose::Batches);
        let order = pass(&rows, 8, &mut random);
        for (held, file) in order.chunks(8).zip(rows.chunks(8)) {
            let mut sorted = held.to_vec();
            sorted.sort_unstable();
            assert_eq!(sorted, file);
        }
        assert_ne!(order, rows);
        assert_ne!(order, pass(&rows, 8, &mut random), "each pass draws anew");
        assert_eq!(pass(&rows, 1, &mut random), rows);
    }
}
