//! Opens the iris lab for tests.

use burn::tensor::Device;
use emberbook::controls::{Layer, Settings, Source};
use emberbook::lab::{Lab, LabError};
use emberbook::lessons::{Lesson, Material};
use serde_json::Value;

/// The iris lab on the CPU with these settings over the defaults.
pub fn open(settings: Value) -> Box<dyn Lab> {
    open_with(settings, &Material::default()).unwrap()
}

/// The iris lab on the CPU with what the reader brought.
#[allow(dead_code, reason = "not every test brings a table")]
pub fn open_with(settings: Value, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    let chapter = Lesson::find("iris").unwrap().chapter.as_ref().unwrap();
    let layer = Layer { source: Source::Config, values: settings.as_object().unwrap().clone() };
    let (settings, notices) = Settings::resolve(&chapter.all_controls(material), &[layer]);
    assert!(notices.is_empty(), "{notices:?}");
    (chapter.open)(settings, Device::flex(), material)
}
