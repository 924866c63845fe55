//! The settings of the iris lesson, by the names the document and its framework use.

use super::table::{SPECIES, rows_to_train};
use crate::controls::{Control, ControlGroup, RateChanges};
use crate::data::iris::FEATURES;
use crate::data::table::Gaps;
use crate::lessons::{Material, Preset};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Minibatches are at most this long: a page that updates its curve once in many seconds looks dead.
const LARGEST_BATCH: usize = 4_096;
/// The document's minibatch, and how often it goes through the table.
const DOCUMENT_BATCH: usize = 16;
const DOCUMENT_EPOCHS: usize = 150;
/// Steps of a run on a long table where nothing is said: 15 seconds at 200 steps a second.
const USUAL_STEPS: usize = 3_000;
/// From this many training rows on, dev is evaluated once an epoch, not every 50 steps.
const MANY_ROWS: usize = 1_000;

/// The settings of a lab, as they were declared by [`controls`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "networks"), allow(dead_code, reason = "the lab reads most of them"))]
pub struct IrisSettings {
    pub seed: u64,
    #[allow(dead_code, reason = "it has chosen the table before the lab is opened")]
    pub dataset: String,
    pub label_column: String,
    pub features: Vec<String>,
    pub gaps: Gaps,
    pub split: SplitWay,
    pub train_size: usize,
    pub model: ModelKind,
    /// Units of each hidden layer.
    pub hidden: Vec<usize>,
    pub activation: String,
    pub init_std: f64,
    pub init_bias: f64,
    #[serde(rename = "C")]
    pub c: f64,
    pub kernel: KernelKind,
    /// 0 for scikit-learn's `scale`.
    pub gamma: f64,
    pub optimizer: String,
    pub learning_rate: f64,
    pub learning_rate_changes: RateChanges,
    pub batch_size: usize,
    pub epochs: usize,
    pub eval_steps: usize,
    pub checkpoint: CheckpointKind,
}

/// How rows are shared out among train, dev and test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitWay {
    Disjoint,
    /// The document's way, in which test rows stand in train too.
    AsWritten,
}

/// Which model is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    Mlp,
    Softmax,
    Svm,
}

/// Kernel of a support vector machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KernelKind {
    Rbf,
    Linear,
}

/// The weights that results are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckpointKind {
    Last,
    /// The document's way: those of the best evaluation on dev.
    BestDev,
}

/// Rows of a minibatch and epochs where nothing is said: the document's for a small table; for a long one larger batches
/// and fewer epochs, so that a run has about [`USUAL_STEPS`] steps.
fn usual_length(train: usize) -> (usize, usize) {
    let batch_size = (train / 64).next_power_of_two().clamp(DOCUMENT_BATCH, 512);
    let steps = train.div_ceil(batch_size).max(1);
    (batch_size, USUAL_STEPS.div_ceil(steps).clamp(10, DOCUMENT_EPOCHS))
}

/// The declared settings; defaults are the document's own, except where the document errs
/// (`split`, `checkpoint`: the document's way is marked `as_written`). With a table of the reader's own, columns and
/// numbers of rows are that table's.
pub fn controls(material: &Material) -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Model, Training};
    let (most, train) = rows_to_train(material);
    let (batch_size, epochs) = usual_length(train);
    let eval_steps = if train > MANY_ROWS { train.div_ceil(batch_size).min(10_000) } else { 50 };
    let is_own = material.table().is_some();
    let mut controls = columns(material);
    controls.extend([
        Control::choice("gaps", Data, &["leave_out", "train_mean"]).only_with("dataset", &["own"]),
        Control::choice("split", Data, &["disjoint", "as_written"]).as_written(json!("as_written")),
        Control::integer("train_size", Data, 3, most as i64, train as i64).unit("rows").of_data(),
        Control::choice("model", Model, &["mlp", "softmax", "svm"]),
        Control::integer_list("hidden", Model, 0..=4, 1..=64, &[6])
            .unit("units")
            .only_with("model", &["mlp"]),
        Control::choice("activation", Model, &["sigmoid", "tanh", "relu"]).only_with("model", &["mlp"]),
        Control::number("init_std", Model, 0.0, 2.0, 0.01).only_with("model", &["mlp"]),
        Control::number("init_bias", Model, -2.0, 2.0, 1.0).only_with("model", &["mlp"]),
        Control::logarithmic("C", Model, 1e-4, 1e5, 1.0).only_with("model", &["softmax", "svm"]),
        Control::choice("kernel", Model, &["rbf", "linear"]).only_with("model", &["svm"]),
        Control::number("gamma", Model, 0.0, 100.0, 0.0).only_with("kernel", &["rbf"]),
        Control::choice("optimizer", Training, &["sgd", "momentum", "adagrad", "rmsprop", "adam"])
            .only_with("model", &["mlp"]),
        Control::logarithmic("learning_rate", Training, 1e-5, 10.0, 0.2).only_with("model", &["mlp"]),
        Control::rate_changes().only_with("model", &["mlp"]),
        Control::integer(
            "batch_size",
            Training,
            1,
            train.clamp(120, LARGEST_BATCH) as i64,
            batch_size as i64,
        )
        .unit("rows")
        .only_with("model", &["mlp"])
        .fitted(is_own),
        Control::integer("epochs", Training, 1, 2_000, epochs as i64)
            .unit("epochs")
            .only_with("model", &["mlp"])
            .fitted(is_own),
        Control::integer("eval_steps", Evaluation, 1, 10_000, eval_steps as i64)
            .unit("steps")
            .of_data()
            .only_with("model", &["mlp"])
            .fitted(is_own),
        Control::choice("checkpoint", Evaluation, &["last", "best_dev"]).as_written(json!("best_dev")),
    ]);
    controls
}

/// Which table, and which of its columns are seen and predicted.
fn columns(material: &Material) -> Vec<Control> {
    use ControlGroup::Data;
    let Some(table) = material.table() else {
        return vec![
            Control::choice("dataset", Data, &["iris", "own"]).of_data(),
            Control::choice("label_column", Data, &[SPECIES]).only_with("dataset", &["own"]).of_data(),
            Control::subset("features", Data, &FEATURES, 1).of_data(),
        ];
    };
    let default_label = table.default_label();
    let mut labels = table.label_candidates();
    // The first option of a choice is its default.
    labels.sort_by_key(|name| Some(*name) != default_label);
    // Any of these columns may become the label; it is then no feature.
    let features = table.feature_candidates("");
    let usual = table.default_features(default_label.unwrap_or_default());
    vec![
        Control::choice("dataset", Data, &["own", "iris"]).of_data(),
        Control::choice("label_column", Data, &labels).of_data(),
        Control::subset_of("features", Data, &features, &usual).of_data(),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the document's run with its mistakes.
pub fn presets() -> Vec<Preset> {
    let set = |values: Value| values.as_object().cloned().unwrap_or_default();
    vec![
        (
            "quick",
            set(
                json!({"init_std": 0.5, "init_bias": 0.0, "optimizer": "adam", "learning_rate": 0.03, "epochs": 60, "eval_steps": 20}),
            ),
        ),
        ("document", set(json!({"split": "as_written", "checkpoint": "best_dev"}))),
    ]
}

#[cfg(test)]
mod tests {
    use super::IrisSettings;
    use crate::controls::Settings;
    use crate::lessons::{Material, find};

    #[test]
    fn a_run_is_as_long_as_the_table_needs() {
        // 8 steps an epoch, as the document has them.
        assert_eq!(super::usual_length(120), (16, 150));
        for (train, expected, steps) in
            [(320, (16, 150), 3_000), (1_600, (32, 60), 3_000), (80_000, (512, 20), 3_140)]
        {
            let (batch_size, epochs) = super::usual_length(train);
            assert_eq!(((batch_size, epochs), train.div_ceil(batch_size) * epochs), (expected, steps));
        }
    }

    #[test]
    fn every_declared_setting_has_a_field_and_every_field_a_setting() {
        let definition = find("iris").unwrap();
        let settings = Settings::defaults(&definition.all_controls(&Material::default(), None));
        assert_eq!(settings.read::<IrisSettings>().hidden, [6]);
    }
}
