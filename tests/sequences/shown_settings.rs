//! A setting is shown only where it does something.

use crate::common::shown_settings::Trial;
use crate::lab::{MODELS, material};
use emberbook::data::ratings::own::NamedFile;
use emberbook::data::sequences::Modality;
use emberbook::data::sequences::own::OwnReading;
use emberbook::lab::Ask;
use emberbook::lessons::{Material, Own, Plan};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Map, Value, json};
use std::rc::Rc;

const ITEMS: usize = 24;

/// Sequences of the reader's own over a few items with vectors in place of pictures and words.
fn own() -> Material {
    let rows = (0..40).flat_map(|user| {
        (0..5 + user % 4)
            .map(move |at| format!("u{user},i{},{at}\n", (user * 7 + at * at * 5 + at * 3) % ITEMS))
    });
    let taken = format!("user,item,time\n{}", rows.collect::<String>());
    let items =
        format!("id,title\n{}", (0..ITEMS).map(|item| format!("i{item},Item {item}\n")).collect::<String>());
    let file = |name, bytes| NamedFile { name, bytes };
    let mut reading = OwnReading::begin(
        "own",
        file("sequences.csv", taken.as_bytes()),
        Some(file("items.csv", items.as_bytes())),
    )
    .unwrap();
    for (modality, step) in [(Modality::Image, 5), (Modality::Text, 11)] {
        let vectors = npy(step);
        reading.vectors(modality, NamedFile { name: "vectors.npy", bytes: &vectors }).unwrap();
    }
    Material { own: Some(Own::Sequences(Rc::new(reading.finish().unwrap()))), ..Material::default() }
}

/// Three numbers for each item.
fn npy(step: usize) -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({ITEMS}, 3), }}\n");
    let number = |at: usize| ((at * step % 17 * (1 + at / 3 % 5)) as f32 / 20.0).to_le_bytes();
    let values: Vec<u8> = (0..3 * ITEMS).flat_map(number).collect();
    [b"\x93NUMPY\x01\x00", &(header.len() as u16).to_le_bytes()[..], header.as_bytes(), &values].concat()
}

fn small(values: Value, model: &str) -> Map<String, Value> {
    let mut wanted = json!({
        "model": model, "dim": 8, "clusters": 6, "codes_per_item": 2, "encoder_epochs": 20, "batch_size": 64,
        "epochs": 2, "layers": 2, "max_history": 6, "missing": 0.4,
    });
    wanted.as_object_mut().unwrap().extend(values.as_object().unwrap().clone());
    wanted.as_object().unwrap().clone()
}

/// The history of a run, its figures, what comes next, and what is said of its data.
fn outcome(plan: &Plan, material: &Material) -> Value {
    let mut lab = plan.open_on_cpu(material.files.clone()).unwrap();
    while !lab.progress().finished {
        block_on(lab.train(Budget::steps(1_000))).unwrap();
    }
    let test = block_on(lab.evaluate("test")).unwrap();
    let data = block_on(lab.inspect("data", Ask::from(json!({})))).unwrap();
    let graph = block_on(lab.inspect("graph", Ask::from(json!({ "user": 3 })))).unwrap();
    json!([lab.history(0), test, graph["list"], data])
}

#[test]
fn every_setting_shown_with_sequences_of_the_reader_does_something() {
    let small = |model: &str| small(json!({ "dataset": "own" }), model);
    // What a history changed by hand does, `edited` tests.
    let (material, skipped) = (own(), ["dataset", "seed", "edited"]);
    // What counting rests on is fixed by the data alone.
    let trial = Trial {
        lesson: "sequences",
        material: &material,
        small: &small,
        outcome: &outcome,
        skipped: &skipped,
    };
    let networks: Vec<&str> =
        MODELS.into_iter().filter(|model| !["markov", "popular"].contains(model)).collect();
    assert!(trial.of(&networks) > 150);
}

#[test]
fn every_setting_of_the_made_users_does_something() {
    let small = |model: &str| small(json!({ "users": 60 }), model);
    let (material, skipped) = (material(), ["dataset"]);
    let trial = Trial {
        lesson: "sequences",
        material: &material,
        small: &small,
        outcome: &outcome,
        skipped: &skipped,
    };
    assert!(trial.of(&["popular"]) >= 6);
}
