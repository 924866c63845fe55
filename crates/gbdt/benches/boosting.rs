//! Milliseconds of boosting outside the browser, with one thread: binning, rounds and prediction of all rows.
//!
//!     cargo bench --package gbdt -- table.csv 100
//!
//! The table has a header and numbers only, the last column is a label of 0 and 1. Prints JSON; bench/measures/boosting.mjs
//! sets it beside LightGBM.

use gbdt::{Booster, Column, Dataset, Parameters, Table};
use serde_json::json;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [path, rounds] = &arguments[..] else {
        return Err("the path of a table and a number of rounds are needed".into());
    };
    let rounds: usize = rounds.parse()?;
    let mut reader = csv::Reader::from_path(path)?;
    let names: Vec<String> = reader.headers()?.iter().map(String::from).collect();
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    for record in reader.records() {
        for (column, cell) in columns.iter_mut().zip(&record?) {
            column.push(cell.parse()?);
        }
    }
    let labels = columns.pop().ok_or("no columns")?.into_iter().map(|label| label as f32).collect();
    let columns = names.iter().zip(columns).map(|(name, values)| Column::numeric(name, values));
    let table = Table::new(columns.collect())?;
    let parameters = Parameters::from_pairs([("objective", "binary"), ("num_leaves", "31")])?;

    let begin = Instant::now();
    let data = Dataset::new(&table, labels, None, &parameters)?;
    let binned = Instant::now();
    let mut booster = Booster::new(data, parameters)?;
    (0..rounds).for_each(|_| {
        booster.train_one_round();
    });
    let trained = Instant::now();
    let scores = booster.model().raw_scores(&table);
    let predicted = Instant::now();
    assert_eq!(scores.len(), table.rows());
    let milliseconds = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1000.0;
    println!(
        "{}",
        json!({
            "binning": milliseconds(begin, binned),
            "training": milliseconds(binned, trained),
            "prediction": milliseconds(trained, predicted),
        })
    );
    Ok(())
}
