//! A file of weights says how pictures are prepared and what the outputs mean, and is not taken for another network's.

#![cfg(feature = "tensors")]

use crate::code::{export, figures, own_figures, site};
use crate::common::open_lesson;
use crate::common::programs::{Python, empty_folder, python_with};
use emberbook::data::pictures::NamedPicture;
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::Material;
use emberbook::nn::run::container::Container;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn open(settings: &Value, material: &Material) -> Box<dyn Lab> {
    open_lesson("vision", settings.clone(), material).unwrap()
}

fn small(task: &str) -> Value {
    json!({ "task": task, "image_size": "64", "filters": [5, 6], "dense_units": 9 })
}

fn note(lab: &mut dyn Lab) -> Value {
    let file = block_on(lab.export_model("safetensors")).unwrap();
    serde_json::from_str(&Container::from_bytes(&file).unwrap().note).unwrap()
}

#[test]
fn numpy_predicts_pictures_from_the_file_alone_as_the_lab_does() {
    let (material, _) = own_figures(64, "weights");
    let mut lab = open(&small("horse_or_human"), &material);
    block_on(lab.train(Budget::steps(8))).unwrap();
    let folder = empty_folder("weights_alone", "figures");
    export(&mut *lab, &folder);
    let pictures: Vec<NamedPicture> =
        figures().into_iter().map(|(name, picture)| NamedPicture { name, picture }).collect();
    let rows: Vec<Vec<&[[u8; 4]]>> = pictures
        .iter()
        .map(|named| named.picture.pixels.as_chunks::<4>().0.chunks(named.picture.width).collect())
        .collect();
    fs::write(folder.join("inputs.json"), json!(rows).to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/weights_alone.py");
    let arguments = [&*script, Path::new("weights.safetensors"), Path::new("inputs.json")];
    let found: Value = serde_json::from_str(&python_with(Python::Weights, &folder, &arguments)).unwrap();
    let expected = block_on(lab.predict(Ask::default().with(pictures))).unwrap();
    assert_eq!(found["classes"], expected["classes"]);
    let numbers = |answer: &Value| {
        serde_json::from_value::<Vec<Vec<f64>>>(answer["probabilities"].clone()).unwrap().concat()
    };
    let pairs = numbers(&found).into_iter().zip(numbers(&expected));
    let farthest = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
    assert!(farthest <= 1e-5, "{farthest}");
}

#[test]
fn the_note_names_the_steps_from_a_picture_to_the_input() {
    let steps = |note: &Value| -> Vec<String> {
        note["input"]["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["step"].as_str().unwrap().into())
            .collect()
    };
    let material = site();
    let digits = note(&mut *open(&json!({ "task": "mnist", "train_size": 100 }), &material));
    assert_eq!(steps(&digits), ["over_white", "gray", "light_on_dark", "centred", "divide"]);
    assert_eq!(digits["input"]["height"], 28);
    assert_eq!((&digits["input"]["channels"], &digits["classes"][9]), (&json!(1), &json!("9")));
    assert!(digits["input"]["steps"][3]["size"].as_str().unwrap().contains("20"));
    let mut settings = small("happy_or_sad");
    let faces = note(&mut *open(&settings, &material));
    assert_eq!(steps(&faces), ["over_white", "nearest", "divide"]);
    assert_eq!(faces["input"]["width"], 64);
    assert_eq!(faces["answers"], json!({ "classes": ["happy", "sad"], "divided_by": 255.0 }));
    settings["labels"] = json!("as_written");
    settings["rescale_at_prediction"] = json!("as_written");
    let as_written = note(&mut *open(&settings, &material));
    assert_eq!(as_written["classes"], faces["classes"]);
    assert_eq!(as_written["answers"], json!({ "classes": ["sad", "happy"], "divided_by": 1.0 }));
}

#[test]
fn weights_for_other_classes_are_refused_and_evaluation_may_differ() {
    let material = site();
    let faces = small("happy_or_sad");
    let file = block_on(open(&faces, &material).export_model("safetensors")).unwrap();
    let error = block_on(open(&small("horse_or_human"), &material).import_model(&file)).unwrap_err();
    assert_eq!((&*error.code, &error.details["found"]), ("other_classes", &json!("happy, sad")));
    let mut as_written = faces.clone();
    as_written["labels"] = json!("as_written");
    as_written["rescale_at_prediction"] = json!("as_written");
    assert_eq!(block_on(open(&as_written, &material).import_model(&file)), Ok(None));
    // The document's own network has other sizes: the tensor is named.
    let mut other = faces;
    other["dense_units"] = json!(8);
    let error = block_on(open(&other, &material).import_model(&file)).unwrap_err();
    assert!(error.code == "bad_model" && error.message.contains("dense"), "{error}");
}
