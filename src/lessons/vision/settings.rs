//! The settings of the vision lesson, by the names the document and Keras use.

use super::task::Task;
use super::usual::Usual;
use crate::controls::{Control, ControlGroup, RateChanges};
use crate::lessons::{Material, Preset};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Value, json};

/// The settings of a lab, as they were declared by [`controls`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "networks"), allow(dead_code, reason = "the lab reads most of them"))]
pub struct VisionSettings {
    pub seed: u64,
    pub task: Task,
    /// `own` for the reader's pictures.
    pub dataset: String,
    /// Width and height of the pictures.
    #[serde(rename = "image_size", deserialize_with = "number_in_text")]
    pub side: usize,
    pub train_size: usize,
    pub augment: OnOff,
    /// Filters of each convolution.
    pub filters: Vec<usize>,
    pub kernel_size: usize,
    pub dense_units: usize,
    pub optimizer: String,
    pub learning_rate: f64,
    pub learning_rate_changes: RateChanges,
    pub batch_size: usize,
    pub epochs: usize,
    /// 1 where a run is not stopped early.
    pub stop_at_accuracy: f64,
    pub validation: Validation,
    pub rescale_at_prediction: Way,
    pub labels: Way,
    #[allow(dead_code, reason = "the page hands the filter over when it looks")]
    filter: [f64; 9],
    #[allow(dead_code, reason = "the page hands it over with the filter")]
    filter_weight: f64,
    #[allow(dead_code, reason = "the page hands it over with the filter")]
    filter_orientation: Way,
}

impl VisionSettings {
    /// Whether the reader's own pictures are learned from.
    pub fn is_own(&self) -> bool {
        self.task.takes_own() && self.dataset == "own"
    }
}

/// A switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnOff {
    Off,
    On,
}

/// Which pictures a run is judged by while it trains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validation {
    HeldOut,
    /// The document's way: those it trains on.
    AsWritten,
}

/// Whether something is done as the document has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Corrected,
    AsWritten,
}

/// A choice among numbers is a choice among names.
fn number_in_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// The document's first filter, row by row.
const ALL_EDGES: [f64; 9] = [0.0, 1.0, 0.0, 1.0, -4.0, 1.0, 0.0, 1.0, 0.0];

/// Numbers of a filter and its weight: far more than any filter needs, and far less than overflows.
const FILTER_NUMBERS: std::ops::RangeInclusive<f64> = -1e9..=1e9;

/// The declared settings with the defaults of a task. Where the document errs, its way is marked `as_written`.
pub fn controls(material: &Material, task: Option<&str>) -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Inside, Model, Training};
    const BENCH: [&str; 1] = ["filters"];
    const TRAINED: [&str; 3] = ["mnist", "horse_or_human", "happy_or_sad"];
    const PICTURES: [&str; 2] = ["horse_or_human", "happy_or_sad"];
    let task = Task::named(task);
    let own = material.pictures().filter(|_| task.takes_own());
    let usual = own.map_or_else(|| Usual::of(task), |pictures| Usual::of_own(task, pictures.train));
    let (least, most, size) = usual.train_size;
    let is_own = own.is_some();
    let augment = if usual.augment { ["on", "off"] } else { ["off", "on"] };
    let datasets = if material.pictures().is_some() { ["own", "composed"] } else { ["composed", "own"] };
    vec![
        Control::choice("task", Data, &Task::NAMES).leading(),
        Control::choice("dataset", Data, &datasets).only_with("task", &PICTURES).of_data(),
        Control::choice("image_size", Data, usual.sides)
            .unit("pixels")
            .only_with("task", &PICTURES)
            .fitted(is_own),
        Control::integer("train_size", Data, least, most, size)
            .unit("pictures")
            .only_with("task", &TRAINED)
            .of_data(),
        Control::choice("augment", Data, &augment).only_with("task", &TRAINED).fitted(is_own),
        Control::integer_list("filters", Model, 0..=6, 1..=128, usual.filters)
            .unit("filters")
            .only_with("task", &TRAINED)
            .fitted(is_own),
        Control::integer("kernel_size", Model, 2, 7, 3).unit("pixels").only_with("task", &TRAINED),
        Control::integer("dense_units", Model, 1, 1_024, usual.dense_units)
            .unit("units")
            .only_with("task", &TRAINED)
            .fitted(is_own),
        Control::choice("optimizer", Training, &usual.optimizers).only_with("task", &TRAINED).fitted(is_own),
        Control::logarithmic("learning_rate", Training, 1e-5, 1.0, usual.learning_rate)
            .only_with("task", &TRAINED)
            .fitted(is_own),
        Control::rate_changes().only_with("task", &TRAINED),
        Control::integer("batch_size", Training, 1, 512, usual.batch_size)
            .unit("pictures")
            .only_with("task", &TRAINED)
            .fitted(is_own),
        Control::integer("epochs", Training, 1, 200, usual.epochs)
            .unit("epochs")
            .only_with("task", &TRAINED)
            .fitted(is_own),
        Control::number("stop_at_accuracy", Training, 0.5, 1.0, usual.stop_at_accuracy)
            .only_with("task", &TRAINED)
            .fitted(is_own),
        Control::choice("validation", Evaluation, &["held_out", "as_written"])
            .as_written(json!("as_written"))
            .only_with("task", &["horse_or_human"]),
        Control::choice("rescale_at_prediction", Evaluation, &["corrected", "as_written"])
            .as_written(json!("as_written"))
            .only_with("task", &PICTURES),
        Control::choice("labels", Evaluation, &["corrected", "as_written"])
            .as_written(json!("as_written"))
            .only_with("task", &["happy_or_sad"]),
        Control::number_list("filter", Inside, FILTER_NUMBERS, &ALL_EDGES).only_with("task", &BENCH),
        Control::number("filter_weight", Inside, *FILTER_NUMBERS.start(), *FILTER_NUMBERS.end(), 1.0)
            .only_with("task", &BENCH),
        Control::choice("filter_orientation", Inside, &["corrected", "as_written"])
            .as_written(json!("as_written"))
            .only_with("task", &BENCH),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the document's run with its mistakes.
pub fn presets(task: Option<&str>) -> Vec<Preset> {
    let set = |values: Value| values.as_object().cloned().unwrap_or_default();
    // Said, and not left to the defaults: those for pictures of the reader's own are others.
    let set_fully = |values: Value| {
        let mut all = Usual::of(Task::named(task)).values();
        all.extend(set(values));
        all
    };
    let (quick, document) = match Task::named(task) {
        Task::Filters | Task::Mnist => (
            json!({"task": "mnist", "train_size": 3_000, "epochs": 3}),
            json!({"task": "mnist", "train_size": 60_000}),
        ),
        Task::HorseOrHuman => (
            // Some 300 steps of a small network on small pictures. With the document's optimizer and the 50 steps that
            // larger ones leave time for, accuracy on held-out pictures stayed near one half (here and below).
            json!({"task": "horse_or_human", "image_size": "64", "filters": [8, 16, 32, 32], "dense_units": 64, "optimizer": "adam", "learning_rate": 0.003, "train_size": 2_000, "batch_size": 32, "epochs": 5}),
            json!({"task": "horse_or_human", "image_size": "300", "validation": "as_written", "rescale_at_prediction": "as_written"}),
        ),
        Task::HappyOrSad => (
            json!({"task": "happy_or_sad", "image_size": "64", "filters": [8, 16, 32], "dense_units": 64, "optimizer": "adam", "learning_rate": 0.003, "train_size": 400, "epochs": 12}),
            json!({"task": "happy_or_sad", "rescale_at_prediction": "as_written", "labels": "as_written"}),
        ),
    };
    let mut presets = vec![("quick", set(quick)), ("document", set_fully(document))];
    if Task::named(task) == Task::HappyOrSad {
        // Half as many parameters: what the course behind the document answers its own exercise with.
        presets.push((
            "course",
            set_fully(json!({"task": "happy_or_sad", "filters": [16, 32, 32], "batch_size": 10})),
        ));
    }
    presets
}

#[cfg(test)]
mod tests {
    use super::VisionSettings;
    use crate::controls::Settings;
    use crate::lessons::vision::task::Task;
    use crate::lessons::{Material, find};

    #[test]
    fn every_declared_setting_of_a_task_has_a_field_and_every_field_a_setting() {
        let definition = find("vision").unwrap();
        for task in definition.leading_values() {
            let controls = definition.all_controls(&Material::default(), task.as_deref());
            let settings = Settings::defaults(&controls).read::<VisionSettings>();
            assert!(settings.side >= 28);
        }
        assert_eq!(Task::NAMES.len(), definition.leading_values().len());
    }
}
