//! Opens the iris lab for tests.

use burn::tensor::Device;
use emberbook::controls::{Layer, Settings, Source};
use emberbook::lab::Lab;
use emberbook::lessons::Lesson;
use serde_json::Value;

/// The iris lab on the CPU with these settings over the defaults.
pub fn open(settings: Value) -> Box<dyn Lab> {
    let chapter = Lesson::find("iris").unwrap().chapter.as_ref().unwrap();
    let layer = Layer { source: Source::Config, values: settings.as_object().unwrap().clone() };
    let (settings, notices) = Settings::resolve(&chapter.all_controls(), &[layer]);
    assert!(notices.is_empty(), "{notices:?}");
    (chapter.open)(settings, Device::flex()).unwrap()
}
