//! The document's `DataLoader` (§4.5.2): the rows of a split in minibatches, reshuffled each epoch.

use crate::random::{Purpose, Random, RandomState};
use serde::{Deserialize, Serialize};

/// Gives minibatches of row numbers, epoch after epoch.
#[derive(Debug, Clone)]
pub struct DataLoader {
    rows: Vec<usize>,
    batch_size: usize,
    buffer: usize,
    random: Random,
    order: Vec<usize>,
    position: usize,
}

/// Where a loader stands in its epoch: enough to go on with the same batches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoaderState {
    random: RandomState,
    order: Vec<usize>,
    position: usize,
}

impl DataLoader {
    /// Shuffled minibatches of `rows`; the last one of an epoch may be smaller.
    ///
    /// # Panics
    /// If there are no rows or the batch size is 0.
    pub fn shuffled(rows: Vec<usize>, batch_size: usize, seed: u64) -> Self {
        assert!(!rows.is_empty() && batch_size > 0, "a loader needs rows and a batch size");
        let random = Random::new(seed, Purpose::Batches);
        Self { rows, batch_size, buffer: usize::MAX, random, order: Vec::new(), position: 0 }
    }

    /// The same through a buffer of that many rows, which is filled in the order given, shuffled and emptied, over and
    /// over (Paddle's `reader.shuffle`). One as large as the split shuffles it whole, one of a single row not at all.
    ///
    /// # Panics
    /// If the buffer holds no row.
    pub fn with_buffer(self, buffer: usize) -> Self {
        assert!(buffer > 0, "a buffer holds rows");
        Self { buffer, ..self }
    }

    /// The rows, in the order given.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// Steps of one epoch: rows divided by batch size, rounded up.
    pub fn steps_per_epoch(&self) -> usize {
        self.rows.len().div_ceil(self.batch_size)
    }

    /// Row numbers of the next minibatch. An epoch's order is drawn when its first batch is asked for.
    pub fn next_batch(&mut self) -> &[usize] {
        if self.position >= self.order.len() {
            // Each epoch permutes the rows as given, not the last epoch's order, as torch's RandomSampler does.
            self.order.clone_from(&self.rows);
            self.order.chunks_mut(self.buffer).for_each(|held| self.random.shuffle(held));
            self.position = 0;
        }
        let start = self.position;
        self.position = (start + self.batch_size).min(self.order.len());
        &self.order[start..self.position]
    }

    /// Where the loader stands.
    pub fn state(&self) -> LoaderState {
        LoaderState { random: self.random.state(), order: self.order.clone(), position: self.position }
    }

    /// Goes to a recorded place.
    ///
    /// # Errors
    /// What is wrong with the state, which is hostile until checked: it must hold this loader's rows.
    pub fn restore(&mut self, state: LoaderState) -> Result<(), String> {
        let sorted = |rows: &[usize]| {
            let mut rows = rows.to_vec();
            rows.sort_unstable();
            rows
        };
        let fresh = state.order.is_empty();
        if state.position > state.order.len() || !(fresh || sorted(&state.order) == sorted(&self.rows)) {
            return Err("the order of the rows is not one of this data".into());
        }
        self.random = Random::at(state.random);
        self.order = state.order;
        self.position = state.position;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_gives_every_row_once_and_the_last_batch_is_smaller() {
        let mut loader = DataLoader::shuffled((0..120).collect(), 16, 1);
        assert_eq!(loader.steps_per_epoch(), 8);
        let mut orders = Vec::new();
        for _ in 0..2 {
            let batches: Vec<Vec<usize>> = (0..8).map(|_| loader.next_batch().to_vec()).collect();
            assert_eq!(batches[7].len(), 8);
            let order = batches.concat();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..120));
            orders.push(order);
        }
        assert_ne!(orders[0], orders[1]);
    }

    #[test]
    fn rows_are_shuffled_within_each_filling_of_the_buffer() {
        let rows: Vec<usize> = (100..120).collect();
        let mut loader = DataLoader::shuffled(rows.clone(), 20, 1).with_buffer(8);
        let order = loader.next_batch().to_vec();
        for (held, file) in order.chunks(8).zip(rows.chunks(8)) {
            let mut sorted = held.to_vec();
            sorted.sort_unstable();
            assert_eq!(sorted, file);
        }
        assert_ne!(order, rows);
        assert_ne!(order, loader.next_batch(), "each pass draws anew");
        assert_eq!(DataLoader::shuffled(rows.clone(), 20, 1).with_buffer(1).next_batch(), rows);
        let whole = DataLoader::shuffled(rows.clone(), 20, 1).next_batch().to_vec();
        assert_eq!(DataLoader::shuffled(rows, 20, 1).with_buffer(20).next_batch(), whole);
    }

    #[test]
    fn a_restored_loader_goes_on_with_the_same_batches() {
        let mut loader = DataLoader::shuffled((10..50).collect(), 7, 5);
        for _ in 0..9 {
            loader.next_batch();
        }
        let mut resumed = DataLoader::shuffled((10..50).collect(), 7, 5);
        resumed.restore(loader.state()).unwrap();
        for _ in 0..20 {
            assert_eq!(loader.next_batch().to_vec(), resumed.next_batch().to_vec());
        }
    }

    #[test]
    fn a_state_of_other_rows_is_refused() {
        let mut other = DataLoader::shuffled((0..41).collect(), 7, 5);
        other.next_batch();
        let mut loader = DataLoader::shuffled((0..40).collect(), 7, 5);
        assert!(loader.restore(other.state()).is_err());
    }
}
