//! What the sequences page shows.

use super::dataset::Dataset;
use super::experiments::experiments;
use super::settings::{SequencesSettings, Signals, controls};
use crate::controls::Settings;
use crate::error::LabError;
use crate::lessons::{ALL_PARTS, Accepts, Chart, Description, Material, Metric, OwnDescription};

const LOSS: Metric = Metric { name: "loss", chart: "next_item_loss", split: "train" };
const VALID_LOSS: Metric = Metric { name: "valid_loss", chart: "next_item_loss", split: "dev" };
const VALID_MRR: Metric = Metric { name: "valid_mrr@20", chart: "mrr", split: "dev" };
const VALID_HR: Metric = Metric { name: "valid_hr@20", chart: "hit_rate", split: "dev" };

const CHARTS: [Chart; 3] = [
    Chart { id: "next_item_loss", scale: "linear", range: None },
    Chart { id: "mrr", scale: "linear", range: None },
    Chart { id: "hit_rate", scale: "linear", range: None },
];

/// What can be looked at, in the order shown.
pub const INSIDE: [&str; 6] = ["graph", "codes", "disturbed", "secret", "pooling", "cost"];

/// Metrics, charts, splits and goals of a model.
///
/// # Errors
/// None.
pub fn describe(settings: &Settings, material: &Material) -> Result<Description, LabError> {
    let settings = settings.read::<SequencesSettings>();
    let model = settings.model;
    let metrics =
        if model.is_network() { vec![LOSS, VALID_LOSS, VALID_MRR, VALID_HR] } else { vec![VALID_MRR] };
    let charts = CHARTS.iter().filter(|chart| metrics.iter().any(|metric| metric.chart == chart.id));
    Ok(Description {
        id: "sequences",
        tensors: model.is_network(),
        small: !model.is_network(),
        longest_step: 60,
        charts: charts.cloned().collect(),
        metrics,
        headlines: vec!["mrr@20", "hr@20"],
        splits: vec!["valid", "test"],
        table: None,
        accepts: Accepts::Sequences.described(),
        own: own(&settings, material),
        inside: inside(&settings),
        goals: match settings.dataset {
            Dataset::Emoji => vec!["find_hidden", "late_loses", "scaled_dot_product"],
            Dataset::Movielens | Dataset::Own => Vec::new(),
        },
        experiments: experiments(&settings, &controls(material, Some(model.name()))),
        formats: if model.is_network() { vec!["safetensors", "burnpack"] } else { Vec::new() },
        presets: vec!["quick", "document"],
        parts: ALL_PARTS
            .into_iter()
            .filter(|part| match *part {
                "judgement" => false,
                "export" => model.is_network(),
                _ => true,
            })
            .collect(),
        pictures: None,
        pipelines: 120,
        cost: None,
    })
}

/// The reader's own histories, where they are learned from.
fn own(settings: &SequencesSettings, material: &Material) -> Option<OwnDescription> {
    let own = material.sequences().filter(|_| settings.dataset == Dataset::Own)?;
    Some(OwnDescription::Sequences(own.summary.clone()))
}

/// What can be looked at in a model.
fn inside(settings: &SequencesSettings) -> Vec<&'static str> {
    let model = settings.model;
    let shows = |name: &str| match name {
        "codes" => model.has_modalities(),
        "disturbed" => model.is_network(),
        "pooling" | "cost" => model.has_graph(),
        "secret" => settings.dataset == Dataset::Emoji && settings.signals == Signals::OneSecret,
        _ => true,
    };
    INSIDE.into_iter().filter(|name| shows(name)).collect()
}
