//! Sums of gradients and hessians for each bin: all that the search for a split looks at.

use super::dataset::{Bins, Dataset, Feature};
use super::split::LeafSums;
pub use gbdt_kernels::sums::{BinSums, GradientPair};
use gbdt_kernels::sums::{one_sum, two_sums, wide_sum};

/// The sums of one leaf for the bins of all features, one feature after the other.
#[derive(Debug, Clone)]
pub struct Histogram {
    /// The sums; those of a feature begin at its offset.
    pub bins: Vec<BinSums>,
    /// Features in which no split was admissible: their sums are not kept.
    pub splittable: Vec<bool>,
}

impl Histogram {
    /// An empty histogram.
    pub fn new(data: &Dataset) -> Self {
        Self { bins: vec![[0.0; 2]; data.total_bins], splittable: vec![true; data.features.len()] }
    }

    /// The sums of a feature.
    pub fn of(&self, feature: &Feature) -> &[BinSums] {
        &self.bins[feature.offset..feature.offset + feature.mapper.bins]
    }

    /// Adds up the rows of a leaf for some features, each in the order of the rows.
    pub fn add_up(&mut self, features: &[&Feature], rows: &[u32], pairs: &[GradientPair], sums: &LeafSums) {
        for both in features.chunks(2) {
            match both {
                // Two at a time: the sums of one do not wait for those of the other.
                [Feature { bins: Bins::Narrow(one), .. }, Feature { bins: Bins::Narrow(other), .. }] => {
                    let (first, second) = two_sums(one, other, rows, pairs);
                    self.keep(both[0], &first, sums);
                    self.keep(both[1], &second, sums);
                }
                _ => both.iter().for_each(|feature| self.add_up_one(feature, rows, pairs, sums)),
            }
        }
    }

    fn add_up_one(&mut self, feature: &Feature, rows: &[u32], pairs: &[GradientPair], sums: &LeafSums) {
        match &feature.bins {
            Bins::Narrow(column) => self.keep(feature, &one_sum(column, rows, pairs), sums),
            Bins::Wide(column) => {
                self.keep(feature, &wide_sum(column, feature.mapper.bins, rows, pairs), sums);
            }
        }
    }

    /// Keeps the sums of a feature. Those of the most frequent bin are what is left of the leaf's own, as LightGBM has
    /// it: in bins kept sparsely its rows are never visited.
    fn keep(&mut self, feature: &Feature, places: &[BinSums], sums: &LeafSums) {
        let bins = &mut self.bins[feature.offset..feature.offset + feature.mapper.bins];
        bins.copy_from_slice(&places[..bins.len()]);
        let frequent = feature.mapper.most_frequent_bin;
        if frequent > 0 {
            let mut rest = [sums.gradient, sums.hessian];
            for (bin, [gradient, hessian]) in bins.iter().enumerate() {
                if bin != frequent {
                    rest[0] -= gradient;
                    rest[1] -= hessian;
                }
            }
            bins[frequent] = rest;
        }
    }

    /// What is left of a parent's sums when those of one child are taken away.
    pub fn subtract(&mut self, feature: &Feature, child: &Histogram) {
        let range = feature.offset..feature.offset + feature.mapper.bins;
        for (left, [gradient, hessian]) in self.bins[range.clone()].iter_mut().zip(&child.bins[range]) {
            left[0] -= gradient;
            left[1] -= hessian;
        }
    }
}
