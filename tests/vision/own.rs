//! Pictures of the reader's own: the defaults fit how many there are, and learn.

use crate::common::open_lesson;
use crate::sheets::add_sheets;
use emberbook::controls::{Control, Layer, Settings, Source};
use emberbook::data::pictures::compose;
use emberbook::data::pictures::own::PictureFolder;
use emberbook::lessons::{Material, Own, find};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::json;
use std::rc::Rc;

/// Pictures of each class to train on, and held out.
const TRAINED: usize = 20;
const HELD_OUT: usize = 64;

/// A folder with so many pictures of each of two classes to train on.
fn folder(trained: usize) -> PictureFolder {
    let paths = |part: &str, count: usize| -> Vec<String> {
        (0..2 * count).map(|number| format!("{part}/{}/{number}.png", ["happy", "sad"][number % 2])).collect()
    };
    PictureFolder::of("mine", [paths("train", trained), paths("test", HELD_OUT)].concat()).unwrap()
}

fn controls(material: &Material) -> Vec<Control> {
    find("vision").unwrap().all_controls(material, Some("horse_or_human"))
}

/// Accuracy on held-out faces, whose designers drew no training face, with nothing set but the task.
fn accuracy(seed: u64) -> f64 {
    let site = Material::default();
    add_sheets(&site);
    let folder = Rc::new(folder(TRAINED));
    let material = Material { own: Some(Own::Pictures(folder.clone())), ..site };
    let controls = find("vision").unwrap().all_controls(&material, Some("happy_or_sad"));
    let defaults = Settings::defaults(&controls);
    let side: usize = defaults.text("image_size").parse().unwrap();
    let sheet = material.files.picture("faces.png").unwrap();
    let pictures = compose::faces(&sheet, side, 2 * TRAINED, 2 * HELD_OUT, seed).unwrap();
    folder.keep(side, seed, pictures);
    let settings = json!({"task": "happy_or_sad", "seed": seed});
    let mut lab = open_lesson("vision", settings, &material).unwrap();
    assert!(block_on(lab.train(Budget::steps(10_000))).unwrap().finished);
    block_on(lab.evaluate("valid")).unwrap()["accuracy"].as_f64().unwrap()
}

#[test]
fn twenty_pictures_a_class_teach_something_by_default() {
    let accuracies: Vec<f64> = (1..=3).map(accuracy).collect();
    let mean = accuracies.iter().sum::<f64>() / 3.0;
    assert!(mean >= 0.65, "{mean} of {accuracies:?}");
}

#[test]
fn what_was_fitted_to_the_readers_pictures_says_so() {
    let fitted = |material: &Material| -> Vec<String> {
        controls(material).into_iter().filter(|control| control.fitted).map(|control| control.name).collect()
    };
    assert!(fitted(&Material::default()).is_empty());
    let own = Material { own: Some(Own::Pictures(Rc::new(folder(TRAINED)))), ..Material::default() };
    assert_eq!(
        fitted(&own),
        [
            "image_size",
            "augment",
            "filters",
            "dense_units",
            "optimizer",
            "learning_rate",
            "batch_size",
            "epochs",
            "stop_at_accuracy"
        ]
    );
    // Digits are learned from the lesson's own.
    let digits = find("vision").unwrap().all_controls(&own, Some("mnist"));
    assert!(digits.iter().all(|control| !control.fitted));
}

#[test]
fn the_documents_run_on_the_readers_pictures_has_the_documents_settings() {
    let own = Some(Own::Pictures(Rc::new(folder(TRAINED))));
    for task in ["horse_or_human", "happy_or_sad"] {
        let resolve = |own: Option<Own>| {
            let layer = |source, values: serde_json::Value| Layer {
                source,
                values: values.as_object().unwrap().clone(),
            };
            let layers = vec![
                layer(Source::Preset, json!({"name": "document"})),
                layer(Source::Config, json!({"task": task, "train_size": 40})),
            ];
            let resolved = find("vision").unwrap().resolve(layers, own);
            assert!(resolved.notices.is_empty(), "{:?}", resolved.notices);
            let mut settings = serde_json::to_value(&resolved.settings).unwrap();
            assert_ne!(settings["dataset"].take(), json!(null));
            settings
        };
        assert_eq!(resolve(own.clone()), resolve(None), "{task}");
    }
}
