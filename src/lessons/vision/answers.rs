//! Pictures and bytes in an answer for the page: base64, because an answer survives JSON.

use crate::data::pictures::Picture;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Bytes as text.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// `{width, height, channels, pixels}`.
pub(super) fn picture(picture: &Picture) -> Value {
    json!({
        "width": picture.width,
        "height": picture.height,
        "channels": picture.channels,
        "pixels": base64(&picture.pixels),
    })
}

/// The same with more about it.
pub(super) fn picture_with(of: &Picture, more: Value) -> Value {
    let (Value::Object(mut answer), Value::Object(more)) = (picture(of), more) else {
        unreachable!("both are objects")
    };
    answer.extend(more);
    Value::Object(answer)
}
