//! What the page shows of a lesson: all that its code would else have to know of each.

use super::experiment;
use super::own::{Accepted, OwnDescription};
use serde::Serialize;

/// What a lesson shows, so that the page's code need not name the lesson.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Description {
    /// Name of the lesson.
    pub id: &'static str,
    /// Whether it computes with tensors, and so can use a GPU.
    pub tensors: bool,
    /// Whether the model is so small that the CPU is faster than any GPU (each dispatch costs more than the sum).
    pub small: bool,
    /// Seconds one step may take on the CPU of a weak machine; a worker that is silent for longer is given up.
    pub longest_step: u32,
    /// Recorded metrics, each drawn on one chart.
    pub metrics: Vec<Metric>,
    /// Charts in the order shown.
    pub charts: Vec<Chart>,
    /// The figures of an evaluation that are shown where there is room for a few, in order; all of them where none is
    /// named.
    pub headlines: Vec<&'static str>,
    /// Splits that can be evaluated.
    pub splits: Vec<&'static str>,
    /// The table the model learns from, if it is one.
    pub table: Option<TableDescription>,
    /// What of the reader's own can be learned from with these settings.
    pub accepts: Option<Accepted>,
    /// The reader's own table, ratings or sequences, where they are learned from.
    pub own: Option<OwnDescription>,
    /// Looks inside offered for the model chosen, in the order shown: keys under `ui.inside` in the language files.
    pub inside: Vec<&'static str>,
    /// Goals in the order shown.
    pub goals: Vec<&'static str>,
    /// Experiments in the order shown.
    pub experiments: Vec<experiment::Experiment>,
    /// Formats a model is written in: keys under `ui.export.formats` in the language files.
    pub formats: Vec<&'static str>,
    /// Names of the presets.
    pub presets: Vec<&'static str>,
    /// Parts of the lab that have something to show, by the names of the public contract; the others are left out.
    pub parts: Vec<&'static str>,
    /// The pictures the model learns from, if it learns from pictures.
    pub pictures: Option<PicturesDescription>,
    /// Pipelines that a first step on WebGPU compiles, about.
    pub pipelines: u32,
    /// What a run costs, where that has to be told before it begins.
    pub cost: Option<Cost>,
}

/// All parts of a lab, for a lesson that has something to show in each.
pub const ALL_PARTS: [&str; 15] = [
    "story",
    "data",
    "model",
    "settings",
    "run",
    "charts",
    "inside",
    "predict",
    "judgement",
    "mistakes",
    "experiments",
    "goals",
    "code",
    "export",
    "share",
];

/// Pictures with a class each.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PicturesDescription {
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Height of what the model sees, in pixels.
    pub height: usize,
    /// Its width.
    pub width: usize,
    /// 1 for gray, 3 for red, green and blue.
    pub channels: usize,
    /// Pictures to train on.
    pub train: usize,
    /// Pictures held out.
    pub test: usize,
    /// Whether the model can be asked about a drawing.
    pub drawing: bool,
    /// Whether it can be asked about pictures of the reader's.
    pub upload: bool,
    /// Name of that folder, where one is learned from.
    pub own_name: Option<String>,
    /// Where the pictures come from: a key under `origins` in the language files.
    #[cfg_attr(test, ts(type = "'mnist' | 'composed' | 'faces' | 'own' | 'ascent'"))]
    pub origin: &'static str,
}

/// An estimate for one core of a laptop.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Cost {
    /// Milliseconds of one training step.
    pub milliseconds_per_step: f64,
    /// Bytes of memory while training: weights, gradients, running means, a minibatch on its way, the pictures.
    pub training_bytes: u64,
    /// Steps of the whole run.
    pub steps: u64,
}

/// A recorded metric.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Metric {
    /// Name in the history.
    pub name: &'static str,
    /// Chart it is drawn on.
    pub chart: &'static str,
    /// Split it is measured on: train is drawn solid, dev dashed, test as dots.
    #[cfg_attr(test, ts(type = "'train' | 'dev' | 'test'"))]
    pub split: &'static str,
}

/// A chart of metrics over steps.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Chart {
    /// Key under `charts` in the language files.
    pub id: &'static str,
    /// Vertical scale to begin with: `linear` or `log`.
    #[cfg_attr(test, ts(type = "'linear' | 'log'"))]
    pub scale: &'static str,
    /// Fixed vertical range, or none to follow the values.
    pub range: Option<[f64; 2]>,
}

/// A table of numeric features with a class in each row.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TableDescription {
    /// The columns.
    pub features: Vec<FeatureDescription>,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Number of rows.
    pub rows: usize,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FeatureDescription {
    /// Name of the column, a key under `features` in the language files.
    pub name: String,
    /// Unit of the values.
    pub unit: String,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Mean value.
    pub mean: f64,
    /// Decimals of its finest value; none where there are more than a person writes.
    pub decimals: Option<usize>,
}

#[cfg(all(test, feature = "lessons"))]
mod tests {
    use crate::controls::{ControlKind, Layer, Source};
    use crate::data::table::TableReading;
    use crate::lessons::{Accepts, LESSONS, LessonDefinition, Material, Own};
    use serde_json::{Map, Value, json};
    use std::collections::BTreeSet;

    /// What is listed inside with these settings.
    fn inside(definition: &'static LessonDefinition, values: &Value, own: Option<Own>) -> Vec<&'static str> {
        let layer = Layer { source: Source::Config, values: values.as_object().unwrap().clone() };
        match definition.plan(vec![layer], own) {
            Ok(plan) => plan.description.inside,
            // A choice may not go with the others' defaults; that is said, and nothing is shown.
            Err(error) if error.code == "picture_too_small" => Vec::new(),
            Err(error) => panic!("{error:?}"),
        }
    }

    /// The defaults and the settings of each option of each choice, for each value of the leading setting.
    fn choices(definition: &LessonDefinition) -> Vec<Value> {
        let mut found = Vec::new();
        for leading in definition.leading_values() {
            let base: Map<String, Value> = definition
                .leading
                .zip(leading.clone())
                .map(|(name, value)| (name.into(), value.into()))
                .into_iter()
                .collect();
            found.push(Value::Object(base.clone()));
            for control in definition.all_controls(&Material::default(), leading.as_deref()) {
                let ControlKind::Choice { options } = control.kind else { continue };
                for option in options {
                    let mut values = base.clone();
                    values.insert(control.name.clone(), option.into());
                    found.push(Value::Object(values));
                }
            }
        }
        found
    }

    #[test]
    fn a_lesson_lists_inside_what_it_declares_and_nothing_else() {
        for lesson in LESSONS {
            let Some(definition) = &lesson.definition else { continue };
            let mut listed: BTreeSet<&str> = BTreeSet::new();
            for values in choices(definition) {
                listed.extend(inside(definition, &values, None));
            }
            assert_eq!(listed, definition.inside.iter().copied().collect(), "{}", lesson.id);
        }
    }

    /// Labels of two classes, of three and numbers, as far as the lesson takes them.
    #[test]
    fn a_table_of_the_reader_s_brings_nothing_that_is_not_declared() {
        for lesson in LESSONS {
            let Some(definition) = &lesson.definition else { continue };
            let Accepts::Table(_) = definition.accepts else { continue };
            let mut read = 0;
            for label in [|row: usize| row % 2, |row| row % 3, |row| row * 7] {
                let rows = (0..60).map(|row| format!("{row},{},{}\n", row * row % 11, label(row)));
                let text = format!("a,b,label\n{}", rows.collect::<String>());
                let Ok(own) =
                    definition.accepts.read_table("own.csv", text.as_bytes(), &TableReading::default())
                else {
                    continue;
                };
                read += 1;
                for listed in inside(definition, &json!({"dataset": "own"}), Some(own)) {
                    assert!(definition.inside.contains(&listed), "{}: {listed}", lesson.id);
                }
            }
            assert!(read >= 2, "{} takes tables", lesson.id);
        }
    }
}
