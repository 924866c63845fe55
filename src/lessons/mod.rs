//! The five lessons: the registry, from which the cover's list is made too.
//!
//! A sixth lesson is a folder beside the others and one line in [`LESSONS`].

use crate::controls::{Control, Layer, Settings, Source, seed_control};
use crate::data::own_table::{Column, OwnTable};
use crate::lab::LabError;
use serde::Serialize;
use serde_json::{Map, Value};
use std::rc::Rc;

pub mod experiment;
pub mod iris;

/// All lessons in the order of the cover.
pub static LESSONS: &[Lesson] = &[
    iris::LESSON,
    Lesson::planned("vision"),
    Lesson::planned("boosting"),
    Lesson::planned("movies"),
    Lesson::planned("sequences"),
];

/// One lesson: what is declared of it without any model being built.
pub struct Lesson {
    /// Name in addresses, folders and language files.
    pub id: &'static str,
    /// What is there once the lesson is built; `None` for a lesson that is still to come.
    pub chapter: Option<Chapter>,
}

/// A named set of settings.
pub type Preset = (&'static str, Map<String, Value>);

/// What the reader brought to a lesson, in place of its own data.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// A table with a header.
    pub table: Option<Rc<OwnTable>>,
}

/// The declared side of a lesson that is there.
pub struct Chapter {
    /// The lesson's own settings; the seed is added to them. Names of columns come from the reader's table.
    pub controls: fn(&Material) -> Vec<Control>,
    /// Named sets of settings (`quick`, `document`).
    pub presets: fn() -> Vec<Preset>,
    /// What the page shows for these settings.
    ///
    /// # Errors
    /// `bad_table` where the settings ask for columns the reader's table cannot be learned from.
    pub describe: fn(&Settings, &Material) -> Result<Description, LabError>,
    /// Builds the lab.
    #[cfg(feature = "flex")]
    pub open: OpenLab,
}

/// Builds a lab with checked settings on a device.
#[cfg(feature = "flex")]
pub type OpenLab =
    fn(Settings, burn::tensor::Device, &Material) -> Result<Box<dyn crate::lab::Lab>, LabError>;

impl Lesson {
    /// A lesson that stands on the cover but is not there yet.
    pub const fn planned(id: &'static str) -> Self {
        Self { id, chapter: None }
    }

    /// The lesson with this name.
    pub fn find(id: &str) -> Option<&'static Lesson> {
        LESSONS.iter().find(|lesson| lesson.id == id)
    }
}

impl Chapter {
    /// All settings, the seed first.
    pub fn all_controls(&self, material: &Material) -> Vec<Control> {
        let mut controls = vec![seed_control()];
        controls.extend((self.controls)(material));
        controls
    }

    /// What the page shows with the declared defaults and the lesson's own data.
    ///
    /// # Panics
    /// Never: a test describes every lesson.
    pub fn default_description(&self) -> Description {
        let material = Material::default();
        let settings = Settings::defaults(&self.all_controls(&material));
        (self.describe)(&settings, &material).expect("a lesson can be described as it is declared")
    }

    /// The layer of settings a preset stands for; `None` if there is no such preset.
    pub fn preset(&self, name: &str) -> Option<Layer> {
        let (_, values) = (self.presets)().into_iter().find(|(n, _)| *n == name)?;
        Some(Layer { source: Source::Preset, values })
    }
}

/// What a lesson shows, so that the page's code need not name the lesson.
#[derive(Debug, Clone, Serialize)]
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
    /// Splits that can be evaluated.
    pub splits: Vec<&'static str>,
    /// The table the model learns from, if it is one.
    pub table: Option<TableDescription>,
    /// The reader's own table, if the lesson learns from one.
    pub own: Option<OwnTableDescription>,
    /// Looks inside offered for the model chosen, in the order shown: keys under `ui.inside` in the language files.
    pub inside: Vec<&'static str>,
    /// Goals in the order shown.
    pub goals: Vec<&'static str>,
    /// Experiments in the order shown.
    pub experiments: Vec<experiment::Experiment>,
    /// Names of the presets.
    pub presets: Vec<&'static str>,
}

/// A recorded metric.
#[derive(Debug, Clone, Serialize)]
pub struct Metric {
    /// Name in the history.
    pub name: &'static str,
    /// Chart it is drawn on.
    pub chart: &'static str,
    /// Split it is measured on: train is drawn solid, dev dashed, test as dots.
    pub split: &'static str,
}

/// A chart of metrics over steps.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Key under `charts` in the language files.
    pub id: &'static str,
    /// Vertical scale to begin with: `linear` or `log`.
    pub scale: &'static str,
    /// Fixed vertical range, or none to follow the values.
    pub range: Option<[f64; 2]>,
}

/// A table of numeric features with a class in each row.
#[derive(Debug, Clone, Serialize)]
pub struct TableDescription {
    /// The columns.
    pub features: Vec<FeatureDescription>,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Number of rows.
    pub rows: usize,
}

/// The reader's own table, as far as the page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct OwnTableDescription {
    /// Name of the file.
    pub file: String,
    /// Number of rows.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
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
}
