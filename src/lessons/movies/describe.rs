//! What the movies page shows.

use super::dataset::Dataset;
use super::experiments::experiments;
use super::settings::{Model, MoviesSettings, ValidRows, controls};
use crate::controls::Settings;
use crate::error::LabError;
use crate::lessons::{ALL_PARTS, Accepts, Chart, Description, Material, Metric, OwnDescription};

const COST: Metric = Metric { name: "loss", chart: "cost", split: "train" };
const VALID_COST: Metric = Metric { name: "valid_loss", chart: "cost", split: "dev" };
const SAMPLED_LOSS: Metric = Metric { name: "loss", chart: "sampled_loss", split: "train" };
/// Of the candidate network: training asks for one film among a sample, this among all.
const VALID_ALL_FILMS: Metric = Metric { name: "valid_loss", chart: "all_films_loss", split: "dev" };
/// Of the ranking network: the weighted logistic loss.
const RANKING_LOSS: Metric = Metric { name: "ranking_loss", chart: "ranking_loss", split: "train" };
const VALID_RANKING_LOSS: Metric = Metric { name: "valid_ranking_loss", chart: "ranking_loss", split: "dev" };
const VALID_RMSE: Metric = Metric { name: "valid_rmse", chart: "rmse", split: "dev" };
const VALID_NDCG: Metric = Metric { name: "valid_ndcg@10", chart: "ndcg", split: "dev" };

const CHARTS: [Chart; 6] = [
    Chart { id: "cost", scale: "linear", range: None },
    Chart { id: "rmse", scale: "linear", range: None },
    Chart { id: "sampled_loss", scale: "linear", range: None },
    Chart { id: "all_films_loss", scale: "linear", range: None },
    Chart { id: "ranking_loss", scale: "linear", range: None },
    Chart { id: "ndcg", scale: "linear", range: None },
];

/// What can be looked at, in the order shown.
pub const INSIDE: [&str; 6] = ["title", "map", "funnel", "cold_start", "first_lists", "world"];

/// Metrics, charts, splits and goals of a model.
///
/// # Errors
/// None.
pub fn describe(settings: &Settings, material: &Material) -> Result<Description, LabError> {
    let settings = settings.read::<MoviesSettings>();
    let model = settings.model;
    let metrics = metrics(&settings);
    let charts = CHARTS.iter().filter(|chart| metrics.iter().any(|metric| metric.chart == chart.id));
    Ok(Description {
        id: "movies",
        tensors: model.is_network(),
        small: !model.is_network(),
        longest_step: 60,
        charts: charts.cloned().collect(),
        metrics,
        headlines: if model.gives_stars() { vec!["rmse", "ndcg@10"] } else { vec!["ndcg@10", "hr@10"] },
        splits: match settings.valid {
            ValidRows::Tenth => vec!["train", "valid", "test"],
            ValidRows::None | ValidRows::AsWritten => vec!["train", "test"],
        },
        table: None,
        accepts: Accepts::Ratings.described(),
        own: own(&settings, material),
        inside: inside(&settings),
        goals: match settings.dataset {
            Dataset::LatestSmall => vec!["beat_mf", "first_list", "why_scale"],
            Dataset::Made | Dataset::Own => Vec::new(),
        },
        experiments: experiments(&settings, &controls(material, Some(model.name()))),
        formats: if model.is_network() { vec!["safetensors", "burnpack"] } else { Vec::new() },
        presets: vec!["quick", "document"],
        parts: ALL_PARTS
            .into_iter()
            .filter(|part| match *part {
                "judgement" => false,
                "export" => model.is_network(),
                // There is a program of the document's network alone.
                "code" => model == Model::Fusion,
                _ => true,
            })
            .collect(),
        pictures: None,
        pipelines: 60,
        cost: None,
    })
}

/// The reader's own ratings, where they are learned from.
fn own(settings: &MoviesSettings, material: &Material) -> Option<OwnDescription> {
    let own = material.ratings().filter(|_| settings.dataset == Dataset::Own)?;
    Some(OwnDescription::Ratings(own.summary.clone()))
}

/// What is recorded of a run.
fn metrics(settings: &MoviesSettings) -> Vec<Metric> {
    let model = settings.model;
    let of_training: &[Metric] = match model {
        Model::Fusion => &[COST],
        Model::Candidate => &[SAMPLED_LOSS],
        Model::Ranking => &[SAMPLED_LOSS, RANKING_LOSS],
        _ => &[],
    };
    let of_valid: &[Metric] = match model {
        _ if settings.valid == ValidRows::None => &[],
        Model::Fusion => &[VALID_COST, VALID_RMSE],
        Model::Candidate => &[VALID_ALL_FILMS],
        Model::Ranking => &[VALID_ALL_FILMS, VALID_RANKING_LOSS],
        _ if model.gives_stars() => &[VALID_RMSE],
        _ => &[VALID_NDCG],
    };
    [of_training, of_valid].concat()
}

/// What can be looked at in a model.
fn inside(settings: &MoviesSettings) -> Vec<&'static str> {
    let model = settings.model;
    let shows = |name: &str| match name {
        "title" => model == Model::Fusion,
        "map" => model.is_network() || matches!(model, Model::Mf | Model::Svd),
        "funnel" => model.has_candidates(),
        "world" => settings.dataset == Dataset::Made,
        _ => true,
    };
    INSIDE.into_iter().filter(|name| shows(name)).collect()
}
