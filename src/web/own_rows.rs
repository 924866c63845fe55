//! Tables of the reader's own.

use super::material::EngineOwn;
use super::values::{from_js, thrown, to_js};
use crate::data::table::TableReading;
use crate::lessons;
use wasm_bindgen::prelude::*;

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
}
