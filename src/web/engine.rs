//! `Engine`: a lab as the worker sees it. Its shapes are declared for TypeScript in `www/engine/protocol.ts`.
//!
//! Methods must not overlap (the worker queues its requests): each borrows the lab until its promise resolves.

use super::device::{self, NamedDevice};
use super::to_js;
use crate::controls::{Control, Layer, Notice, Settings, Source};
use crate::data::own_table::OwnTable;
use crate::data::table::TableLimits;
use crate::lab::{Budget, Lab, LabError};
use crate::lessons::{Chapter, Description, Lesson, Material};
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Version of burn, whose bytes burnpack files are bound to.
const BURN_VERSION: &str = "0.22.1";

/// Name of the setting that says which data a lesson learns from, and its option for the reader's own.
const DATASET: (&str, &str) = ("dataset", "own");
/// Settings that name columns of the reader's table.
const COLUMN_SETTINGS: [&str; 2] = ["label_column", "features"];

/// A table of the reader's own, read once and used by every lab opened with it.
#[wasm_bindgen]
pub struct EngineTable {
    table: Rc<OwnTable>,
}

#[wasm_bindgen]
impl EngineTable {
    /// Reads a table from UTF-8 text.
    ///
    /// # Errors
    /// `bad_table`.
    pub fn read(file: String, text: Vec<u8>) -> Result<EngineTable, JsValue> {
        let table = OwnTable::read(&file, &text, TableLimits::default()).map_err(thrown)?;
        Ok(Self { table: Rc::new(table) })
    }

    /// Another handle to the same table: a handle is used up when a lab is opened with it.
    pub fn share(&self) -> EngineTable {
        Self { table: self.table.clone() }
    }
}

/// One open lab.
#[wasm_bindgen]
pub struct Engine {
    description: Description,
    controls: Vec<Control>,
    notices: Vec<Notice>,
    device: NamedDevice,
    lab: Box<dyn Lab>,
}

#[wasm_bindgen]
impl Engine {
    /// Opens a lab: `layers` are settings by source (a preset layer holds its `name`), `device` is `cpu` or `webgpu`,
    /// `table` is the reader's own, used unless the settings ask for the lesson's own data.
    ///
    /// # Errors
    /// `unknown_lesson`, `bad_input` for layers of another form, `gpu_failed`, `bad_table` for columns that cannot be
    /// learned from.
    pub async fn open(
        lesson: String,
        layers: JsValue,
        device: String,
        table: Option<EngineTable>,
    ) -> Result<Engine, JsValue> {
        let chapter = chapter(&lesson)?;
        let layers: Vec<Layer> = from_js(layers)?;
        let own = asked_for_own(&layers);
        let material = Material { table: table.map(|table| table.table).filter(|_| own != Some(false)) };
        let controls = chapter.all_controls(&material);
        let (settings, notices) = resolve(chapter, &controls, layers, &material);
        let description = (chapter.describe)(&settings, &material).map_err(thrown)?;
        let device = device::open(&device).await.map_err(thrown)?;
        let lab = (chapter.open)(settings, device.device.clone(), &material).map_err(thrown)?;
        Ok(Self { description, controls, notices, device, lab })
    }

    /// What a lesson shows, without opening it.
    ///
    /// # Errors
    /// `unknown_lesson`.
    pub fn description(lesson: String) -> Result<JsValue, JsValue> {
        to_js(&chapter(&lesson)?.default_description())
    }

    /// Controls, settings, notices, description, adapter and versions.
    pub fn opened(&self) -> Result<JsValue, JsValue> {
        to_js(&json!({
            "controls": self.controls,
            "settings": self.lab.settings(),
            "address": self.lab.settings().address(&self.controls),
            "notices": self.notices,
            "description": self.description,
            "adapter": self.device.adapter,
            "versions": { "emberbook": env!("CARGO_PKG_VERSION"), "burn": BURN_VERSION },
        }))
    }

    /// Trains at most `steps` steps, beginning none after `milliseconds`.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn train(&mut self, steps: f64, milliseconds: f64) -> Result<JsValue, JsValue> {
        let budget = Budget { steps: steps.max(0.0) as u64, milliseconds };
        to_js(&self.lab.train(budget).await.map_err(thrown)?)
    }

    /// How far the run has come.
    pub fn progress(&self) -> Result<JsValue, JsValue> {
        to_js(&self.lab.progress())
    }

    /// Recorded points from step `from` on.
    pub fn history(&self, from: f64) -> Result<JsValue, JsValue> {
        to_js(&self.lab.history(from.max(0.0) as u64))
    }

    /// The goals and which of them are reached.
    pub fn goals(&self) -> Result<JsValue, JsValue> {
        to_js(&self.lab.goals())
    }

    /// Metrics on a split.
    ///
    /// # Errors
    /// `unknown_split`, `device_lost`.
    pub async fn evaluate(&mut self, split: String) -> Result<JsValue, JsValue> {
        to_js(&self.lab.evaluate(&split).await.map_err(thrown)?)
    }

    /// What the model says of an input.
    ///
    /// # Errors
    /// `bad_input`, `device_lost`.
    pub async fn predict(&mut self, input: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.lab.predict(from_js(input)?).await.map_err(thrown)?)
    }

    /// A look inside.
    ///
    /// # Errors
    /// `unknown_inspection`, `bad_input`, `device_lost`.
    pub async fn inspect(&mut self, what: String, options: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.lab.inspect(&what, from_js(options)?).await.map_err(thrown)?)
    }

    /// Everything needed to go on from here.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn checkpoint(&mut self) -> Result<Uint8Array, JsValue> {
        Ok(Uint8Array::from(&*self.lab.checkpoint().await.map_err(thrown)?))
    }

    /// Goes to a checkpoint.
    ///
    /// # Errors
    /// `bad_checkpoint`; nothing is changed then.
    pub async fn restore(&mut self, checkpoint: Vec<u8>) -> Result<(), JsValue> {
        self.lab.restore(&checkpoint).await.map_err(thrown)
    }

    /// Weights as a file.
    ///
    /// # Errors
    /// `unknown_format`, `device_lost`.
    pub async fn export_model(&mut self, format: String) -> Result<Uint8Array, JsValue> {
        Ok(Uint8Array::from(&*self.lab.export_model(&format).await.map_err(thrown)?))
    }

    /// Takes weights from a file; the run starts anew.
    ///
    /// # Errors
    /// `bad_model`; nothing is changed then.
    pub async fn import_model(&mut self, file: Vec<u8>) -> Result<(), JsValue> {
        self.lab.import_model(&file).await.map_err(thrown)
    }
}

fn chapter(lesson: &str) -> Result<&'static Chapter, JsValue> {
    Lesson::find(lesson).and_then(|lesson| lesson.chapter.as_ref()).ok_or_else(|| {
        let message = format!("There is no lesson called `{lesson}`.");
        thrown(LabError::new("unknown_lesson", message).with("lesson", lesson))
    })
}

/// Whether the strongest layer that says anything about the data asks for the reader's own.
fn asked_for_own(layers: &[Layer]) -> Option<bool> {
    let (setting, own) = DATASET;
    let mut layers: Vec<&Layer> = layers.iter().collect();
    layers.sort_by_key(|layer| layer.source);
    layers.iter().rev().find_map(|layer| layer.values.get(setting)).map(|value| value == own)
}

/// Settings of all layers; a preset is looked up by the `name` its layer holds. Where the reader's own table is asked
/// for and none was brought, the lesson's data stand in.
fn resolve(
    chapter: &Chapter,
    controls: &[Control],
    mut layers: Vec<Layer>,
    material: &Material,
) -> (Settings, Vec<Notice>) {
    let (dataset, own) = DATASET;
    let mut unknown = Vec::new();
    if material.table.is_none() && asked_for_own(&layers) == Some(true) {
        for layer in &mut layers {
            layer.values.shift_remove(dataset);
            COLUMN_SETTINGS.iter().for_each(|name| drop(layer.values.shift_remove(*name)));
        }
        unknown.push(Notice {
            code: "table_missing",
            setting: dataset.into(),
            given: own.into(),
            used: String::new(),
            expected: "a table of one's own, loaded before".into(),
        });
    }
    let layers: Vec<Layer> = layers
        .into_iter()
        .filter_map(|layer| {
            if layer.source != Source::Preset {
                return Some(layer);
            }
            let name = layer.values.get("name").and_then(|name| name.as_str()).unwrap_or_default();
            let preset = chapter.preset(name);
            if preset.is_none() {
                let names: Vec<&str> = (chapter.presets)().into_iter().map(|(name, _)| name).collect();
                unknown.push(Notice {
                    code: "setting_out_of_range",
                    setting: "preset".into(),
                    given: name.chars().take(80).collect(),
                    used: String::new(),
                    expected: format!("one of {}", names.join(", ")),
                });
            }
            preset
        })
        .collect();
    let (settings, mut notices) = Settings::resolve(controls, &layers);
    notices.extend(unknown);
    (settings, notices)
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let message = format!("The engine was given something it cannot read: {error}.");
        thrown(LabError::new("bad_input", message).with("expected", error.to_string()))
    })
}

/// An error as the plain object the worker passes on.
fn thrown(error: LabError) -> JsValue {
    to_js(&error).unwrap_or_else(|error| error)
}
