//! The preset for a quick look learns: accuracy on held-out pictures, the mean of three seeds.

#![cfg(feature = "tensors")]

use crate::common::open_lesson;
use crate::sheets::add_sheets;
use emberbook::lessons::{Material, find};
use emberbook::progress::Budget;
use pollster::block_on;

/// Most steps of the preset: with them it ends within 15 seconds in a browser (`cargo xtask bench`).
const STEPS: u64 = 320;

fn accuracy(task: &str, seed: u64) -> f64 {
    let material = Material::default();
    add_sheets(&material);
    let mut settings = find("vision").unwrap().preset("quick", Some(task)).unwrap().values;
    settings.insert("seed".into(), seed.into());
    let mut lab = open_lesson("vision", settings.into(), &material).unwrap();
    let progress = block_on(lab.train(Budget::steps(STEPS))).unwrap();
    assert!(progress.finished, "{} of {} steps", progress.step, progress.total_steps);
    block_on(lab.evaluate("valid")).unwrap()["accuracy"].as_f64().unwrap()
}

fn learns(task: &str) {
    let accuracies: Vec<f64> = (1..=3).map(|seed| accuracy(task, seed)).collect();
    let mean = accuracies.iter().sum::<f64>() / 3.0;
    assert!(mean >= 0.8, "{mean} of {accuracies:?}");
}

#[test]
fn horse_or_human() {
    learns("horse_or_human");
}

#[test]
fn happy_or_sad() {
    learns("happy_or_sad");
}
