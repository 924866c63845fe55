//! The other way round: LightGBM itself reads what this engine writes, and the Python of the code view runs as it stands.
//!
//! `cargo xtask test` brings a Python with LightGBM; where the tests are run in another way, `EMBERBOOK_PYTHON` names it.

#![cfg(feature = "trees")]

use crate::common::boosting_sets::{fixtures, trees};
use crate::common::open_lesson;
use crate::common::programs::{empty_folder, programs, python, text};
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use flate2::read::GzDecoder;
use gbdt::model_text;
use pollster::block_on;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

#[test]
fn lightgbm_reads_our_models_and_predicts_what_we_predict() {
    let folder = empty_folder("boosting_python", "models");
    let fixtures = fixtures();
    let mut models = Vec::new();
    for fixture in &fixtures {
        let text = model_text::to_text(&fixture.train(|_| {}));
        fs::create_dir_all(folder.join(&fixture.name)).unwrap();
        fs::write(folder.join(&fixture.name).join("model.txt"), &text).unwrap();
        models.push(model_text::parse(&text).unwrap());
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/boosting_reads.py");
    python(&folder, &[&script, &folder]);
    for (fixture, model) in fixtures.iter().zip(models) {
        let raw = fs::read_to_string(folder.join(&fixture.name).join("raw.json")).unwrap();
        let theirs: Vec<f64> = serde_json::from_str(&raw).unwrap();
        let ours = model.raw_scores(&fixture.table);
        assert_eq!(theirs.len(), ours.len(), "{}", fixture.name);
        let (rows, classes) = (fixture.table.rows(), model.trees_per_round);
        for (place, theirs) in theirs.iter().enumerate() {
            let (row, class) = (place / classes, place % classes);
            let ours = ours[class * rows + row];
            assert_eq!(ours.to_bits(), theirs.to_bits(), "{} row {row}: {ours} {theirs}", fixture.name);
        }
    }
}

/// LightGBM's own list of its parameters, each with its aliases, and the engine's table.
#[test]
fn every_name_and_alias_is_that_of_lightgbm() {
    let folder = empty_folder("boosting_python", "names");
    let script = "import json\n\
                  from lightgbm.basic import _ConfigAliases as names\n\
                  names.get('eta')\n\
                  print(json.dumps({name: sorted(words) for name, words in names.aliases.items()}))";
    let path = folder.join("names.py");
    fs::write(&path, script).unwrap();
    let lists: serde_json::Map<String, Value> = serde_json::from_str(&python(&folder, &[&path])).unwrap();
    assert!(lists.len() >= 140, "{} parameters", lists.len());
    for (name, words) in &lists {
        for word in words.as_array().unwrap().iter().map(|word| word.as_str().unwrap()) {
            assert_eq!(gbdt::known(word).map(|known| known.name), Some(name.as_str()), "{word}");
        }
    }
}

#[test]
fn lightgbm_maps_numbers_and_truth_values_by_the_lists_that_we_write() {
    let folder = empty_folder("boosting_python", "categories");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = root.join("tests/fixtures/boosting_models/cases");
    let text = fs::read_to_string(cases.join("numbers_and_truths.txt")).unwrap();
    let model = folder.join("model.txt");
    fs::write(&model, model_text::to_text(&model_text::parse(&text).unwrap())).unwrap();
    let script = root.join("tests/oracles/boosting_categories.py");
    let printed = python(&folder, &[&script, &model, &cases.join("numbers_and_truths.csv")]);
    let scores: Vec<f64> = serde_json::from_str(&printed).unwrap();
    let rounded: Vec<f64> = scores.iter().map(|score| (score * 1e6).round() / 1e6).collect();
    let [yes, no] = [0.384472, 0.252852];
    assert_eq!(rounded, [yes, 0.375182, yes, yes, yes, no, yes, no]);
}

/// A run of the lab, and what its Python program makes of the table that the page hands out.
fn program_grows_the_trees_of(name: &str, settings: Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/boosting/bank-uci.csv.gz");
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    let material = Material::default();
    material.files.add("bank.bin", Content::Bytes(Rc::new(bytes)));
    let mut lab = open_lesson("boosting", settings, &material).unwrap();
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    let folder = empty_folder("boosting_python", name);
    let table = block_on(lab.inspect("table_csv", json!({}).into())).unwrap();
    fs::write(folder.join("campaign.csv"), table["text"].as_str().unwrap()).unwrap();
    fs::write(folder.join("boosting.py"), text(&programs(&mut *lab), "python")).unwrap();
    python(&folder, &[Path::new("boosting.py")]);
    let written = fs::read_to_string(folder.join("model.txt")).unwrap();
    let exported = String::from_utf8(block_on(lab.export_model("lightgbm")).unwrap()).unwrap();
    let (ours, theirs) = (trees(&exported), trees(&written));
    let different = (0..ours.len().max(theirs.len())).find(|line| ours.get(*line) != theirs.get(*line));
    if let Some(line) = different {
        panic!("{name}, line {}:\n{:?}\n{:?}", line + 1, ours.get(line), theirs.get(line));
    }
}

#[test]
fn the_python_program_grows_the_trees_of_the_lab() {
    program_grows_the_trees_of("native", json!({ "num_iterations": 20, "early_stopping_round": 5 }));
    program_grows_the_trees_of("one_hot", json!({ "num_iterations": 10, "encoding": "one_hot" }));
    program_grows_the_trees_of("products", json!({ "dataset": "products", "num_iterations": 10 }));
    program_grows_the_trees_of("rare_buyers", json!({ "dataset": "rare_buyers", "num_iterations": 10 }));
}
