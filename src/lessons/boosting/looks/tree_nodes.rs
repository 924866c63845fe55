//! The splits of a tree, and how thresholds and categories are written.

use crate::lessons::boosting::lab::run::BoostingRun;
use gbdt::{Child, Decision, MissingType, Tree};
use serde::Serialize;

/// A split; its rows go left where the value is at most the threshold, or among the categories.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TreeNode {
    node: usize,
    /// Column it looks at; null where the model has one more than the table.
    feature: Option<String>,
    threshold: Option<String>,
    categories: Option<Vec<String>>,
    missing: Missing,
    missing_left: bool,
    gain: f32,
    left: TreeChild,
    right: TreeChild,
    rows: u32,
    /// What it would add to the score as a leaf.
    value: f64,
}

/// What is below a split.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum TreeChild {
    Node(usize),
    Leaf(usize),
}

/// What counts as missing.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum Missing {
    None,
    Zero,
    Nan,
}

/// The splits of a tree for the page.
pub fn nodes(run: &BoostingRun, tree: &Tree) -> Vec<TreeNode> {
    let nodes = tree.nodes.iter().enumerate().map(|(number, node)| {
        let (threshold, categories, missing_left) = match &node.decision {
            Decision::Numeric { threshold, default_left } => (Some(short(*threshold)), None, *default_left),
            Decision::Categorical { set } => (None, Some(categories_of(run, node.feature, set)), false),
        };
        TreeNode {
            node: number,
            feature: run.features.table.columns().get(node.feature).map(|column| column.name.clone()),
            threshold,
            categories,
            missing: match node.missing {
                MissingType::None => Missing::None,
                MissingType::Zero => Missing::Zero,
                MissingType::Nan => Missing::Nan,
            },
            missing_left,
            gain: node.gain,
            left: child(node.left),
            right: child(node.right),
            rows: node.count,
            value: node.value,
        }
    });
    nodes.collect()
}

/// Texts of the categories of a set of bits.
fn categories_of(run: &BoostingRun, column: usize, set: &[u32]) -> Vec<String> {
    let codes = (0..set.len() * 32).filter(|code| set[code / 32] >> (code % 32) & 1 == 1);
    codes.map(|code| category_text(run, column, code as f64)).collect()
}

fn child(child: Child) -> TreeChild {
    match child {
        Child::Node(node) => TreeChild::Node(node),
        Child::Leaf(leaf) => TreeChild::Leaf(leaf),
    }
}

/// The text of a category of a column the model sees.
pub fn category_text(run: &BoostingRun, column: usize, code: f64) -> String {
    let texts = run.features.texts.get(column).and_then(Option::as_ref);
    texts.and_then(|texts| texts.get(code as usize)).cloned().unwrap_or_else(|| code.to_string())
}

/// A threshold without the digits that only keep it apart from its neighbours; zero's own bounds are zero.
pub fn short(value: f64) -> String {
    if value.abs() < 1e-30 {
        return "0".into();
    }
    let rounded: f64 = format!("{value:.6e}").parse().unwrap_or(value);
    rounded.to_string()
}
