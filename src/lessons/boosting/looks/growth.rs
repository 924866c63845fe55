//! A tree grown one split at a time, with everything the search for the next split sees.

use super::tree_nodes::{TreeNode, category_text, nodes, short};
use crate::error::LabError;
use crate::lessons::boosting::lab::features::engine_error;
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::maybe::MaybeNan;
use gbdt::binning::BinKind;
use gbdt::grow::{Growing, Tried};
use gbdt::number::EPSILON;
use gbdt::split::{Candidate, Split, Threshold};
use gbdt::{Booster, GrowPolicy, MissingType};
use serde::{Deserialize, Serialize};

/// How far the tree is grown, and what is shown of it.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct GrowthOptions {
    /// Splits made already.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    splits: usize,
    /// Feature whose sums are shown; the one that is split next where none is named.
    #[cfg_attr(test, ts(optional = nullable))]
    feature: Option<String>,
    /// Whether it is the first tree of the run, in place of the next.
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    first: bool,
    /// In place of the run's own policy.
    #[cfg_attr(test, ts(optional = nullable))]
    policy: Option<Policy>,
}

/// Which leaf is split next.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum Policy {
    /// The one whose split gains most.
    LeafWise,
    /// One of the least depth.
    LevelWise,
}

/// The tree of the next round after some splits, the leaf that is split next, and its sums.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Growth {
    /// Round of the tree, counted from 1.
    round: usize,
    /// Splits made.
    made: usize,
    /// The leaf that is split next.
    next: Option<usize>,
    leaves: Vec<OpenLeaf>,
    nodes: Vec<TreeNode>,
    features: Vec<FeatureGain>,
    /// Of the feature that is shown.
    histogram: Option<Histogram>,
    /// Sum of the gains so far.
    gained: f64,
}

/// A leaf that may still be split.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct OpenLeaf {
    leaf: usize,
    depth: usize,
    rows: usize,
    /// Sums over its rows.
    gradient: f64,
    hessian: f64,
    /// What it adds to the score.
    value: f64,
    /// Of its best split; null where there is none.
    gain: Option<f64>,
    feature: Option<String>,
}

/// The best gain of a feature in the leaf that is split next; null where no split gains anything.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct FeatureGain {
    name: String,
    gain: Option<f64>,
}

/// Bins of a feature in a leaf: their sums, and the gain of every place that was tried. Without bins where the leaf is
/// not split by this feature at all.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Histogram {
    feature: String,
    categorical: bool,
    bins: Vec<HistogramBin>,
    tried: Vec<TriedPlace>,
    /// Bins of categories in the order of their ratio; empty for numbers.
    order: Vec<usize>,
    best: Option<ChosenSplit>,
}

/// Sums of a bin in the leaf that is split next.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct HistogramBin {
    bin: usize,
    /// What it holds; empty for missing values.
    text: String,
    /// Its upper bound; null for the last, for missing values and for categories.
    upper: MaybeNan<f64>,
    missing: bool,
    gradient: f64,
    hessian: f64,
    rows: f64,
}

/// A place at which the rows might be separated.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct TriedPlace {
    place: usize,
    /// Over the unsplit leaf; negative where it is worse.
    gain: f64,
    missing_left: bool,
    from_the_end: bool,
    left_rows: i64,
}

/// The split that is made.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
enum ChosenSplit {
    Number { bin: usize, gain: f64, missing_left: bool },
    Categories { bins: Vec<usize>, texts: Vec<String>, gain: f64, missing_left: bool },
}

/// The tree of the next round after some splits, the leaf that is split next, and its sums.
///
/// # Errors
/// `bad_input` for a feature that is not there.
pub fn growth(run: &BoostingRun, options: GrowthOptions) -> Result<Growth, LabError> {
    let mut parameters = run.parameters.clone();
    match options.policy {
        Some(Policy::LevelWise) => parameters.grow_policy = GrowPolicy::LevelWise,
        Some(Policy::LeafWise) => parameters.grow_policy = GrowPolicy::LeafWise,
        None => {}
    }
    let fresh;
    let booster = if options.first && run.booster().round() > 0 {
        fresh = Booster::new(run.booster().data().clone(), run.parameters.clone()).map_err(engine_error)?;
        &fresh
    } else {
        run.booster()
    };
    let (gradients, hessians) = booster.next_gradients();
    let mut columns = booster.next_columns();
    let rows = (0..booster.data().rows() as u32).collect();
    let mut growing = Growing::new(booster.data(), &parameters, &gradients, &hessians, rows, &mut columns);
    let mut made = 0;
    while made < options.splits && growing.split_next() {
        made += 1;
    }
    let next = growing.next_leaf();
    let shown = shown_feature(run, &growing, next, options.feature.as_deref())?;
    let leaf = next.unwrap_or(0);
    let histogram = shown.map(|feature| histogram(run, &growing, leaf, feature));
    let features = (0..booster.data().features.len()).map(|feature| FeatureGain {
        name: feature_name(run, feature),
        gain: growing.tried(leaf, feature).and_then(|tried| best_gain(&tried)),
    });
    let features = features.collect();
    let leaves = (0..growing.leaves()).map(|leaf| open_leaf(run, &growing, leaf, parameters.learning_rate));
    let leaves = leaves.collect();
    let (tree, _) = growing.finish();
    Ok(Growth {
        round: booster.round() + 1,
        made,
        next,
        leaves,
        nodes: nodes(&booster.data().names, &booster.data().infos, &tree, &|column, code| {
            category_text(run, column, code as f64)
        }),
        features,
        histogram,
        gained: tree.nodes.iter().fold(0.0, |sum, node| sum + f64::from(node.gain)),
    })
}

fn best_gain(tried: &Tried) -> Option<f64> {
    let gains = tried.candidates.iter().map(|candidate| candidate.gain);
    gains.filter(|gain| *gain > 0.0).reduce(f64::max)
}

fn open_leaf(run: &BoostingRun, growing: &Growing<'_>, leaf: usize, learning_rate: f64) -> OpenLeaf {
    let view = growing.leaf(leaf);
    OpenLeaf {
        leaf,
        depth: view.depth,
        rows: view.sums.count,
        gradient: view.sums.gradient,
        hessian: view.sums.hessian,
        value: view.sums.output * learning_rate,
        gain: view.best.as_ref().map(|best| best.gain),
        feature: view.best.as_ref().map(|best| feature_name(run, best.feature)),
    }
}

fn feature_name(run: &BoostingRun, feature: usize) -> String {
    let data = run.booster().data();
    data.names[data.features[feature].column].clone()
}

/// The feature named, or that of the next split.
fn shown_feature(
    run: &BoostingRun,
    growing: &Growing<'_>,
    next: Option<usize>,
    named: Option<&str>,
) -> Result<Option<usize>, LabError> {
    if let Some(name) = named {
        let found =
            (0..run.booster().data().features.len()).find(|feature| feature_name(run, *feature) == name);
        return found
            .map(Some)
            .ok_or_else(|| LabError::bad_input(format!("a feature of the model, not `{name}`,")));
    }
    Ok(next.and_then(|leaf| growing.leaf(leaf).best).map(|best| best.feature))
}

fn histogram(run: &BoostingRun, growing: &Growing<'_>, leaf: usize, feature: usize) -> Histogram {
    let described = &run.booster().data().features[feature];
    let (name, categorical) = (feature_name(run, feature), described.mapper.is_categorical());
    let Some(Tried { bins: sums, candidates, order }) = growing.tried(leaf, feature) else {
        let (bins, tried, order) = (Vec::new(), Vec::new(), Vec::new());
        return Histogram { feature: name, categorical, bins, tried, order, best: None };
    };
    let view = growing.leaf(leaf);
    let factor = view.sums.count as f64 / (view.sums.hessian + 2.0 * EPSILON);
    let has_missing = described.mapper.missing == MissingType::Nan && !categorical;
    let bins = sums.iter().enumerate().map(|(bin, [gradient, hessian])| HistogramBin {
        bin,
        text: bin_text(run, feature, bin),
        upper: MaybeNan(match &described.mapper.kind {
            BinKind::Numeric(bounds) => bounds[bin],
            BinKind::Categorical { .. } => f64::NAN,
        }),
        missing: has_missing && bin + 1 == sums.len(),
        gradient: *gradient,
        hessian: *hessian,
        rows: (hessian * factor).round(),
    });
    let best = view.best.filter(|best| best.feature == feature);
    Histogram {
        feature: name,
        categorical,
        bins: bins.collect(),
        tried: candidates.iter().map(tried_place).collect(),
        order,
        best: best.as_ref().map(|best| chosen(run, best)),
    }
}

fn tried_place(candidate: &Candidate) -> TriedPlace {
    TriedPlace {
        place: candidate.place,
        gain: candidate.gain,
        missing_left: candidate.default_left,
        from_the_end: candidate.from_the_end,
        left_rows: candidate.left_count,
    }
}

fn chosen(run: &BoostingRun, split: &Split) -> ChosenSplit {
    let gain = split.gain;
    match &split.threshold {
        Threshold::Bin(bin) => ChosenSplit::Number { bin: *bin, gain, missing_left: split.default_left },
        Threshold::Categories(bins) => {
            let texts = bins.iter().map(|bin| bin_text(run, split.feature, *bin)).collect();
            ChosenSplit::Categories { bins: bins.clone(), texts, gain, missing_left: false }
        }
    }
}

/// What a bin holds, for a reader.
fn bin_text(run: &BoostingRun, feature: usize, bin: usize) -> String {
    let described = &run.booster().data().features[feature];
    match &described.mapper.kind {
        BinKind::Categorical { .. } if bin == 0 => String::new(),
        BinKind::Categorical { categories, .. } => {
            category_text(run, described.column, f64::from(categories[bin]))
        }
        BinKind::Numeric(bounds) if bounds[bin].is_nan() => String::new(),
        BinKind::Numeric(bounds) if bounds[bin].is_infinite() => {
            let before = bin.checked_sub(1).map_or(f64::NEG_INFINITY, |bin| bounds[bin]);
            format!("> {}", short(before))
        }
        BinKind::Numeric(bounds) => format!("≤ {}", short(bounds[bin])),
    }
}
