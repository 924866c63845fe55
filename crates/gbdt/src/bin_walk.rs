//! A tree laid out for rows of bins.

use super::dataset::{Bins, Dataset};
use super::tree::{Decision, MissingType, Tree, contains};
use gbdt_kernels::bin_steps::{BinStep, BinWalk, Column};

/// Lays out a tree over the bins of some rows, which stand feature by feature.
pub(super) fn laid_out<'a>(
    tree: &Tree,
    data: &Dataset,
    bins: impl IntoIterator<Item = &'a Bins>,
) -> BinWalk<'a> {
    let columns = bins.into_iter().map(|bins| match bins {
        Bins::Narrow(bins) => Column::Narrow(bins),
        Bins::Wide(bins) => Column::Wide(bins),
    });
    let steps = tree.nodes.iter().map(|node| {
        let column = data.features.partition_point(|feature| feature.column < node.feature);
        let mapper = &data.features[column].mapper;
        let goes_left = (0..mapper.bins).map(|bin| match &node.decision {
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
        let goes_left = goes_left.collect();
        BinStep { column, goes_left, left: node.left.number() as i32, right: node.right.number() as i32 }
    });
    let steps = steps.collect();
    BinWalk { columns: columns.collect(), steps, values: tree.leaves.iter().map(|leaf| leaf.value).collect() }
}
