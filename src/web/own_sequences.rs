//! Sequences of the reader's own.

use super::material::EngineOwn;
use super::own_files::{accepts, listed, with_files};
use super::values::{thrown, to_js};
use crate::data::pictures::Picture;
use crate::data::ratings::own::NamedFile;
use crate::data::sequences::own::{OwnReading, modality_of};
use crate::lessons::Own;
use js_sys::Uint8Array;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl EngineOwn {
    /// Which files of a folder or archive sequences are read from, by the paths and numbers of bytes of all: `PickedFiles`.
    ///
    /// # Errors
    /// `unknown_lesson`, `unknown_file` where the lesson takes no sequences, `bad_sequences`.
    pub fn pick_sequences(
        lesson: &str,
        name: &str,
        paths: Vec<String>,
        sizes: Vec<f64>,
    ) -> Result<JsValue, JsValue> {
        let picked =
            accepts(lesson).and_then(|accepts| accepts.pick_sequences(name, &listed(&paths, &sizes)));
        to_js(&picked.map_err(thrown)?)
    }

    /// Begins to read sequences from the tables that were picked.
    ///
    /// # Errors
    /// As [`EngineOwn::pick_sequences`], and `bad_table`.
    pub fn sequences(
        lesson: &str,
        name: &str,
        paths: Vec<String>,
        contents: Vec<Uint8Array>,
    ) -> Result<EngineSequences, JsValue> {
        let reading = with_files(&paths, contents, |files| accepts(lesson)?.begin_sequences(name, files));
        Ok(EngineSequences { reading: reading.map_err(thrown)? })
    }
}

/// Sequences that are being read; vectors and pictures are handed over one after the other.
#[wasm_bindgen]
pub struct EngineSequences {
    reading: OwnReading,
}

#[wasm_bindgen]
impl EngineSequences {
    /// Takes vectors in place of pictures or of words: the file's name says which.
    ///
    /// # Errors
    /// `bad_sequences`.
    pub fn add_vectors(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), JsValue> {
        let file = NamedFile { name: path, bytes: &bytes };
        modality_of(path).and_then(|modality| self.reading.vectors(modality, file)).map_err(thrown)
    }

    /// The places of the pictures that are of an item, by the paths of all.
    ///
    /// # Errors
    /// `bad_sequences`.
    pub fn pick_pictures(&mut self, paths: Vec<String>) -> Result<Vec<usize>, JsValue> {
        self.reading.pick_pictures(&paths).map_err(thrown)
    }

    /// Takes a decoded picture that was picked.
    ///
    /// # Errors
    /// `bad_picture` where width and height do not fit the bytes.
    pub fn add_picture(
        &mut self,
        path: &str,
        width: usize,
        height: usize,
        rgba: Vec<u8>,
    ) -> Result<(), JsValue> {
        let picture =
            Picture::from_rgba(width, height, rgba).map_err(|error| thrown(error.with("file", path)))?;
        self.reading.picture(path, &picture);
        Ok(())
    }

    /// The sequences; uses the reading up.
    ///
    /// # Errors
    /// `bad_sequences`.
    pub fn finish(self) -> Result<EngineOwn, JsValue> {
        let own = self.reading.finish().map_err(thrown)?;
        Ok(EngineOwn::holding(Own::Sequences(Rc::new(own))))
    }
}
