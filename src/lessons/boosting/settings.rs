//! The settings of the boosting lesson: LightGBM's parameters by their own names, and which table.

use super::dataset::{self, Dataset};
use crate::controls::{Control, ControlGroup};
use crate::lessons::{Material, Preset};
use serde::Deserialize;
use serde_json::{Value, json};

/// How categories are written for the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// As categories, of which a split takes a set.
    Native,
    /// As numbers in the order in which they are first met.
    Ordinal,
    /// As a column of zeros and ones for each.
    OneHot,
}

#[cfg(feature = "trees")]
impl Encoding {
    /// Its name among the options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Ordinal => "ordinal",
            Self::OneHot => "one_hot",
        }
    }
}

/// Which rows decide when to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppingRows {
    /// Rows that are held out for it.
    Valid,
    /// The test rows, as the document does.
    AsWritten,
}

/// The settings of a run: a field for each declared setting.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(
    not(feature = "trees"),
    allow(dead_code, reason = "what is declared of a lesson asks for the table and its label only")
)]
pub struct BoostingSettings {
    pub seed: u32,
    pub dataset: Dataset,
    pub label_column: String,
    pub drop_columns: Vec<String>,
    pub categorical_feature: Vec<String>,
    pub encoding: Encoding,
    pub grow_policy: String,
    pub num_leaves: usize,
    pub max_depth: i32,
    pub min_data_in_leaf: usize,
    pub min_sum_hessian_in_leaf: f64,
    pub min_gain_to_split: f64,
    pub lambda_l1: f64,
    pub lambda_l2: f64,
    pub path_smooth: f64,
    pub max_bin: usize,
    pub max_cat_to_onehot: usize,
    pub cat_smooth: f64,
    pub cat_l2: f64,
    pub min_data_per_group: usize,
    pub objective: String,
    pub num_iterations: usize,
    pub learning_rate: f64,
    pub boosting: String,
    pub data_sample_strategy: String,
    pub bagging_fraction: f64,
    pub bagging_freq: usize,
    pub pos_bagging_fraction: f64,
    pub neg_bagging_fraction: f64,
    pub feature_fraction: f64,
    pub feature_fraction_bynode: f64,
    pub extra_trees: String,
    pub is_unbalance: String,
    pub early_stopping_round: usize,
    pub early_stopping_on: StoppingRows,
}

#[cfg(feature = "trees")]
impl BoostingSettings {
    /// The seed as LightGBM takes it, a whole number of 32 bits with a sign: it wraps what is larger (4294967295 is -1
    /// in the model file of version 4.6.0).
    pub fn lightgbm_seed(&self) -> i32 {
        self.seed.cast_signed()
    }

    /// Settings that are LightGBM's parameters, by its names; they are handed to the engine as they are.
    pub fn parameters(&self) -> [(&'static str, Value); 27] {
        [
            ("grow_policy", json!(self.grow_policy)),
            ("boosting", json!(self.boosting)),
            ("data_sample_strategy", json!(self.data_sample_strategy)),
            ("num_iterations", json!(self.num_iterations)),
            ("learning_rate", json!(self.learning_rate)),
            ("num_leaves", json!(self.num_leaves)),
            ("max_depth", json!(self.max_depth)),
            ("min_data_in_leaf", json!(self.min_data_in_leaf)),
            ("min_sum_hessian_in_leaf", json!(self.min_sum_hessian_in_leaf)),
            ("min_gain_to_split", json!(self.min_gain_to_split)),
            ("bagging_fraction", json!(self.bagging_fraction)),
            ("bagging_freq", json!(self.bagging_freq)),
            ("pos_bagging_fraction", json!(self.pos_bagging_fraction)),
            ("neg_bagging_fraction", json!(self.neg_bagging_fraction)),
            ("feature_fraction", json!(self.feature_fraction)),
            ("feature_fraction_bynode", json!(self.feature_fraction_bynode)),
            ("extra_trees", json!(self.extra_trees)),
            ("lambda_l1", json!(self.lambda_l1)),
            ("lambda_l2", json!(self.lambda_l2)),
            ("path_smooth", json!(self.path_smooth)),
            ("max_bin", json!(self.max_bin)),
            ("cat_smooth", json!(self.cat_smooth)),
            ("cat_l2", json!(self.cat_l2)),
            ("max_cat_to_onehot", json!(self.max_cat_to_onehot)),
            ("min_data_per_group", json!(self.min_data_per_group)),
            ("is_unbalance", json!(self.is_unbalance)),
            ("early_stopping_round", json!(self.early_stopping_round)),
        ]
    }
}

/// What can be minimised: what the label asks for, or one of LightGBM's objectives by name.
pub const OBJECTIVES: [&str; 8] =
    ["auto", "regression", "regression_l1", "huber", "poisson", "binary", "multiclass", "multiclassova"];

/// The declared settings with the defaults of a table. Where the document errs, its way is marked `as_written`.
pub fn controls(material: &Material, dataset: Option<&str>) -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Model, Training};
    let own = material.table();
    let dataset = match (dataset, own) {
        (None, Some(_)) => Dataset::Own,
        (Some("own"), None) => Dataset::Bank,
        (name, _) => Dataset::named(name),
    };
    let mut datasets: Vec<&str> = Dataset::NAMES.to_vec();
    // A table that was brought is meant to be used.
    datasets.insert(if own.is_some() { 0 } else { datasets.len() }, "own");
    let columns = match (dataset, own) {
        (Dataset::Own, Some(table)) => dataset::usable_columns(table),
        _ => dataset.known_columns(),
    };
    let labels: Vec<String> = match (dataset, own) {
        (Dataset::Own, Some(table)) => {
            // The likely one first: it is the default.
            let (usual, _) = dataset::default_label(table);
            let others = dataset::possible_labels(table).into_iter().filter(|name| *name != usual);
            std::iter::once(usual.clone()).chain(others).collect()
        }
        _ => vec![dataset.label().into()],
    };
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let too_many = match (dataset, own) {
        (Dataset::Own, Some(table)) => dataset::columns_to_leave_out(table),
        _ => Vec::new(),
    };
    let categories: Vec<&str> =
        columns.iter().filter(|(_, categorical)| *categorical).map(|(name, _)| name.as_str()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    // The document's own run: ten rounds, no early stopping worth the name.
    let rounds = if dataset == Dataset::RareBuyers { 10 } else { 100 };
    vec![
        Control::choice("dataset", Data, &datasets).leading().of_data(),
        Control::choice("label_column", Data, &labels).only_with("dataset", &["own"]).of_data(),
        Control::some_of("drop_columns", Data, &names, &too_many).of_data(),
        Control::some_of("categorical_feature", Data, &names, &categories).of_data(),
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
        Control::choice("objective", Training, &OBJECTIVES),
        Control::choice("boosting", Training, &["gbdt", "dart", "rf"]),
        Control::choice("data_sample_strategy", Training, &["bagging", "goss"]),
        Control::number("bagging_fraction", Training, 0.05, 1.0, 1.0),
        Control::integer("bagging_freq", Training, 0, 100, 0).unit("rounds"),
        Control::number("pos_bagging_fraction", Training, 0.05, 1.0, 1.0),
        Control::number("neg_bagging_fraction", Training, 0.05, 1.0, 1.0),
        Control::number("feature_fraction", Training, 0.05, 1.0, 1.0),
        Control::number("feature_fraction_bynode", Training, 0.05, 1.0, 1.0),
        Control::choice("extra_trees", Training, &["false", "true"]),
        Control::choice("is_unbalance", Training, &["false", "true"]),
        Control::integer("early_stopping_round", Evaluation, 0, 500, 0).unit("rounds"),
        Control::choice("early_stopping_on", Evaluation, &["valid", "as_written"])
            .as_written(json!("as_written")),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the document's run with its mistakes.
pub fn presets(dataset: Option<&str>) -> Vec<Preset> {
    presets_of(Dataset::named(dataset))
}

/// The same for a dataset that is known.
pub fn presets_of(dataset: Dataset) -> Vec<Preset> {
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
    .filter(|(name, _)| *name == "quick" || matches!(dataset, Dataset::RareBuyers | Dataset::Bank))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::{Settings, seed_control};

    /// `read` refuses a setting without a field and a field without a setting.
    #[test]
    fn every_declared_setting_has_its_field_and_every_field_is_declared() {
        for dataset in Dataset::NAMES {
            let material = Material::default();
            let mut declared = vec![seed_control()];
            declared.extend(controls(&material, Some(dataset)));
            let settings = Settings::defaults(&declared);
            let read: BoostingSettings = settings.read();
            assert_eq!(read.dataset, Dataset::Bank, "the default; a run on {dataset} says so");
        }
    }

    /// What the engine is handed is what the settings hold, under the same names.
    #[cfg(feature = "trees")]
    #[test]
    fn parameters_are_the_settings_of_their_names() {
        let declared: Vec<_> =
            std::iter::once(seed_control()).chain(controls(&Material::default(), None)).collect();
        let settings = Settings::defaults(&declared);
        let read: BoostingSettings = settings.read();
        for (name, value) in read.parameters() {
            assert_eq!(&value, settings.value(name), "{name}");
        }
    }
}
