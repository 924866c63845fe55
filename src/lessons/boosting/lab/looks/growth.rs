//! A tree grown one split at a time, with everything the search for the next split sees.

use crate::error::LabError;
use crate::lessons::boosting::lab::lab::BoostingLab;
use gbdt::binning::BinKind;
use gbdt::grow::{Growing, Tried};
use gbdt::number::EPSILON;
use gbdt::split::{Candidate, Split, Threshold};
use gbdt::{Child, GrowPolicy, MissingType, Model, Parameters, Tree};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Options {
    /// Splits made already.
    splits: usize,
    /// Feature whose sums are shown; the one that is split next where none is named.
    feature: Option<String>,
    /// Grown by levels in place of the run's own policy.
    policy: Option<String>,
}

/// The tree of the next round after so many splits, the leaf that is split next, and its sums.
///
/// # Errors
/// `bad_input` for a feature that is not there.
pub(super) fn growth(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let options: Options = serde_json::from_value(options)
        .map_err(|_| LabError::bad_input("a number of splits, and a feature or none"))?;
    let mut settings = lab.parameters.clone();
    match options.policy.as_deref() {
        Some("level_wise") => settings.grow_policy = GrowPolicy::LevelWise,
        Some("leaf_wise") => settings.grow_policy = GrowPolicy::LeafWise,
        _ => {}
    }
    let booster = &lab.booster;
    let (gradients, hessians) = booster.next_gradients();
    let mut columns = booster.next_columns();
    let rows = (0..booster.data().rows() as u32).collect();
    let mut growing = Growing::new(booster.data(), &settings, &gradients, &hessians, rows, &mut columns);
    let mut made = 0;
    while made < options.splits && growing.split_next() {
        made += 1;
    }
    let next = growing.next_leaf();
    let shown = shown_feature(lab, &growing, next, options.feature.as_deref())?;
    let leaf = next.unwrap_or(0);
    let histogram = shown.map(|feature| histogram(lab, &growing, leaf, feature));
    let features = (0..booster.data().features.len()).map(|feature| {
        let best = growing.tried(leaf, feature).and_then(|tried| {
            tried
                .candidates
                .into_iter()
                .map(|candidate| candidate.gain)
                .filter(|gain| *gain > 0.0)
                .reduce(f64::max)
        });
        json!({ "name": feature_name(lab, feature), "gain": best })
    });
    let features: Vec<Value> = features.collect();
    let leaves: Vec<Value> = (0..growing.leaves())
        .map(|leaf| {
            let view = growing.leaf(leaf);
            json!({
                "leaf": leaf,
                "depth": view.depth,
                "rows": view.sums.count,
                "gradient": view.sums.gradient,
                "hessian": view.sums.hessian,
                "value": view.sums.output * settings.learning_rate,
                "gain": view.best.as_ref().map(|best| best.gain),
                "feature": view.best.as_ref().map(|best| feature_name(lab, best.feature)),
            })
        })
        .collect();
    let (tree, _) = growing.finish();
    Ok(json!({
        "round": booster.round() + 1,
        "made": made,
        "next": next,
        "leaves": leaves,
        "nodes": nodes(lab, &tree),
        "features": features,
        "histogram": histogram,
        "gained": tree.nodes.iter().fold(0.0, |sum, node| sum + f64::from(node.gain)),
    }))
}

fn feature_name(lab: &BoostingLab, feature: usize) -> String {
    let data = lab.booster.data();
    data.names[data.features[feature].column].clone()
}

/// The feature named, or that of the next split.
fn shown_feature(
    lab: &BoostingLab,
    growing: &Growing<'_>,
    next: Option<usize>,
    named: Option<&str>,
) -> Result<Option<usize>, LabError> {
    if let Some(name) = named {
        let found =
            (0..lab.booster.data().features.len()).find(|feature| feature_name(lab, *feature) == name);
        return found
            .map(Some)
            .ok_or_else(|| LabError::bad_input(format!("a feature of the model, not `{name}`,")));
    }
    Ok(next.and_then(|leaf| growing.leaf(leaf).best).map(|best| best.feature))
}

/// Bins of a feature in a leaf: their sums, and the gain of every place that was tried.
fn histogram(lab: &BoostingLab, growing: &Growing<'_>, leaf: usize, feature: usize) -> Value {
    let data = lab.booster.data();
    let described = &data.features[feature];
    let Some(Tried { bins: sums, candidates, order }) = growing.tried(leaf, feature) else {
        return json!({ "feature": feature_name(lab, feature), "bins": [], "tried": [] });
    };
    let view = growing.leaf(leaf);
    let factor = view.sums.count as f64 / (view.sums.hessian + 2.0 * EPSILON);
    let bins: Vec<Value> = sums.iter().enumerate().map(|(bin, [gradient, hessian])| {
        json!({
            "bin": bin,
            "text": bin_text(lab, feature, bin),
            "upper": match &described.mapper.kind {
                BinKind::Numeric(bounds) => json!(bounds[bin]),
                BinKind::Categorical { .. } => Value::Null,
            },
            "missing": described.mapper.missing == MissingType::Nan && !described.mapper.is_categorical() && bin + 1 == sums.len(),
            "gradient": gradient,
            "hessian": hessian,
            "rows": (hessian * factor).round(),
        })
    }).collect();
    let best = view.best.filter(|best| best.feature == feature);
    json!({
        "feature": feature_name(lab, feature),
        "categorical": described.mapper.is_categorical(),
        "bins": bins,
        "tried": candidates.iter().map(candidate).collect::<Vec<_>>(),
        "order": order,
        "best": best.as_ref().map(|best| chosen(lab, best)),
    })
}

fn candidate(candidate: &Candidate) -> Value {
    json!({
        "place": candidate.place,
        "gain": candidate.gain,
        "missing_left": candidate.default_left,
        "from_the_end": candidate.from_the_end,
        "left_rows": candidate.left_count,
    })
}

fn chosen(lab: &BoostingLab, split: &Split) -> Value {
    match &split.threshold {
        Threshold::Bin(bin) => json!({ "bin": bin, "gain": split.gain, "missing_left": split.default_left }),
        Threshold::Categories(bins) => {
            let texts: Vec<String> = bins.iter().map(|bin| bin_text(lab, split.feature, *bin)).collect();
            json!({ "bins": bins, "texts": texts, "gain": split.gain, "missing_left": false })
        }
    }
}

/// What stands in a bin, for a reader.
fn bin_text(lab: &BoostingLab, feature: usize, bin: usize) -> String {
    let described = &lab.booster.data().features[feature];
    match &described.mapper.kind {
        BinKind::Categorical { .. } if bin == 0 => String::new(),
        BinKind::Categorical { categories, .. } => {
            category_text(lab, described.column, f64::from(categories[bin]))
        }
        BinKind::Numeric(bounds) if bounds[bin].is_nan() => String::new(),
        BinKind::Numeric(bounds) if bounds[bin].is_infinite() => {
            let before = bin.checked_sub(1).map_or(f64::NEG_INFINITY, |bin| bounds[bin]);
            format!("> {}", short(before))
        }
        BinKind::Numeric(bounds) => format!("≤ {}", short(bounds[bin])),
    }
}

/// The text of a category of a column the model sees.
fn category_text(lab: &BoostingLab, column: usize, code: f64) -> String {
    let texts = lab.features.texts.get(column).and_then(Option::as_ref);
    texts.and_then(|texts| texts.get(code as usize)).cloned().unwrap_or_else(|| code.to_string())
}

/// A threshold without the digits that only keep it apart from its neighbours; zero's own bounds are zero.
fn short(value: f64) -> String {
    if value.abs() < 1e-30 {
        return "0".into();
    }
    let rounded: f64 = format!("{value:.6e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// The splits of a tree for the page.
pub(super) fn nodes(lab: &BoostingLab, tree: &Tree) -> Vec<Value> {
    use gbdt::Decision;
    tree.nodes
        .iter()
        .enumerate()
        .map(|(number, node)| {
            let (threshold, categories, missing_left) = match &node.decision {
                Decision::Numeric { threshold, default_left } => (Some(*threshold), None, *default_left),
                Decision::Categorical { set } => {
                    let codes = (0..set.len() * 32).filter(|code| set[code / 32] >> (code % 32) & 1 == 1);
                    let texts: Vec<String> =
                        codes.map(|code| category_text(lab, node.feature, code as f64)).collect();
                    (None, Some(texts), false)
                }
            };
            json!({
                "node": number,
                "feature": lab.features.table.columns().get(node.feature).map(|column| column.name.clone()),
                "threshold": threshold.map(short),
                "categories": categories,
                "missing": match node.missing { MissingType::None => "none", MissingType::Zero => "zero", MissingType::Nan => "nan" },
                "missing_left": missing_left,
                "gain": node.gain,
                "left": child(node.left),
                "right": child(node.right),
                "rows": node.count,
                "value": node.value,
            })
        })
        .collect()
}

fn child(child: Child) -> Value {
    match child {
        Child::Node(node) => json!({ "node": node }),
        Child::Leaf(leaf) => json!({ "leaf": leaf }),
    }
}

/// Splits that gain nothing but rounding, and leaves with fewer rows than `min_data_in_leaf` asks for.
pub(super) fn curiosities(model: &Model, parameters: &Parameters) -> Value {
    /// Below this a gain is the rest of two sums that cancel.
    const NOISE: f32 = 1e-9;
    let splits: usize = model.trees.iter().map(|tree| tree.nodes.len()).sum();
    let noise = model.trees.iter().flat_map(|tree| &tree.nodes).filter(|node| node.gain < NOISE).count();
    let leaves = model.trees.iter().filter(|tree| !tree.nodes.is_empty()).flat_map(|tree| &tree.leaves);
    let least = parameters.min_data_in_leaf.max(0) as u32;
    let counts: Vec<u32> = leaves.map(|leaf| leaf.count).collect();
    json!({
        "splits": splits,
        "noise": noise,
        "leaves": counts.len(),
        "small_leaves": counts.iter().filter(|count| **count < least).count(),
        "smallest_leaf": counts.iter().min(),
        "min_data_in_leaf": least,
    })
}
