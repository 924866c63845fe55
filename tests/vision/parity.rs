//! The vision networks against Keras in float64 (`tests/oracles/vision_keras.py`): same initial weights, same minibatches;
//! what every layer makes of a minibatch, all gradients, every loss of 50 steps of each optimiser of TensorFlow 2.0, the
//! running accuracy of every epoch, the last weights; and the summary tables of the document's networks.

#![cfg(feature = "tensors")]

use burn::tensor::Device;
use emberbook::nn::models::conv_net::ConvNetConfig;
use emberbook::nn::run::picture_replay::replay;
use pollster::block_on;
use serde_json::{Value, json};

const FIXTURE: &str = include_str!("../fixtures/vision_keras.json");
const TOLERANCE: f64 = 1e-4;

fn fixture() -> Value {
    serde_json::from_str(FIXTURE).unwrap()
}

fn replayed(options: Value) -> Result<Value, String> {
    let options = serde_json::from_value(options).map_err(|error| error.to_string())?;
    block_on(replay(options, &Device::flex())).map(|answer| json!(answer))
}

/// What a replay is given for one optimiser's run of a case.
fn options(case: &Value, run: &Value) -> Value {
    let mut options = json!({});
    for key in ["network", "classes", "pictures", "labels", "initial", "batches"] {
        options[key] = case[key].clone();
    }
    for key in ["optimizer", "learning_rate"] {
        options[key] = run[key].clone();
    }
    options
}

fn numbers(list: &Value) -> Vec<f64> {
    serde_json::from_value(list.clone()).unwrap()
}

/// The largest difference between two lists, which must be of one length.
fn worst(found: &Value, expected: &Value, of: &str) -> f64 {
    let (found, expected) = (numbers(found), numbers(expected));
    assert_eq!(found.len(), expected.len(), "{of}");
    found.iter().zip(&expected).map(|(f, e)| (f - e).abs()).fold(0.0, f64::max)
}

/// The largest difference between two lists of tensors, which must have the same names and sizes in any order.
fn worst_tensor(found: &Value, expected: &Value, of: &str) -> f64 {
    let (found, expected) = (found.as_array().unwrap(), expected.as_array().unwrap());
    assert_eq!(found.len(), expected.len(), "{of}");
    let difference = |tensor: &Value| {
        let of = format!("{of}: {}", tensor["name"]);
        let same = found.iter().find(|other| other["name"] == tensor["name"]).expect(&of);
        worst(&same["values"], &tensor["values"], &of)
    };
    expected.iter().map(difference).fold(0.0, f64::max)
}

#[test]
fn layers_gradients_losses_accuracies_and_weights_agree_with_keras() {
    for case in fixture()["cases"].as_array().unwrap() {
        for run in case["runs"].as_array().unwrap() {
            let of = format!("{}, {}", case["name"], run["optimizer"]);
            let found = replayed(options(case, run)).unwrap();
            let differences = [
                ("layers", worst_tensor(&found["layers"], &case["layers"], &of)),
                ("logits", worst(&found["logits"]["values"], &case["logits"]["values"], &of)),
                ("gradients", worst_tensor(&found["gradients"], &case["gradients"], &of)),
                ("losses", worst(&found["losses"], &run["losses"], &of)),
                ("accuracies", worst(&found["accuracies"], &run["accuracies"], &of)),
                ("weights", worst_tensor(&found["weights"], &run["weights"], &of)),
            ];
            for (what, difference) in differences {
                println!("{of}: {what} differ by {difference:.1e}");
                assert!(difference < TOLERANCE, "{of}: {what} differ by {difference:e}");
            }
            // The steps went somewhere: else the comparison would say nothing.
            assert!(worst_tensor(&case["initial"], &run["weights"], &of) > 100.0 * TOLERANCE, "{of}");
        }
    }
}

#[test]
fn summaries_are_those_of_keras() {
    for summary in fixture()["summaries"].as_array().unwrap() {
        let network = &summary["network"];
        let size = |name: &str| network[name].as_u64().unwrap() as usize;
        let config = ConvNetConfig {
            height: size("height"),
            width: size("width"),
            channels: size("channels"),
            filters: serde_json::from_value(network["filters"].clone()).unwrap(),
            kernel_size: size("kernel_size"),
            dense_units: size("dense_units"),
            outputs: size("outputs"),
        };
        config.check().unwrap();
        let found: Vec<Value> = config
            .layers()
            .iter()
            .map(|layer| {
                json!({ "name": layer.name, "kind": layer.kind, "shape": layer.shape, "parameters": layer.parameters })
            })
            .collect();
        assert_eq!(&Value::from(found), &summary["layers"], "{}", summary["name"]);
        assert_eq!(config.parameters(), summary["parameters"].as_u64().unwrap() as usize);
    }
}

#[test]
fn a_replay_that_does_not_fit_is_refused() {
    let fixture = fixture();
    let case = &fixture["cases"][0];
    let whole = options(case, &case["runs"][0]);
    for (key, value) in [
        ("network", json!({})),
        ("classes", json!(3)),
        ("pictures", json!([1, 2, 3])),
        ("pictures", json!([300])),
        ("labels", json!([])),
        ("labels", json!(vec![4; 24])),
        ("initial", json!([])),
        ("initial", json!([{ "name": "conv2d.kernel", "shape": [u64::MAX, 3, 1, 5], "values": [1.0] }])),
        ("batches", json!([])),
        ("batches", json!([[]])),
        ("batches", json!([[24]])),
        ("batches", json!([[0], [24]])),
        ("batches", json!([vec![0; 25]])),
        ("optimizer", json!("lion")),
        ("learning_rate", json!(null)),
    ] {
        let mut options = whole.clone();
        options[key] = value.clone();
        assert!(replayed(options).is_err(), "{key}: {value}");
    }
    for (key, value) in [
        ("height", json!(0)),
        ("height", json!(1u64 << 40)),
        ("filters", json!(vec![2; 40])),
        ("filters", json!([0])),
        ("kernel_size", json!(0)),
        ("dense_units", json!(1 << 19)),
        ("outputs", json!(0)),
    ] {
        let mut options = whole.clone();
        options["network"][key] = value.clone();
        assert!(replayed(options).is_err(), "{key}: {value}");
    }
}
