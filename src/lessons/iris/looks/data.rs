//! The table the run learns from.

use super::super::lab::run::IrisRun;
use crate::data::split::Split;
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;

/// Most rows of a table that are sent to be drawn.
const MOST_ROWS_SHOWN: usize = 2_000;

/// The table in its own units. Of a long table every n-th row, so that a page can draw them.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Data {
    /// Names of the columns.
    features: Vec<String>,
    /// Rows of the whole table.
    total: usize,
    /// Numbers of the rows sent.
    row_numbers: Vec<usize>,
    /// These rows, in the units of the table.
    rows: Vec<Vec<f64>>,
    /// Their classes.
    labels: Vec<u32>,
    /// The part each of them is in, `train+test` where the split leaks.
    split: Vec<String>,
    /// Row numbers of each part in its order, where all rows are sent.
    split_rows: Option<Split>,
    /// How many rows of each class there are, counted over all rows.
    counts: Counts,
    /// How many test rows the weights were fitted to.
    leaked: usize,
}

/// Rows of each class.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Counts {
    train: Vec<u32>,
    dev: Vec<u32>,
    test: Vec<u32>,
    all: Vec<u32>,
}

/// The table, and which part each row is in.
///
/// # Errors
/// None.
pub fn data(run: &IrisRun, _: NoOptions) -> Result<Data, LabError> {
    let table = &run.table;
    let every = table.rows.len().div_ceil(MOST_ROWS_SHOWN);
    let shown: Vec<usize> = (0..table.rows.len()).step_by(every).collect();
    let parts = run.split.parts(table.rows.len());
    Ok(Data {
        features: table.features.clone(),
        total: table.rows.len(),
        rows: shown.iter().map(|&row| table.rows[row].clone()).collect(),
        labels: shown.iter().map(|&row| table.labels[row]).collect(),
        split: shown.iter().map(|&row| parts[row].clone()).collect(),
        row_numbers: shown.iter().map(|&row| table.number(row)).collect(),
        split_rows: (every == 1).then(|| run.split.clone()),
        counts: counts(run),
        leaked: run.split.leaked(),
    })
}

/// Rows of each class in each part and in the whole table.
fn counts(run: &IrisRun) -> Counts {
    let count = |rows: &mut dyn Iterator<Item = usize>| {
        let mut counts = vec![0u32; run.table.classes.len()];
        rows.for_each(|row| counts[run.table.labels[row] as usize] += 1);
        counts
    };
    let part = |rows: &[usize]| count(&mut rows.iter().copied());
    Counts {
        train: part(&run.split.train),
        dev: part(&run.split.dev),
        test: part(&run.split.test),
        all: count(&mut (0..run.table.rows.len())),
    }
}
