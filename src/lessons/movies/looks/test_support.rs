//! A small made world for the tests of the looks.

use crate::controls::{Layer, Settings, Source, seed_control};
use crate::lab::Lab;
use crate::lessons::Material;
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::movies::settings::controls;
use crate::progress::Budget;
use burn::tensor::Device;
use pollster::block_on;
use serde_json::{Value, json};

/// A run of a made world with some settings changed, of which no step has been made.
pub fn made(changes: &[(&str, Value)]) -> MoviesRun {
    let mut values = json!({
        "dataset": "made", "users": 80, "films": 90, "density": 0.25, "passes": 2, "batch_size": 64,
        "embedding_size": 8, "hidden_size": 12,
    });
    let all = values.as_object_mut().unwrap();
    all.extend(changes.iter().map(|(name, value)| (name.to_string(), value.clone())));
    let layer = Layer { source: Source::Config, values: all.clone() };
    let mut declared = vec![seed_control()];
    declared.extend(controls(&Material::default(), all.get("model").and_then(Value::as_str)));
    let (settings, notices) = Settings::resolve(&declared, &[layer]);
    assert!(notices.is_empty(), "{notices:?}");
    MoviesRun::new(settings, Device::flex(), &Material::default()).unwrap()
}

/// Trains to the end.
pub fn train(run: &mut MoviesRun) {
    while !run.progress().finished {
        block_on(run.train(Budget::steps(50))).unwrap();
    }
}
