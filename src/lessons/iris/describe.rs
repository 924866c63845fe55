//! What the iris page shows.

use super::settings::{IrisSettings, ModelKind, controls};
use super::{experiments, table};
use crate::controls::Settings;
use crate::error::LabError;
use crate::lessons::{ALL_PARTS, Chart, Description, Material, Metric};

const METRICS: [Metric; 4] = [
    Metric { name: "loss", chart: "loss", split: "train" },
    Metric { name: "dev_loss", chart: "loss", split: "dev" },
    Metric { name: "accuracy", chart: "accuracy", split: "train" },
    Metric { name: "dev_accuracy", chart: "accuracy", split: "dev" },
];

const CHARTS: [Chart; 2] = [
    Chart { id: "loss", scale: "linear", range: None },
    Chart { id: "accuracy", scale: "linear", range: Some([0.0, 1.0]) },
];

/// What can be looked at, in the order shown.
pub const INSIDE: [&str; 6] = ["regions", "comparison", "weights", "activations", "dynamics", "vectors"];

/// Metrics, charts, splits, the table and the goals of the lesson.
///
/// # Errors
/// `bad_table` where the reader's table cannot be learned from by the chosen columns.
pub fn describe(settings: &Settings, material: &Material) -> Result<Description, LabError> {
    let settings = settings.read::<IrisSettings>();
    let table = table::table(&settings.features, &settings.label_column, settings.gaps, material)?;
    // A support vector machine has no cross-entropy to draw.
    let shown = |chart: &str| chart != "loss" || settings.model != ModelKind::Svm;
    Ok(Description {
        id: "iris",
        tensors: true,
        small: true,
        // A support vector machine fits one pair of classes at a time: overlapping classes with a large C take long.
        longest_step: if settings.model == ModelKind::Svm { 300 } else { 8 },
        metrics: METRICS.iter().filter(|metric| shown(metric.chart)).cloned().collect(),
        charts: CHARTS.iter().filter(|chart| shown(chart.id)).cloned().collect(),
        headlines: Vec::new(),
        splits: vec!["train", "dev", "test"],
        table: Some(table::describe(&table, material)),
        accepts: table::ACCEPTS.described(),
        own: table::describe_own(material),
        inside: inside(settings.model),
        goals: vec!["test_accuracy", "plateau", "question_2", "fair_comparison"],
        experiments: experiments::experiments(&controls(material)),
        formats: vec!["safetensors", "burnpack"],
        presets: vec!["quick", "document"],
        parts: ALL_PARTS.to_vec(),
        pictures: None,
        pipelines: 47,
        cost: None,
    })
}

/// What can be looked at in a model.
fn inside(model: ModelKind) -> Vec<&'static str> {
    let has = |view: &str| match view {
        "weights" => model != ModelKind::Svm,
        "activations" | "dynamics" => model == ModelKind::Mlp,
        _ => true,
    };
    INSIDE.into_iter().filter(|view| has(view)).collect()
}
