//! The settings of the boosting lesson: LightGBM's parameters by their own names, and which table.

use super::campaign::{self, Campaign};
use crate::controls::{Control, ControlGroup};
use crate::lessons::{Material, Preset};
use serde_json::{Value, json};

/// Settings that are LightGBM's parameters and handed to the engine as they are.
#[cfg(feature = "trees")]
pub const PARAMETERS: [&str; 23] = [
    "grow_policy",
    "boosting",
    "data_sample_strategy",
    "num_iterations",
    "learning_rate",
    "num_leaves",
    "max_depth",
    "min_data_in_leaf",
    "min_sum_hessian_in_leaf",
    "min_gain_to_split",
    "bagging_fraction",
    "bagging_freq",
    "feature_fraction",
    "lambda_l1",
    "lambda_l2",
    "path_smooth",
    "max_bin",
    "cat_smooth",
    "cat_l2",
    "max_cat_to_onehot",
    "min_data_per_group",
    "is_unbalance",
    "early_stopping_round",
];

/// The declared settings with the defaults of a table. Where the document errs, its way is marked `as_written`.
pub fn controls(material: &Material, dataset: Option<&str>) -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Model, Training};
    let own = material.mixed.as_ref();
    let campaign = match (dataset, own) {
        (None, Some(_)) => Campaign::Own,
        (Some("own"), None) => Campaign::Bank,
        (name, _) => Campaign::named(name),
    };
    let mut datasets: Vec<&str> = Campaign::NAMES.to_vec();
    // A table that was brought is meant to be used.
    datasets.insert(if own.is_some() { 0 } else { datasets.len() }, "own");
    let columns = match (campaign, own) {
        (Campaign::Own, Some(table)) => campaign::usable_columns(table, &campaign::default_label(table)),
        _ => campaign.known_columns(),
    };
    let labels: Vec<String> = match (campaign, own) {
        (Campaign::Own, Some(table)) => {
            // The likely one first: it is the default.
            let usual = campaign::default_label(table);
            let others = campaign::possible_labels(table).into_iter().filter(|name| *name != usual);
            std::iter::once(usual.clone()).chain(others).collect()
        }
        _ => vec![campaign.label().into()],
    };
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let too_many = match (campaign, own) {
        (Campaign::Own, Some(table)) => campaign::columns_to_leave_out(table),
        _ => Vec::new(),
    };
    let categories: Vec<&str> =
        columns.iter().filter(|(_, categorical)| *categorical).map(|(name, _)| name.as_str()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    // The document's own run: ten rounds, no early stopping worth the name.
    let rounds = if campaign == Campaign::RareBuyers { 10 } else { 100 };
    vec![
        Control::choice("dataset", Data, &datasets).leading(),
        Control::choice("label_column", Data, &labels).only_with("dataset", &["own"]),
        Control::some_of("drop_columns", Data, &names, &too_many),
        Control::some_of("categorical_feature", Data, &names, &categories),
        Control::choice("encoding", Data, &["native", "ordinal", "one_hot"]),
        Control::choice("grow_policy", Model, &["leaf_wise", "level_wise"]),
        Control::integer("num_leaves", Model, 2, 255, 31).unit("leaves"),
        Control::integer("max_depth", Model, -1, 30, -1).unit("splits"),
        Control::integer("min_data_in_leaf", Model, 0, 5_000, 20).unit("rows"),
        Control::number("min_sum_hessian_in_leaf", Model, 0.0, 100.0, 1e-3),
        Control::number("min_gain_to_split", Model, 0.0, 100.0, 0.0),
        Control::number("lambda_l1", Model, 0.0, 1_000.0, 0.0),
        Control::number("lambda_l2", Model, 0.0, 1_000.0, 0.0),
        Control::number("path_smooth", Model, 0.0, 1_000.0, 0.0),
        Control::integer("max_bin", Model, 2, 1_023, 255).unit("bins"),
        Control::integer("max_cat_to_onehot", Model, 1, 64, 4).unit("categories"),
        Control::number("cat_smooth", Model, 0.0, 1_000.0, 10.0),
        Control::number("cat_l2", Model, 0.0, 1_000.0, 10.0),
        Control::integer("min_data_per_group", Model, 1, 5_000, 100).unit("rows"),
        Control::integer("num_iterations", Training, 1, 2_000, rounds).unit("rounds"),
        Control::logarithmic("learning_rate", Training, 1e-3, 1.0, 0.1),
        Control::choice("boosting", Training, &["gbdt", "dart"]),
        Control::choice("data_sample_strategy", Training, &["bagging", "goss"]),
        Control::number("bagging_fraction", Training, 0.05, 1.0, 1.0),
        Control::integer("bagging_freq", Training, 0, 100, 0).unit("rounds"),
        Control::number("feature_fraction", Training, 0.05, 1.0, 1.0),
        Control::choice("is_unbalance", Training, &["false", "true"]),
        Control::integer("early_stopping_round", Evaluation, 0, 500, 0).unit("rounds"),
        Control::choice("early_stopping_on", Evaluation, &["valid", "as_written"])
            .as_written(json!("as_written")),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the document's run with its mistakes.
pub fn presets(dataset: Option<&str>) -> Vec<Preset> {
    let set = |values: Value| values.as_object().cloned().unwrap_or_default();
    let quick = json!({"num_iterations": 30, "num_leaves": 15});
    vec![
        ("quick", set(quick)),
        (
            "document",
            set(json!({"dataset": "rare_buyers", "num_leaves": 31, "num_iterations": 10, "early_stopping_on": "as_written"})),
        ),
    ]
    .into_iter()
    .filter(|(name, _)| *name == "quick" || matches!(Campaign::named(dataset), Campaign::RareBuyers | Campaign::Bank))
    .collect()
}
