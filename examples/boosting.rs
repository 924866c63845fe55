//! Gradient boosting on campaign.csv, the table that the page hands out ("table with its splits"); another path may be
//! given. Prints the metrics of each round and the first answers, and writes model.txt.
//!
//! [dependencies]
//! csv = "1.4"
//! gbdt = { path = "../emberbook/crates/gbdt" }

use gbdt::{Booster, Column, Dataset, EarlyStopping, Metric, Parameters, Table, model_text};
use std::collections::HashMap;
use std::error::Error;

const COLUMNS: &[&str] = &[
    "age",
    "job",
    "marital",
    "education",
    "default",
    "balance",
    "housing",
    "loan",
    "contact",
    "day",
    "month",
    "duration",
    "campaign",
    "pdays",
    "previous",
    "poutcome",
];
const CATEGORICAL: &[&str] =
    &["job", "marital", "education", "default", "housing", "loan", "contact", "month", "poutcome"];
const LABEL: &str = "y";
const CLASSES: &[&str] = &["no", "yes"];
const ENCODING: &str = "native";
const ROUNDS: usize = 20;
const STOP_ON: &str = "valid";
const METRICS: [&str; 2] = ["auc", "binary_logloss"];

fn parameters() -> Result<Parameters, Box<dyn Error>> {
    Ok(Parameters::from_pairs([
        ("objective", "binary"),
        ("boosting", "gbdt"),
        ("data_sample_strategy", "bagging"),
        ("learning_rate", "0.1"),
        ("num_leaves", "31"),
        ("max_depth", "-1"),
        ("min_data_in_leaf", "20"),
        ("min_sum_hessian_in_leaf", "0.001"),
        ("min_gain_to_split", "0.0"),
        ("bagging_fraction", "1.0"),
        ("bagging_freq", "0"),
        ("pos_bagging_fraction", "1.0"),
        ("neg_bagging_fraction", "1.0"),
        ("feature_fraction", "1.0"),
        ("feature_fraction_bynode", "1.0"),
        ("extra_trees", "false"),
        ("lambda_l1", "0.0"),
        ("lambda_l2", "0.0"),
        ("path_smooth", "0.0"),
        ("max_bin", "255"),
        ("cat_smooth", "10.0"),
        ("cat_l2", "10.0"),
        ("max_cat_to_onehot", "4"),
        ("min_data_per_group", "100"),
        ("is_unbalance", "false"),
        ("early_stopping_round", "5"),
        ("seed", "1"),
        ("grow_policy", "leaf_wise"),
    ])?)
}

/// Whether a cell says that there is no value.
fn is_missing(cell: &str) -> bool {
    matches!(cell.to_ascii_lowercase().as_str(), "" | "na" | "n/a" | "nan" | "null" | "?")
}

/// A column as numbers: those it holds, or its texts in the order in which they are first met.
fn numbers(cells: &[&str]) -> (Vec<f64>, Vec<String>) {
    let is_text = cells.iter().any(|cell| !is_missing(cell) && cell.parse::<f64>().is_err());
    let mut names: Vec<String> = Vec::new();
    let mut known: HashMap<String, f64> = HashMap::new();
    let values = cells
        .iter()
        .map(|cell| match is_text {
            _ if is_missing(cell) => f64::NAN,
            false => cell.parse().expect("a number"),
            true => *known.entry(cell.to_string()).or_insert_with(|| {
                names.push(cell.to_string());
                names.len() as f64 - 1.0
            }),
        })
        .collect();
    (values, names)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "campaign.csv".into());
    let mut reader = csv::Reader::from_path(path)?;
    let header = reader.headers()?.clone();
    let records = reader.records().collect::<Result<Vec<_>, _>>()?;
    let cells = |name: &str| -> Vec<&str> {
        let index =
            header.iter().position(|other| other == name).unwrap_or_else(|| panic!("no column {name}"));
        records.iter().map(|record| &record[index]).collect()
    };
    let mut columns = Vec::new();
    for name in COLUMNS {
        let (values, names) = numbers(&cells(name));
        let categorical = CATEGORICAL.contains(name);
        let file_name = |name: &str| name.replace(char::is_whitespace, "_");
        if categorical && ENCODING == "one_hot" {
            for (code, text) in names.iter().enumerate() {
                let is_it = |value: &f64| f64::from(u8::from(*value == code as f64));
                let cells: Vec<f64> = values.iter().map(is_it).collect();
                columns.push(Column::numeric(&file_name(&format!("{name}={text}")), cells));
            }
            continue;
        }
        let native = categorical && ENCODING == "native";
        columns.push(Column { name: file_name(name), values: values.into(), categorical: native });
    }
    let table = Table::new(columns)?;
    let label = |cell: &&str| -> f32 {
        match CLASSES.iter().position(|class| class == cell) {
            Some(class) => class as f32,
            None => cell.parse().expect("a number to be told"),
        }
    };
    let labels: Vec<f32> = cells(LABEL).iter().map(label).collect();
    let parts = cells("part");
    let part = |name: &str| {
        let rows: Vec<usize> = (0..parts.len()).filter(|row| parts[*row] == name).collect();
        let labels: Vec<f32> = rows.iter().map(|row| labels[*row]).collect();
        (rows, labels)
    };
    let (train, train_labels) = part("train");
    let parameters = parameters()?;
    let data = Dataset::new(table.part(&train), train_labels, None, &parameters)?;
    let mut booster = Booster::new(data, parameters)?;
    let (valid, valid_labels) = part(STOP_ON);
    booster.add_valid(table.part(&valid), valid_labels, None)?;
    let metrics = METRICS.map(|name| Metric::named(name).expect("a metric of the engine"));
    let mut stopping = EarlyStopping::new(booster.parameters(), &metrics[..1]);
    while booster.round() < ROUNDS && (booster.train_one_round() || !booster.finished()) {
        let [first, second] = metrics.map(|metric| booster.valid_metric(0, metric));
        println!("round {}: {} {first:.6}, {} {second:.6}", booster.round(), METRICS[0], METRICS[1]);
        if stopping.watch(booster.round(), &[first]) {
            break;
        }
    }
    let mut model = booster.into_model();
    if let Some(round) = stopping.best_round() {
        model.truncate(round);
    }
    std::fs::write("model.txt", model_text::to_text(&model))?;
    let (test, _) = part("test");
    for (row, answer) in model.answers(&table.selected(&test)).iter().take(5).enumerate() {
        println!("{row} {answer:?}");
    }
    Ok(())
}
