//! Rows of different lengths, one after another in one piece of memory.

/// Rows of values; each may have a length of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ragged<T> {
    /// Where each row begins, and the end of the last one.
    starts: Vec<usize>,
    values: Vec<T>,
}

impl<T> Default for Ragged<T> {
    fn default() -> Self {
        Self { starts: vec![0], values: Vec::new() }
    }
}

impl<T: Copy> Ragged<T> {
    /// Values sorted into `count` rows: `row_of` says the row of each by its place, and those of a row stay in their
    /// order.
    ///
    /// # Panics
    /// If a row is not below `count`.
    pub fn sorted(count: usize, row_of: &dyn Fn(usize) -> usize, values: &[T]) -> Self {
        let mut starts = vec![0; count + 1];
        for place in 0..values.len() {
            starts[row_of(place) + 1] += 1;
        }
        for row in 0..count {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut sorted = values.to_vec();
        for (place, value) in values.iter().enumerate() {
            let row = row_of(place);
            sorted[next[row]] = *value;
            next[row] += 1;
        }
        Self { starts, values: sorted }
    }

    /// Adds a row at the end.
    pub fn push(&mut self, row: &[T]) {
        self.values.extend_from_slice(row);
        self.starts.push(self.values.len());
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, index: usize) -> &[T] {
        &self.values[self.starts[index]..self.starts[index + 1]]
    }

    /// The rows in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.len()).map(|index| self.row(index))
    }

    /// All values, row after row.
    pub fn values(&self) -> &[T] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sorted_into_rows_and_keep_their_order() {
        let rows = [2, 0, 2, 3, 0];
        let sorted = Ragged::sorted(4, &|place| rows[place], &['a', 'b', 'c', 'd', 'e']);
        let found: Vec<&[char]> = sorted.iter().collect();
        assert_eq!(found, [&['b', 'e'][..], &[], &['a', 'c'], &['d']]);
        let mut pushed = Ragged::default();
        found.iter().for_each(|row| pushed.push(row));
        assert_eq!(pushed, sorted);
        assert_eq!((pushed.len(), pushed.values().len()), (4, 5));
    }
}
