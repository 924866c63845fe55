//! A run that is given whole, table and parameters: what the tests compare with LightGBM in a browser.

use crate::error::LabError;
use crate::lessons::boosting::lab::features::engine_error;
use crate::lessons::boosting::lab::run::BoostingRun;
use gbdt::{Booster, Column, Dataset, EarlyStopping, Metric, Parameters, Table, model_text};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use web_time::Instant;

/// Most rounds of a replay.
const MOST_ROUNDS: usize = 2_000;

/// Table, parameters and metrics of a run.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ReplayOptions {
    columns: Vec<ReplayColumn>,
    labels: Vec<f32>,
    #[cfg_attr(test, ts(optional = nullable))]
    weights: Option<Vec<f32>>,
    /// The last rows that are judged by and not learned from.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    valid_rows: usize,
    /// LightGBM's parameters by name.
    #[cfg_attr(test, ts(type = "Settings"))]
    parameters: Map<String, Value>,
    rounds: usize,
    /// Metrics that early stopping watches, where `parameters` ask for it.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    metrics: Vec<String>,
}

/// A column of the table.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
struct ReplayColumn {
    name: String,
    /// A number for each row, null where it is missing.
    values: Vec<Option<f64>>,
    categorical: bool,
}

/// What the run brought.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Replayed {
    /// The text of the model file.
    model: String,
    /// Raw scores of all rows, row by row.
    raw: Vec<f64>,
    milliseconds: ReplayTimes,
}

/// How long each part took, in milliseconds.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ReplayTimes {
    binning: f64,
    training: f64,
    prediction: f64,
}

/// Trains on the table given; the run itself is not looked at.
///
/// # Errors
/// `bad_input`, and what the engine says of rows and parameters.
pub fn replay(_: &BoostingRun, given: ReplayOptions) -> Result<Replayed, LabError> {
    let metrics: Vec<Metric> = given.metrics.iter().filter_map(|name| Metric::named(name)).collect();
    let count = given.labels.len();
    let short = |values: usize| values != count;
    let uneven = given.columns.iter().any(|column| short(column.values.len()))
        || given.weights.as_ref().is_some_and(|weights| short(weights.len()));
    if given.valid_rows >= count
        || given.rounds > MOST_ROUNDS
        || metrics.len() < given.metrics.len()
        || uneven
    {
        return Err(LabError::bad_input(
            "known metrics, at most 2,000 rounds, a label for each row, and rows to learn from",
        ));
    }
    let texts = given
        .parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().map_or_else(|| value.to_string(), String::from)));
    let texts: Vec<(&str, String)> = texts.collect();
    let rounds = given.rounds.to_string();
    let rounds = std::iter::once(("num_iterations", rounds.as_str()));
    let pairs = texts.iter().map(|(name, value)| (*name, value.as_str())).chain(rounds);
    let parameters = Parameters::from_pairs(pairs).map_err(engine_error)?;
    let columns = given.columns.into_iter().map(|column| Column {
        name: column.name,
        values: column.values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
        categorical: column.categorical,
    });
    let table = Table::new(columns.collect()).map_err(engine_error)?;
    let (train, valid): (Vec<usize>, Vec<usize>) =
        (0..count).partition(|row| *row < count - given.valid_rows);
    let pick = |values: &[f32], rows: &[usize]| rows.iter().map(|row| values[*row]).collect::<Vec<f32>>();
    let weights = |rows: &[usize]| given.weights.as_ref().map(|weights| pick(weights, rows));
    let mut clock = Instant::now();
    let mut lap = || {
        let lap = clock.elapsed().as_secs_f64() * 1000.0;
        clock = Instant::now();
        lap
    };
    let data = Dataset::new(table.part(&train), pick(&given.labels, &train), weights(&train), &parameters)
        .map_err(engine_error)?;
    let binning = lap();
    let mut stopping = EarlyStopping::new(&parameters, &metrics);
    let watched = parameters.early_stopping_round > 0;
    let mut booster = Booster::new(data, parameters).map_err(engine_error)?;
    if !valid.is_empty() {
        booster
            .add_valid(table.part(&valid), pick(&given.labels, &valid), weights(&valid))
            .map_err(engine_error)?;
    }
    for round in 1..=given.rounds {
        booster.train_one_round();
        if !watched || booster.valids().is_empty() {
            continue;
        }
        let values: Vec<f64> = metrics.iter().map(|metric| booster.valid_metric(0, *metric)).collect();
        if stopping.watch(round, &values) {
            break;
        }
    }
    let training = lap();
    let mut model = booster.into_model();
    if let Some(best) = stopping.best_round().filter(|_| watched) {
        model.truncate(best);
    }
    let (scores, classes) = (model.raw_scores(&table), model.trees_per_round);
    let prediction = lap();
    let raw: Vec<f64> =
        (0..count * classes).map(|place| scores[place % classes * count + place / classes]).collect();
    Ok(Replayed {
        model: model_text::to_text(&model),
        raw,
        milliseconds: ReplayTimes { binning, training, prediction },
    })
}
