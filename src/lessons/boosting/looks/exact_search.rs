//! Histograms beside exact search: what is tried, what it takes, and what comes of it.

use crate::error::LabError;
use crate::lessons::boosting::lab::features::engine_error;
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::maybe::MaybeNan;
use gbdt::{
    Booster, Boosting, Column, Dataset, ExactBooster, GrowPolicy, Model, Parameters, SampleStrategy, Table,
};
use serde::{Deserialize, Serialize};
use web_time::Instant;

/// Rows that are learned from at most: exact search is slow, and the reader waits.
const MOST_ROWS: usize = 20_000;
/// Rounds at most.
const MOST_ROUNDS: usize = 50;
/// Bins of the histograms compared, beside the run's own.
const BINS: [i32; 2] = [63, 15];

/// How long the comparison takes.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct ExactSearchOptions {
    /// From 1 to 50.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    rounds: usize,
}

impl Default for ExactSearchOptions {
    fn default() -> Self {
        Self { rounds: 10 }
    }
}

/// Ways of searching for a split, on the same rows.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SearchesCompared {
    /// Training rows that were used.
    rows: usize,
    /// Training rows there are.
    all_rows: usize,
    columns: usize,
    rounds: usize,
    /// The metric that `valid` is of.
    metric: &'static str,
    /// The exact search first, then histograms with fewer and fewer bins.
    searches: Vec<SearchMeasured>,
}

/// What a search takes, and what comes of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct SearchMeasured {
    kind: SearchKind,
    /// Bins of histograms.
    max_bin: Option<i32>,
    /// Places that are tried in each leaf.
    places: usize,
    bytes: usize,
    /// Milliseconds before the first round.
    prepare: f64,
    /// Milliseconds of a round.
    round: f64,
    /// On the validation rows.
    valid: MaybeNan<f64>,
}

/// How splits are searched for.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum SearchKind {
    Exact,
    Histogram,
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
pub fn exact_search(run: &BoostingRun, options: ExactSearchOptions) -> Result<SearchesCompared, LabError> {
    let ExactSearchOptions { rounds } = options;
    if !(1..=MOST_ROUNDS).contains(&rounds) {
        return Err(LabError::bad_input(format!("1 to {MOST_ROUNDS} rounds")));
    }
    let number = |column: &Column| Column { categorical: false, ..column.clone() };
    let table =
        Table::new(run.features.table.columns().iter().map(number).collect()).map_err(engine_error)?;
    let train = &run.splits.train[..run.splits.train.len().min(MOST_ROWS)];
    let parameters = Parameters {
        boosting: Boosting::Gbdt,
        data_sample_strategy: SampleStrategy::Bagging,
        bagging_freq: 0,
        feature_fraction: 1.0,
        feature_fraction_bynode: 1.0,
        extra_trees: false,
        monotone_constraints: Vec::new(),
        grow_policy: GrowPolicy::LeafWise,
        ..run.parameters.clone()
    };
    let metric = run.first_metric();
    let (valid, valid_labels) = (table.selected(&run.splits.valid), run.labels_of(&run.splits.valid));
    let measured = |kind: SearchKind, max_bin: Option<i32>, outcome: Outcome| {
        let model = &outcome.model;
        let scores = model.raw_scores(&valid);
        SearchMeasured {
            kind,
            max_bin,
            places: outcome.places,
            bytes: outcome.bytes,
            prepare: outcome.prepare,
            round: outcome.rounds / rounds as f64,
            valid: metric.measure(run.link(model), &scores, &valid_labels, None).into(),
        }
    };
    let exact = by_exact_search(&table, train, run.labels_of(train), &parameters, rounds)?;
    let mut searches = vec![measured(SearchKind::Exact, None, exact)];
    let mut bins = vec![parameters.max_bin];
    bins.extend(BINS.into_iter().filter(|bins| *bins < parameters.max_bin));
    for max_bin in bins {
        let parameters = Parameters { max_bin, ..parameters.clone() };
        let outcome = by_histograms(&table, train, run.labels_of(train), &parameters, rounds)?;
        searches.push(measured(SearchKind::Histogram, Some(max_bin), outcome));
    }
    Ok(SearchesCompared {
        rows: train.len(),
        all_rows: run.splits.train.len(),
        columns: table.columns().len(),
        rounds,
        metric: metric.name(),
        searches,
    })
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
