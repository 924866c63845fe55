//! Means over 30 seeds against the measured bands of the specification (§3.2: numpy float64, 60 other seeds).
//!
//! Both sides are samples, so a mean may differ by 3 standard errors of the difference and by half a unit of the last
//! digit printed there.

#![cfg(feature = "tensors")]

use crate::common::open;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::sync::LazyLock;

const SEEDS: u64 = 30;
/// Seeds behind the specification's figures.
const SEEDS_OF_SPECIFICATION: u64 = 60;

/// The document's network with the corrected split, which two tests look at.
static DEFAULT_RUNS: LazyLock<Vec<Run>> = LazyLock::new(|| runs(json!({})));

struct Run {
    losses: Vec<f64>,
    train: f64,
    test: f64,
    test_loss: f64,
    /// Test accuracy of the weights that were best on validation.
    test_of_best: f64,
    leaked: f64,
}

fn run(seed: u64, settings: &Value) -> Run {
    let mut settings = settings.clone();
    settings["seed"] = json!(seed);
    let mut lab = open(settings.clone());
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    let losses = lab.history(0).iter().filter_map(|point| point["loss"].as_f64()).collect();
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    let mut evaluate = |split: &str| block_on(lab.evaluate(split)).unwrap();
    let (train, test) = (evaluate("train"), evaluate("test"));
    settings["checkpoint"] = json!("best_dev");
    let mut best = open(settings);
    block_on(best.restore(&block_on(lab.checkpoint()).unwrap())).unwrap();
    let of_best = block_on(best.evaluate("test")).unwrap();
    Run {
        losses,
        train: train["accuracy"].as_f64().unwrap(),
        test: test["accuracy"].as_f64().unwrap(),
        test_loss: test["loss"].as_f64().unwrap(),
        test_of_best: of_best["accuracy"].as_f64().unwrap(),
        leaked: data["leaked"].as_f64().unwrap(),
    }
}

fn runs(settings: Value) -> Vec<Run> {
    let half = |from: u64| (from..SEEDS).step_by(2).map(|seed| run(seed, &settings)).collect::<Vec<Run>>();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut runs = half(0);
        runs.extend(other.join().expect("the other half of the seeds"));
        runs
    })
}

fn mean_and_spread(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    (mean, (values.map(|v| (v - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt())
}

fn assert_mean(
    what: &str,
    values: impl Iterator<Item = f64> + Clone,
    expected: f64,
    spread: f64,
    rounding: f64,
) {
    let (mean, found_spread) = mean_and_spread(values);
    let samples = 1.0 / SEEDS as f64 + 1.0 / SEEDS_OF_SPECIFICATION as f64;
    let standard_error = spread.max(found_spread) * samples.sqrt();
    println!("{what}: {mean:.4} (sd {found_spread:.4}); specification {expected}");
    assert!(
        (mean - expected).abs() <= 3.0 * standard_error + rounding,
        "{what}: {mean} is too far from {expected}"
    );
}

#[test]
fn the_documents_network_learns_as_measured() {
    let runs = &*DEFAULT_RUNS;
    let at = |run: &Run, step: usize| {
        let window = &run.losses[step - 8..(step + 8).min(run.losses.len())];
        window.iter().sum::<f64>() / window.len() as f64
    };
    let plateau = runs.iter().map(|run| run.losses[..=200].iter().sum::<f64>() / 201.0);
    assert_mean("loss over steps 0 to 200", plateau, 1.111, 0.005, 0.0005);
    for (step, expected, spread) in [
        (300, 1.10, 0.013),
        (400, 1.01, 0.074),
        (500, 0.76, 0.105),
        (600, 0.56, 0.059),
        (800, 0.40, 0.029),
        (1000, 0.30, 0.024),
        (1192, 0.243, 0.019),
    ] {
        assert_mean(
            &format!("loss at step {step}"),
            runs.iter().map(|run| at(run, step)),
            expected,
            spread,
            0.005,
        );
    }
    assert_mean("train accuracy", runs.iter().map(|run| run.train), 0.962, 0.01, 0.0005);
    assert_mean("test accuracy", runs.iter().map(|run| run.test), 0.948, 0.05, 0.0005);
    assert_mean("test loss", runs.iter().map(|run| run.test_loss), 0.257, 0.05, 0.0005);
    assert!(runs.iter().all(|run| run.leaked == 0.0));
}

#[test]
fn the_best_dev_checkpoint_is_an_early_and_worse_model() {
    let of_best = DEFAULT_RUNS.iter().map(|run| run.test_of_best);
    assert_mean("test accuracy of the best-dev checkpoint", of_best, 0.911, 0.096, 0.0005);
}

#[test]
fn the_documents_split_leaks_twelve_rows_and_gains_little() {
    let runs = runs(json!({ "split": "as_written" }));
    assert_mean("test rows that are trained on", runs.iter().map(|run| run.leaked), 11.95, 1.5, 0.005);
    assert_mean("test accuracy with the leak", runs.iter().map(|run| run.test), 0.959, 0.05, 0.0005);
}
