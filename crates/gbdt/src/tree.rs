//! One tree: where a row goes, and what it is told there.

use super::number::{is_zero, rounded_to_zero};
pub use gbdt_kernels::scan::MissingType;
pub use gbdt_kernels::steps::contains;
use std::sync::Arc;

/// What hangs below a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Child {
    /// Another split, by its number.
    Node(usize),
    /// A leaf, by its number.
    Leaf(usize),
}

impl Child {
    /// The number by which a model file names it: leaves are counted −1, −2, …
    pub fn number(self) -> i64 {
        match self {
            Child::Node(node) => node as i64,
            Child::Leaf(leaf) => !(leaf as i64),
        }
    }

    /// The child that number names.
    pub fn of_number(number: i64) -> Self {
        if number >= 0 { Child::Node(number as usize) } else { Child::Leaf(!number as usize) }
    }
}

/// What sends a row left.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Values up to the threshold.
    Numeric {
        /// The threshold as a value.
        threshold: f64,
        /// Whether missing values go left.
        default_left: bool,
    },
    /// Categories of a set: bit `c % 32` of word `c / 32` stands for category `c`.
    Categorical {
        /// The words of the set; splits of one file may share them.
        set: Arc<[u32]>,
    },
}

/// A split.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Column it looks at.
    pub feature: usize,
    /// What sends a row left.
    pub decision: Decision,
    /// How missing values are treated.
    pub missing: MissingType,
    /// How much the split lowers the loss, in LightGBM's measure (twice the loss).
    pub gain: f32,
    /// Where rows go that are sent left.
    pub left: Child,
    /// Where the others go.
    pub right: Child,
    /// The answer it would give as a leaf.
    pub value: f64,
    /// Sum of hessians of its rows.
    pub weight: f64,
    /// Number of its rows.
    pub count: u32,
}

impl Node {
    /// The child a value is sent to.
    pub fn next(&self, value: f64) -> Child {
        let left = match &self.decision {
            Decision::Categorical { set } => {
                !value.is_nan() && value > -1.0 && contains(set, value as i64 as usize)
            }
            Decision::Numeric { threshold, default_left } => {
                let value = if value.is_nan() && self.missing != MissingType::Nan { 0.0 } else { value };
                let missing = match self.missing {
                    MissingType::None => false,
                    MissingType::Zero => is_zero(value),
                    MissingType::Nan => value.is_nan(),
                };
                if missing { *default_left } else { value <= *threshold }
            }
        };
        if left { self.left } else { self.right }
    }
}

/// A leaf.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaf {
    /// What it adds to the score.
    pub value: f64,
    /// Sum of hessians of its rows.
    pub weight: f64,
    /// Number of its rows.
    pub count: u32,
}

/// A tree of splits and leaves; without a split it is one leaf.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The splits in the order they were made; the first is the root.
    pub nodes: Vec<Node>,
    /// The leaves.
    pub leaves: Vec<Leaf>,
    /// What the leaves have been multiplied by.
    pub shrinkage: f64,
}

impl Tree {
    /// A tree that tells all rows the same.
    pub fn constant(value: f64, count: u32) -> Self {
        Self { nodes: Vec::new(), leaves: vec![Leaf { value, weight: 0.0, count }], shrinkage: 1.0 }
    }

    /// The leaf a row falls into; `value` gives the row's value of a column.
    pub fn leaf(&self, value: impl Fn(usize) -> f64) -> usize {
        let mut child = if self.nodes.is_empty() { Child::Leaf(0) } else { Child::Node(0) };
        loop {
            match child {
                Child::Leaf(leaf) => return leaf,
                Child::Node(node) => {
                    let node = &self.nodes[node];
                    child = node.next(value(node.feature));
                }
            }
        }
    }

    /// Multiplies all answers.
    pub fn shrink(&mut self, rate: f64) {
        for leaf in &mut self.leaves {
            leaf.value = rounded_to_zero(leaf.value * rate);
        }
        for node in &mut self.nodes {
            node.value = rounded_to_zero(node.value * rate);
        }
        self.shrinkage *= rate;
    }

    /// Adds the starting score to all answers.
    pub fn add_bias(&mut self, bias: f64) {
        for leaf in &mut self.leaves {
            leaf.value = rounded_to_zero(leaf.value + bias);
        }
        for node in &mut self.nodes {
            node.value = rounded_to_zero(node.value + bias);
        }
        self.shrinkage = 1.0;
    }

    /// Splits between the root and each leaf.
    pub fn depths(&self) -> Vec<usize> {
        let mut depths = vec![0; self.leaves.len()];
        let mut waiting = if self.nodes.is_empty() { vec![] } else { vec![(0, 0)] };
        while let Some((node, depth)) = waiting.pop() {
            let node: &Node = &self.nodes[node];
            for child in [node.left, node.right] {
                match child {
                    Child::Node(node) => waiting.push((node, depth + 1)),
                    Child::Leaf(leaf) => depths[leaf] = depth + 1,
                }
            }
        }
        depths
    }
}
