//! The document's linear auto-encoder while it is trained.

use super::CodesConfig;
use crate::data::sequences::vectors::Vectors;
use crate::lessons::sequences::networks::auto_encoder::AutoEncoder;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::objective::Objective;
use crate::nn::objective::figures::Figures;
use crate::nn::objective::regression::{Numbers, SquaredError};
use crate::nn::optim::optimizer::{Constants, Optimizer, Rule};
use burn::tensor::{Device, Tensor};

/// Learning rate of the auto-encoder.
const LEARNING_RATE: f64 = 1e-3;
/// Rows of a minibatch.
const BATCH: usize = 256;
/// Rows that all epochs together see at most, wide ones fewer; each is seen once at least. The document's 500 epochs of
/// 360 items fit.
const MOST_SEEN: usize = 180_000;
/// Columns from which on a row is wide and counts as more than one.
const WIDE: usize = 256;
/// Epochs between two looks at the loss.
const CHECK: usize = 10;
/// Looks at a loss that is not better, after which it ends.
const PATIENCE: usize = 4;

/// An auto-encoder while it is trained, on the CPU whatever the network is trained on: the weights are few.
pub struct Encoding {
    network: Option<AutoEncoder>,
    optimizer: Optimizer,
    features: Vectors,
    width: usize,
    /// Of the items that have any.
    rows: Vec<usize>,
    /// The minibatches of these rows.
    batches: Vec<Minibatch>,
    /// How many of them this epoch has seen.
    seen: usize,
    epochs: usize,
    figures: Figures,
    losses: Vec<f64>,
    best: f64,
    waited: usize,
}

/// Features as the network takes them, and as its output is compared with them.
struct Minibatch {
    input: Tensor<2>,
    target: Numbers,
}

impl Minibatch {
    fn new(rows: &[usize], features: &Vectors) -> Self {
        let target = Numbers::new(features.of(rows).values().to_vec(), features.columns(), &Device::flex());
        Self { input: Tensor::from_inner(target.tensor.clone()), target }
    }
}

impl Encoding {
    /// Before the first epoch. Items whose features are all 0 have none and are left out.
    pub fn begin(features: Vectors, config: &CodesConfig) -> Self {
        let device = Device::flex().autodiff();
        let rows: Vec<usize> = (0..features.len()).filter(|row| !features.is_zero(*row)).collect();
        Self {
            network: Some(AutoEncoder::init(features.columns(), config.width, config.seed, &device)),
            optimizer: Optimizer::new(Rule::Adam, Constants::Torch, LEARNING_RATE),
            batches: rows.chunks(BATCH).map(|rows| Minibatch::new(rows, &features)).collect(),
            seen: 0,
            epochs: Self::epochs_for(rows.len(), features.columns(), config),
            figures: Figures::new(SquaredError.figures()),
            rows,
            features,
            width: config.width,
            losses: Vec::new(),
            best: f64::INFINITY,
            waited: 0,
        }
    }

    /// Epochs at most for a number of items that have features, and for the columns of these.
    pub fn epochs_for(rows: usize, columns: usize, config: &CodesConfig) -> usize {
        let numbers = rows.max(1) * columns.max(WIDE);
        (MOST_SEEN * WIDE / numbers).clamp(1, config.encoder_epochs.max(1))
    }

    /// Whether the loss has stopped falling, or all epochs are over.
    pub fn is_done(&self) -> bool {
        self.rows.is_empty() || self.losses.len() == self.epochs || self.waited == PATIENCE
    }

    /// How much of the work is done, 0 to 1.
    pub fn share_done(&self) -> f64 {
        if self.is_done() {
            return 1.0;
        }
        let epochs = self.losses.len() as f64 + self.seen as f64 / self.batches.len() as f64;
        epochs / self.epochs as f64
    }

    /// One minibatch.
    ///
    /// # Panics
    /// If it is done.
    pub fn step(&mut self) {
        assert!(!self.is_done(), "there is an epoch left");
        let Minibatch { input, target } = &self.batches[self.seen];
        let network = self.network.take().expect("the network is there between steps");
        let (read, gradients) = SquaredError.backward(network.forward(input.clone()), target);
        SquaredError.tally(&floats(read.into_data()), self.features.columns(), target, &mut self.figures);
        self.network = Some(self.optimizer.step(network, gradients));
        self.seen += 1;
        if self.seen == self.batches.len() {
            self.end_epoch();
        }
    }

    fn end_epoch(&mut self) {
        let loss = self.figures.value("loss").unwrap_or(0.0);
        self.figures = Figures::new(SquaredError.figures());
        self.seen = 0;
        self.losses.push(loss);
        if self.losses.len().is_multiple_of(CHECK) {
            self.waited = if loss < self.best { 0 } else { self.waited + 1 };
            self.best = self.best.min(loss);
        }
    }

    /// The rest of an epoch; the mean squared error over it.
    ///
    /// # Panics
    /// If it is done.
    pub fn epoch(&mut self) -> f64 {
        let before = self.losses.len();
        while self.losses.len() == before {
            self.step();
        }
        self.losses[before]
    }

    /// The loss of each epoch.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// What the auto-encoder makes of each item's features, numbers between 0 and 1; zeros for items without any.
    pub fn encoded(&self) -> Vectors {
        let network = self.network.as_ref().expect("the network is there between steps");
        let mut values = vec![0.0; self.features.len() * self.width];
        for (rows, batch) in self.rows.chunks(BATCH).zip(&self.batches) {
            let encoded = floats(network.encode(batch.input.clone()).inner().into_data());
            for (row, encoded) in rows.iter().zip(encoded.chunks_exact(self.width)) {
                values[row * self.width..(row + 1) * self.width].copy_from_slice(encoded);
            }
        }
        Vectors::new(self.width, values)
    }

    /// The features that it was given, and the loss of each epoch.
    pub fn finish(self) -> (Vectors, Vec<f64>) {
        (self.features, self.losses)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{CONFIG, features};
    use super::*;

    #[test]
    fn many_items_and_wide_features_have_fewer_epochs() {
        let config = CodesConfig { encoder_epochs: 500, ..CONFIG };
        let epochs = |rows, columns| Encoding::epochs_for(rows, columns, &config);
        assert_eq!((epochs(360, 256), epochs(360, 16), epochs(0, 1)), (500, 500, 500));
        assert_eq!((epochs(9_066, 256), epochs(9_066, 20), epochs(1_000, 2_048)), (19, 19, 22));
        assert_eq!(epochs(20_000, 4_096), 1);
    }

    #[test]
    fn slices_of_an_epoch_are_the_epoch() {
        let all = Vectors::new(8, features().values().repeat(40));
        let [mut whole, mut sliced] = [(); 2].map(|()| Encoding::begin(all.clone(), &CONFIG));
        let loss = whole.epoch();
        for _ in 0..3 {
            assert!(sliced.losses().is_empty());
            sliced.step();
        }
        sliced.epoch();
        assert_eq!((sliced.losses(), sliced.losses()[0]), (whole.losses(), loss));
        assert_eq!(sliced.encoded(), whole.encoded());
    }
}
