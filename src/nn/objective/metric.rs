//! The document's `Accuracy` (§4.5.4): correct over counted, accumulated over batches.

/// What the outputs of a binary classifier are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// Before the sigmoid: class 1 from 0 on.
    Logits,
    /// After it: class 1 from 0.5 on.
    Probabilities,
}

/// Accuracy over as many batches as are given.
#[derive(Debug, Clone)]
pub struct Accuracy {
    outputs: Outputs,
    correct: usize,
    counted: usize,
}

impl Accuracy {
    /// Nothing counted yet.
    pub fn new(outputs: Outputs) -> Self {
        Self { outputs, correct: 0, counted: 0 }
    }

    /// Counts a batch.
    ///
    /// # Shapes
    /// `outputs` is row-major `[labels.len(), columns]`; with one column the task is binary, else the largest
    /// column is the class (the first of equals, as numpy and torch have it).
    ///
    /// # Panics
    /// If the lengths do not fit together.
    pub fn update(&mut self, outputs: &[f32], columns: usize, labels: &[u32]) {
        assert_eq!(outputs.len(), labels.len() * columns, "outputs are [rows, columns]");
        for (row, &label) in outputs.chunks_exact(columns).zip(labels) {
            let class = match (columns, self.outputs) {
                (1, Outputs::Logits) => u32::from(row[0] >= 0.0),
                (1, Outputs::Probabilities) => u32::from(row[0] >= 0.5),
                _ => largest(row) as u32,
            };
            self.correct += usize::from(class == label);
            self.counted += 1;
        }
    }

    /// The share of correct ones so far; 0 when nothing was counted, as in the document.
    pub fn accumulate(&self) -> f64 {
        if self.counted == 0 { 0.0 } else { self.correct as f64 / self.counted as f64 }
    }

    /// How many of how many are correct so far.
    pub fn counts(&self) -> (usize, usize) {
        (self.correct, self.counted)
    }

    /// Goes on from recorded counts.
    ///
    /// # Errors
    /// When more are correct than were counted.
    pub fn restore(&mut self, (correct, counted): (usize, usize)) -> Result<(), String> {
        if correct > counted {
            return Err(format!("{correct} of {counted} rows cannot be correct"));
        }
        (self.correct, self.counted) = (correct, counted);
        Ok(())
    }

    /// Forgets what was counted.
    pub fn reset(&mut self) {
        self.correct = 0;
        self.counted = 0;
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
    fn accumulates_over_batches_of_different_size() {
        let mut accuracy = Accuracy::new(Outputs::Logits);
        assert_eq!(accuracy.accumulate(), 0.0);
        accuracy.update(&[0.1, 0.9, 0.8, 0.2, 0.3, 0.7], 2, &[1, 0, 0]);
        accuracy.update(&[2.0, 1.0], 2, &[1]);
        assert_eq!(accuracy.accumulate(), 0.5);
        let mut resumed = Accuracy::new(Outputs::Logits);
        resumed.restore(accuracy.counts()).unwrap();
        assert_eq!(resumed.accumulate(), 0.5);
        assert!(resumed.restore((3, 2)).is_err());
        accuracy.reset();
        assert_eq!(accuracy.accumulate(), 0.0);
    }

    #[test]
    fn one_column_is_binary_with_the_threshold_of_its_kind() {
        let labels = [1, 0, 1, 0];
        let mut logits = Accuracy::new(Outputs::Logits);
        logits.update(&[0.0, -0.1, 0.3, 0.2], 1, &labels);
        assert_eq!(logits.accumulate(), 0.75);
        let mut probabilities = Accuracy::new(Outputs::Probabilities);
        probabilities.update(&[0.5, 0.49, 0.3, 0.2], 1, &labels);
        assert_eq!(probabilities.accumulate(), 0.75);
    }

    #[test]
    fn the_first_of_equal_columns_wins() {
        assert_eq!(largest(&[1.0, 3.0, 3.0]), 1);
        assert_eq!(largest(&[f32::NAN, f32::NAN]), 0);
    }
}
