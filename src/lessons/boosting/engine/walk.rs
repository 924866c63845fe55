//! Trees laid out for walking: many rows go through many trees, and what a row does not need stays out of the way.

use super::number::is_zero;
use super::table::Table;
use super::tree::{Child, Decision, MissingType, Tree, contains};

/// Rows that are looked at together: their values fit into the cache.
const ROWS: usize = 64;

/// A split, as small as it can be.
struct Step {
    threshold: f64,
    feature: u32,
    /// A split of the same tree, or a leaf as −1 less its number.
    left: i32,
    right: i32,
    /// What is asked; of a set of categories its place among the sets.
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// Values up to the threshold go left; a NaN is a zero.
    Plain,
    /// NaN goes left, or right.
    Nan { left: bool },
    /// Zero and NaN go left, or right.
    Zero { left: bool },
    /// Categories of the set go left.
    Set(u32),
}

/// A tree for walking.
pub struct Walk<'a> {
    steps: Vec<Step>,
    sets: Vec<&'a [u32]>,
    values: Vec<f64>,
}

impl<'a> Walk<'a> {
    /// Lays out a tree.
    pub fn new(tree: &'a Tree) -> Self {
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
        Self { steps, sets, values: tree.leaves.iter().map(|leaf| leaf.value).collect() }
    }

    /// Where a row goes from a split.
    #[inline(always)]
    fn next(&self, at: i32, row: &[f64]) -> i32 {
        let step = &self.steps[at as usize];
        let value = row[step.feature as usize];
        let left = match step.kind {
            Kind::Plain => (if value.is_nan() { 0.0 } else { value }) <= step.threshold,
            Kind::Nan { left } if value.is_nan() => left,
            Kind::Nan { .. } => value <= step.threshold,
            Kind::Zero { left } if value.is_nan() || is_zero(value) => left,
            Kind::Zero { .. } => value <= step.threshold,
            Kind::Set(set) => {
                !value.is_nan() && value > -1.0 && contains(self.sets[set as usize], value as i64 as usize)
            }
        };
        if left { step.left } else { step.right }
    }

    /// Adds the answers for rows to their scores. Four rows go down side by side: where one waits for its value from
    /// memory the others go on.
    fn add(&self, values: &[f64], columns: usize, scores: &mut [f64]) {
        let start = if self.steps.is_empty() { -1 } else { 0 };
        let mut fours = values.chunks_exact(4 * columns);
        let mut scores = scores.chunks_mut(4);
        for (rows, scores) in fours.by_ref().zip(scores.by_ref()) {
            let (first, rest) = rows.split_at(columns);
            let (second, rest) = rest.split_at(columns);
            let (third, fourth) = rest.split_at(columns);
            let rows = [first, second, third, fourth];
            let mut at = [start; 4];
            while at.iter().any(|at| *at >= 0) {
                for (at, row) in at.iter_mut().zip(rows) {
                    if *at >= 0 {
                        *at = self.next(*at, row);
                    }
                }
            }
            scores.iter_mut().zip(at).for_each(|(score, at)| *score += self.values[!at as usize]);
        }
        let rest = fours.remainder().chunks_exact(columns).zip(scores.flatten());
        for (row, score) in rest {
            let mut at = start;
            while at >= 0 {
                at = self.next(at, row);
            }
            *score += self.values[!at as usize];
        }
    }
}

/// Adds the answers of trees to scores; the trees of a round belong to one class after the other.
///
/// # Shapes
/// - `scores`: rows × classes, the rows of a class together
pub fn add_scores(trees: &[Tree], classes: usize, table: &Table, scores: &mut [f64]) {
    let walks: Vec<Walk<'_>> = trees.iter().map(Walk::new).collect();
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
