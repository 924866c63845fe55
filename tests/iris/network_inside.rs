//! What the iris lab says of the inside of its network, against finite differences, real steps and networks made by
//! hand.

#![cfg(feature = "tensors")]

use crate::common::open;
use emberbook::lab::Lab;
use emberbook::nn::layers::parameters::NamedTensor;
use emberbook::nn::run::container::Container;
use emberbook::nn::run::weights::to_safetensors;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};

fn train(lab: &mut dyn Lab, steps: u64) {
    block_on(lab.train(Budget::steps(steps))).unwrap();
}

fn look(lab: &mut dyn Lab, what: &str) -> Value {
    block_on(lab.inspect(what, json!({}).into())).unwrap()
}

/// The weights as PyTorch keeps them: `[outputs, inputs]`.
fn weights(lab: &mut dyn Lab) -> Vec<NamedTensor> {
    let file = block_on(lab.export_model("safetensors")).unwrap();
    Container::from_bytes(&file).unwrap().tensors("")
}

fn set_weights(lab: &mut dyn Lab, tensors: Vec<NamedTensor>) {
    block_on(lab.import_model(&to_safetensors(tensors, String::new()))).unwrap();
}

fn tensor<'a>(tensors: &'a mut [NamedTensor], name: &str) -> &'a mut NamedTensor {
    tensors.iter_mut().find(|tensor| tensor.name == name).unwrap()
}

/// A figure of `tensors` or `layers`, by name.
fn figure(dynamics: &Value, list: &str, name: &str, figure: &str) -> f64 {
    let all = dynamics[list].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap()[figure].as_f64().unwrap()
}

fn norm(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|value| value * value).sum::<f64>().sqrt()
}

fn assert_near(found: f64, expected: f64, share: f64, what: &str) {
    assert!((found - expected).abs() <= share * expected.abs(), "{what}: {found} for {expected}");
}

#[test]
fn gradient_norms_agree_with_finite_differences_of_the_loss() {
    const H: f32 = 5e-3;
    for activation in ["sigmoid", "tanh"] {
        let settings =
            json!({ "hidden": [5, 4], "activation": activation, "init_std": 0.8, "init_bias": 0.3 });
        let mut lab = open(settings);
        let dynamics = look(&mut *lab, "dynamics");
        let start = weights(&mut *lab);
        let mut loss = |tensor: usize, index: usize, by: f32| {
            let mut moved = start.clone();
            moved[tensor].values[index] += by;
            set_weights(&mut *lab, moved);
            block_on(lab.evaluate("train")).unwrap()["loss"].as_f64().unwrap()
        };
        assert_near(dynamics["loss"].as_f64().unwrap(), loss(0, 0, 0.0), 1e-6, "loss");
        for (index, parameter) in start.iter().enumerate() {
            let slopes = (0..parameter.values.len())
                .map(|value| (loss(index, value, H) - loss(index, value, -H)) / (2.0 * f64::from(H)));
            let expected = norm(slopes);
            assert!(expected > 0.005, "{} has a gradient to compare: {expected}", parameter.name);
            let found = figure(&dynamics, "tensors", &parameter.name, "gradient_norm");
            assert_near(found, expected, 1e-3, &format!("{activation} {}", parameter.name));
            let values = parameter.values.iter().map(|value| f64::from(*value));
            assert_near(
                figure(&dynamics, "tensors", &parameter.name, "weight_norm"),
                norm(values),
                1e-6,
                "norm",
            );
        }
        let parts = ["fc1.weight", "fc1.bias"];
        let both = norm(parts.iter().map(|name| figure(&dynamics, "tensors", name, "gradient_norm")));
        assert_near(figure(&dynamics, "layers", "hidden1", "gradient_norm"), both, 1e-9, "a layer");
    }
}

#[test]
fn the_update_of_sgd_is_the_learning_rate_times_the_gradient() {
    let mut lab = open(json!({ "init_std": 0.5, "init_bias": 0.0, "learning_rate": 0.3 }));
    train(&mut *lab, 40);
    let dynamics = look(&mut *lab, "dynamics");
    assert_eq!(dynamics["step"], 40);
    for name in ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"] {
        let of = |what: &str| figure(&dynamics, "tensors", name, what);
        assert_near(of("update_norm"), 0.3 * of("gradient_norm"), 1e-4, name);
        assert_near(of("ratio"), of("update_norm") / of("weight_norm"), 1e-9, name);
    }
}

/// With the whole training set as one minibatch, the next step is the one that was foretold, whatever running means
/// the optimiser has gathered.
#[test]
fn the_update_foretold_is_the_update_made_with_every_optimiser() {
    for optimizer in ["sgd", "momentum", "adagrad", "rmsprop", "adam"] {
        let settings =
            json!({ "optimizer": optimizer, "learning_rate": 0.05, "batch_size": 120, "init_std": 0.5 });
        let mut lab = open(settings);
        train(&mut *lab, 30);
        let dynamics = look(&mut *lab, "dynamics");
        let before = weights(&mut *lab);
        train(&mut *lab, 1);
        for (old, new) in before.iter().zip(weights(&mut *lab)) {
            let made = norm(old.values.iter().zip(new.values).map(|(old, new)| f64::from(new - old)));
            let foretold = figure(&dynamics, "tensors", &old.name, "update_norm");
            assert_near(foretold, made, 1e-3, &format!("{optimizer} {}", old.name));
        }
    }
}

#[test]
fn the_documents_units_are_all_equal_at_the_start_and_none_is_after_training() {
    let mut lab = open(json!({}));
    let start = look(&mut *lab, "dynamics");
    let hidden = &start["hidden"][0];
    assert_eq!((&hidden["equal"], &hidden["pairs"]), (&json!(6), &json!(15)));
    assert_eq!(hidden["groups"], json!([[0, 1, 2, 3, 4, 5]]));
    assert_eq!(start["guessing"], true);
    let mut largest = hidden["difference"][1].as_f64().unwrap();
    for step in [100, 200, 300, 400] {
        train(&mut *lab, 100);
        let now = look(&mut *lab, "dynamics");
        let difference = now["hidden"][0]["difference"][1].as_f64().unwrap();
        assert!(difference > 1.4 * largest, "the units drift apart: {difference} at step {step}");
        largest = difference;
        // The loss waits until they have.
        assert_eq!(now["guessing"], step <= 300, "{step}");
    }
    train(&mut *lab, u64::MAX);
    let end = look(&mut *lab, "dynamics");
    assert_eq!((&end["hidden"][0]["equal"], &end["hidden"][0]["pairs"]), (&json!(0), &json!(0)));
    assert_eq!(end["guessing"], false);
    // With weights of a usable size they differ from the start.
    let different = look(&mut *open(json!({ "init_std": 0.5, "init_bias": 0.0 })), "dynamics");
    assert_eq!(different["hidden"][0]["equal"], 0);
}

#[test]
fn units_that_say_the_same_to_every_row_are_dead() {
    for (activation, weight, bias) in
        [("relu", -1.0, -0.5), ("sigmoid", 0.0, 9.0), ("sigmoid", -1.0, -9.0), ("tanh", 1.0, -9.0)]
    {
        let mut lab = open(json!({ "activation": activation, "init_std": 0.5, "init_bias": 0.1 }));
        let before = look(&mut *lab, "dynamics");
        assert_eq!(before["hidden"][0]["dead"], json!([]), "{activation}");
        let mut tensors = weights(&mut *lab);
        let incoming = 4 * 2..4 * 3;
        tensor(&mut tensors, "fc1.weight").values[incoming].fill(weight);
        tensor(&mut tensors, "fc1.bias").values[2] = bias;
        set_weights(&mut *lab, tensors);
        let after = look(&mut *lab, "dynamics");
        assert_eq!(after["hidden"][0]["dead"], json!([2]), "{activation}");
    }
}

#[test]
fn activations_are_those_of_the_forward_pass_for_each_hidden_layer() {
    type Function = fn(f64) -> f64;
    let functions: [(&str, Function); 3] =
        [("sigmoid", |z| 1.0 / (1.0 + (-z).exp())), ("tanh", f64::tanh), ("relu", |z| z.max(0.0))];
    for (name, function) in functions {
        let mut lab = open(json!({ "hidden": [5, 3], "activation": name, "init_std": 0.7 }));
        train(&mut *lab, 20);
        let answer = look(&mut *lab, "activations");
        let (rows, labels) = (answer["rows"].as_array().unwrap(), answer["labels"].as_array().unwrap());
        assert_eq!((rows.len(), labels.len()), (150, 150));
        assert!(labels.is_sorted_by_key(Value::as_u64), "rows are grouped by class");
        let data = look(&mut *lab, "data");
        let column = |index: usize| {
            let of = |row: &Value| row[index].as_f64().unwrap();
            data["rows"].as_array().unwrap().iter().map(of).collect::<Vec<f64>>()
        };
        let columns: Vec<Vec<f64>> = (0..4).map(column).collect();
        let tensors = weights(&mut *lab);
        for index in [0, 74, 149] {
            let row = rows[index].as_u64().unwrap() as usize;
            assert_eq!(data["labels"][row], labels[index]);
            let mut values: Vec<f64> = columns
                .iter()
                .map(|column| {
                    let low = column.iter().copied().fold(f64::INFINITY, f64::min);
                    let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    (column[row] - low) / (high - low)
                })
                .collect();
            for (layer, answered) in answer["layers"].as_array().unwrap().iter().enumerate() {
                let find = |part: &str| {
                    let name = format!("fc{}.{part}", layer + 1);
                    tensors.iter().find(|tensor| tensor.name == name).unwrap()
                };
                let rows = find("weight").values.chunks_exact(values.len());
                values = rows
                    .zip(&find("bias").values)
                    .map(|(row, bias)| {
                        let sum: f64 = row.iter().zip(&values).map(|(w, x)| f64::from(*w) * x).sum();
                        function(sum + f64::from(*bias))
                    })
                    .collect();
                for (unit, expected) in values.iter().enumerate() {
                    let found = answered["values"][index * values.len() + unit].as_f64().unwrap();
                    assert!((found - expected).abs() < 1e-5, "{name} {layer} {unit}: {found} {expected}");
                }
            }
        }
    }
}

#[test]
fn a_run_that_is_looked_into_is_the_same_bit_for_bit() {
    for optimizer in ["sgd", "adam"] {
        let settings = json!({ "epochs": 10, "optimizer": optimizer, "learning_rate": 0.05 });
        let mut unseen = open(settings.clone());
        train(&mut *unseen, u64::MAX);
        let mut seen = open(settings);
        while !seen.progress().finished {
            look(&mut *seen, "dynamics");
            look(&mut *seen, "activations");
            train(&mut *seen, 7);
        }
        assert_eq!(seen.history(0), unseen.history(0), "{optimizer}");
        assert_eq!(weights(&mut *seen), weights(&mut *unseen), "{optimizer}");
    }
}

/// Step by which the mean loss of an epoch is below 0.9, the lesson's goal; the median of ten seeds (of the two in the
/// middle the larger).
fn leaves_the_plateau(settings: &Value) -> u64 {
    let mut steps: Vec<u64> = (1..=10)
        .map(|seed| {
            let mut settings = settings.clone();
            settings["seed"] = json!(seed);
            let mut lab = open(settings);
            (1..=150)
                .find(|epoch| {
                    train(&mut *lab, 8);
                    let points = lab.history(8 * (epoch - 1));
                    points.iter().filter_map(|point| point["loss"].as_f64()).sum::<f64>() < 8.0 * 0.9
                })
                .expect("every one of these runs learns")
                * 8
        })
        .collect();
    steps.sort_unstable();
    steps[5]
}

/// The page says of each remedy about when the loss passes 0.9 (`ui.dynamics.remedies`).
#[test]
fn the_remedies_do_what_the_page_says_of_them() {
    let offered = look(&mut *open(json!({})), "dynamics")["remedies"].as_array().unwrap().clone();
    let said = [("spread", 96..=128), ("bias", 384..=440), ("momentum", 72..=88), ("adam", 96..=128)];
    assert_eq!(offered.len(), said.len());
    for (remedy, (name, steps)) in offered.iter().zip(said) {
        assert_eq!(remedy["name"], name);
        let found = leaves_the_plateau(&remedy["settings"]);
        assert!(steps.contains(&found), "{name}: step {found}");
    }
    let as_it_is = leaves_the_plateau(&json!({}));
    assert!((440..=496).contains(&as_it_is), "the document's own settings: step {as_it_is}");
}

#[test]
fn a_model_that_is_no_network_has_no_inside() {
    let mut lab = open(json!({ "model": "softmax" }));
    for what in ["activations", "dynamics"] {
        assert_eq!(block_on(lab.inspect(what, json!({}).into())).unwrap_err().code, "no_network");
    }
    let mut linear = open(json!({ "hidden": [] }));
    assert_eq!(look(&mut *linear, "activations")["layers"], json!([]));
    assert_eq!(look(&mut *linear, "dynamics")["layers"].as_array().unwrap().len(), 1);
}
