//! The five lessons: the registry, from which the cover's list is made too.
//!
//! A sixth lesson is a folder beside the others and one line in [`LESSONS`].

use crate::controls::{Control, Layer, Source, seed_control};
use serde::Serialize;
use serde_json::{Map, Value};

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

/// The declared side of a lesson that is there.
pub struct Chapter {
    /// The lesson's own settings; the seed is added to them.
    pub controls: fn() -> Vec<Control>,
    /// Named sets of settings (`quick`, `document`).
    pub presets: fn() -> Vec<Preset>,
    /// What the page shows.
    pub describe: fn() -> Description,
    /// Builds the lab.
    #[cfg(feature = "flex")]
    pub open: OpenLab,
}

/// Builds a lab with checked settings on a device.
#[cfg(feature = "flex")]
pub type OpenLab = fn(
    crate::controls::Settings,
    burn::tensor::Device,
) -> Result<Box<dyn crate::lab::Lab>, crate::lab::LabError>;

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
    pub fn all_controls(&self) -> Vec<Control> {
        let mut controls = vec![seed_control()];
        controls.extend((self.controls)());
        controls
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
    /// Recorded metrics, each drawn on one chart.
    pub metrics: Vec<Metric>,
    /// Charts in the order shown.
    pub charts: Vec<Chart>,
    /// Splits that can be evaluated.
    pub splits: Vec<&'static str>,
    /// The table the model learns from, if it is one.
    pub table: Option<TableDescription>,
    /// Goals in the order shown.
    pub goals: Vec<&'static str>,
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
