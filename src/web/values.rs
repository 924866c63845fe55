//! Values and errors on their way across the border.

#[cfg(any(feature = "pictures", feature = "tensors", feature = "trees"))]
use crate::error::LabError;
#[cfg(any(feature = "tensors", feature = "trees"))]
use crate::history::Columns;
#[cfg(any(feature = "tensors", feature = "trees"))]
use js_sys::{Array, Float64Array, Object, Reflect, Uint32Array};
use serde::Serialize;
#[cfg(any(feature = "tensors", feature = "trees"))]
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

/// Any serialisable value as plain JavaScript objects, arrays and numbers.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| JsValue::from_str(&error.to_string()))
}

/// What JavaScript handed over, as a value of Rust.
///
/// # Errors
/// `bad_input`.
#[cfg(any(feature = "tensors", feature = "trees"))]
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let message = format!("The engine was given something it cannot read: {error}.");
        thrown(LabError::new("bad_input", message).with("expected", error.to_string()))
    })
}

/// An error as the plain object the worker passes on.
#[cfg(any(feature = "pictures", feature = "tensors", feature = "trees"))]
pub fn thrown(error: LabError) -> JsValue {
    to_js(&error).unwrap_or_else(|error| error)
}

/// Columns of a history: their numbers cross as typed arrays, and no object is made for a point.
///
/// # Errors
/// Whatever JavaScript throws while an object is filled.
#[cfg(any(feature = "tensors", feature = "trees"))]
pub fn columns_to_js(columns: &Columns<'_>) -> Result<JsValue, JsValue> {
    let object = Object::new();
    let fields: [(&str, JsValue); 4] = [
        ("metrics", columns.metrics.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()),
        ("steps", Uint32Array::from(columns.steps).into()),
        ("epochs", Uint32Array::from(columns.epochs).into()),
        ("values", Float64Array::from(columns.values).into()),
    ];
    for (name, value) in fields {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object.into())
}
