//! A file of weights says of its model what is needed to use it without the page, and is not taken for another one's.

#![cfg(feature = "tensors")]

use crate::common::programs::{Python, empty_folder, python_with};
use crate::common::{open, open_with, with_own_table};
use emberbook::lab::Lab;
use emberbook::lessons::Material;
use emberbook::nn::run::container::Container;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn train(lab: &mut dyn Lab) {
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
}

fn export(lab: &mut dyn Lab) -> Vec<u8> {
    block_on(lab.export_model("safetensors")).unwrap()
}

/// What Python with numpy and safetensors predicts from the file alone.
fn predicted_from(file: &[u8], rows: &Value, name: &str) -> Value {
    let folder = empty_folder("weights_alone", name);
    fs::write(folder.join("weights.safetensors"), file).unwrap();
    fs::write(folder.join("inputs.json"), rows.to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/weights_alone.py");
    let arguments = [&*script, Path::new("weights.safetensors"), Path::new("inputs.json")];
    serde_json::from_str(&python_with(Python::Weights, &folder, &arguments)).unwrap()
}

/// A table whose ranges are lost where a number is written with seven digits.
fn fine_table() -> Material {
    let mut text = String::from("seconds,large,fine,same,kind\n");
    for row in 0..60 {
        let class = row % 3;
        let seconds = 1_767_225_600 + class * 40 + row * 7 % 40;
        let large = 1e300 * (1.0 + f64::from(row * 31 % 60) / 7.0);
        let fine = 0.001_234_567_890_123 + f64::from(class) / 9e5 + f64::from(row * 17 % 60) / 3e8;
        writeln!(text, "{seconds},{large:?},{fine:?},5,{}", ["a", "b", "c"][class as usize]).unwrap();
    }
    with_own_table("iris", "fine.csv", &text, Material::default())
}

#[test]
fn numpy_predicts_from_the_file_alone_what_the_lab_predicts() {
    for (settings, material) in [
        (json!({ "hidden": [7, 5], "activation": "tanh", "epochs": 40 }), Material::default()),
        (json!({ "features": ["petal_width", "sepal_length"], "activation": "relu" }), Material::default()),
        (json!({ "model": "softmax", "C": 100 }), Material::default()),
        (json!({ "model": "svm" }), Material::default()),
        (json!({ "model": "svm", "kernel": "linear" }), Material::default()),
        (json!({ "model": "softmax", "C": 1000 }), fine_table()),
        (json!({ "hidden": [4] }), fine_table()),
    ] {
        let mut lab = open_with(settings.clone(), &material).unwrap();
        train(&mut *lab);
        let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
        let rows: Vec<Vec<f64>> = serde_json::from_value(data["rows"].clone()).unwrap();
        assert!(rows.len() >= 60);
        let file = export(&mut *lab);
        let name = settings.to_string().replace(|sign: char| !sign.is_alphanumeric(), "_");
        let found = predicted_from(&file, &json!(rows), &format!("{name}{}", material.own.is_some()));
        let expected = block_on(lab.predict(json!(rows).into())).unwrap();
        assert_eq!(found["classes"], expected["classes"], "{settings}");
        if let Some(expected) = expected["probabilities"].as_array() {
            let numbers =
                |rows: &Value| serde_json::from_value::<Vec<Vec<f64>>>(rows.clone()).unwrap().concat();
            let pairs = numbers(&found["probabilities"]).into_iter().zip(numbers(&json!(expected)));
            let farthest = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
            assert!(farthest <= 1e-5, "{settings}: {farthest}");
        }
        // To the last bit.
        let ends = |column: usize| rows.iter().map(move |row| row[column]);
        let columns: Vec<Value> = (0..rows[0].len())
            .map(|column| {
                let (min, max) =
                    (ends(column).fold(f64::INFINITY, f64::min), ends(column).fold(f64::MIN, f64::max));
                json!({ "name": data["features"][column], "min": min, "max": max })
            })
            .collect();
        assert_eq!(found["columns"], json!(columns), "{settings}");
    }
}

/// The file with another note.
fn with_note(file: &[u8], note: &str) -> Vec<u8> {
    let mut container = Container::from_bytes(file).unwrap();
    container.note = note.into();
    container.to_bytes()
}

fn note_of(file: &[u8]) -> Value {
    serde_json::from_str(&Container::from_bytes(file).unwrap().note).unwrap()
}

#[test]
fn the_note_says_what_was_trained() {
    let mut lab = open(json!({ "checkpoint": "best_dev" }));
    block_on(lab.train(Budget::steps(40))).unwrap();
    let note = note_of(&export(&mut *lab));
    assert_eq!(note["format"], 1);
    assert_eq!((&note["lesson"], &note["step"]), (&json!("iris"), &json!(40)));
    assert_eq!(note["settings"], json!(lab.settings()));
    assert_eq!(note["classes"], json!(["setosa", "versicolor", "virginica"]));
    assert_eq!(note["input"]["columns"][0], json!({ "name": "sepal_length", "min": 4.3, "max": 7.9 }));
    assert_eq!(note["model"]["activation"], json!(lab.settings().text("activation")));
}

#[test]
fn files_of_earlier_builds_and_of_other_programs_are_taken() {
    let mut lab = open(json!({}));
    train(&mut *lab);
    let file = export(&mut *lab);
    let flower = json!([[5.1, 3.5, 1.4, 0.2], [6.0, 2.9, 4.5, 1.5]]);
    let expected = block_on(lab.predict(flower.clone().into())).unwrap();
    let earlier = json!({ "lesson": "iris", "settings": lab.settings(), "step": 9 }).to_string();
    for note in ["", &earlier] {
        let mut fresh = open(json!({ "seed": 5 }));
        assert_eq!(block_on(fresh.import_model(&with_note(&file, note))), Ok(None));
        assert_eq!(block_on(fresh.predict(flower.clone().into())).unwrap(), expected);
    }
}

#[test]
fn weights_of_other_columns_classes_or_activations_are_refused_and_the_lab_stays_as_it_was() {
    let two = ["petal_length", "petal_width"];
    let mut lab = open(json!({ "features": two }));
    train(&mut *lab);
    let file = export(&mut *lab);
    let own = |header: &str, classes: [&str; 3]| {
        let mut text = format!("{header},kind\n");
        for row in 0..60 {
            writeln!(text, "{},{},{}", row % 7, row % 11, classes[row % 3]).unwrap();
        }
        with_own_table("iris", "own.csv", &text, Material::default())
    };
    let flowers = ["setosa", "versicolor", "virginica"];
    for (settings, material, code) in [
        (json!({ "features": ["petal_width", "petal_length"] }), Material::default(), None),
        (json!({ "features": ["sepal_length", "petal_width"] }), Material::default(), Some("other_columns")),
        (json!({ "features": two, "activation": "tanh" }), Material::default(), Some("bad_model")),
        (json!({}), own("petal_length,petal_width", ["a", "b", "c"]), Some("other_classes")),
        (json!({}), own("length,width", flowers), Some("other_columns")),
    ] {
        let mut other = open_with(settings.clone(), &material).unwrap();
        block_on(other.train(Budget::steps(3))).unwrap();
        let before = block_on(other.predict(json!([[1.0, 2.0]]).into())).unwrap();
        let outcome = block_on(other.import_model(&file));
        assert_eq!(outcome.as_ref().err().map(|error| &*error.code), code, "{settings}: {outcome:?}");
        if code.is_some() {
            assert_eq!(block_on(other.predict(json!([[1.0, 2.0]]).into())).unwrap(), before);
            assert_eq!(other.progress().step, 3);
        }
    }
    // The same columns and classes of another table.
    let mut other = open_with(json!({}), &own("petal_length,petal_width", flowers)).unwrap();
    let remark = block_on(other.import_model(&file)).unwrap().expect("a remark");
    assert_eq!((&*remark.code, &remark.details["column"]), ("other_ranges", &json!("petal_length")));
    assert_eq!((&remark.details["found"], &remark.details["expected"]), (&json!("1 … 6.9"), &json!("0 … 6")));
}

#[test]
fn hostile_notes_are_refused() {
    let mut lab = open(json!({}));
    let file = export(&mut *lab);
    let before = block_on(lab.predict(json!([[5.1, 3.5, 1.4, 0.2]]).into())).unwrap();
    let mut forged = note_of(&file);
    forged["input"]["columns"] = json!({ "length": 4 });
    for note in ["[".repeat(1 << 20), " ".repeat(8 << 20), "null".into(), forged.to_string()] {
        let error = block_on(lab.import_model(&with_note(&file, &note))).unwrap_err();
        assert!(["bad_model", "other_columns"].contains(&&*error.code), "{error}");
        assert!(error.message.len() < 1_000);
        assert_eq!(block_on(lab.predict(json!([[5.1, 3.5, 1.4, 0.2]]).into())).unwrap(), before);
    }
}
