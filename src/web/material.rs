//! What the worker hands to a lab beside its settings: data of the reader's own, files of the site, pictures to ask about.
//!
//! A handle is used up when it is handed over; `share` makes another to the same content.

#[cfg(feature = "tensors")]
use super::values::thrown;
use crate::data::pictures::NamedPicture;
#[cfg(feature = "tensors")]
use crate::data::pictures::Picture;
use crate::lessons::{Content, Files, Own};
#[cfg(feature = "networks")]
use crate::{data::pictures::own::PictureReading, lessons::PictureForm};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Pictures with classes that are being read, and how.
#[cfg(feature = "networks")]
pub(super) type PicturesBegun = (PictureForm, PictureReading);

/// Data of the reader's own, decoded as the lesson takes them and used by every lab opened with them. A module decodes
/// what its lessons take: `own_rows`, `own_pictures`, `own_files`.
#[wasm_bindgen]
pub struct EngineOwn {
    pub(super) own: Own,
    #[cfg(feature = "networks")]
    pub(super) reading: Option<PicturesBegun>,
}

#[wasm_bindgen]
impl EngineOwn {
    /// How many rows, pictures or ratings there are, or how many times somebody took something.
    pub fn size(&self) -> usize {
        self.own.size()
    }

    /// Another handle to the same data.
    pub fn share(&self) -> EngineOwn {
        Self::holding(self.own.clone())
    }
}

impl EngineOwn {
    pub(super) fn holding(own: Own) -> Self {
        Self {
            own,
            #[cfg(feature = "networks")]
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
