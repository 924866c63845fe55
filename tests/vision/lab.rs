//! The vision lab through the contract: training, putting away and taking up again, weights in and out, looks inside.

#![cfg(feature = "tensors")]

use crate::common::bars::{bar, idx};
use crate::common::open_lesson;
use emberbook::data::pictures::{NamedPicture, Picture};
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::rc::Rc;

fn material() -> Material {
    let some = |range: std::ops::Range<usize>| range.map(|i| (i * 7 % 10, i)).collect::<Vec<_>>();
    let pack = [idx(&some(0..300)), idx(&some(300..400))].concat().concat();
    let material = Material::default();
    material.files.add("mnist_10k.bin", Content::Bytes(Rc::new(pack)));
    material
}

fn open(more: Value) -> Box<dyn Lab> {
    let mut settings = json!({
        "task": "mnist", "train_size": 200, "filters": [4], "dense_units": 16, "epochs": 6, "batch_size": 20
    });
    settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    open_lesson("vision", settings, &material()).unwrap()
}

fn train(lab: &mut dyn Lab, steps: u64) {
    block_on(lab.train(Budget::steps(steps))).unwrap();
}

fn ask(lab: &mut dyn Lab, what: &str, options: Value) -> Value {
    block_on(lab.inspect(what, options.into())).unwrap()
}

#[test]
fn it_learns_and_records_each_step_and_each_epoch() {
    let mut lab = open(json!({}));
    train(&mut *lab, u64::MAX);
    let progress = lab.progress();
    assert!(progress.finished && progress.step <= 60);
    let history = lab.history(0);
    let of = |name: &str| history.iter().filter(|point| !point[name].is_null()).count() as u64;
    assert_eq!(of("loss"), progress.step);
    assert_eq!((of("accuracy"), of("validation_accuracy")), (progress.step / 10, progress.step / 10));
    let test = block_on(lab.evaluate("test")).unwrap();
    assert!(test["accuracy"].as_f64().unwrap() > 0.9, "{test}");
    assert_eq!(test["rows"], 100);
    assert_eq!(block_on(lab.evaluate("valid")).unwrap(), test, "the pictures held out have both names");
    assert_eq!(block_on(lab.evaluate("train")).unwrap()["rows"], 200);
    assert_eq!(block_on(lab.evaluate("dev")).unwrap_err().code, "unknown_split");
}

#[test]
fn a_run_ends_after_the_epoch_whose_running_accuracy_is_high_enough() {
    let mut lab = open(json!({ "stop_at_accuracy": 0.6, "epochs": 50 }));
    train(&mut *lab, u64::MAX);
    let progress = lab.progress();
    assert!(progress.finished && progress.step < progress.total_steps && progress.step.is_multiple_of(10));
    let accuracies: Vec<f64> = lab.history(0).iter().filter_map(|point| point["accuracy"].as_f64()).collect();
    let (last, before) = accuracies.split_last().unwrap();
    assert!(*last > 0.6 && before.iter().all(|accuracy| *accuracy <= 0.6), "{accuracies:?}");
    train(&mut *lab, 5);
    assert_eq!(lab.progress().step, progress.step);
}

#[test]
fn a_run_taken_up_again_equals_one_that_was_not_put_away() {
    for more in [json!({}), json!({ "augment": "on", "optimizer": "rmsprop" })] {
        let mut whole = open(more.clone());
        train(&mut *whole, 33);
        let mut parts = open(more.clone());
        train(&mut *parts, 14);
        let put_away = block_on(parts.checkpoint()).unwrap();
        let mut resumed = open(more);
        block_on(resumed.restore(&put_away)).unwrap();
        train(&mut *resumed, 19);
        assert_eq!(whole.history(0), resumed.history(0));
        let weights = |lab: &mut Box<dyn Lab>| block_on(lab.export_model("safetensors")).unwrap();
        assert_eq!(weights(&mut whole), weights(&mut resumed));
    }
}

#[test]
fn weights_leave_in_keras_names_and_come_back() {
    let mut lab = open(json!({}));
    train(&mut *lab, 30);
    let picture = || NamedPicture {
        name: "three.png".into(),
        picture: Picture { width: 28, height: 28, channels: 1, pixels: bar(3, 1) },
    };
    let expected = block_on(lab.predict(Ask::default().with(vec![picture()]))).unwrap();
    assert_eq!(expected["classes"].as_array().unwrap().len(), 1);
    let sum: f64 = expected["probabilities"][0].as_array().unwrap().iter().filter_map(Value::as_f64).sum();
    assert!((sum - 1.0).abs() < 1e-5);
    for format in ["safetensors", "burnpack"] {
        let file = block_on(lab.export_model(format)).unwrap();
        let mut other = open(json!({ "seed": 9 }));
        block_on(other.import_model(&file)).unwrap();
        assert_eq!(
            block_on(other.predict(Ask::default().with(vec![picture()]))).unwrap(),
            expected,
            "{format}"
        );
        assert_eq!(other.progress().step, 0);
    }
    let file = block_on(lab.export_model("safetensors")).unwrap();
    let header = u64::from_le_bytes(file[..8].try_into().unwrap()) as usize;
    let text = String::from_utf8_lossy(&file[8..8 + header]).to_string();
    for name in ["conv2d.kernel", "conv2d.bias", "dense.kernel", "dense_1.bias"] {
        assert!(text.contains(name), "{name}");
    }
    let mut smaller = open(json!({ "dense_units": 15 }));
    let refused = block_on(smaller.import_model(&file)).unwrap_err();
    assert_eq!(refused.code, "bad_model");
    assert!(refused.message.contains("dense"), "{refused}");
}

#[test]
fn the_summary_is_that_of_the_documents_network() {
    let mut lab = open(json!({ "filters": [16], "dense_units": 128 }));
    let summary = ask(&mut *lab, "summary", json!({}));
    assert_eq!(summary["parameters"], 347_690);
    let rows: Vec<(String, Value, Value)> = summary["layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| (l["name"].as_str().unwrap().to_string(), l["shape"].clone(), l["parameters"].clone()))
        .collect();
    let expected = [
        ("conv2d", json!([26, 26, 16]), 160),
        ("max_pooling2d", json!([13, 13, 16]), 0),
        ("flatten", json!([2704]), 0),
        ("dense", json!([128]), 346_240),
        ("dense_1", json!([10]), 1_290),
    ];
    for (row, (name, shape, parameters)) in rows.iter().zip(expected) {
        assert_eq!(row, &(name.to_string(), shape, json!(parameters)));
    }
    assert_eq!(rows.len(), 5);
}

#[test]
fn maps_of_every_layer_have_their_names_and_sizes() {
    let mut lab = open(json!({ "filters": [4, 6] }));
    train(&mut *lab, 20);
    let maps = ask(&mut *lab, "maps", json!({ "split": "test", "index": 3, "most": 5 }));
    let layers = maps["layers"].as_array().unwrap();
    let names: Vec<&str> = layers.iter().map(|layer| layer["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["conv2d", "max_pooling2d", "conv2d_1", "max_pooling2d_1", "dense"]);
    let sizes: Vec<[u64; 4]> = layers
        .iter()
        .map(|layer| ["height", "width", "channels", "shown"].map(|key| layer[key].as_u64().unwrap()))
        .collect();
    assert_eq!(sizes, [[26, 26, 4, 4], [13, 13, 4, 4], [11, 11, 6, 5], [5, 5, 6, 5], [1, 1, 16, 5]]);
    let fields: Vec<[u64; 2]> =
        layers.iter().map(|l| ["size", "step"].map(|key| l["field"][key].as_u64().unwrap())).collect();
    assert_eq!(fields[..4], [[3, 1], [4, 2], [8, 2], [10, 4]]);
    for layer in layers {
        let zeros = layer["zeros"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&zeros));
    }
    let own = NamedPicture {
        name: "own.png".into(),
        picture: Picture { width: 50, height: 40, channels: 3, pixels: vec![90; 6_000] },
    };
    let answer = block_on(lab.inspect("maps", Ask::default().with(vec![own]))).unwrap();
    assert_eq!(answer["layers"].as_array().unwrap().len(), 5);
    let beyond = block_on(lab.inspect("maps", json!({ "index": 100 }).into())).unwrap_err();
    assert_eq!(beyond.code, "bad_input");
}

#[test]
fn pictures_and_mistakes_are_listed_with_their_classes() {
    let mut lab = open(json!({}));
    let gallery = ask(&mut *lab, "pictures", json!({ "split": "train", "count": 20, "order": "classes" }));
    assert_eq!(gallery["total"], 200);
    let labels: Vec<u64> =
        gallery["pictures"].as_array().unwrap().iter().map(|p| p["label"].as_u64().unwrap()).collect();
    assert_eq!(labels, (0..10).flat_map(|class| [class, class]).collect::<Vec<u64>>());
    let wrong = ask(&mut *lab, "mistakes", json!({ "split": "test", "count": 5 }));
    let confusion = ask(&mut *lab, "confusion", json!({ "split": "test" }));
    assert_eq!(wrong["mistakes"], confusion["mistakes"]);
    assert_eq!(wrong["pictures"].as_array().unwrap().len(), 5);
    let counted: u64 = confusion["counts"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row.as_array().unwrap())
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(counted, 100);
    let filters = ask(&mut *lab, "filters", json!({}));
    assert_eq!(filters["layers"][0]["values"].as_array().unwrap().len(), 36);
    assert_eq!(
        block_on(lab.inspect("pictures", json!({ "split": "train", "count": 65 }).into())).unwrap_err().code,
        "bad_input"
    );
}

#[test]
fn a_feed_forward_network_has_no_maps_but_its_dense_layer() {
    let mut lab = open(json!({ "filters": [] }));
    train(&mut *lab, 60);
    let maps = ask(&mut *lab, "maps", json!({}));
    assert_eq!(maps["layers"].as_array().unwrap().len(), 1);
    let goals = lab.goals();
    assert_eq!(
        goals.iter().map(|goal| goal.id.as_str()).collect::<Vec<_>>(),
        ["mnist_998", "mnist_feed_forward"]
    );
    assert!(goals[1].passed && !goals[0].passed, "{goals:?}");
}

#[test]
fn what_cannot_be_opened_says_why() {
    let open = |settings: Value| open_lesson("vision", settings, &material()).err().unwrap();
    let small = open(json!({ "task": "mnist", "filters": [4, 4, 4, 4] }));
    assert_eq!(small.code, "picture_too_small");
    assert_eq!(open(json!({ "task": "horse_or_human" })).code, "data_missing");
}
