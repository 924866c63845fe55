//! Which features matter, and what is odd about the trees.

use crate::error::LabError;
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::looks::NoOptions;
use gbdt::number::descending;
use gbdt::{Model, Parameters};
use serde::Serialize;

/// How much each feature is used, and what is odd about the trees.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Importance {
    /// The one that gains most first.
    features: Vec<FeatureImportance>,
    /// Number of trees.
    trees: usize,
    curiosities: Curiosities,
    /// The round that counts where training may stop early.
    best_round: Option<usize>,
    /// Milliseconds that training has taken.
    milliseconds: f64,
}

/// How much a feature is used.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct FeatureImportance {
    name: String,
    /// Number of splits.
    split: u64,
    /// Sum of their gains.
    gain: f64,
}

/// Splits that gain nothing but rounding, and leaves with fewer rows than `min_data_in_leaf` asks for.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Curiosities {
    splits: usize,
    /// Of them those that gain nothing but rounding.
    noise: usize,
    leaves: usize,
    /// Of them those with too few rows.
    small_leaves: usize,
    /// Rows of the smallest.
    smallest_leaf: Option<u32>,
    min_data_in_leaf: u32,
}

/// Importance by number of splits and by gain.
pub fn importance(run: &BoostingRun, _: NoOptions) -> Result<Importance, LabError> {
    let model = run.model();
    let importance = model.importance();
    let feature = |column: u32| {
        let column = column as usize;
        FeatureImportance {
            name: model.feature_names[column].clone(),
            split: importance.split[column],
            gain: importance.gain[column],
        }
    };
    Ok(Importance {
        features: descending(&importance.gain).into_iter().map(feature).collect(),
        trees: model.trees.len(),
        curiosities: curiosities(&model, &run.parameters),
        best_round: run.best_round(),
        milliseconds: run.training.milliseconds(),
    })
}

fn curiosities(model: &Model, parameters: &Parameters) -> Curiosities {
    /// Below this a gain is the rest of two sums that cancel.
    const NOISE: f32 = 1e-9;
    let splits: usize = model.trees.iter().map(|tree| tree.nodes.len()).sum();
    let noise = model.trees.iter().flat_map(|tree| &tree.nodes).filter(|node| node.gain < NOISE).count();
    let leaves = model.trees.iter().filter(|tree| !tree.nodes.is_empty()).flat_map(|tree| &tree.leaves);
    let least = parameters.min_data_in_leaf.max(0) as u32;
    let counts: Vec<u32> = leaves.map(|leaf| leaf.count).collect();
    Curiosities {
        splits,
        noise,
        leaves: counts.len(),
        small_leaves: counts.iter().filter(|count| **count < least).count(),
        smallest_leaf: counts.iter().min().copied(),
        min_data_in_leaf: least,
    }
}
