//! Sums of gradients and hessians for each bin: all that the search for a split looks at.

use super::dataset::{Bins, Dataset, Feature};
use super::split::LeafSums;

/// Sum of gradients and sum of hessians of the rows in a bin.
pub type BinSums = [f64; 2];

/// Gradients and hessians of the rows being looked at, side by side, in their order.
pub type GradientPair = [f32; 2];

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

    /// Adds up the rows of a leaf for one feature, in the order of the rows.
    ///
    /// The sums of the most frequent bin are what is left of the leaf's own, as LightGBM has it: in bins kept
    /// sparsely those rows are never visited.
    pub fn add_up(&mut self, feature: &Feature, rows: &[u32], pairs: &[GradientPair], sums: &LeafSums) {
        let bins = &mut self.bins[feature.offset..feature.offset + feature.mapper.bins];
        match &feature.bins {
            Bins::Narrow(column) => {
                // With 256 places a byte is always one of them, and nothing need be checked.
                let mut places = [[0.0; 2]; 256];
                if rows.len() == column.len() {
                    for (bin, pair) in column.iter().zip(pairs) {
                        add(&mut places[usize::from(*bin)], pair);
                    }
                } else {
                    for (row, pair) in rows.iter().zip(pairs) {
                        add(&mut places[usize::from(column[*row as usize])], pair);
                    }
                }
                bins.copy_from_slice(&places[..bins.len()]);
            }
            Bins::Wide(column) => {
                bins.fill([0.0; 2]);
                for (row, pair) in rows.iter().zip(pairs) {
                    add(&mut bins[usize::from(column[*row as usize])], pair);
                }
            }
        }
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

#[inline(always)]
fn add(sums: &mut BinSums, pair: &GradientPair) {
    sums[0] += f64::from(pair[0]);
    sums[1] += f64::from(pair[1]);
}
