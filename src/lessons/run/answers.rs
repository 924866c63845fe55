//! Pictures and bytes in an answer for the page: base64, because an answer survives JSON.

use crate::data::pictures::Picture;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// A picture as the page reads it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PictureAnswer {
    width: usize,
    height: usize,
    /// 1 for gray, 3 for red, green and blue.
    channels: usize,
    /// Bytes of the pixels, row by row, in base64.
    pixels: String,
}

/// Bytes as text.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A picture for an answer.
pub fn picture(picture: &Picture) -> PictureAnswer {
    PictureAnswer {
        width: picture.width,
        height: picture.height,
        channels: picture.channels,
        pixels: base64(&picture.pixels),
    }
}
