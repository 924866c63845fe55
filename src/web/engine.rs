//! `Engine`: a lab as the worker sees it. Its shapes are declared for TypeScript in `www/engine/protocol.ts`.
//!
//! Methods must not overlap (the worker queues its requests): each borrows the lab until its promise resolves.

use super::material::{EngineFiles, EngineOwn, EnginePicture};
use super::values::{columns_to_js, from_js, thrown, to_js};
use crate::controls::{Control, Notice};
use crate::error::LabError;
use crate::lab::{Ask, Lab};
use crate::lessons::{self, Description, Files, Plan, Resolved, address};
use crate::progress::Budget;
use js_sys::{Array, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Version of burn, whose bytes burnpack files are bound to.
const BURN_VERSION: &str = "0.22.1";

/// A lab that can be opened once what it needs is there.
#[wasm_bindgen]
pub struct EnginePlan {
    plan: Plan,
}

#[wasm_bindgen]
impl EnginePlan {
    /// What has to be fetched and read first: `{files, pictures}`.
    pub fn needs(&self) -> Result<JsValue, JsValue> {
        to_js(self.plan.needs())
    }

    /// What the choice of a device rests on: `{tensors, small, pipelines, milliseconds_per_step}`.
    pub fn hints(&self) -> Result<JsValue, JsValue> {
        to_js(&self.plan.hints())
    }

    /// Whether the settings ask for data of the reader's own that were not brought.
    pub fn misses_own(&self) -> bool {
        self.plan.misses_own()
    }

    /// Opens the lab: `files` are those of the site that the plan needs, `device` is `cpu` or `webgpu`.
    ///
    /// # Errors
    /// `gpu_failed`, `data_missing`, `bad_table`, `picture_too_small` for a network that shrinks its pictures to nothing.
    pub async fn open(self, files: Option<EngineFiles>, device: String) -> Result<Engine, JsValue> {
        let files = files.map(|files| files.files).unwrap_or_default();
        let (lab, adapter) = open_lab(&self.plan, files, &device).await.map_err(thrown)?;
        let Plan { resolved: Resolved { controls, notices, .. }, description, .. } = self.plan;
        Ok(Engine { description, controls, notices, adapter, lab })
    }
}

/// One open lab.
#[wasm_bindgen]
pub struct Engine {
    description: Description,
    controls: Vec<Control>,
    notices: Vec<Notice>,
    adapter: String,
    lab: Box<dyn Lab>,
}

#[wasm_bindgen]
impl Engine {
    /// Plans a lab: `layers` are settings by source (a preset layer holds its `name`), `own` is the reader's own data,
    /// used unless the settings ask for the lesson's.
    ///
    /// # Errors
    /// `unknown_lesson`, `bad_input` for layers of another form, `bad_table` for columns that cannot be learned from.
    pub fn plan(lesson: &str, layers: JsValue, own: Option<EngineOwn>) -> Result<EnginePlan, JsValue> {
        let definition = lessons::find(lesson).map_err(thrown)?;
        let plan = definition.plan(from_js(layers)?, own.map(|own| own.own)).map_err(thrown)?;
        Ok(EnginePlan { plan })
    }

    /// Controls, settings, notices, description, adapter and versions.
    pub fn opened(&self) -> Result<JsValue, JsValue> {
        to_js(&json!({
            "controls": self.controls,
            "settings": self.lab.settings(),
            "address": address(self.lab.settings(), &self.controls),
            "notices": self.notices,
            "description": self.description,
            "adapter": self.adapter,
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

    /// Recorded points from step `from` on in columns, one `{metrics, steps, epochs, values}` for each track.
    pub fn history(&self, from: f64) -> Result<Array, JsValue> {
        self.lab.tracks().iter().map(|track| columns_to_js(&track.since(from.max(0.0) as u64))).collect()
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

    /// What the model says of an input, or of pictures where there are some.
    ///
    /// # Errors
    /// `bad_input`, `device_lost`.
    pub async fn predict(
        &mut self,
        input: JsValue,
        pictures: Vec<EnginePicture>,
    ) -> Result<JsValue, JsValue> {
        let ask = Ask::from(from_js::<Value>(input)?);
        let pictures = pictures.into_iter().map(EnginePicture::into_named).collect();
        let answer = self.lab.predict(ask.with(pictures)).await;
        to_js(&answer.map_err(thrown)?)
    }

    /// A look inside, at the first of `pictures` where there is one.
    ///
    /// # Errors
    /// `unknown_inspection`, `bad_input`, `device_lost`.
    pub async fn inspect(
        &mut self,
        what: String,
        options: JsValue,
        pictures: Vec<EnginePicture>,
    ) -> Result<JsValue, JsValue> {
        let ask = Ask::from(from_js::<Value>(options)?);
        let pictures = pictures.into_iter().map(EnginePicture::into_named).collect();
        let answer = self.lab.inspect(&what, ask.with(pictures)).await;
        to_js(&answer.map_err(thrown)?)
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

/// The lab, and the name of the adapter it computes on.
#[cfg(feature = "tensors")]
async fn open_lab(plan: &Plan, files: Files, device: &str) -> Result<(Box<dyn Lab>, String), LabError> {
    let device = super::device::open(device).await?;
    Ok((plan.open(files, device.device)?, device.adapter))
}

/// The lab; without tensors there is no adapter to name.
#[cfg(not(feature = "tensors"))]
async fn open_lab(plan: &Plan, files: Files, _device: &str) -> Result<(Box<dyn Lab>, String), LabError> {
    Ok((plan.open_on_cpu(files)?, String::new()))
}
