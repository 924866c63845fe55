//! What the boosting page shows.

use super::dataset::{self, Dataset};
use super::experiments::experiments;
use super::settings::{self, BoostingSettings};
use crate::controls::Settings;
use crate::error::LabError;
use crate::lessons::{Chart, Description, Material, Metric};

/// What is predicted of a row: one of two classes, one of several, or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Two classes.
    Binary,
    /// Several.
    Multiclass,
    /// A number.
    Number,
}

impl Target {
    /// What the label of these settings is.
    pub fn of(settings: &BoostingSettings, material: &Material) -> Self {
        let own = (settings.dataset == Dataset::Own).then_some(material.table()).flatten();
        let Some(table) = own else { return Self::Binary };
        match dataset::labelled(table.clone(), &settings.label_column) {
            Ok(table) if table.classes.is_empty() => Self::Number,
            Ok(table) if table.classes.len() > 2 => Self::Multiclass,
            _ => Self::Binary,
        }
    }

    /// LightGBM's names of the objectives that fit, the usual one first.
    #[cfg(feature = "trees")]
    pub fn objectives(self) -> &'static [&'static str] {
        match self {
            Self::Binary => &["binary"],
            Self::Multiclass => &["multiclass", "multiclassova"],
            Self::Number => &["regression", "regression_l1", "huber", "poisson"],
        }
    }

    /// The metrics recorded in each round, the first on the first chart.
    pub fn metrics(self) -> [&'static str; 2] {
        match self {
            Self::Binary => ["auc", "binary_logloss"],
            Self::Multiclass => ["multi_error", "multi_logloss"],
            Self::Number => ["l1", "l2"],
        }
    }
}

/// Names of the recorded metrics: train and valid of both.
pub fn recorded(target: Target) -> [&'static str; 4] {
    match target {
        Target::Binary => ["train_auc", "valid_auc", "train_binary_logloss", "valid_binary_logloss"],
        Target::Multiclass => {
            ["train_multi_error", "valid_multi_error", "train_multi_logloss", "valid_multi_logloss"]
        }
        Target::Number => ["train_l1", "valid_l1", "train_l2", "valid_l2"],
    }
}

/// Splits of the lab that have something to show.
const PARTS: [&str; 13] = [
    "story",
    "data",
    "settings",
    "run",
    "charts",
    "inside",
    "predict",
    "mistakes",
    "experiments",
    "goals",
    "code",
    "export",
    "share",
];

/// What can be looked at, in the order shown.
pub const INSIDE: [&str; 9] =
    ["campaign", "growth", "importance", "answers", "contributions", "trees", "rules", "job", "batch"];

/// Those of them that weigh one class against the other.
const OF_TWO_CLASSES: [&str; 4] = ["answers", "rules", "job", "batch"];

/// Metrics, charts, looks inside and goals.
///
/// # Errors
/// `bad_table` where the reader's table has no label of this name.
pub fn describe(settings: &Settings, material: &Material) -> Result<Description, LabError> {
    let settings: BoostingSettings = settings.read();
    let target = Target::of(&settings, material);
    let [first, second] = target.metrics();
    let names = recorded(target);
    let metrics = (0..4).map(|index| Metric {
        name: names[index],
        chart: if index < 2 { first } else { second },
        split: if index % 2 == 0 { "train" } else { "dev" },
    });
    let range = (target != Target::Number).then_some([0.0, 1.0]);
    let binary = target == Target::Binary;
    Ok(Description {
        id: "boosting",
        tensors: false,
        small: true,
        longest_step: 120,
        metrics: metrics.collect(),
        charts: vec![
            Chart { id: first, scale: "linear", range: if binary { Some([0.5, 1.0]) } else { range } },
            Chart { id: second, scale: "linear", range: None },
        ],
        headlines: Vec::new(),
        splits: vec!["train", "valid", "test"],
        table: None,
        accepts: dataset::ACCEPTS.described(),
        own: dataset::describe_own(settings.dataset, material),
        inside: INSIDE.into_iter().filter(|view| binary || !OF_TWO_CLASSES.contains(view)).collect(),
        goals: if settings.dataset == Dataset::Bank {
            vec!["boosting_auc", "boosting_leak", "boosting_small"]
        } else {
            Vec::new()
        },
        experiments: experiments(settings.dataset),
        formats: vec!["lightgbm"],
        presets: settings::presets_of(settings.dataset).into_iter().map(|(name, _)| name).collect(),
        parts: PARTS.to_vec(),
        pictures: None,
        pipelines: 0,
        cost: None,
    })
}
