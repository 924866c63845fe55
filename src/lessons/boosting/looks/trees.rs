//! The trees of the model, one at a time, and the whole model as LightGBM's file.

use super::tree_nodes::{TreeNode, category_text, nodes};
use crate::error::LabError;
use crate::lessons::boosting::lab::loaded::{self, ModelColumn};
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::looks::NoOptions;
use gbdt::Tree;
use serde::{Deserialize, Serialize};

/// Which tree is shown.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct TreesOptions {
    /// Counted from 0.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    tree: usize,
}

/// A tree of the model.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TreeShown {
    /// Number of trees.
    trees: usize,
    /// The one shown; null where there is none of that number, and then the rest is empty.
    tree: Option<usize>,
    /// What its leaves have been multiplied by.
    shrinkage: Option<f64>,
    nodes: Vec<TreeNode>,
    leaves: Vec<TreeLeaf>,
    /// All trees in a few numbers each, in their order.
    all: Vec<TreeOutline>,
}

/// A tree from afar.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct TreeOutline {
    leaves: usize,
    /// Splits on the longest way from the root to a leaf.
    depth: usize,
    /// How much all its splits lower the loss of the rows that it was grown on, in LightGBM's measure (twice the loss).
    gain: f64,
}

/// A leaf.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct TreeLeaf {
    leaf: usize,
    /// What it adds to the score.
    value: f64,
    rows: u32,
    depth: usize,
    /// Sum of hessians of its rows.
    hessian: f64,
}

/// A tree of the model.
pub fn trees(run: &BoostingRun, options: TreesOptions) -> Result<TreeShown, LabError> {
    let model = run.model();
    let trees = model.trees.len();
    let Some(shown) = model.trees.get(options.tree) else {
        return Ok(TreeShown {
            trees,
            tree: None,
            shrinkage: None,
            nodes: Vec::new(),
            leaves: Vec::new(),
            all: Vec::new(),
        });
    };
    let kinds = if run.training.loaded.is_some() { loaded::columns(&model).ok() } else { None };
    let text = |column: usize, code: usize| match kinds.as_ref().map(|kinds| &kinds[column]) {
        Some(ModelColumn::Categories(Some(list))) if code < list.len() => list[code].text().into(),
        Some(_) => code.to_string(),
        None => category_text(run, column, code as f64),
    };
    let leaves = shown.leaves.iter().zip(shown.depths()).enumerate().map(|(leaf, (found, depth))| TreeLeaf {
        leaf,
        value: found.value,
        rows: found.count,
        depth,
        hessian: found.weight,
    });
    Ok(TreeShown {
        trees,
        tree: Some(options.tree),
        shrinkage: Some(shown.shrinkage),
        nodes: nodes(&model.feature_names, &model.feature_infos, shown, &text),
        leaves: leaves.collect(),
        all: model.trees.iter().map(outline).collect(),
    })
}

fn outline(tree: &Tree) -> TreeOutline {
    TreeOutline {
        leaves: tree.leaves.len(),
        depth: tree.depths().into_iter().max().unwrap_or(0),
        gain: tree.nodes.iter().map(|node| f64::from(node.gain)).sum(),
    }
}

/// The model as LightGBM's model.txt.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ModelText {
    text: String,
}

/// The model as LightGBM's model.txt.
pub fn model_text(run: &BoostingRun, _: NoOptions) -> Result<ModelText, LabError> {
    Ok(ModelText { text: gbdt::model_text::to_text(&run.model()) })
}
