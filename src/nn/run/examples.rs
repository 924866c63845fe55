//! Examples as tensors: what a network is trained on.

use burn::tensor::{Device, Tensor, TensorData};

/// A minibatch on a device.
#[derive(Debug, Clone)]
pub struct Minibatch<Input> {
    /// What the network is given.
    pub input: Input,
    /// One-hot classes, `[N, classes]`.
    pub targets: Tensor<2>,
}

/// A data set that can be asked for some of its rows (the document's `Dataset`, §4.5.2).
pub trait Examples {
    /// Type of a network's input.
    type Input;

    /// The rows `rows` as a minibatch on `device`.
    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<Self::Input>;

    /// The rows `rows` as the minibatch of training step `step`, counted from 0: examples that are changed at random
    /// before they are learned from draw that change by step and row, so that a resumed run draws the same.
    fn training_minibatch(&self, rows: &[usize], _step: u64, device: &Device) -> Minibatch<Self::Input> {
        self.minibatch(rows, device)
    }

    /// The class of a row.
    fn label(&self, row: usize) -> u32;

    /// Rows that are evaluated at once: bounds the memory of an evaluation.
    fn rows_at_once(&self) -> usize {
        1024
    }
}

/// Rows of numbers, each with a class.
#[derive(Debug, Clone)]
pub struct Rows {
    values: Vec<f32>,
    columns: usize,
    labels: Vec<u32>,
    classes: usize,
}

impl Rows {
    /// Examples from scaled rows and their classes.
    ///
    /// # Panics
    /// If rows differ in length, or rows and labels in number.
    pub fn new(rows: &[Vec<f32>], labels: &[u32], classes: usize) -> Self {
        assert_eq!(rows.len(), labels.len(), "one label for each row");
        let columns = rows.first().map_or(0, Vec::len);
        assert!(rows.iter().all(|row| row.len() == columns), "rows of equal length");
        Self { values: rows.concat(), columns, labels: labels.to_vec(), classes }
    }
}

impl Examples for Rows {
    type Input = Tensor<2>;

    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<Tensor<2>> {
        let mut values = Vec::with_capacity(rows.len() * self.columns);
        let mut targets = vec![0f32; rows.len() * self.classes];
        for (index, &row) in rows.iter().enumerate() {
            values.extend_from_slice(&self.values[row * self.columns..][..self.columns]);
            targets[index * self.classes + self.labels[row] as usize] = 1.0;
        }
        Minibatch {
            input: Tensor::from_data(TensorData::new(values, [rows.len(), self.columns]), device),
            targets: Tensor::from_data(TensorData::new(targets, [rows.len(), self.classes]), device),
        }
    }

    fn label(&self, row: usize) -> u32 {
        self.labels[row]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minibatch_holds_the_rows_asked_for_in_their_order() {
        let rows = Rows::new(&[vec![1.0, 2.0], vec![3.0, 4.0], vec![5.0, 6.0]], &[0, 2, 1], 3);
        let batch = rows.minibatch(&[2, 0], &Device::flex());
        assert_eq!(batch.input.into_data().try_to_vec::<f32>().unwrap(), [5.0, 6.0, 1.0, 2.0]);
        assert_eq!(batch.targets.into_data().try_to_vec::<f32>().unwrap(), [0.0, 1.0, 0.0, 1.0, 0.0, 0.0]);
    }
}
