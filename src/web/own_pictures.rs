//! Folders of the reader's own pictures, each with a class.

use super::material::EngineOwn;
use super::values::thrown;
use crate::data::pictures::{Picture, own::PictureReading};
use crate::lessons::{self, Own, PictureForm};
use wasm_bindgen::prelude::*;

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
