//! Opens labs for tests.

#[allow(dead_code, reason = "not every test learns from pictures")]
pub mod bars;
#[allow(dead_code, reason = "not every test grows trees")]
pub mod boosting_sets;
#[allow(dead_code, reason = "not every test counts bytes")]
pub mod counting;
#[allow(dead_code, reason = "not every test runs programs")]
pub mod programs;
#[allow(dead_code, reason = "not every test tries settings")]
pub mod shown_settings;

use emberbook::controls::{Layer, Source};
use emberbook::data::table::{TableReading, TypedTable};
use emberbook::error::LabError;
use emberbook::lab::Lab;
use emberbook::lessons::{Material, Own, find};
use serde_json::Value;
use std::rc::Rc;

/// The iris lab on the CPU with these settings over the defaults.
#[allow(dead_code, reason = "not every test opens this lesson")]
pub fn open(settings: Value) -> Box<dyn Lab> {
    open_with(settings, &Material::default()).unwrap()
}

/// The iris lab on the CPU with what the reader brought.
#[allow(dead_code, reason = "not every test brings a table")]
pub fn open_with(settings: Value, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    open_lesson("iris", settings, material)
}

/// A lesson's lab on the CPU with these settings over the defaults.
pub fn open_lesson(lesson: &str, settings: Value, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    let layer = Layer { source: Source::Config, values: settings.as_object().unwrap().clone() };
    let plan = find(lesson).unwrap().plan(vec![layer], material.own.clone())?;
    assert!(plan.resolved.notices.is_empty(), "{:?}", plan.resolved.notices);
    plan.open_on_cpu(material.files.clone())
}

/// A table of the reader's own as a lesson reads it, or why it refuses it.
#[allow(dead_code, reason = "not every test learns from the reader's own data")]
pub fn own_table(lesson: &str, file: &str, text: &[u8]) -> Result<Rc<TypedTable>, LabError> {
    own_table_as(lesson, file, text, &TableReading::default())
}

/// The same with something chosen of how it is read.
pub fn own_table_as(
    lesson: &str,
    file: &str,
    text: &[u8],
    reading: &TableReading,
) -> Result<Rc<TypedTable>, LabError> {
    match find(lesson).unwrap().accepts.read_table(file, text, reading)? {
        Own::Table(table) => Ok(table),
        Own::Pictures(_) | Own::Ratings(_) | Own::Sequences(_) => unreachable!("a table was read"),
    }
}

/// The same beside files of the site.
#[allow(dead_code, reason = "not every test learns from the reader's own data")]
pub fn with_own_table(lesson: &str, file: &str, text: &str, material: Material) -> Material {
    let own = Own::Table(own_table(lesson, file, text.as_bytes()).unwrap());
    Material { own: Some(own), ..material }
}
