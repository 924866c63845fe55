//! The iris network against a float64 oracle (`tests/oracles/iris_mlp.py`): same initial weights, same minibatches,
//! every loss compared.

#![cfg(feature = "flex")]

use crate::common::open;
use pollster::block_on;
use serde_json::{Value, json};

const FIXTURE: &str = include_str!("../fixtures/iris_mlp.json");

#[test]
fn losses_agree_with_the_oracle() {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    for case in fixture["cases"].as_array().unwrap() {
        let mut lab = open(case["settings"].clone());
        let options = json!({ "weights": case["weights"], "batches": case["batches"] });
        let answer = block_on(lab.inspect("replay", options.into())).unwrap();
        let found: Vec<f64> = serde_json::from_value(answer["losses"].clone()).unwrap();
        let expected: Vec<f64> = serde_json::from_value(case["losses"].clone()).unwrap();
        assert_eq!(found.len(), expected.len());
        let worst = found.iter().zip(&expected).map(|(f, e)| ((f - e) / e).abs()).fold(0.0, f64::max);
        println!("{}: worst relative difference {worst:.2e} over {} steps", case["name"], found.len());
        assert!(worst < 1e-5, "{}: {worst:e}", case["name"]);
        assert_eq!(lab.progress().step, 0, "a replay leaves the lab's own run alone");
    }
}

#[test]
fn a_replay_that_does_not_fit_is_refused() {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    let case = &fixture["cases"][0];
    let mut lab = open(json!({}));
    for (weights, batches) in [
        (case["weights"].clone(), json!([[0, 150]])),
        (case["weights"].clone(), json!([[]])),
        (json!([case["weights"][0]]), json!([[0]])),
        (json!([{ "name": "fc1.weight", "shape": [6, 4], "values": [1.0] }]), json!([[0]])),
        (json!("weights"), json!([[0]])),
    ] {
        let options = json!({ "weights": weights, "batches": batches });
        assert_eq!(block_on(lab.inspect("replay", options.into())).unwrap_err().code, "bad_input");
    }
}
