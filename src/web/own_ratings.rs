//! Ratings of the reader's own.

use super::material::EngineOwn;
use super::own_files::{accepts, listed, with_files};
use super::values::thrown;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl EngineOwn {
    /// Which files of a folder or archive [`EngineOwn::ratings`] reads: their places, by the paths and numbers of bytes of all.
    ///
    /// # Errors
    /// `unknown_lesson`, `unknown_file` where the lesson takes no ratings, `missing_file`, `bad_ratings`.
    pub fn pick_ratings(
        lesson: &str,
        name: &str,
        paths: Vec<String>,
        sizes: Vec<f64>,
    ) -> Result<Vec<usize>, JsValue> {
        accepts(lesson)
            .and_then(|accepts| accepts.pick_ratings(name, &listed(&paths, &sizes)))
            .map_err(thrown)
    }

    /// Reads ratings from the files that were picked.
    ///
    /// # Errors
    /// As [`EngineOwn::pick_ratings`].
    pub fn ratings(
        lesson: &str,
        name: &str,
        paths: Vec<String>,
        contents: Vec<Uint8Array>,
    ) -> Result<EngineOwn, JsValue> {
        let own = with_files(&paths, contents, |files| accepts(lesson)?.read_ratings(name, files));
        Ok(Self::holding(own.map_err(thrown)?))
    }
}
