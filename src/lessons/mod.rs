//! The five lessons: the registry, from which the cover's list is made too.
//!
//! A sixth lesson is a folder beside the others and one line in [`LESSONS`].

use crate::controls::{Control, ControlKind, Layer, Settings, Source, seed_control};
use crate::data::table::ColumnDescription;
use crate::error::LabError;
use serde::Serialize;
use serde_json::{Map, Value};

#[cfg(any(feature = "trees", not(target_family = "wasm")))]
pub mod boosting;
#[cfg(any(feature = "tensors", feature = "trees"))]
mod code;
pub mod experiment;
#[cfg(any(feature = "tensors", not(target_family = "wasm")))]
pub mod iris;
mod material;
mod module;
mod own;
mod plan;
mod resolve;
#[cfg(any(feature = "tensors", feature = "trees"))]
pub mod run;
#[cfg(any(feature = "tensors", not(target_family = "wasm")))]
pub mod vision;

pub use material::{Content, Files, Material};
pub use module::{Module, OpenLab};
pub use own::{Accepted, Accepts, Own, TableForm};
pub use plan::{Hints, Plan};
pub use resolve::{Resolved, address};

/// All lessons in the order of the cover. A WebAssembly module has only those it can open.
pub static LESSONS: &[Lesson] = &[
    #[cfg(any(feature = "tensors", not(target_family = "wasm")))]
    iris::LESSON,
    #[cfg(any(feature = "tensors", not(target_family = "wasm")))]
    vision::LESSON,
    #[cfg(any(feature = "trees", not(target_family = "wasm")))]
    boosting::LESSON,
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
    /// The setting whose value the defaults of the others follow, if there is one.
    pub leading: Option<&'static str>,
    /// The lesson's own settings, with the defaults that belong to a value of the leading one (its own default where
    /// the value is none of its options); the seed is added to them. Names of columns come from the reader's table.
    pub controls: fn(&Material, Option<&str>) -> Vec<Control>,
    /// Named sets of settings (`quick`, `document`) for a value of the leading setting.
    pub presets: fn(Option<&str>) -> Vec<Preset>,
    /// Files that the site holds for this lesson in its folder `data/`.
    pub site_files: &'static [SiteFile],
    /// Which files of the site a lab with these settings needs, and how the reader's pictures are read. Settings that
    /// ask for the reader's own data need no file in their place.
    pub needs: fn(&Settings) -> Needs,
    /// What of the reader's own the lesson learns from.
    pub accepts: Accepts,
    /// What the page shows for these settings.
    ///
    /// # Errors
    /// `bad_table` where the settings ask for columns the reader's table cannot be learned from.
    pub describe: fn(&Settings, &Material) -> Result<Description, LabError>,
    /// The WebAssembly module that opens it.
    pub module: Module,
    /// Builds the lab.
    pub open: OpenLab,
    /// Adds the lesson's tables of looks to those whose types are written for the page.
    #[cfg(all(test, feature = "tensors", feature = "trees"))]
    pub looks: fn(&mut crate::typescript::LookTypes),
}

/// A file of the site's folder `data/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteFile {
    /// Its name there. A table in gzip has an ending of its own, so that no server takes it upon itself to unpack it.
    pub name: &'static str,
    /// Where it comes from.
    pub source: SiteSource,
}

/// Where a file of the site comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteSource {
    /// A file of the repository's folder `data/<id>/`, as it is.
    Committed(&'static str),
    /// The first pictures of MNIST, packed when the site is built.
    Mnist {
        /// Pictures for training.
        train: u32,
        /// Pictures for testing.
        test: u32,
    },
}

impl SiteFile {
    /// A file of `data/<id>/` under its own name.
    pub const fn committed(name: &'static str) -> Self {
        Self { name, source: SiteSource::Committed(name) }
    }
}

/// What has to be fetched before a lab can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Needs {
    /// Names of files in the folder `data/` of the site.
    pub files: Vec<&'static str>,
    /// How the reader's own pictures are read, where they are learned from.
    pub pictures: Option<PictureForm>,
}

/// How the reader's own pictures are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PictureForm {
    /// Width and height they are resized to.
    pub side: usize,
    /// Seed of the split into pictures for training and pictures held out.
    pub seed: u64,
}

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
    /// All settings with the defaults of a value of the leading setting, the seed first.
    pub fn all_controls(&self, material: &Material, leading: Option<&str>) -> Vec<Control> {
        let mut controls = vec![seed_control()];
        controls.extend((self.controls)(material, leading));
        controls
    }

    /// Values of the leading setting; one `None` where there is no such setting.
    pub fn leading_values(&self) -> Vec<Option<String>> {
        let controls = self.all_controls(&Material::default(), None);
        let leading = self.leading.and_then(|name| controls.into_iter().find(|control| control.name == name));
        match leading.map(|control| control.kind) {
            Some(ControlKind::Choice { options }) => options.into_iter().map(Some).collect(),
            _ => vec![None],
        }
    }

    /// What the page shows with the declared defaults and the lesson's own data.
    ///
    /// # Panics
    /// Never: a test describes every lesson.
    pub fn default_description(&self, leading: Option<&str>) -> Description {
        let material = Material::default();
        let settings = Settings::defaults(&self.all_controls(&material, leading));
        (self.describe)(&settings, &material).expect("a lesson can be described as it is declared")
    }

    /// The layer of settings a preset stands for; `None` if there is no such preset.
    pub fn preset(&self, name: &str, leading: Option<&str>) -> Option<Layer> {
        let (_, values) = (self.presets)(leading).into_iter().find(|(n, _)| *n == name)?;
        Some(Layer { source: Source::Preset, values })
    }
}

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
    /// Splits that can be evaluated.
    pub splits: Vec<&'static str>,
    /// The table the model learns from, if it is one.
    pub table: Option<TableDescription>,
    /// What of the reader's own can be learned from with these settings.
    pub accepts: Option<Accepted>,
    /// The reader's own table, if the lesson learns from one.
    pub own: Option<OwnTableDescription>,
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

/// The reader's own table, as far as the page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OwnTableDescription {
    /// Name of the file.
    pub file: String,
    /// Number of rows.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<ColumnDescription>,
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
}
