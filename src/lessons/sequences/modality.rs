//! From features of pictures or words to codes (CIKM'23 §4.1; `spec/sequences.md` §1.2): a linear auto-encoder makes them
//! shorter, k-means makes clusters of them, and the nearest centres of an item are its codes.

mod encoding;

pub use encoding::Encoding;

use crate::classic::k_means::{KMeans, Nearness, Points, nearest_centres};
use crate::data::ragged::Ragged;
use crate::data::sequences::vectors::Vectors;

/// Epochs of the auto-encoder where nothing else is said (`bench/studies/picture_codes.md`); the document has 500.
pub const ENCODER_EPOCHS: usize = 200;
/// Items whose codes are found in one step.
const BATCH: usize = 256;

/// How codes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodesConfig {
    /// Numbers that an item's features become: the width of the network's vectors.
    pub width: usize,
    /// Epochs of the auto-encoder at most; fewer where there are many items.
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
    pub fn features() -> Vectors {
        let value = |item: usize, column: usize| {
            let kind = if item.is_multiple_of(2) == (column < 4) { 1.0 } else { 0.1 };
            kind + ((item * 7 + column * 3) % 5) as f32 * 0.02
        };
        let mut values: Vec<f32> =
            (0..20).flat_map(|item| (0..8).map(move |column| value(item, column))).collect();
        values.extend([0.0; 8]);
        Vectors::new(8, values)
    }

    pub const CONFIG: CodesConfig = CodesConfig {
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
