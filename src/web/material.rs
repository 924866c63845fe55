//! What the worker hands to a lab beside its settings: data of the reader's own, files of the site, pictures to ask about.
//!
//! A handle is used up when it is handed over; `share` makes another to the same content.

use super::values::{from_js, thrown, to_js};
use crate::data::pictures::NamedPicture;
#[cfg(feature = "tensors")]
use crate::data::pictures::{Picture, own::PictureReading};
use crate::data::table::TableReading;
#[cfg(feature = "tensors")]
use crate::lessons::PictureForm;
use crate::lessons::{self, Content, Files, Own};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Data of the reader's own, decoded as the lesson takes them and used by every lab opened with them.
#[wasm_bindgen]
pub struct EngineOwn {
    pub(super) own: Own,
    #[cfg(feature = "tensors")]
    reading: Option<(PictureForm, PictureReading)>,
}

#[wasm_bindgen]
impl EngineOwn {
    /// Reads a table from UTF-8 text, with what was chosen of how it is read.
    ///
    /// # Errors
    /// `unknown_lesson`, `unknown_file` where the lesson takes no table, `bad_table`.
    pub fn table(lesson: &str, name: &str, text: Vec<u8>, reading: JsValue) -> Result<EngineOwn, JsValue> {
        let accepts = lessons::find(lesson).map_err(thrown)?.accepts;
        let reading = TableReading::of(&from_js(reading)?);
        Ok(Self::holding(accepts.read_table(name, &text, &reading).map_err(thrown)?))
    }

    /// What a table is taken for when it is read so; nothing of it is kept.
    ///
    /// # Errors
    /// As [`EngineOwn::table`], but for a table that is one and cannot be learned from.
    pub fn look_at_table(
        lesson: &str,
        name: &str,
        text: Vec<u8>,
        reading: JsValue,
    ) -> Result<JsValue, JsValue> {
        let accepts = lessons::find(lesson).map_err(thrown)?.accepts;
        let reading = TableReading::of(&from_js(reading)?);
        to_js(&accepts.look_at_table(name, &text, &reading).map_err(thrown)?)
    }

    /// How many rows, pictures or ratings there are, or how many times somebody took something.
    pub fn size(&self) -> usize {
        self.own.size()
    }

    /// Another handle to the same data.
    pub fn share(&self) -> EngineOwn {
        Self::holding(self.own.clone())
    }
}

/// Pictures, from which only models of tensors learn.
#[cfg(feature = "tensors")]
#[wasm_bindgen]
impl EngineOwn {
    /// Takes in a folder of pictures by their paths; they themselves are read at the size that a plan names.
    ///
    /// # Errors
    /// `unknown_lesson`, `unknown_file` where the lesson takes no pictures, `bad_pictures`.
    pub fn pictures(lesson: &str, name: &str, paths: Vec<String>) -> Result<EngineOwn, JsValue> {
        let accepts = lessons::find(lesson).map_err(thrown)?.accepts;
        Ok(Self::holding(accepts.read_pictures(name, paths).map_err(thrown)?))
    }

    /// Begins to read the pictures at a size.
    pub fn begin_pictures(&mut self, side: usize, seed: f64) {
        if let Own::Pictures(folder) = &self.own {
            let form = PictureForm { side, seed: seed as u64 };
            self.reading = Some((form, PictureReading::begin(&folder.name, side)));
        }
    }

    /// Adds a decoded picture.
    ///
    /// # Errors
    /// `bad_picture`, `bad_pictures`.
    pub fn add_picture(
        &mut self,
        path: String,
        width: usize,
        height: usize,
        rgba: Vec<u8>,
    ) -> Result<(), JsValue> {
        let picture =
            Picture::from_rgba(width, height, rgba).map_err(|error| thrown(error.with("file", &*path)))?;
        match &mut self.reading {
            Some((_, reading)) => reading.add(&path, &picture).map_err(thrown),
            None => Ok(()),
        }
    }

    /// Ends the reading: plans made with these pictures can be opened.
    ///
    /// # Errors
    /// `bad_pictures`.
    pub fn finish_pictures(&mut self) -> Result<(), JsValue> {
        if let (Own::Pictures(folder), Some((form, reading))) = (&self.own, self.reading.take()) {
            folder.keep(form.side, form.seed, reading.finish(form.seed).map_err(thrown)?);
        }
        Ok(())
    }
}

impl EngineOwn {
    pub(super) fn holding(own: Own) -> Self {
        Self {
            own,
            #[cfg(feature = "tensors")]
            reading: None,
        }
    }
}

/// Files of the site, unpacked and decoded.
#[wasm_bindgen]
#[derive(Default)]
pub struct EngineFiles {
    pub(super) files: Files,
}

#[wasm_bindgen]
impl EngineFiles {
    /// No files yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> EngineFiles {
        Self::default()
    }

    /// Adds a file of bytes.
    pub fn add_bytes(&self, name: String, bytes: Vec<u8>) {
        self.files.add(name, Content::Bytes(Rc::new(bytes)));
    }

    /// Another handle to the same files.
    pub fn share(&self) -> EngineFiles {
        Self { files: self.files.clone() }
    }
}

#[cfg(feature = "tensors")]
#[wasm_bindgen]
impl EngineFiles {
    /// Adds a picture.
    ///
    /// # Errors
    /// `bad_picture` where width and height do not fit the bytes.
    pub fn add_picture(
        &self,
        name: String,
        width: usize,
        height: usize,
        rgba: Vec<u8>,
    ) -> Result<(), JsValue> {
        let picture = Picture::from_rgba(width, height, rgba).map_err(thrown)?;
        self.files.add(name, Content::Picture(Rc::new(picture)));
        Ok(())
    }
}

/// A picture to ask about.
#[wasm_bindgen]
pub struct EnginePicture {
    picture: NamedPicture,
}

#[cfg(feature = "tensors")]
#[wasm_bindgen]
impl EnginePicture {
    /// A decoded picture.
    ///
    /// # Errors
    /// `bad_picture` where width and height do not fit the bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(name: String, width: usize, height: usize, rgba: Vec<u8>) -> Result<EnginePicture, JsValue> {
        let picture =
            Picture::from_rgba(width, height, rgba).map_err(|error| thrown(error.with("file", &*name)))?;
        Ok(Self { picture: NamedPicture { name, picture } })
    }
}

impl EnginePicture {
    pub(super) fn into_named(self) -> NamedPicture {
        self.picture
    }
}
