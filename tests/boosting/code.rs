//! The programs of the boosting lab: the Rust one is the committed example, and grows the trees of the lab.

#![cfg(feature = "flex")]

use crate::common::open_lesson;
use crate::common::programs::{empty_folder, is_committed, programs, run, text};
use emberbook::lab::Lab;
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use flate2::read::GzDecoder;
use pollster::block_on;
use serde_json::json;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

fn lab() -> Box<dyn Lab> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/boosting/bank-uci.csv.gz");
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    let material = Material::default();
    material.files.add("bank.bin", Content::Bytes(Rc::new(bytes)));
    open_lesson("boosting", json!({ "num_iterations": 20, "early_stopping_round": 5 }), &material).unwrap()
}

#[test]
fn the_example_is_the_program_of_the_lab() {
    is_committed("boosting", &text(&programs(&mut *lab()), "rust"));
}

#[test]
fn the_example_grows_the_trees_of_the_lab() {
    let mut lab = lab();
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    let folder = empty_folder("boosting_code", "bank");
    let table = block_on(lab.inspect("table_csv", json!({}).into())).unwrap();
    fs::write(folder.join("campaign.csv"), table["text"].as_str().unwrap()).unwrap();
    // Beside it the same in Python, for whoever has LightGBM at hand to compare.
    fs::write(folder.join("boosting.py"), text(&programs(&mut *lab), "python")).unwrap();
    run("boosting", &folder, &[]);
    let trees = |text: &str| {
        text.lines().take_while(|line| *line != "end of trees").map(String::from).collect::<Vec<_>>()
    };
    let written = fs::read_to_string(folder.join("model.txt")).unwrap();
    let exported = String::from_utf8(block_on(lab.export_model("lightgbm")).unwrap()).unwrap();
    assert_eq!(trees(&written), trees(&exported));
}

#[test]
fn the_programs_name_the_settings() {
    let programs = programs(&mut *lab());
    for language in ["rust", "python"] {
        let text = text(&programs, language);
        for name in ["num_leaves", "learning_rate", "early_stopping_round", "\"duration\"", "\"seed\""] {
            assert!(text.contains(name), "{language} lacks {name}");
        }
        assert!(!text.contains("{{"), "{language} has a placeholder left");
    }
}
