//! The boosting engine against LightGBM 4.6.0 (`tests/oracles/boosting_lightgbm.py`): the same trees, difference 0.
//!
//! What is compared is the text LightGBM writes, from the first line to `end of trees`: every feature, threshold,
//! child, count, and leaf value with 17 digits.

#![cfg(feature = "trees")]

use crate::common::boosting_sets::{fixtures, trees};
use gbdt::{Metric, model_text};

#[test]
fn the_same_trees_as_lightgbm() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 12, "{} sets", fixtures.len());
    let mut different = Vec::new();
    for fixture in &fixtures {
        let ours = model_text::to_text(&fixture.train(|_| {}));
        let theirs = fixture.oracle();
        let (ours, theirs) = (trees(&ours), trees(&theirs));
        let line = (0..ours.len().max(theirs.len())).find(|line| ours.get(*line) != theirs.get(*line));
        if let Some(line) = line {
            let cut = |text: Option<&&str>| {
                text.map_or("nothing".into(), |text| first_difference(text, ours.get(line), theirs.get(line)))
            };
            different.push(format!(
                "{}: line {}\n  ours   {}\n  theirs {}",
                fixture.name,
                line + 1,
                cut(ours.get(line)),
                cut(theirs.get(line))
            ));
        }
    }
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), fixtures.len(), different.join("\n"));
}

/// A line from a little before the place where the two part.
fn first_difference(text: &str, a: Option<&&str>, b: Option<&&str>) -> String {
    let (a, b) = (a.copied().unwrap_or(""), b.copied().unwrap_or(""));
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let name = text.split('=').next().unwrap_or("");
    format!("{name}=…{}", text.chars().skip(same.saturating_sub(40)).take(100).collect::<String>())
}

#[test]
fn models_of_lightgbm_load_and_predict_the_same() {
    for fixture in fixtures() {
        let model = model_text::parse(&fixture.oracle()).unwrap();
        let raw = fixture.numbers("raw");
        let rows = raw.len() / model.trees_per_round;
        let table = fixture.table.selected(&(0..rows).collect::<Vec<_>>());
        let scores = model.raw_scores(&table);
        for row in 0..rows {
            for class in 0..model.trees_per_round {
                let (ours, theirs) = (scores[class * rows + row], raw[row * model.trees_per_round + class]);
                assert_eq!(ours.to_bits(), theirs.to_bits(), "{} row {row}: {ours} {theirs}", fixture.name);
            }
        }
    }
}

#[test]
fn contributions_and_leaves_are_those_of_lightgbm() {
    for fixture in fixtures() {
        let model = model_text::parse(&fixture.oracle()).unwrap();
        let width = model.trees_per_round * (model.feature_names.len() + 1);
        let expected = fixture.numbers("contrib");
        let rows: Vec<usize> = (0..expected.len() / width).collect();
        let table = fixture.table.selected(&rows);
        let (contributions, scores) = (model.contributions(&table), model.raw_scores(&table));
        for (row, ours) in contributions.iter().enumerate() {
            for (ours, theirs) in ours.iter().zip(&expected[row * width..]) {
                assert_eq!(ours.to_bits(), theirs.to_bits(), "{} row {row}: {ours} {theirs}", fixture.name);
            }
            for (class, of_class) in ours.chunks(model.feature_names.len() + 1).enumerate() {
                let (sum, score) = (of_class.iter().sum::<f64>(), scores[class * rows.len() + row]);
                assert!((sum - score).abs() <= 1e-9, "{} row {row}: {sum} {score}", fixture.name);
            }
        }
        let expected = fixture.numbers("leaf");
        let rows: Vec<usize> = (0..expected.len() / model.trees.len().max(1)).collect();
        let leaves = model.leaves(&fixture.table.selected(&rows));
        let ours: Vec<f64> = leaves.into_iter().flatten().map(|leaf| leaf as f64).collect();
        assert_eq!(ours, expected, "{}", fixture.name);
    }
}

#[test]
fn metrics_are_those_of_lightgbm_round_by_round() {
    let mut compared = 0;
    for fixture in fixtures() {
        let metrics = fixture.outputs["metrics"].clone();
        fixture.train(|booster| {
            let round = booster.round() - 1;
            for (split, name) in [("train", "train"), ("valid", "valid")] {
                for (metric, values) in metrics[name].as_object().into_iter().flatten() {
                    let metric = Metric::named(metric).unwrap_or_else(|| panic!("no metric {metric}"));
                    let Some(theirs) = values[round].as_f64() else { continue };
                    let ours = if split == "train" {
                        booster.train_metric(metric)
                    } else {
                        booster.valid_metric(0, metric)
                    };
                    let name = metric.name();
                    assert!(
                        (ours - theirs).abs() <= 1e-12,
                        "{} {split} {name} {round}: {ours} {theirs}",
                        fixture.name
                    );
                    compared += 1;
                }
            }
        });
    }
    assert!(compared > 100, "only {compared} metrics were compared");
}
