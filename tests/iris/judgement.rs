//! The confusion matrix and the single rows of the iris lab agree with its other answers, for every model.

#![cfg(feature = "flex")]

use crate::common::open;
use emberbook::lab::Lab;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};

const MODELS: [&str; 3] = ["mlp", "softmax", "svm"];
const SPLITS: [&str; 3] = ["train", "dev", "test"];

fn trained(settings: Value) -> Box<dyn Lab> {
    let mut lab = open(settings);
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    lab
}

fn inspect(lab: &mut dyn Lab, what: &str, options: Value) -> Value {
    block_on(lab.inspect(what, options.into())).unwrap()
}

fn counts(confusion: &Value) -> Vec<Vec<u64>> {
    let rows = confusion["counts"].as_array().unwrap().iter();
    rows.map(|row| row.as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect()).collect()
}

/// Runs that misclassify some rows, so that the mistakes are looked at too.
fn labs() -> impl Iterator<Item = (&'static str, Box<dyn Lab>)> {
    MODELS.into_iter().map(|model| {
        (
            model,
            trained(json!({ "model": model, "features": ["sepal_length", "sepal_width"], "epochs": 100 })),
        )
    })
}

#[test]
fn the_matrix_counts_every_row_once_and_its_diagonal_is_the_accuracy() {
    for (model, mut lab) in labs() {
        let data = inspect(&mut *lab, "data", Value::Null);
        for split in SPLITS {
            let confusion = inspect(&mut *lab, "confusion", json!({ "split": split }));
            let counts = counts(&confusion);
            let of_each_class: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
            assert_eq!(json!(of_each_class), data["counts"][split], "{model}, {split}");
            let rows: u64 = of_each_class.iter().sum();
            let right: u64 = (0..counts.len()).map(|class| counts[class][class]).sum();
            let figures = block_on(lab.evaluate(split)).unwrap();
            assert_eq!(right as f64 / rows as f64, figures["accuracy"].as_f64().unwrap(), "{model}, {split}");
            assert_eq!(
                (&confusion["rows"], &figures["rows"], &confusion["mistakes"]),
                (&json!(rows), &json!(rows), &json!(rows - right)),
                "{model}, {split}"
            );
        }
    }
}

#[test]
fn the_rows_behind_the_mistakes_are_those_of_the_table_the_surest_first() {
    for (model, mut lab) in labs() {
        let data = inspect(&mut *lab, "data", Value::Null);
        let confusion = inspect(&mut *lab, "confusion", json!({ "split": "train" }));
        let mistaken = confusion["mistaken_rows"].as_array().unwrap();
        assert_eq!(json!(mistaken.len()), confusion["mistakes"], "{model}");
        assert!(!mistaken.is_empty(), "{model}: two sepal columns do not tell all flowers apart");
        let mut seen = vec![vec![0u64; 3]; 3];
        for mistake in mistaken {
            let row = mistake["row"].as_u64().unwrap() as usize;
            assert_eq!(mistake["features"], data["rows"][row], "{model}, row {row}");
            assert_eq!(mistake["label"], data["labels"][row], "{model}, row {row}");
            let answer = block_on(lab.predict(json!([mistake["features"]]).into())).unwrap();
            let predicted = mistake["predicted"].as_u64().unwrap() as usize;
            let classes = ["setosa", "versicolor", "virginica"];
            assert_eq!(answer["classes"], json!([classes[predicted]]), "{model}, row {row}");
            assert_ne!(mistake["predicted"], mistake["label"]);
            seen[mistake["label"].as_u64().unwrap() as usize][predicted] += 1;
        }
        for (label, row) in counts(&confusion).into_iter().enumerate() {
            for (predicted, count) in row.into_iter().enumerate().filter(|(predicted, _)| *predicted != label)
            {
                assert_eq!(seen[label][predicted], count, "{model}: {label} taken for {predicted}");
            }
        }
        let certainty: Vec<f64> =
            mistaken.iter().map(|mistake| mistake["certainty"].as_f64().unwrap()).collect();
        assert!(certainty.windows(2).all(|pair| pair[0] >= pair[1]), "{model}: {certainty:?}");
        let kind = if model == "svm" { "margin" } else { "probability" };
        assert_eq!(confusion["certainty_is"], kind, "{model}");
    }
}

#[test]
fn the_first_test_sample_is_the_first_row_of_the_test_part() {
    for (model, mut lab) in labs() {
        let data = inspect(&mut *lab, "data", Value::Null);
        let test = data["split_rows"]["test"].as_array().unwrap();
        for place in [0, 1, 14] {
            let sample = inspect(&mut *lab, "sample", json!({ "split": "test", "place": place }));
            assert_eq!(sample["row"], test[place], "{model}");
            let row = sample["row"].as_u64().unwrap() as usize;
            assert_eq!(sample["features"], data["rows"][row], "{model}");
            let classes = ["setosa", "versicolor", "virginica"];
            let label = data["labels"][row].as_u64().unwrap() as usize;
            assert_eq!(sample["class"], classes[label], "{model}");
            let answer = block_on(lab.predict(json!([data["rows"][row]]).into())).unwrap();
            assert_eq!(sample["answer"], answer, "{model}");
            assert_eq!(answer.get("decisions").is_some(), model == "svm", "{model}");
        }
    }
}

#[test]
fn what_is_not_there_is_refused() {
    let mut lab = open(json!({}));
    for (what, options, code) in [
        ("confusion", json!({}), "bad_input"),
        ("confusion", json!({ "split": 3 }), "bad_input"),
        ("confusion", json!({ "split": "valid" }), "unknown_split"),
        ("sample", json!({ "split": "test", "place": 15 }), "bad_input"),
        ("sample", json!({ "split": "test", "place": -1 }), "bad_input"),
        ("sample", json!({ "split": "nothing" }), "unknown_split"),
    ] {
        assert_eq!(
            block_on(lab.inspect(what, options.clone().into())).unwrap_err().code,
            code,
            "{what} {options}"
        );
    }
}
