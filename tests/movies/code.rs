//! The programs of the code view: each setting reaches them, the one of the default settings runs as an example, and both
//! make the same steps as the lab from the same weights.

#![cfg(feature = "tensors")]

use crate::common::programs::{
    LANGUAGES, Python, empty_folder, figure, is_committed, programs, python_with, run, text,
};
use crate::lab::{made, made_world, real, train};
use crate::support::latest_small;
use emberbook::data::batch::DataLoader;
use emberbook::data::ratings::made::World;
use emberbook::data::ratings::{RatingSplit, Ratings, SplitRule};
use emberbook::lab::Lab;
use emberbook::progress::Budget;
use emberbook::random::{Purpose, Random};
use pollster::block_on;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Steps that are compared.
const STEPS: usize = 20;

#[test]
fn the_example_is_the_program_of_the_lab() {
    is_committed("movies_fusion", &text(&programs(&mut *real(json!({}))), "rust"));
}

#[test]
fn every_setting_reaches_the_programs() {
    let usual = programs(&mut *made(json!({})));
    for changed in [
        json!({ "seed": 7 }),
        json!({ "embedding_size": 8 }),
        json!({ "hidden_size": 12 }),
        json!({ "activation": "linear" }),
        json!({ "pooling": "sum" }),
        json!({ "label": "as_read" }),
        json!({ "label": "stars" }),
        json!({ "learning_rate": 0.01 }),
        json!({ "batch_size": 32 }),
        json!({ "passes": 9 }),
        json!({ "shuffle_buffer": 64 }),
        json!({ "adam": "sparse" }),
        json!({ "demographics": "none" }),
        json!({ "split": "last_fifth" }),
        json!({ "split": "last_one" }),
        json!({ "split": "one_date" }),
        json!({ "valid": "none" }),
        json!({ "valid": "as_written" }),
    ] {
        let other = programs(&mut *made(changed.clone()));
        for language in LANGUAGES {
            assert_ne!(text(&usual, language), text(&other, language), "{language} {changed}");
        }
    }
    let mut lab = made(json!({ "model": "mf" }));
    assert_eq!(block_on(lab.inspect("code", json!({}).into())).unwrap_err().code, "no_program");
}

/// A folder with the tables of a lab, its weights and its first minibatches.
fn folder(name: &str, lab: &mut dyn Lab, rows: &[usize], batch: usize) -> PathBuf {
    let folder = empty_folder("movies_code", name);
    let tables = block_on(lab.inspect("tables", json!({}).into())).unwrap();
    for table in ["ratings", "movies", "users"] {
        if let Some(text) = tables[table].as_str() {
            fs::write(folder.join(format!("{table}.csv")), text).unwrap();
        }
    }
    let weights = block_on(lab.export_model("safetensors")).unwrap();
    fs::write(folder.join("weights.safetensors"), weights).unwrap();
    let mut loader = DataLoader::shuffled(rows.to_vec(), batch, 1);
    let lines: Vec<String> = (0..STEPS)
        .map(|_| loader.next_batch().iter().map(usize::to_string).collect::<Vec<_>>().join(" "))
        .collect();
    fs::write(folder.join("batches.txt"), lines.join("\n")).unwrap();
    folder
}

/// The rows that a lab with this split and this way to validate learns from.
fn fit(table: &Ratings, settings: &Value) -> Vec<usize> {
    let rule = match settings["split"].as_str() {
        Some("last_fifth") => SplitRule::LastFifth,
        Some("last_one") => SplitRule::LastOne,
        Some("one_date") => SplitRule::OneDate,
        _ => SplitRule::Random,
    };
    let split = RatingSplit::new(table, rule, &mut Random::new(1, Purpose::Split));
    let rows = if settings.get("valid").is_some() { split.train } else { split.fit };
    rows.into_iter().map(|row| row as usize).collect()
}

fn costs(lab: &mut dyn Lab) -> Vec<f64> {
    block_on(lab.train(Budget::steps(STEPS as u64))).unwrap();
    lab.history(0).iter().filter_map(|point| point["loss"].as_f64()).collect()
}

fn check_costs(printed: &str, expected: &[f64], what: &str) {
    let found: Vec<f64> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("cost "))
        .map(|cost| cost.trim().parse().unwrap())
        .collect();
    assert_eq!(found.len(), expected.len(), "{what}: {printed}");
    for (step, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() < 1e-4, "{what}, step {step}: {found} {expected}");
    }
}

/// The stars that the lab predicts for its test ratings, in the order of the file.
fn check_predictions(folder: &Path, lab: &mut dyn Lab, printed: &str, what: &str) {
    let rmse = block_on(lab.evaluate("test")).unwrap()["rmse"].as_f64().unwrap();
    assert!((figure(printed, "test RMSE ") - rmse).abs() < 1e-4, "{what}: {printed} {rmse}");
    let written = fs::read_to_string(folder.join("predictions.txt")).unwrap();
    let rows = block_on(lab.evaluate("test")).unwrap()["rows"].as_u64().unwrap();
    assert_eq!(written.lines().count() as u64, rows, "{what}");
}

#[test]
fn the_example_makes_the_steps_of_the_lab_and_predicts_what_it_predicts() {
    let mut lab = real(json!({}));
    let folder = folder("rust", &mut *lab, &fit(latest_small(), &json!({})), 256);
    let printed = run("movies_fusion", &folder, &["weights.safetensors", "batches.txt"]);
    check_costs(&printed, &costs(&mut *lab), "Rust");
    fs::write(folder.join("weights.safetensors"), block_on(lab.export_model("safetensors")).unwrap())
        .unwrap();
    let printed = run("movies_fusion", &folder, &["weights.safetensors"]);
    check_predictions(&folder, &mut *lab, &printed, "Rust");
}

#[test]
fn paddles_programs_make_the_steps_of_the_lab_and_predict_what_it_predicts() {
    let world = World::new(&made_world(), 1).ratings;
    for (name, settings) in [
        ("usual", json!({})),
        ("linear", json!({ "activation": "linear", "pooling": "sum", "label": "stars" })),
        ("alone", json!({ "demographics": "none", "label": "as_read", "split": "last_fifth" })),
        ("last", json!({ "split": "last_one", "valid": "as_written" })),
        ("date", json!({ "split": "one_date", "valid": "none" })),
    ] {
        let mut settings = settings;
        settings["batch_size"] = json!(64);
        let mut lab = made(settings.clone());
        let written = programs(&mut *lab);
        let folder = folder(name, &mut *lab, &fit(&world, &settings), 64);
        let program = folder.join(written["python"]["file"].as_str().unwrap());
        fs::write(&program, text(&written, "python")).unwrap();
        let [weights, batches] = ["weights.safetensors", "batches.txt"].map(Path::new);
        let printed = python_with(Python::Paddle, &folder, &[&program, weights, batches]);
        check_costs(&printed, &costs(&mut *lab), name);
        train(&mut *lab);
        fs::write(folder.join("weights.safetensors"), block_on(lab.export_model("safetensors")).unwrap())
            .unwrap();
        let printed = python_with(Python::Paddle, &folder, &[&program, weights]);
        check_predictions(&folder, &mut *lab, &printed, name);
    }
}
