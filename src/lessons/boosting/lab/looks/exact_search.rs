//! Histograms beside exact search: what is tried, what it takes, and what comes of it.

use crate::error::LabError;
use crate::lessons::boosting::lab::features::engine_error;
use crate::lessons::boosting::lab::lab::BoostingLab;
use gbdt::{
    Booster, Boosting, Column, Dataset, ExactBooster, GrowPolicy, Metric, Model, Parameters, SampleStrategy,
    Table,
};
use serde::Deserialize;
use serde_json::{Value, json};
use web_time::Instant;

/// Rows that are learned from at most: exact search is slow, and the reader waits.
const MOST_ROWS: usize = 20_000;
/// Rounds at most.
const MOST_ROUNDS: usize = 50;
/// Bins of the histograms compared, beside the run's own.
const BINS: [i32; 2] = [63, 15];

#[derive(Deserialize)]
#[serde(default)]
struct Options {
    rounds: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { rounds: 10 }
    }
}

/// What a search took and brought.
struct Outcome {
    places: usize,
    bytes: usize,
    prepare: f64,
    rounds: f64,
    model: Model,
}

/// Trains on the same rows and columns, with the run's parameters, by exact search and by histograms. Columns of
/// categories are taken for their numbers, which exact search has no other way for.
///
/// # Errors
/// `bad_input`, and what the engine says.
pub(super) fn compare(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let Options { rounds } =
        serde_json::from_value(options).map_err(|_| LabError::bad_input("a number of rounds"))?;
    if !(1..=MOST_ROUNDS).contains(&rounds) {
        return Err(LabError::bad_input(format!("1 to {MOST_ROUNDS} rounds")));
    }
    let number = |column: &Column| Column { categorical: false, ..column.clone() };
    let table =
        Table::new(lab.features.table.columns().iter().map(number).collect()).map_err(engine_error)?;
    let train = &lab.parts.train[..lab.parts.train.len().min(MOST_ROWS)];
    let labels_of = |rows: &[usize]| rows.iter().map(|row| lab.data.labels[*row]).collect::<Vec<f32>>();
    let parameters = Parameters {
        boosting: Boosting::Gbdt,
        data_sample_strategy: SampleStrategy::Bagging,
        bagging_freq: 0,
        feature_fraction: 1.0,
        feature_fraction_bynode: 1.0,
        grow_policy: GrowPolicy::LeafWise,
        ..lab.parameters.clone()
    };
    let [metric, _] = lab.told.metrics().map(|name| Metric::named(name).expect("a known name"));
    let (valid, valid_labels) = (table.selected(&lab.parts.valid), labels_of(&lab.parts.valid));
    let told = |kind: &str, max_bin: Option<i32>, outcome: Outcome| {
        let scores = outcome.model.raw_scores(&valid);
        let model = &outcome.model;
        json!({
            "kind": kind,
            "max_bin": max_bin,
            "places": outcome.places,
            "bytes": outcome.bytes,
            "prepare": outcome.prepare,
            "round": outcome.rounds / rounds as f64,
            "valid": metric.measure(model.objective, model.sigmoid, &scores, &valid_labels, None),
        })
    };
    let exact = by_exact_search(&table, train, labels_of(train), &parameters, rounds)?;
    let mut searches = vec![told("exact", None, exact)];
    let mut bins = vec![parameters.max_bin];
    bins.extend(BINS.into_iter().filter(|bins| *bins < parameters.max_bin));
    for max_bin in bins {
        let parameters = Parameters { max_bin, ..parameters.clone() };
        let outcome = by_histograms(&table, train, labels_of(train), &parameters, rounds)?;
        searches.push(told("histogram", Some(max_bin), outcome));
    }
    Ok(json!({
        "rows": train.len(),
        "all_rows": lab.parts.train.len(),
        "columns": table.columns().len(),
        "rounds": rounds,
        "metric": metric.name(),
        "searches": searches,
    }))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn by_exact_search(
    table: &Table,
    rows: &[usize],
    labels: Vec<f32>,
    parameters: &Parameters,
    rounds: usize,
) -> Result<Outcome, LabError> {
    let begin = Instant::now();
    let mut booster =
        ExactBooster::new(table.part(rows), labels, parameters.clone()).map_err(engine_error)?;
    let prepare = milliseconds(begin);
    let begin = Instant::now();
    (0..rounds).for_each(|_| booster.train_one_round());
    let (rounds, places, bytes) = (milliseconds(begin), booster.places(), booster.bytes());
    Ok(Outcome { places, bytes, prepare, rounds, model: booster.model().clone() })
}

fn by_histograms(
    table: &Table,
    rows: &[usize],
    labels: Vec<f32>,
    parameters: &Parameters,
    rounds: usize,
) -> Result<Outcome, LabError> {
    let begin = Instant::now();
    let data = Dataset::new(table.part(rows), labels, None, parameters).map_err(engine_error)?;
    let (places, bytes) = (data.places(), data.bytes(parameters));
    let mut booster = Booster::new(data, parameters.clone()).map_err(engine_error)?;
    let prepare = milliseconds(begin);
    let begin = Instant::now();
    (0..rounds).for_each(|_| {
        booster.train_one_round();
    });
    Ok(Outcome { places, bytes, prepare, rounds: milliseconds(begin), model: booster.into_model() })
}
