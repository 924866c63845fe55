//! The settings of the vision lesson, by the names the document and Keras use.

use super::task::Task;
use crate::controls::{Control, ControlGroup};
use crate::lessons::{Material, Preset};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Value, json};

/// The settings of a lab, as they were declared by [`controls`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "tensors"), allow(dead_code, reason = "the lab reads most of them"))]
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

/// What the document sets for a task, or what stands in its place here.
struct Usual {
    filters: &'static [i64],
    dense_units: i64,
    sides: &'static [&'static str],
    optimizers: [&'static str; 4],
    batch_size: i64,
    epochs: i64,
    stop_at_accuracy: f64,
    train_size: (i64, i64, i64),
}

const ADAM_FIRST: [&str; 4] = ["adam", "rmsprop", "adagrad", "sgd"];
const RMSPROP_FIRST: [&str; 4] = ["rmsprop", "adam", "adagrad", "sgd"];

impl Usual {
    fn of(task: Task) -> Self {
        match task {
            Task::Filters | Task::Mnist => Self {
                filters: &[16],
                dense_units: 128,
                sides: &["28"],
                optimizers: ADAM_FIRST,
                batch_size: 32,
                epochs: 20,
                stop_at_accuracy: 0.998,
                train_size: (100, 60_000, 10_000),
            },
            Task::HorseOrHuman => Self {
                filters: &[16, 32, 64, 64, 64],
                dense_units: 512,
                // The document has 300: hours on a CPU. At 128 the last maps still have something to show.
                sides: &["128", "94", "64", "150", "300"],
                optimizers: RMSPROP_FIRST,
                batch_size: 128,
                epochs: 15,
                stop_at_accuracy: 1.0,
                train_size: (20, 2_000, 1_024),
            },
            Task::HappyOrSad => Self {
                filters: &[32, 64, 64],
                dense_units: 512,
                // The document has 300 here too: 40 million parameters.
                sides: &["150", "94", "64"],
                optimizers: RMSPROP_FIRST,
                batch_size: 16,
                epochs: 15,
                stop_at_accuracy: 0.999,
                train_size: (20, 400, 80),
            },
        }
    }
}

/// The declared settings with the defaults of a task. Where the document errs, its way is marked `as_written`.
pub fn controls(material: &Material, task: Option<&str>) -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Inside, Model, Training};
    const BENCH: [&str; 1] = ["filters"];
    const TRAINED: [&str; 3] = ["mnist", "horse_or_human", "happy_or_sad"];
    const PICTURES: [&str; 2] = ["horse_or_human", "happy_or_sad"];
    let task = Task::named(task);
    let usual = Usual::of(task);
    let own = material.pictures().map(|pictures| pictures.train.max(2) as i64);
    let (least, most, size) = match own {
        Some(train) if task.takes_own() => (2, train, train),
        _ => usual.train_size,
    };
    // A handful of pictures in one minibatch would make a step an epoch.
    let batch_size = match own {
        Some(train) if task.takes_own() => {
            (train as u64 / 8).next_power_of_two().clamp(8, usual.batch_size as u64) as i64
        }
        _ => usual.batch_size,
    };
    let datasets = if own.is_some() { ["own", "composed"] } else { ["composed", "own"] };
    vec![
        Control::choice("task", Data, &Task::NAMES).leading(),
        Control::choice("dataset", Data, &datasets).only_with("task", &PICTURES).of_data(),
        Control::choice("image_size", Data, usual.sides).unit("pixels").only_with("task", &PICTURES),
        Control::integer("train_size", Data, least, most, size)
            .unit("pictures")
            .only_with("task", &TRAINED)
            .of_data(),
        Control::choice("augment", Data, &["off", "on"]).only_with("task", &TRAINED),
        Control::integer_list("filters", Model, 0..=6, 1..=128, usual.filters)
            .unit("filters")
            .only_with("task", &TRAINED),
        Control::integer("kernel_size", Model, 2, 7, 3).unit("pixels").only_with("task", &TRAINED),
        Control::integer("dense_units", Model, 1, 1_024, usual.dense_units)
            .unit("units")
            .only_with("task", &TRAINED),
        Control::choice("optimizer", Training, &usual.optimizers).only_with("task", &TRAINED),
        Control::logarithmic("learning_rate", Training, 1e-5, 1.0, 0.001).only_with("task", &TRAINED),
        Control::integer("batch_size", Training, 1, 512, batch_size)
            .unit("pictures")
            .only_with("task", &TRAINED),
        Control::integer("epochs", Training, 1, 200, usual.epochs).unit("epochs").only_with("task", &TRAINED),
        Control::number("stop_at_accuracy", Training, 0.5, 1.0, usual.stop_at_accuracy)
            .only_with("task", &TRAINED),
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
    let mut presets = vec![("quick", set(quick)), ("document", set(document))];
    if Task::named(task) == Task::HappyOrSad {
        // Half as many parameters: what the course behind the document answers its own exercise with.
        presets.push((
            "course",
            set(json!({"task": "happy_or_sad", "filters": [16, 32, 32], "batch_size": 10})),
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
    fn a_handful_of_pictures_is_several_steps_an_epoch() {
        let definition = find("vision").unwrap();
        for (pictures, expected) in [(30, 8), (120, 16), (2_000, 128)] {
            let paths = (0..pictures).map(|number| format!("{}/{number}.png", ["cats", "dogs"][number % 2]));
            let own = definition.accepts.read_pictures("pets", paths.collect()).unwrap();
            let material = Material { own: Some(own), ..Material::default() };
            let controls = super::controls(&material, Some("horse_or_human"));
            let batch_size = controls.iter().find(|control| control.name == "batch_size").unwrap();
            assert_eq!(batch_size.default, expected, "{pictures} pictures");
        }
    }

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
