//! The iris lab through the trait every page uses.

#![cfg(feature = "tensors")]

use crate::common::{open, open_with, with_own_table};
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::Material;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};

fn train(lab: &mut dyn Lab, steps: u64) {
    block_on(lab.train(Budget::steps(steps))).unwrap();
}

fn whole_history(settings: &Value) -> Vec<Value> {
    let mut lab = open(settings.clone());
    train(&mut *lab, u64::MAX);
    lab.history(0)
}

#[test]
fn the_documents_run_records_every_step_and_twenty_four_evaluations() {
    let mut lab = open(json!({}));
    train(&mut *lab, u64::MAX);
    let history = lab.history(0);
    let training: Vec<&Value> = history.iter().filter(|point| point.get("loss").is_some()).collect();
    let evaluations: Vec<&Value> = history.iter().filter(|point| point.get("dev_loss").is_some()).collect();
    assert_eq!(training.len(), 1200);
    assert_eq!(training[1199]["step"], 1199);
    assert_eq!(
        (&training[0]["epoch"], &training[8]["epoch"], &training[1199]["epoch"]),
        (&json!(0), &json!(1), &json!(149))
    );
    let steps: Vec<i64> = evaluations.iter().map(|point| point["step"].as_i64().unwrap()).collect();
    let expected: Vec<i64> = (1..24).map(|i| i * 50).chain([1199]).collect();
    assert_eq!(steps, expected);
    let running: Vec<&Value> = history.iter().filter(|point| point.get("accuracy").is_some()).collect();
    let ends: Vec<i64> = running.iter().map(|point| point["step"].as_i64().unwrap()).collect();
    assert_eq!(
        ends,
        (1..=150).map(|epoch| 8 * epoch - 1).collect::<Vec<i64>>(),
        "the last step of each epoch"
    );
    assert!(running[149]["accuracy"].as_f64().unwrap() > 0.9);
    assert!(evaluations.iter().all(|point| point["dev_accuracy"].is_f64()));
    let progress = lab.progress();
    assert!(progress.finished && !progress.diverged);
    assert_eq!((progress.step, progress.total_steps, progress.epoch), (1200, 1200, 150));
    train(&mut *lab, 10);
    assert_eq!(lab.history(0), history, "a finished run stays as it is");
}

#[test]
fn the_same_seed_gives_the_same_history_however_the_run_is_cut() {
    for settings in [
        json!({ "epochs": 20 }),
        json!({ "epochs": 20, "optimizer": "adam", "learning_rate": 0.01, "split": "as_written", "hidden": [5, 4] }),
    ] {
        let whole = whole_history(&settings);
        assert_eq!(whole, whole_history(&settings));
        let mut lab = open(settings.clone());
        while !lab.progress().finished {
            train(&mut *lab, 7);
        }
        assert_eq!(lab.history(0), whole);
        let mut other = settings.clone();
        other["seed"] = json!(2);
        assert_ne!(whole_history(&other), whole);
    }
}

#[test]
fn a_resumed_run_equals_the_uninterrupted_one_with_every_optimiser() {
    for optimizer in ["sgd", "momentum", "adagrad", "rmsprop", "adam"] {
        let settings =
            json!({ "epochs": 20, "optimizer": optimizer, "learning_rate": 0.02, "checkpoint": "best_dev" });
        let mut whole = open(settings.clone());
        train(&mut *whole, 93);
        let checkpoint = block_on(whole.checkpoint()).unwrap();
        train(&mut *whole, u64::MAX);
        let mut resumed = open(settings.clone());
        block_on(resumed.restore(&checkpoint)).unwrap();
        assert_eq!(resumed.progress().step, 93);
        train(&mut *resumed, u64::MAX);
        assert_eq!(resumed.history(0), whole.history(0), "{optimizer}");
        for split in ["train", "test"] {
            assert_eq!(block_on(resumed.evaluate(split)), block_on(whole.evaluate(split)), "{optimizer}");
        }
        // Back again in the same lab: a checkpoint rewinds too.
        block_on(resumed.restore(&checkpoint)).unwrap();
        assert_eq!(resumed.progress().step, 93);
        assert_eq!(
            resumed.history(0).len(),
            whole.history(0).iter().filter(|p| p["step"].as_u64() < Some(93)).count()
        );
    }
}

#[test]
fn a_checkpoint_that_does_not_fit_is_refused_and_nothing_is_lost() {
    let mut lab = open(json!({ "epochs": 5 }));
    train(&mut *lab, 10);
    let own = block_on(lab.checkpoint()).unwrap();
    let history = lab.history(0);
    let mut other = open(json!({ "epochs": 5, "hidden": [7] }));
    train(&mut *other, 10);
    let mut longer = open(json!({ "epochs": 9 }));
    train(&mut *longer, 60);
    let wrong = [
        block_on(other.checkpoint()).unwrap(),
        block_on(longer.checkpoint()).unwrap(),
        block_on(lab.export_model("safetensors")).unwrap(),
        own[..own.len() / 2].to_vec(),
        b"no checkpoint".to_vec(),
        Vec::new(),
    ];
    for bytes in wrong {
        assert_eq!(block_on(lab.restore(&bytes)).unwrap_err().code, "bad_checkpoint");
        assert_eq!(lab.history(0), history);
    }
    block_on(lab.restore(&own)).unwrap();
}

#[test]
fn weights_go_out_and_come_back_in_both_formats() {
    let mut lab = open(json!({ "epochs": 30, "init_std": 0.5 }));
    train(&mut *lab, u64::MAX);
    let flower = json!([[5.1, 3.5, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]]);
    let expected = block_on(lab.predict(flower.clone().into())).unwrap();
    for format in ["safetensors", "burnpack"] {
        let file = block_on(lab.export_model(format)).unwrap();
        let mut fresh = open(json!({ "epochs": 30 }));
        assert_ne!(block_on(fresh.predict(flower.clone().into())).unwrap(), expected);
        block_on(fresh.import_model(&file)).unwrap();
        assert_eq!(block_on(fresh.predict(flower.clone().into())).unwrap(), expected, "{format}");
        assert_eq!(fresh.progress().step, 0);
        let mut other = open(json!({ "hidden": [3] }));
        let before = block_on(other.predict(flower.clone().into())).unwrap();
        let error = block_on(other.import_model(&file)).unwrap_err();
        assert_eq!(error.code, "bad_model", "{error}");
        assert_eq!(block_on(other.predict(flower.clone().into())).unwrap(), before);
    }
    assert_eq!(block_on(lab.export_model("pickle")).unwrap_err().code, "unknown_format");
}

#[test]
fn weights_that_are_not_finite_are_refused() {
    let mut lab = open(json!({}));
    let mut file = block_on(lab.export_model("safetensors")).unwrap();
    let end = file.len();
    file[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    let error = block_on(lab.import_model(&file)).unwrap_err();
    assert!(error.code == "bad_model" && error.message.contains("finite"), "{error}");
}

#[test]
fn the_exported_file_has_pytorchs_names_and_layout() {
    let mut lab = open(json!({}));
    let file = block_on(lab.export_model("safetensors")).unwrap();
    let tensors = safetensors::SafeTensors::deserialize(&file).unwrap();
    for (name, shape) in
        [("fc1.weight", vec![6, 4]), ("fc1.bias", vec![6]), ("fc2.weight", vec![3, 6]), ("fc2.bias", vec![3])]
    {
        assert_eq!(tensors.tensor(name).unwrap().shape(), shape);
    }
    assert_eq!(tensors.len(), 4);
}

#[test]
fn a_loss_that_is_not_finite_ends_the_run_and_stands_as_null() {
    let settings = json!({ "learning_rate": 10.0, "optimizer": "momentum", "activation": "relu", "init_std": 2.0, "hidden": [64, 64, 64, 64] });
    let mut lab = open(settings);
    train(&mut *lab, u64::MAX);
    let progress = lab.progress();
    assert!(progress.diverged && progress.finished, "{progress:?}");
    let history = lab.history(0);
    let last = history.iter().rev().find(|point| point.get("loss").is_some()).unwrap();
    assert_eq!(last["loss"], Value::Null);
    assert_eq!(last["step"], progress.step - 1);
    assert!(history.iter().filter(|p| p.get("loss").is_some_and(Value::is_null)).count() == 1);
    let checkpoint = block_on(lab.checkpoint()).unwrap();
    block_on(lab.restore(&checkpoint)).unwrap();
    assert!(lab.progress().diverged);
}

#[test]
fn predictions_are_probabilities_and_bad_rows_are_named() {
    let mut lab =
        open(json!({ "features": ["petal_length", "petal_width"], "init_std": 0.5, "init_bias": 0.0 }));
    train(&mut *lab, u64::MAX);
    let by_two = block_on(lab.predict(json!([[1.4, 0.2], [6.0, 2.4]]).into())).unwrap();
    assert_eq!(by_two["classes"], json!(["setosa", "virginica"]));
    for row in by_two["probabilities"].as_array().unwrap() {
        let sum: f64 = row.as_array().unwrap().iter().map(|p| p.as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-6);
    }
    // A whole row of the table serves too: the chosen features are picked from it.
    let by_four = block_on(lab.predict(json!([[5.1, 3.5, 1.4, 0.2], [6.5, 3.1, 6.0, 2.4]]).into())).unwrap();
    assert_eq!(by_two, by_four);
    for (input, row, column) in [
        (json!([[1.4, "wide"]]), 1, 2),
        (json!([[1.4, 0.2], [1.0]]), 2, 1),
        (json!([[1.4, 0.2], null]), 2, 1),
        (json!("5.1"), 1, 1),
        (json!([]), 0, 1),
        (json!([[1e300, 0.2]]), 1, 1),
    ] {
        let error = block_on(lab.predict(input.clone().into())).unwrap_err();
        assert_eq!(error.code, "bad_input");
        assert_eq!(
            (&error.details["row"], &error.details["column"]),
            (&json!(row), &json!(column)),
            "{input}"
        );
    }
}

#[test]
fn evaluation_names_its_splits() {
    let mut lab = open(json!({ "epochs": 1 }));
    for split in ["train", "dev", "test"] {
        let result = block_on(lab.evaluate(split)).unwrap();
        assert!((result["loss"].as_f64().unwrap() - 3f64.ln()).abs() < 0.05);
    }
    let error = block_on(lab.evaluate("validation")).unwrap_err();
    assert_eq!((error.code.as_str(), &error.details["split"]), ("unknown_split", &json!("validation")));
}

#[test]
fn a_look_inside_shows_data_network_regions_and_code() {
    let mut lab = open(json!({ "split": "as_written" }));
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    assert_eq!(data["rows"].as_array().unwrap().len(), 150);
    assert_eq!(data["rows"][0], json!([5.1, 3.5, 1.4, 0.2]));
    assert!(data["split"].as_array().unwrap().contains(&json!("train+test")));
    let network = block_on(lab.inspect("network", json!({}).into())).unwrap();
    assert_eq!(network["parameters"], 51);
    assert_eq!(network["tensors"][0]["shape"], json!([4, 6]));
    let options = json!({ "x": "petal_length", "y": "petal_width", "columns": 12, "rows": 10 });
    let regions = block_on(lab.inspect("regions", options.into())).unwrap();
    assert_eq!(regions["classes"].as_array().unwrap().len(), 120);
    for bad in [
        json!({}),
        json!({ "x": "petal_length", "y": "height" }),
        json!({ "x": "petal_length", "y": "petal_width", "rows": 1_000_000 }),
        json!({ "x": "petal_length", "y": "petal_width", "at": [1.0] }),
    ] {
        assert_eq!(block_on(lab.inspect("regions", bad.into())).unwrap_err().code, "bad_input");
    }
    let code = block_on(lab.inspect("code", json!({}).into())).unwrap();
    assert!(code["rust"]["text"].as_str().unwrap().contains("burn"));
    assert!(code["python"]["text"].as_str().unwrap().contains("torch"));
    assert_eq!(block_on(lab.inspect("soul", json!({}).into())).unwrap_err().code, "unknown_inspection");
}

#[test]
fn goals_are_judged_by_the_run() {
    let mut lab = open(json!({}));
    assert!(lab.goals().iter().all(|goal| !goal.passed && goal.value.is_none()));
    train(&mut *lab, u64::MAX);
    let goals = lab.goals();
    assert_eq!(goals[0].id, "plateau");
    assert!(!goals[0].passed && goals[0].value.unwrap() > 0.9, "the document's run stays on its plateau");
    let mut other = open(json!({ "init_std": 0.5, "init_bias": 0.0 }));
    train(&mut *other, u64::MAX);
    assert!(other.goals()[0].passed, "{:?}", other.goals());
}

#[test]
fn one_feature_and_a_single_batch_train_too() {
    let mut lab = open(json!({ "features": ["petal_width"], "hidden": [], "batch_size": 120, "epochs": 3 }));
    train(&mut *lab, u64::MAX);
    assert_eq!(lab.history(0).iter().filter(|p| p.get("loss").is_some()).count(), 3);
    block_on(lab.inspect("regions", json!({ "x": "petal_width", "y": "petal_width" }).into())).unwrap();
}

#[test]
fn an_evaluation_of_no_rows_has_no_figure() {
    let text = include_str!("../fixtures/tables/six_rows.csv");
    let material = with_own_table("iris", "six_rows.csv", text, Material::default());
    for (model, loss) in [("mlp", true), ("softmax", true), ("svm", false)] {
        let mut lab = open_with(json!({ "model": model, "epochs": 3, "eval_steps": 1 }), &material).unwrap();
        train(&mut *lab, u64::MAX);
        let mut expected = json!({ "accuracy": null, "rows": 0 });
        if loss {
            expected["loss"] = Value::Null;
        }
        assert_eq!(block_on(lab.evaluate("test")).unwrap(), expected, "{model}");
        let seen = block_on(lab.evaluate("train")).unwrap();
        assert!(seen["accuracy"].is_f64() && seen["rows"] == 6, "{model}: {seen}");
        let ask = json!({ "x": "width", "y": "height", "columns": 2, "rows": 2, "at": [1.0, 9.0] });
        let compared = block_on(lab.inspect("comparison", Ask::from(ask))).unwrap();
        assert_eq!(compared["models"][0]["accuracy"]["test"], Value::Null);
        assert_eq!(compared["models"][0]["without"], json!([null, null]));
        assert!(compared["models"][0]["accuracy"]["train"].is_f64());
    }
}

#[test]
fn the_largest_seed_draws_as_any_other() {
    let largest = json!({ "seed": 4_294_967_295_u32, "epochs": 2 });
    let one = whole_history(&largest);
    assert_eq!(one, whole_history(&largest));
    assert_ne!(one, whole_history(&json!({ "seed": 4_294_967_294_u32, "epochs": 2 })));
    assert_ne!(one, whole_history(&json!({ "seed": 0, "epochs": 2 })));
}
