//! Models to text.

use super::super::category;
use super::super::model::Model;
use super::super::number::{descending, general};
use super::super::parameters::{NAMES, Objective, Parameters};
use super::super::tree::{Decision, MissingType, Node, Tree};
use std::ptr;

/// Digits of numbers that must come back as they were.
const EXACT: usize = 17;
/// Digits of the others.
const SHORT: usize = 6;

/// The lines of parameters at the end of a file, without LightGBM's that this engine does not have.
pub fn parameter_section(parameters: &Parameters) -> String {
    let line = |name: &&str| format!("[{name}: {}]\n", parameters.text(name).expect("a name of the list"));
    // LightGBM does not know this one, and would warn.
    NAMES.iter().filter(|name| **name != "grow_policy").map(line).collect()
}

/// A model as LightGBM writes it.
pub fn to_text(model: &Model) -> String {
    let blocks: Vec<String> = model
        .trees
        .iter()
        .enumerate()
        .map(|(index, tree)| format!("Tree={index}\n{}\n", block(tree)))
        .collect();
    let mut text = String::from("tree\n");
    let mut line = |name: &str, value: &str| {
        text.push_str(name);
        text.push('=');
        text.push_str(value);
        text.push('\n');
    };
    line("version", "v4");
    line("num_class", &model.trees_per_round.to_string());
    line("num_tree_per_iteration", &model.trees_per_round.to_string());
    line("label_index", "0");
    line("max_feature_idx", &(model.feature_names.len().max(1) - 1).to_string());
    if let Some(objective) = objective(model) {
        line("objective", &objective);
    }
    if model.average_output {
        text.push_str("average_output\n");
    }
    let mut line = |name: &str, value: &str| text.push_str(&format!("{name}={value}\n"));
    // As LightGBM: a blank ends a name.
    let names: Vec<String> =
        model.feature_names.iter().map(|name| name.replace(char::is_whitespace, "_")).collect();
    line("feature_names", &names.join(" "));
    let mut parameters = model.parameters.lines();
    let constraints =
        parameters.find_map(|line| line.strip_prefix("[monotone_constraints: ")?.strip_suffix(']'));
    if let Some(constraints) = constraints.filter(|constraints| !constraints.is_empty()) {
        line("monotone_constraints", &constraints.replace(',', " "));
    }
    line("feature_infos", &model.feature_infos.join(" "));
    line("tree_sizes", &joined(blocks.iter().map(|block| block.len().to_string())));
    text.push('\n');
    text.push_str(&blocks.concat());
    text.push_str("end of trees\n\nfeature_importances:\n");
    let importance = model.importance().split;
    let sizes: Vec<f64> = importance.iter().map(|splits| *splits as f64).collect();
    for column in descending(&sizes).into_iter().map(|column| column as usize) {
        if importance[column] == 0 {
            break;
        }
        text.push_str(&format!("{}={}\n", names[column], importance[column]));
    }
    text.push_str(&format!("\nparameters:\n{}\nend of parameters\n", model.parameters));
    let categories = category::write(model.pandas_categorical.as_deref());
    text.push_str(&format!("\npandas_categorical:{categories}\n"));
    text
}

/// The line of the objective; none for a loss of one's own.
fn objective(model: &Model) -> Option<String> {
    if let Some(foreign) = &model.foreign {
        return (!foreign.line.is_empty()).then(|| foreign.line.clone());
    }
    let name = model.objective.name();
    let (classes, sigmoid) = (model.trees_per_round, general(model.sigmoid, SHORT));
    Some(match model.objective {
        Objective::Binary => format!("{name} sigmoid:{sigmoid}"),
        Objective::Multiclass => format!("{name} num_class:{classes}"),
        Objective::MulticlassOva => format!("{name} num_class:{classes} sigmoid:{sigmoid}"),
        _ => name,
    })
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(" ")
}

fn block(tree: &Tree) -> String {
    let nodes = |of: &dyn Fn(&Node) -> String| joined(tree.nodes.iter().map(of));
    let mut boundaries = vec![0];
    let mut words: Vec<u32> = Vec::new();
    let mut thresholds = Vec::new();
    // A set that splits share is written once.
    let mut written: Vec<&[u32]> = Vec::new();
    for node in &tree.nodes {
        match &node.decision {
            Decision::Numeric { threshold, .. } => thresholds.push(general(*threshold, EXACT)),
            Decision::Categorical { set } => {
                // Mostly the one before: the last is looked at first.
                let place = written.iter().rposition(|other| ptr::eq(*other, &raw const **set));
                let place = place.unwrap_or_else(|| {
                    words.extend(&set[..]);
                    boundaries.push(words.len());
                    written.push(set);
                    written.len() - 1
                });
                thresholds.push(place.to_string());
            }
        }
    }
    let sets = boundaries.len() - 1;
    let mut lines = vec![
        format!("num_leaves={}", tree.leaves.len()),
        format!("num_cat={sets}"),
        format!("split_feature={}", nodes(&|node| node.feature.to_string())),
        format!("split_gain={}", nodes(&|node| general(f64::from(node.gain), SHORT))),
        format!("threshold={}", thresholds.join(" ")),
        format!("decision_type={}", nodes(&|node| decision_type(node).to_string())),
        format!("left_child={}", nodes(&|node| node.left.number().to_string())),
        format!("right_child={}", nodes(&|node| node.right.number().to_string())),
        format!("leaf_value={}", joined(tree.leaves.iter().map(|leaf| general(leaf.value, EXACT)))),
        format!("leaf_weight={}", joined(tree.leaves.iter().map(|leaf| general(leaf.weight, EXACT)))),
        format!("leaf_count={}", joined(tree.leaves.iter().map(|leaf| leaf.count.to_string()))),
        format!("internal_value={}", nodes(&|node| general(node.value, SHORT))),
        format!("internal_weight={}", nodes(&|node| general(node.weight, SHORT))),
        format!("internal_count={}", nodes(&|node| node.count.to_string())),
    ];
    if sets > 0 {
        lines.push(format!("cat_boundaries={}", joined(boundaries.iter().map(usize::to_string))));
        lines.push(format!("cat_threshold={}", joined(words.iter().map(u32::to_string))));
    }
    lines.push("is_linear=0".into());
    lines.push(format!("shrinkage={}", general(tree.shrinkage, SHORT)));
    lines.join("\n") + "\n\n"
}

/// Bit 0: categories; bit 1: missing values go left; bits 2 and 3: what is missing.
fn decision_type(node: &Node) -> u8 {
    let missing = match node.missing {
        MissingType::None => 0,
        MissingType::Zero => 1,
        MissingType::Nan => 2,
    };
    let kind = match node.decision {
        Decision::Categorical { .. } => 1,
        Decision::Numeric { default_left, .. } => u8::from(default_left) << 1,
    };
    kind | missing << 2
}
