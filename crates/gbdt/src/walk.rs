//! Trees laid out for walking: many rows go through many trees, and what a row does not need stays out of the way.

use super::table::Table;
use super::tree::{Child, Decision, MissingType, Tree};
use gbdt_kernels::steps::{Kind, Step, Walk};

/// Rows that are looked at together: their values fit into the cache.
const ROWS: usize = 64;

/// Lays out a tree.
fn laid_out(tree: &Tree) -> Walk<'_> {
    let mut sets = Vec::new();
    let steps = tree.nodes.iter().map(|node| {
        let (threshold, kind) = match &node.decision {
            Decision::Categorical { set } => {
                sets.push(&set[..]);
                (0.0, Kind::Set(sets.len() as u32 - 1))
            }
            Decision::Numeric { threshold, default_left } => {
                let left = *default_left;
                let kind = match node.missing {
                    MissingType::None => Kind::Plain,
                    MissingType::Nan => Kind::Nan { left },
                    MissingType::Zero => Kind::Zero { left },
                };
                (*threshold, kind)
            }
        };
        let number = |child: Child| child.number() as i32;
        Step {
            threshold,
            feature: node.feature as u32,
            left: number(node.left),
            right: number(node.right),
            kind,
        }
    });
    let steps = steps.collect();
    Walk { steps, sets, values: tree.leaves.iter().map(|leaf| leaf.value).collect() }
}

/// Adds the answers of trees to scores; the trees of a round belong to one class after the other.
///
/// # Shapes
/// - `scores`: rows × classes, the rows of a class together
pub fn add_scores(trees: &[Tree], classes: usize, table: &Table, scores: &mut [f64]) {
    let walks: Vec<Walk<'_>> = trees.iter().map(laid_out).collect();
    let (rows, columns) = (table.rows(), table.columns().len());
    let mut values = vec![0.0; ROWS * columns];
    for first in (0..rows).step_by(ROWS) {
        let count = ROWS.min(rows - first);
        for (index, column) in table.columns().iter().enumerate() {
            for (row, value) in column.values[first..first + count].iter().enumerate() {
                values[row * columns + index] = *value;
            }
        }
        for (index, walk) in walks.iter().enumerate() {
            let class = index % classes;
            let of_class = &mut scores[class * rows + first..][..count];
            walk.add(&values[..count * columns], columns, of_class);
        }
    }
}
