//! A tree walked over bins.

use super::dataset::{Bins, Dataset};
use super::tree::{Child, Decision, MissingType, Tree, contains};

/// A tree over bins, for rows it was not grown on.
pub(super) struct BinWalk<'a> {
    tree: &'a Tree,
    /// The bins of the rows, feature by feature.
    bins: Vec<&'a Bins>,
    /// For each split the feature among the data's, and for each of its bins whether it goes left.
    splits: Vec<(usize, Vec<bool>)>,
}

impl<'a> BinWalk<'a> {
    pub(super) fn new(tree: &'a Tree, data: &Dataset, bins: Vec<&'a Bins>) -> Self {
        let splits = tree.nodes.iter().map(|node| {
            let index = data.features.partition_point(|feature| feature.column < node.feature);
            let mapper = &data.features[index].mapper;
            let left = (0..mapper.bins).map(|bin| match &node.decision {
                Decision::Categorical { set } => {
                    let category = mapper.real_threshold(bin);
                    category >= 0.0 && contains(set, category as usize)
                }
                Decision::Numeric { threshold, default_left } => match node.missing {
                    MissingType::Nan if bin == mapper.bins - 1 => *default_left,
                    MissingType::Zero if bin == mapper.default_bin => *default_left,
                    _ => mapper.real_threshold(bin) <= *threshold,
                },
            });
            (index, left.collect())
        });
        Self { tree, bins, splits: splits.collect() }
    }

    pub(super) fn leaf(&self, row: usize) -> usize {
        let mut child = if self.tree.nodes.is_empty() { Child::Leaf(0) } else { Child::Node(0) };
        loop {
            match child {
                Child::Leaf(leaf) => return leaf,
                Child::Node(node) => {
                    let (feature, left) = &self.splits[node];
                    let bin = self.bins[*feature].get(row);
                    child = if left[bin] { self.tree.nodes[node].left } else { self.tree.nodes[node].right };
                }
            }
        }
    }
}
