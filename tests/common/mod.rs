//! Opens labs for tests.

#[allow(dead_code, reason = "not every test learns from pictures")]
pub mod bars;
#[allow(dead_code, reason = "not every test grows trees")]
pub mod boosting_sets;
#[allow(dead_code, reason = "not every test counts bytes")]
pub mod counting;
#[allow(dead_code, reason = "not every test runs programs")]
pub mod programs;

use emberbook::controls::{Layer, Source};
use emberbook::error::LabError;
use emberbook::lab::Lab;
use emberbook::lessons::{Lesson, Material};
use serde_json::Value;

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
    let chapter = Lesson::find(lesson).unwrap().chapter.as_ref().unwrap();
    let layer = Layer { source: Source::Config, values: settings.as_object().unwrap().clone() };
    let resolved = chapter.resolve(vec![layer], material);
    assert!(resolved.notices.is_empty(), "{:?}", resolved.notices);
    chapter.open_on_cpu(resolved.settings, &resolved.material)
}
