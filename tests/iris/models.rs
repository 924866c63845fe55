//! Softmax regression, support vector machines and the reader's own tables through the trait every page uses.

#![cfg(feature = "tensors")]

use crate::common::{open, open_with, with_own_table};
use emberbook::error::LabError;
use emberbook::lab::Lab;
use emberbook::lessons::{Material, find};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::fmt::Write;

const MODELS: [&str; 3] = ["softmax", "svm", "mlp"];

fn train(lab: &mut dyn Lab) {
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
}

fn accuracy(lab: &mut dyn Lab, split: &str) -> f64 {
    block_on(lab.evaluate(split)).unwrap()["accuracy"].as_f64().unwrap()
}

fn table(text: &str) -> Material {
    with_own_table("iris", "own.csv", text, Material::default())
}

/// Three classes along one column, with a second column of noise and a third of text.
fn made_up_table(rows: usize) -> String {
    let mut text = String::from("length,noise,colour,kind\n");
    for row in 0..rows {
        let class = row % 3;
        let length = class as f64 + (row * 7919 % 1000) as f64 / 1500.0;
        let kind = ["small", "middle", "large"][class];
        writeln!(text, "{length},{},red,{kind}", row * 31 % 97).unwrap();
    }
    text
}

#[test]
fn every_model_trains_to_its_end_and_answers() {
    for model in MODELS {
        let mut lab = open(json!({ "model": model }));
        train(&mut *lab);
        let progress = lab.progress();
        assert!(progress.finished && !progress.diverged, "{model}");
        assert_eq!(progress.step, progress.total_steps, "{model}");
        assert!(accuracy(&mut *lab, "train") > 0.9, "{model}");
        let answer =
            block_on(lab.predict(json!([[5.1, 3.5, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]]).into())).unwrap();
        assert_eq!(answer["classes"], json!(["setosa", "virginica"]), "{model}");
        if model == "svm" {
            assert_eq!(answer["decisions"][0].as_array().unwrap().len(), 3);
            assert!(answer.get("probabilities").is_none(), "a support vector machine has no probabilities");
        } else {
            let row = answer["probabilities"][0].as_array().unwrap();
            let sum: f64 = row.iter().map(|p| p.as_f64().unwrap()).sum();
            assert!((sum - 1.0).abs() < 1e-5, "{model}: {sum}");
        }
        let last = lab.history(0).pop().unwrap();
        assert!(last["dev_accuracy"].is_f64(), "{model}: {last}");
        // That of the network counts each row with the weights of its step, that of the others is the answer below.
        let is_answer = model == "mlp" || last["accuracy"] == json!(accuracy(&mut *lab, "train"));
        assert!(is_answer, "{model}: {last}");
    }
}

#[test]
fn a_restored_fit_has_the_same_history_as_one_that_was_not_interrupted() {
    for settings in [json!({ "model": "softmax", "C": 500 }), json!({ "model": "svm", "kernel": "linear" })] {
        let mut whole = open(settings.clone());
        train(&mut *whole);
        let mut first = open(settings.clone());
        block_on(first.train(Budget::steps(2))).unwrap();
        let checkpoint = block_on(first.checkpoint()).unwrap();
        let mut second = open(settings);
        block_on(second.restore(&checkpoint)).unwrap();
        assert_eq!(second.progress().step, 2);
        train(&mut *second);
        assert_eq!(second.history(0), whole.history(0));
        assert_eq!(accuracy(&mut *second, "test"), accuracy(&mut *whole, "test"));
    }
}

#[test]
fn test_accuracies_over_sixty_seeds_are_those_of_cross_validation() {
    // scikit-learn on the same min-max scaled columns: 60 random splits of 120 and 15 rows, and five times ten folds,
    // give .922 and .931, .974 and .973, .959 and .957, .950 and .961. (On centimetres, as the document fits it,
    // C = 1 penalises less: .967 and .963 for softmax.)
    for (settings, expected) in [
        (json!({ "model": "softmax", "C": 1.0 }), 0.926),
        (json!({ "model": "softmax", "C": 500.0 }), 0.974),
        (json!({ "model": "svm", "kernel": "rbf" }), 0.958),
        (json!({ "model": "svm", "kernel": "linear" }), 0.956),
    ] {
        let total: f64 = (1..=60)
            .map(|seed| {
                let mut settings = settings.clone();
                settings["seed"] = json!(seed);
                let mut lab = open(settings);
                train(&mut *lab);
                accuracy(&mut *lab, "test")
            })
            .sum();
        let mean = total / 60.0;
        assert!((mean - expected).abs() < 0.015, "{settings}: {mean} against {expected}");
    }
}

#[test]
fn fewer_training_rows_are_the_first_of_the_split() {
    let mut few = open(json!({ "train_size": 20, "model": "softmax" }));
    let data = block_on(few.inspect("data", json!({}).into())).unwrap();
    let mut all = open(json!({}));
    let whole = block_on(all.inspect("data", json!({}).into())).unwrap();
    let rows = |data: &Value| data["split_rows"]["train"].as_array().unwrap().clone();
    assert_eq!(rows(&data), rows(&whole)[..20]);
    assert_eq!(data["split_rows"]["test"], whole["split_rows"]["test"]);
}

#[test]
fn models_are_compared_on_the_same_rows_and_missing_values_cost_something() {
    let mut lab = open(json!({}));
    train(&mut *lab);
    let options = json!({ "x": "petal_length", "y": "petal_width", "columns": 10, "rows": 10 });
    let comparison = block_on(lab.inspect("comparison", options.into())).unwrap();
    let models = comparison["models"].as_array().unwrap();
    assert_eq!(
        models.iter().map(|m| m["model"].as_str().unwrap()).collect::<Vec<_>>(),
        ["mlp", "softmax", "svm"]
    );
    let mut softmax = open(json!({ "model": "softmax" }));
    train(&mut *softmax);
    for model in models {
        assert_eq!(model["regions"]["classes"].as_array().unwrap().len(), 100);
        assert_eq!(model["without"].as_array().unwrap().len(), 4);
    }
    assert_eq!(models[1]["accuracy"]["test"], json!(accuracy(&mut *softmax, "test")));
    assert_eq!(models[0]["accuracy"]["test"], json!(accuracy(&mut *lab, "test")));
}

#[test]
fn support_vectors_are_training_rows_and_counted_by_pairs() {
    let mut lab = open(json!({ "model": "svm", "kernel": "linear" }));
    train(&mut *lab);
    let vectors = block_on(lab.inspect("vectors", json!({}).into())).unwrap();
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    let train_rows = data["split_rows"]["train"].as_array().unwrap();
    let support = vectors["support"].as_array().unwrap();
    assert!(support.len() > 3 && support.iter().all(|row| train_rows.contains(row)));
    assert_eq!(vectors["pairs"].as_array().unwrap().len(), 3);
    assert!(vectors["pairs"][0]["margin"].as_f64().unwrap() > 0.0);
    assert_eq!(vectors["machines"][8], json!({ "classes": 10, "one_vs_one": 45, "one_vs_rest": 10 }));
}

#[test]
fn the_whole_lesson_works_on_a_table_of_ones_own() {
    let material = table(&made_up_table(300));
    for model in MODELS {
        let settings =
            json!({ "model": model, "features": ["length"], "optimizer": "adam", "learning_rate": 0.05 });
        let mut lab = open_with(settings, &material).unwrap();
        train(&mut *lab);
        assert!(accuracy(&mut *lab, "test") > 0.9, "{model}");
        let answer = block_on(lab.predict(json!([[0.3], [2.4]]).into())).unwrap();
        assert_eq!(answer["classes"], json!(["small", "large"]), "{model}");
        let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
        assert_eq!(data["counts"]["all"], json!([100, 100, 100]));
        assert_eq!(
            data["counts"]["train"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).sum::<u64>(),
            240
        );
        block_on(lab.inspect("regions", json!({ "x": "length", "y": "length" }).into())).unwrap();
        block_on(lab.inspect("network", json!({}).into())).unwrap();
    }
    let definition = find("iris").unwrap();
    let controls = definition.all_controls(&material, None);
    let control = |name: &str| controls.iter().find(|control| control.name == name).unwrap();
    assert_eq!(control("label_column").default, "kind");
    assert_eq!(control("features").default, json!(["length", "noise"]));
    assert_eq!(control("train_size").default, 240);
}

#[test]
fn a_support_vector_machine_takes_five_thousand_rows_of_a_long_table() {
    let material = table(&made_up_table(7_000));
    let mut lab = open_with(json!({ "model": "svm", "C": 1.0 }), &material).unwrap();
    train(&mut *lab);
    let vectors = block_on(lab.inspect("vectors", json!({}).into())).unwrap();
    assert_eq!((&vectors["rows_used"], &vectors["rows"]), (&json!(5_000), &json!(5_600)));
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    assert_eq!(data["total"], 7_000);
    assert!(data["rows"].as_array().unwrap().len() <= 2_000);
}

#[test]
fn what_a_model_cannot_do_is_refused_by_name() {
    let mut lab = open(json!({ "model": "svm" }));
    let code = |error: LabError| error.code.clone();
    assert_eq!(code(block_on(lab.export_model("burnpack")).unwrap_err()), "no_network");
    assert_eq!(code(block_on(lab.export_model("pickle")).unwrap_err()), "unknown_format");
    assert_eq!(code(block_on(lab.import_model(b"anything")).unwrap_err()), "no_network");
    assert!(!block_on(lab.export_model("safetensors")).unwrap().is_empty());
}
