//! Opens labs of the boosting lesson and asks what several modules ask of them.

use crate::common::{open_lesson, with_own_table};
use emberbook::error::LabError;
use emberbook::lab::Lab;
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use flate2::read::GzDecoder;
use pollster::block_on;
use serde_json::Value;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

pub fn material() -> Material {
    let material = Material::default();
    for (file, name) in [("bank-uci.csv.gz", "bank.bin"), ("adult-uci.csv.gz", "adult.bin")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/boosting").join(file);
        let mut bytes = Vec::new();
        GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
        material.files.add(name, Content::Bytes(Rc::new(bytes)));
    }
    material
}

pub fn open_with(material: &Material, settings: Value) -> Result<Box<dyn Lab>, LabError> {
    open_lesson("boosting", settings, material)
}

pub fn open(settings: Value) -> Box<dyn Lab> {
    open_with(&material(), settings).unwrap()
}

pub fn run(lab: &mut Box<dyn Lab>) {
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
}

pub fn auc(lab: &mut Box<dyn Lab>, split: &str) -> f64 {
    block_on(lab.evaluate(split)).unwrap()["auc"].as_f64().unwrap()
}

pub fn own(text: &str) -> Material {
    with_own_table("boosting", "own.csv", text, material())
}

pub fn lab_model(lab: &mut Box<dyn Lab>) -> String {
    String::from_utf8(block_on(lab.export_model("lightgbm")).unwrap()).unwrap()
}
