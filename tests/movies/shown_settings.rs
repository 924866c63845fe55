//! A setting is shown only where it does something: with each dataset and model, another value of a setting that has a
//! meaning changes the history of a run or an answer of its model.

#![cfg(feature = "tensors")]

use crate::common::shown_settings::Trial;
use crate::generated_ratings::ml_1m;
use crate::lab::MODELS;
use crate::packed_ratings::pack;
use emberbook::data::ratings::made::{World, WorldConfig};
use emberbook::lab::Ask;
use emberbook::lessons::{Accepts, Content, Material, Plan};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// Ratings of the reader's own, and a small table in place of latest-small.
fn material(dataset: &str) -> Material {
    let mut material = Material::default();
    if dataset == "own" {
        let files = ml_1m(30, 40, 500, 1);
        material.own = Some(Accepts::Ratings.read_ratings("ml-1m.zip", &files.named()).unwrap());
    }
    let config = WorldConfig { users: 30, films: 40, density: 0.4, ..WorldConfig::default() };
    let bytes = pack(&World::new(&config, 3).ratings);
    material.files.add("latest-small.bin", Content::Bytes(Rc::new(bytes)));
    material
}

/// Small enough to be trained in a moment, and such that half of each number still means something.
fn small(dataset: &str, model: &str) -> Map<String, Value> {
    let wanted = json!({
        "dataset": dataset, "model": model, "users": 30, "films": 40, "density": 0.4, "tastes": 2,
        "demographic_effect": 1.0, "embedding_size": 4, "hidden_size": 8, "neighbours": 6, "batch_size": 64,
        "passes": 2, "shuffle_buffer": 40, "user_examples": 8, "negatives": 6, "ranking_tower": [4],
        "ranking_passes": 1, "eval_steps": 4,
    });
    wanted.as_object().unwrap().clone()
}

/// The history of a run, its figures, a list, and what is said of its data.
fn outcome(plan: &Plan, material: &Material) -> Value {
    let mut lab = plan.open_on_cpu(material.files.clone()).unwrap();
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    let list = block_on(lab.predict(Ask::from(json!({ "user": 3, "top": 8 })))).unwrap();
    let test = block_on(lab.evaluate("test")).unwrap();
    let data = block_on(lab.inspect("data", Ask::from(json!({})))).unwrap();
    json!([lab.history(0), test, list, data])
}

/// Tries the settings of a dataset with every model; gives how many there were.
fn try_all(dataset: &str) -> usize {
    let small = |model: &str| small(dataset, model);
    let trial = Trial {
        lesson: "movies",
        material: &material(dataset),
        small: &small,
        outcome: &outcome,
        skipped: &["dataset"],
    };
    trial.of(&MODELS)
}

#[test]
fn every_setting_shown_with_latest_small_does_something() {
    assert!(try_all("latest_small") > 80);
}

#[test]
fn every_setting_shown_with_a_made_world_does_something() {
    assert!(try_all("made") > 200);
}

#[test]
fn every_setting_shown_with_ratings_of_the_reader_does_something() {
    assert!(try_all("own") > 80);
}
