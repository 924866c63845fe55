//! Decoding a picture file of the reader's own, in a module that only this is loaded for.

use super::values::thrown;
use crate::data::pictures::{Picture, decode};
use wasm_bindgen::prelude::*;

/// A decoded picture: red, green, blue and alpha of each pixel, row by row.
#[wasm_bindgen]
pub struct DecodedPicture {
    picture: Picture,
}

#[wasm_bindgen]
impl DecodedPicture {
    /// Decodes a PNG or a JPEG called `name`, and where there is a `side` resizes it to that width and height.
    ///
    /// # Errors
    /// `bad_picture` with `file` and `reason`.
    pub fn decode(name: &str, bytes: Vec<u8>, side: Option<usize>) -> Result<DecodedPicture, JsValue> {
        let picture = decode::decode(bytes, side).map_err(|error| thrown(error.with("file", name)))?;
        Ok(Self { picture })
    }

    /// Pixels of a row.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.picture.width
    }

    /// Rows.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.picture.height
    }

    /// The pixels; uses the picture up.
    pub fn into_rgba(self) -> Vec<u8> {
        self.picture.pixels
    }
}
