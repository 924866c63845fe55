//! From features of pictures or words to codes (CIKM'23 §4.1; `spec/sequences.md` §1.2): a linear auto-encoder makes them
//! shorter, k-means makes clusters of them, and the nearest centres of an item are its codes.

use super::networks::auto_encoder::AutoEncoder;
use crate::classic::k_means::{KMeans, Nearness, Points, nearest_centres};
use crate::data::ragged::Ragged;
use crate::data::sequences::vectors::Vectors;
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
/// Rows that all epochs together see at most; each is seen once at least. The document's 500 epochs of 360 items fit.
const MOST_SEEN: usize = 180_000;
/// Epochs between two looks at the loss.
const CHECK: usize = 10;
/// Looks at a loss that is not better, after which it ends.
const PATIENCE: usize = 4;

/// How codes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodesConfig {
    /// Numbers that an item's features become: the width of the network's vectors.
    pub width: usize,
    /// Epochs of the auto-encoder at most; the document has 500. Fewer where there are many items.
    pub encoder_epochs: usize,
    /// Clusters.
    pub clusters: usize,
    /// Nearest centres that are an item's codes.
    pub codes_per_item: usize,
    /// What near means.
    pub nearness: Nearness,
    /// Fixes the auto-encoder's weights and where k-means begins.
    pub seed: u64,
}

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
            epochs: Self::epochs_for(rows.len(), config),
            figures: Figures::new(SquaredError.figures()),
            rows,
            features,
            width: config.width,
            losses: Vec::new(),
            best: f64::INFINITY,
            waited: 0,
        }
    }

    /// Epochs for a number of items that have features.
    pub fn epochs_for(rows: usize, config: &CodesConfig) -> usize {
        (MOST_SEEN / rows.max(1)).clamp(1, config.encoder_epochs.max(1))
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

/// Clusters of encoded features while they are made.
pub struct Clustering {
    encoded: Vectors,
    config: CodesConfig,
    /// The rows that say something.
    points: Vectors,
    clusters: Option<KMeans>,
    are_still: bool,
    of_item: Ragged<u32>,
}

impl Clustering {
    /// With k-means before its first step.
    pub fn begin(encoded: Vectors, config: &CodesConfig) -> Self {
        let rows: Vec<usize> = (0..encoded.len()).filter(|row| !encoded.is_zero(*row)).collect();
        let points = encoded.of(&rows);
        let clusters = (!rows.is_empty()).then(|| {
            KMeans::begin(Points::new(points.values(), points.columns()), config.clusters, config.seed)
        });
        let are_still = clusters.is_none();
        Self { encoded, config: *config, points, clusters, are_still, of_item: Ragged::default() }
    }

    /// Whether all items have their codes.
    pub fn is_done(&self) -> bool {
        self.of_item.len() == self.encoded.len()
    }

    /// A step of k-means, or after the last one the codes of a few items.
    pub fn step(&mut self) {
        match &mut self.clusters {
            Some(clusters) if !self.are_still => {
                let points = Points::new(self.points.values(), self.points.columns());
                self.are_still = !clusters.step(points);
            }
            _ => {
                let first = self.of_item.len();
                for row in first..(first + BATCH).min(self.encoded.len()) {
                    self.of_item.push(&self.codes(row));
                }
            }
        }
    }

    fn codes(&self, row: usize) -> Vec<u32> {
        let CodesConfig { nearness, codes_per_item, .. } = self.config;
        match &self.clusters {
            Some(clusters) if !self.encoded.is_zero(row) => {
                nearest_centres(self.encoded.row(row), clusters.centres(), nearness, codes_per_item)
            }
            _ => Vec::new(),
        }
    }

    /// The encoded features and their codes.
    ///
    /// # Panics
    /// If it is not done.
    pub fn finish(self) -> (Vectors, Codes) {
        assert!(self.is_done(), "all items have their codes");
        (self.encoded, Codes { clusters: self.clusters, of_item: self.of_item })
    }
}

/// The codes of all items for one modality.
#[derive(Debug, Clone, PartialEq)]
pub struct Codes {
    /// The clusters; none where no item has features.
    pub clusters: Option<KMeans>,
    /// The codes of each item, the nearest first; none where it has no features.
    pub of_item: Ragged<u32>,
}

impl Codes {
    /// Clusters of encoded features, and the nearest centres of each item.
    pub fn new(encoded: Vectors, config: &CodesConfig) -> Self {
        let mut clustering = Clustering::begin(encoded, config);
        while !clustering.is_done() {
            clustering.step();
        }
        clustering.finish().1
    }

    /// Where the vectors of the codes begin: the centres, brought to ±1/√width by their smallest and largest number; one
    /// row of zeros where there are no clusters.
    pub fn vectors(&self, width: usize) -> Vec<f32> {
        let Some(clusters) = &self.clusters else { return vec![0.0; width] };
        let centres = clusters.centres();
        let (smallest, largest) =
            centres.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), value| {
                (least.min(*value), most.max(*value))
            });
        let limit = 1.0 / (width as f32).sqrt();
        let range = largest - smallest;
        let scaled = |value: &f32| {
            if range > 0.0 { (value - smallest) / range * 2.0 * limit - limit } else { 0.0 }
        };
        centres.iter().map(scaled).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two kinds of items that differ in all columns, and one without features.
    fn features() -> Vectors {
        let value = |item: usize, column: usize| {
            let kind = if item.is_multiple_of(2) == (column < 4) { 1.0 } else { 0.1 };
            kind + ((item * 7 + column * 3) % 5) as f32 * 0.02
        };
        let mut values: Vec<f32> =
            (0..20).flat_map(|item| (0..8).map(move |column| value(item, column))).collect();
        values.extend([0.0; 8]);
        Vectors::new(8, values)
    }

    const CONFIG: CodesConfig = CodesConfig {
        width: 4,
        encoder_epochs: 500,
        clusters: 2,
        codes_per_item: 1,
        nearness: Nearness::Cosine,
        seed: 1,
    };

    #[test]
    fn items_that_look_alike_get_the_same_code_and_one_without_features_none() {
        let mut encoding = Encoding::begin(features(), &CONFIG);
        let first = encoding.epoch();
        while !encoding.is_done() {
            encoding.epoch();
        }
        assert!(*encoding.losses().last().unwrap() < 0.5 * first, "{:?}", encoding.losses());
        let encoded = encoding.encoded();
        assert!(encoded.is_zero(20) && !encoded.is_zero(0));
        let codes = Codes::new(encoded.clone(), &CONFIG);
        let of = |item| codes.of_item.row(item);
        assert!(of(20).is_empty());
        assert_ne!(of(0), of(1));
        assert!((2..20).all(|item| of(item) == of(item % 2)));
        let vectors = codes.vectors(4);
        assert_eq!(vectors.len(), 8);
        let largest = vectors.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
        assert!((largest - 0.5).abs() < 1e-6);
    }

    #[test]
    fn without_any_features_there_are_no_codes() {
        let nothing = Vectors::new(3, vec![0.0; 9]);
        assert!(Encoding::begin(nothing.clone(), &CONFIG).is_done());
        let codes = Codes::new(nothing, &CONFIG);
        assert!(codes.clusters.is_none() && (0..3).all(|item| codes.of_item.row(item).is_empty()));
        assert_eq!(codes.vectors(4), [0.0; 4]);
    }
}
