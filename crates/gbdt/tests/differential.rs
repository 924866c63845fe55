//! Random tables and parameters against LightGBM 4.6.0, bit for bit: trees, predictions, metrics of every round, and
//! where early stopping ends a run.
//!
//! 200 sets with LightGBM's answers stand in `differential.jsonl.gz`, sets that went wrong once in `cases.jsonl.gz`
//! (`tests/oracles/boosting_differential.py` of the repository made them). `cargo xtask differential --sets 5000` makes
//! new ones; `GBDT_DIFFERENTIAL` names their file.

use flate2::read::GzDecoder;
use gbdt::{Booster, Column, Dataset, EarlyStopping, Metric, Model, Parameters, Table, model_text};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Differences of which each is printed.
const SHOWN: usize = 40;

/// One set: what was trained on, and what LightGBM answered.
struct Set {
    number: u64,
    given: Value,
}

/// What a run of ours brought.
struct Ours {
    model: Model,
    best: usize,
    /// Metrics of each round: over the rows that are learned from, and over those that are not.
    metrics: Vec<(String, &'static str, Vec<f64>)>,
}

impl Set {
    fn numbers(&self, text: &Value) -> Vec<f64> {
        let text = text.as_str().unwrap_or_else(|| panic!("set {}: numbers", self.number));
        text.split_whitespace().map(|number| number.parse().expect("a number")).collect()
    }

    fn floats(&self, name: &str) -> Vec<f32> {
        self.numbers(&self.given[name]).into_iter().map(|number| number as f32).collect()
    }

    fn usizes(&self, name: &str) -> Vec<usize> {
        let list = self.given[name].as_array().into_iter().flatten();
        list.map(|number| number.as_u64().expect("a whole number") as usize).collect()
    }

    fn table(&self) -> Table {
        let categorical = self.usizes("categorical");
        let columns = self.given["columns"].as_array().expect("columns").iter().enumerate();
        let columns = columns.map(|(index, values)| Column {
            name: format!("Column_{index}"),
            values: self.numbers(values).into(),
            categorical: categorical.contains(&index),
        });
        Table::new(columns.collect()).expect("columns of one length")
    }

    fn parameters(&self) -> Result<Parameters, String> {
        let given = self.given["params"].as_object().expect("parameters");
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Array(list) => list.iter().map(Value::to_string).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        let mut pairs: Vec<(String, String)> =
            given.iter().map(|(name, value)| (name.clone(), text(value))).collect();
        pairs.push(("num_iterations".into(), self.given["rounds"].to_string()));
        Parameters::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .map_err(|error| error.to_string())
    }

    /// Metrics LightGBM was asked for, in its order.
    fn metrics(&self) -> impl Iterator<Item = &str> {
        self.given["asked"].as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    fn run(&self) -> Result<Ours, String> {
        let parameters = self.parameters()?;
        let (table, labels) = (self.table(), self.floats("label"));
        let weights = self.given.get("weight").map(|_| self.floats("weight"));
        let split = labels.len() - self.given["valid"].as_u64().expect("a count") as usize;
        let (train, valid): (Vec<usize>, Vec<usize>) = (0..labels.len()).partition(|row| *row < split);
        let part = |values: &[f32], rows: &[usize]| rows.iter().map(|row| values[*row]).collect::<Vec<f32>>();
        let weight = |rows: &[usize]| weights.as_ref().map(|weights| part(weights, rows));
        let said = |error: gbdt::BoostingError| error.to_string();
        let data = Dataset::new(table.part(&train), part(&labels, &train), weight(&train), &parameters);
        let rounds = parameters.num_iterations as usize;
        let watched = parameters.early_stopping_round > 0 && !valid.is_empty();
        let metrics: Vec<Metric> = self
            .metrics()
            .map(|name| Metric::named(name).ok_or_else(|| format!("no metric {name}")))
            .collect::<Result<_, _>>()?;
        // Without rows to judge by nothing is recorded.
        let metrics = if valid.is_empty() { Vec::new() } else { metrics };
        let mut stopping = EarlyStopping::new(&parameters, &metrics);
        let mut booster = Booster::new(data.map_err(said)?, parameters).map_err(said)?;
        if !valid.is_empty() {
            booster.add_valid(table.part(&valid), part(&labels, &valid), weight(&valid)).map_err(said)?;
        }
        let names = ["train", "valid"].map(String::from);
        let mut recorded: Vec<_> = names
            .iter()
            .flat_map(|split| metrics.iter().map(|metric| (split.clone(), metric.name(), Vec::new())))
            .collect();
        for round in 1..=rounds {
            booster.train_one_round();
            let train = metrics.iter().map(|metric| booster.train_metric(*metric));
            let mut values: Vec<f64> = train.collect();
            if !valid.is_empty() {
                values.extend(metrics.iter().map(|metric| booster.valid_metric(0, *metric)));
            }
            recorded.iter_mut().zip(&values).for_each(|((.., of), value)| of.push(*value));
            if watched && stopping.watch(round, &values[metrics.len()..]) {
                break;
            }
        }
        let mut model = booster.into_model();
        let best = stopping.best_round().filter(|_| watched).unwrap_or(0);
        if best > 0 {
            model.truncate(best);
        }
        Ok(Ours { model, best, metrics: recorded })
    }

    /// What differs, if anything does.
    fn difference(&self) -> Option<String> {
        let Ok(ours) = catch_unwind(AssertUnwindSafe(|| self.run())) else {
            return Some("ours panics".into());
        };
        let ours = match (ours, self.given["refused"].as_str()) {
            (Err(_), Some(_)) => return None,
            // A leaf without rows, which the estimate of rows let pass: its training ends there, ours goes on.
            (Ok(_), Some(reason)) if reason.starts_with("Check failed: (best_split_info.") => return None,
            (Ok(_), Some(reason)) => return Some(format!("LightGBM alone refuses: {reason}")),
            (Err(error), None) => return Some(format!("ours alone refuses: {error}")),
            (Ok(ours), None) => ours,
        };
        // The sign of what is not a number is the processor's.
        let theirs = &self.given["model"].as_str().expect("a model").replace("-nan", "nan");
        let text = model_text::to_text(&ours.model);
        let text = &text[..text.find("\nparameters:").expect("a section of parameters")];
        if let Some(line) = first_difference(text, theirs) {
            return Some(line);
        }
        // What is written is read, and answers the same.
        let read = model_text::parse(&model_text::to_text(&ours.model)).map_err(|error| error.to_string());
        let table = self.table();
        match read.map(|read| read.answers(&table) == ours.model.answers(&table)) {
            Err(error) => return Some(format!("its file is refused: {error}")),
            Ok(false) if !ours.model.answers(&table).iter().any(|answer| answer.is_nan()) => {
                return Some("its file answers otherwise".into());
            }
            Ok(_) => {}
        }
        if ours.best as u64 != self.given["best"].as_u64().expect("a round") {
            return Some(format!("best round {} and not {}", ours.best, self.given["best"]));
        }
        let classes = ours.model.trees_per_round;
        let (rows, scores) = (table.rows(), ours.model.raw_scores(&table));
        let by_row: Vec<f64> =
            (0..scores.len()).map(|place| scores[place % classes * rows + place / classes]).collect();
        let answers = ours.model.answers(&table);
        // The first rows will do: what the rest would show, the trees do.
        let kinds = [("raw", by_row), ("answers", answers)];
        let mut compared: Vec<(String, Vec<f64>, Vec<f64>)> =
            kinds.map(|(name, values)| (name.to_string(), values, self.numbers(&self.given[name]))).into();
        for (split, metric, values) in ours.metrics {
            let theirs = self.numbers(&self.given["metrics"][&split][metric]);
            compared.push((format!("{split} {metric}"), values, theirs));
        }
        let objective = self.given["params"]["objective"].as_str().expect("an objective");
        let identity = ["regression", "regression_l1", "huber"].contains(&objective);
        compared.into_iter().find_map(|(name, ours, theirs)| {
            // The last bit of a logarithm, and of an exponential in a metric, is the C library's.
            let exact = identity
                || ["raw", "answers"].contains(&&*name)
                || name.ends_with("auc")
                || name.ends_with("precision");
            let same = |(a, b): (&f64, &f64)| {
                let near = !exact && (a - b).abs() <= 1e-13 * a.abs().max(1.0);
                a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()) || near
            };
            match ours.iter().zip(&theirs).position(|pair| !same(pair)) {
                Some(place) => Some(format!("{name} {place}: {:?} and not {:?}", ours[place], theirs[place])),
                None if ours.len() < theirs.len() => {
                    Some(format!("{} {name} and not {}", ours.len(), theirs.len()))
                }
                None => None,
            }
        })
    }
}

/// The first line that two model files do not share.
fn first_difference(ours: &str, theirs: &str) -> Option<String> {
    let (mut ours, mut theirs) = (ours.lines(), theirs.lines());
    let mut tree = String::new();
    loop {
        let (a, b) = (ours.next(), theirs.next());
        let sizes = |line: Option<&str>| line.is_some_and(|line| line.starts_with("tree_sizes="));
        // Sizes of trees follow from the trees, where a difference says more.
        if a == b || (sizes(a) && sizes(b)) {
            let line = a?;
            if line.starts_with("Tree=") {
                tree = line.into();
            }
            continue;
        }
        let (a, b) = (a.unwrap_or("nothing"), b.unwrap_or("nothing"));
        let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
        let cut = |text: &str| text.chars().skip(same.saturating_sub(30)).take(90).collect::<String>();
        let name = a.split('=').next().unwrap_or("");
        return Some(format!("{tree} {name}\n    ours   …{}\n    theirs …{}", cut(a), cut(b)));
    }
}

/// Runs all sets of a file; fails where one differs.
fn compare(path: &Path) -> usize {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut equal, mut died, mut different) = (0, Vec::new(), Vec::new());
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let given: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let set = Set { number: given["set"].as_u64().expect("a number"), given };
        if set.given.get("died").is_some() {
            died.push(set.number);
            continue;
        }
        match set.difference() {
            None => equal += 1,
            Some(text) => different.push(format!("set {}: {text}\n    {}", set.number, set.given["params"])),
        }
    }
    println!("{equal} sets are equal, {} differ; LightGBM's process ends on {died:?}", different.len());
    let shown = &different[..different.len().min(SHOWN)];
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), shown.join("\n"));
    equal
}

fn committed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

#[test]
fn every_set_is_equal_to_the_bit() {
    match std::env::var_os("GBDT_DIFFERENTIAL") {
        Some(path) => assert!(compare(Path::new(&path)) > 0),
        None => assert_eq!(compare(&committed("differential.jsonl.gz")), 200),
    }
}

/// Categories without rows and beyond 31 bits, bags in which nothing can be split, parameters that LightGBM changes,
/// bundles with a conflict, sampled bins, DART with early stopping, labels above 1e38, a name beside its alias.
#[test]
fn what_went_wrong_once_is_equal() {
    assert_eq!(compare(&committed("cases.jsonl.gz")), 10);
}
