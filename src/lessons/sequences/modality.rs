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
use burn::tensor::{Device, Tensor, TensorData};

/// Learning rate of the auto-encoder.
const LEARNING_RATE: f64 = 1e-3;
/// Rows of a minibatch.
const BATCH: usize = 256;
/// Epochs at most.
pub const MOST_EPOCHS: usize = 500;
/// Epochs between two looks at the loss.
const CHECK: usize = 10;
/// Looks at a loss that is not better, after which it ends.
const PATIENCE: usize = 4;

/// How codes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodesConfig {
    /// Numbers that an item's features become: the width of the network's vectors.
    pub width: usize,
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
    /// Of the items that have any.
    rows: Vec<usize>,
    features: Vectors,
    losses: Vec<f64>,
    best: f64,
    waited: usize,
}

impl Encoding {
    /// Before the first epoch. Items whose features are all 0 have none and are left out.
    pub fn begin(features: Vectors, config: &CodesConfig) -> Self {
        let device = Device::flex().autodiff();
        let rows = (0..features.len()).filter(|row| !features.is_zero(*row)).collect();
        Self {
            network: Some(AutoEncoder::init(features.columns(), config.width, config.seed, &device)),
            optimizer: Optimizer::new(Rule::Adam, Constants::Torch, LEARNING_RATE),
            rows,
            features,
            losses: Vec::new(),
            best: f64::INFINITY,
            waited: 0,
        }
    }

    /// Whether the loss has stopped falling, or all epochs are over.
    pub fn is_done(&self) -> bool {
        self.rows.is_empty() || self.losses.len() == MOST_EPOCHS || self.waited == PATIENCE
    }

    /// One epoch; the mean squared error over it.
    pub fn epoch(&mut self) -> f64 {
        let mut figures = Figures::new(SquaredError.figures());
        let device = Device::flex();
        for rows in self.rows.chunks(BATCH) {
            let values: Vec<f32> = rows.iter().flat_map(|row| self.features.row(*row)).copied().collect();
            let shape = [rows.len(), self.features.columns()];
            let input = Tensor::from_data(TensorData::new(values.clone(), shape), &device.clone().autodiff());
            let target = Numbers::new(values, self.features.columns(), &device);
            let network = self.network.take().expect("the network is there between epochs");
            let (read, gradients) = SquaredError.backward(network.forward(input), &target);
            SquaredError.tally(&floats(read.into_data()), shape[1], &target, &mut figures);
            self.network = Some(self.optimizer.step(network, gradients));
        }
        let loss = figures.value("loss").unwrap_or(0.0);
        self.losses.push(loss);
        if self.losses.len().is_multiple_of(CHECK) {
            self.waited = if loss < self.best { 0 } else { self.waited + 1 };
            self.best = self.best.min(loss);
        }
        loss
    }

    /// The loss of each epoch.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// What the auto-encoder makes of each item's features, numbers between 0 and 1; zeros for items without any.
    pub fn encoded(&self) -> Vectors {
        let network = self.network.as_ref().expect("the network is there between epochs");
        let shape = [self.features.len(), self.features.columns()];
        let device = Device::flex().autodiff();
        let input = Tensor::from_data(TensorData::new(self.features.values().to_vec(), shape), &device);
        let encoded = network.encode(input).inner();
        let width = encoded.dims()[1];
        let mut values = floats(encoded.into_data());
        for (row, values) in values.chunks_exact_mut(width).enumerate() {
            if self.features.is_zero(row) {
                values.fill(0.0);
            }
        }
        Vectors::new(width, values)
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
    pub fn new(encoded: &Vectors, config: &CodesConfig) -> Self {
        let rows: Vec<usize> = (0..encoded.len()).filter(|row| !encoded.is_zero(*row)).collect();
        let mut of_item = Ragged::default();
        if rows.is_empty() {
            (0..encoded.len()).for_each(|_| of_item.push(&[]));
            return Self { clusters: None, of_item };
        }
        let points = encoded.of(&rows);
        let points = Points::new(points.values(), points.columns());
        let clusters = KMeans::fit(points, config.clusters, config.seed);
        for row in 0..encoded.len() {
            let codes = if encoded.is_zero(row) {
                Vec::new()
            } else {
                nearest_centres(encoded.row(row), clusters.centres(), config.nearness, config.codes_per_item)
            };
            of_item.push(&codes);
        }
        Self { clusters: Some(clusters), of_item }
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

    const CONFIG: CodesConfig =
        CodesConfig { width: 4, clusters: 2, codes_per_item: 1, nearness: Nearness::Cosine, seed: 1 };

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
        let codes = Codes::new(&encoded, &CONFIG);
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
        let codes = Codes::new(&nothing, &CONFIG);
        assert!(codes.clusters.is_none() && (0..3).all(|item| codes.of_item.row(item).is_empty()));
        assert_eq!(codes.vectors(4), [0.0; 4]);
    }
}
