//! A run that is given whole, table and parameters: what the tests compare with LightGBM in a browser.

use crate::error::LabError;
use crate::lessons::boosting::lab::features::engine_error;
use gbdt::{Booster, Column, Dataset, EarlyStopping, Metric, Parameters, Table, model_text};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use web_time::Instant;

/// Most rounds of a replay.
const MOST_ROUNDS: usize = 2_000;

#[derive(Deserialize)]
struct Given {
    columns: Vec<GivenColumn>,
    labels: Vec<f32>,
    weights: Option<Vec<f32>>,
    /// So many of the last rows are judged by and not learned from.
    #[serde(default)]
    valid_rows: usize,
    /// LightGBM's parameters by name.
    parameters: Map<String, Value>,
    rounds: usize,
    /// Metrics that early stopping watches, where `parameters` ask for it.
    #[serde(default)]
    metrics: Vec<String>,
}

#[derive(Deserialize)]
struct GivenColumn {
    name: String,
    /// A number for each row, null where it is missing.
    values: Vec<Option<f64>>,
    categorical: bool,
}

/// Trains and answers `{model, raw, milliseconds}`: the text of the model file, the raw scores of all rows, row by row,
/// and how long binning, training and prediction took.
///
/// # Errors
/// `bad_input`, and what the engine says of rows and parameters.
pub(super) fn replay(options: Value) -> Result<Value, LabError> {
    let given: Given = serde_json::from_value(options)
        .map_err(|_| LabError::bad_input("columns, labels, parameters and rounds"))?;
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
    let parameters = Parameters::from_pairs(texts.iter().map(|(name, value)| (*name, value.as_str())))
        .map_err(engine_error)?;
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
        booster.add_valid(table.part(&valid), pick(&given.labels, &valid), weights(&valid));
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
    Ok(json!({
        "model": model_text::to_text(&model),
        "raw": raw,
        "milliseconds": { "binning": binning, "training": training, "prediction": prediction },
    }))
}
