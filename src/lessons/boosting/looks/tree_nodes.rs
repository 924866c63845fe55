//! The splits of a tree, and how thresholds and categories are written.

use crate::lessons::boosting::lab::run::BoostingRun;
use gbdt::{Child, Decision, MissingType, Tree};
use serde::Serialize;
use std::ptr;

/// The first categories of a set, and how many others there are.
type Named = (Vec<String>, usize);

/// Categories of a split that are named; the others are counted.
const MOST_NAMED: usize = 12;

/// A split; its rows go left where the value is at most the threshold, or among the categories.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TreeNode {
    node: usize,
    /// Column it looks at.
    feature: String,
    threshold: Option<String>,
    /// Where the threshold stands between the lowest (0) and the highest (1) training value of its column; null where
    /// the range is not known.
    place: Option<f64>,
    /// Categories that go left, the first of them.
    categories: Option<Vec<String>>,
    /// Further ones.
    more_categories: usize,
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

/// The splits of a tree for the page, of columns with these names and, in the words of a model file, these values; `text`
/// writes a category of a column.
pub fn nodes(
    names: &[String],
    infos: &[String],
    tree: &Tree,
    text: &dyn Fn(usize, usize) -> String,
) -> Vec<TreeNode> {
    // Splits of a file may share a set, and it may be large.
    let mut listed: Vec<(usize, &[u32], Named)> = Vec::new();
    let nodes = tree.nodes.iter().enumerate().map(|(number, node)| {
        let (threshold, categories, missing_left) = match &node.decision {
            Decision::Numeric { threshold, default_left } => (Some(short(*threshold)), None, *default_left),
            Decision::Categorical { set } => {
                let known = listed.iter().rposition(|(column, other, _)| {
                    *column == node.feature && ptr::eq(*other, &raw const **set)
                });
                let known = known.unwrap_or_else(|| {
                    listed.push((node.feature, &**set, categories_of(set, &|code| text(node.feature, code))));
                    listed.len() - 1
                });
                (None, Some(listed[known].2.clone()), false)
            }
        };
        let (categories, more) = categories.map_or((None, 0), |(named, more)| (Some(named), more));
        TreeNode {
            node: number,
            feature: names[node.feature].clone(),
            place: match node.decision {
                Decision::Numeric { threshold, .. } => place(&infos[node.feature], threshold),
                Decision::Categorical { .. } => None,
            },
            threshold,
            categories,
            more_categories: more,
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

/// The range of a column of numbers, out of what a model file says of it: `[min:max]`.
pub fn range(info: &str) -> Option<[f64; 2]> {
    let (min, max) = info.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    let range = [min.parse().ok()?, max.parse().ok()?];
    range.iter().all(|bound: &f64| bound.is_finite()).then_some(range)
}

fn place(info: &str, threshold: f64) -> Option<f64> {
    let [min, max] = range(info)?;
    (max > min).then(|| ((threshold - min) / (max - min)).clamp(0.0, 1.0))
}

/// Texts of the first categories of a set of bits, and how many others there are.
fn categories_of(set: &[u32], text: &dyn Fn(usize) -> String) -> Named {
    let codes = (0..set.len() * 32).filter(|code| set[code / 32] >> (code % 32) & 1 == 1);
    let named: Vec<String> = codes.take(MOST_NAMED).map(text).collect();
    let all: usize = set.iter().map(|word| word.count_ones() as usize).sum();
    let more = all - named.len();
    (named, more)
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
