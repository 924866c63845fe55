//! `Engine`: a lab as the worker sees it. Its shapes are declared for TypeScript in `www/engine/protocol.ts`.
//!
//! Methods must not overlap (the worker queues its requests): each borrows the lab until its promise resolves.

use super::material::{EngineFiles, EnginePicture, EnginePictures, EngineTable};
use super::to_js;
use crate::controls::{Control, Notice, Settings};
use crate::data::pictures::LabelledPictures;
use crate::error::LabError;
use crate::lab::Lab;
#[cfg(feature = "tensors")]
use crate::lessons::OpenLab;
use crate::lessons::{Chapter, Description, Lesson, Material, Needs, Resolved};
use crate::progress::Budget;
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Version of burn, whose bytes burnpack files are bound to.
const BURN_VERSION: &str = "0.22.1";

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
    /// Opens a lab: `layers` are settings by source (a preset layer holds its `name`), `device` is `cpu` or `webgpu`,
    /// `table` and `pictures` are the reader's own, used unless the settings ask for the lesson's own data, and
    /// `files` are those of the site that [`Engine::needs`] named.
    ///
    /// # Errors
    /// `unknown_lesson`, `bad_input` for layers of another form, `gpu_failed`, `bad_table` for columns that cannot be
    /// learned from, `picture_too_small` for a network that shrinks its pictures to nothing.
    pub async fn open(
        lesson: String,
        layers: JsValue,
        device: String,
        table: Option<EngineTable>,
        files: Option<EngineFiles>,
        pictures: Option<EnginePictures>,
    ) -> Result<Engine, JsValue> {
        let chapter = chapter(&lesson)?;
        let (table, mixed) = table.map_or((None, None), |table| (table.table, table.mixed));
        let material = Material {
            table,
            mixed,
            pictures: pictures.and_then(EnginePictures::into_labelled),
            files: files.map(|files| files.files).unwrap_or_default(),
        };
        let Resolved { controls, settings, notices, material } = chapter.resolve(from_js(layers)?, &material);
        let description = (chapter.describe)(&settings, &material).map_err(thrown)?;
        let (lab, adapter) = open_lab(chapter, settings, &device, &material).await.map_err(thrown)?;
        Ok(Self { description, controls, notices, adapter, lab })
    }

    /// What a lesson shows with these layers of settings and the lesson's own data, without opening it.
    ///
    /// # Errors
    /// `unknown_lesson`, `bad_input` for layers of another form.
    pub fn description(lesson: String, layers: JsValue) -> Result<JsValue, JsValue> {
        let chapter = chapter(&lesson)?;
        let resolved = chapter.resolve(from_js(layers)?, &Material::default());
        to_js(&(chapter.describe)(&resolved.settings, &resolved.material).map_err(thrown)?)
    }

    /// What has to be fetched before a lab with these layers can be opened: `{files, picture_side, seed}`.
    /// `has_pictures` says whether the reader has brought pictures of their own.
    ///
    /// # Errors
    /// `unknown_lesson`, `bad_input` for layers of another form.
    pub fn needs(lesson: String, layers: JsValue, has_pictures: bool) -> Result<JsValue, JsValue> {
        let chapter = chapter(&lesson)?;
        let mut material = Material::default();
        if has_pictures {
            material.pictures = Some((String::new(), Rc::new(LabelledPictures::default())));
        }
        let settings = chapter.resolve(from_js(layers)?, &material).settings;
        let Needs { files, picture_side } = (chapter.needs)(&settings);
        to_js(&json!({ "files": files, "picture_side": picture_side, "seed": settings.integer("seed") }))
    }

    /// Controls, settings, notices, description, adapter and versions.
    pub fn opened(&self) -> Result<JsValue, JsValue> {
        to_js(&json!({
            "controls": self.controls,
            "settings": self.lab.settings(),
            "address": self.lab.settings().address(&self.controls),
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

    /// What the model says of an input, or of pictures where there are some.
    ///
    /// # Errors
    /// `bad_input`, `device_lost`.
    pub async fn predict(
        &mut self,
        input: JsValue,
        pictures: Vec<EnginePicture>,
    ) -> Result<JsValue, JsValue> {
        let answer = if pictures.is_empty() {
            self.lab.predict(from_js(input)?).await
        } else {
            self.lab.predict_pictures(pictures.into_iter().map(EnginePicture::into_named).collect()).await
        };
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
        let options = from_js(options)?;
        let answer = match pictures.into_iter().next() {
            None => self.lab.inspect(&what, options).await,
            Some(picture) => self.lab.inspect_picture(&what, options, picture.into_named()).await,
        };
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

/// The lab, and the name of the adapter it computes on: empty on the CPU.
#[cfg(feature = "tensors")]
async fn open_lab(
    chapter: &Chapter,
    settings: Settings,
    device: &str,
    material: &Material,
) -> Result<(Box<dyn Lab>, String), LabError> {
    let OpenLab::OnDevice(open) = chapter.open else {
        return Ok((chapter.open_on_cpu(settings, material)?, String::new()));
    };
    let device = super::device::open(device).await?;
    Ok((open(settings, device.device, material)?, device.adapter))
}

/// The lab; without tensors there is no adapter to name.
#[cfg(not(feature = "tensors"))]
async fn open_lab(
    chapter: &Chapter,
    settings: Settings,
    _device: &str,
    material: &Material,
) -> Result<(Box<dyn Lab>, String), LabError> {
    Ok((chapter.open_on_cpu(settings, material)?, String::new()))
}

pub(super) fn chapter(lesson: &str) -> Result<&'static Chapter, JsValue> {
    Lesson::find(lesson).and_then(|lesson| lesson.chapter.as_ref()).ok_or_else(|| {
        let message = format!("There is no lesson called `{lesson}`.");
        thrown(LabError::new("unknown_lesson", message).with("lesson", lesson))
    })
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let message = format!("The engine was given something it cannot read: {error}.");
        thrown(LabError::new("bad_input", message).with("expected", error.to_string()))
    })
}

/// An error as the plain object the worker passes on.
pub(super) fn thrown(error: LabError) -> JsValue {
    to_js(&error).unwrap_or_else(|error| error)
}
