//! What the worker hands to a lab beside its settings: a table, pictures, files of the site.
//!
//! A handle is used up when a lab is opened with it; `share` makes another to the same content.

use super::engine::{chapter, thrown};
use crate::data::pictures::own::OwnPictures;
use crate::data::pictures::{LabelledPictures, NamedPicture, Picture};
use crate::data::table::TableLimits;
use crate::data::table::mixed::{MIXED_LIMITS, MixedTable};
use crate::data::table::own::OwnTable;
use crate::error::LabError;
use crate::lessons::{Content, Files, Tables};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A table of the reader's own, read once and used by every lab opened with it.
#[wasm_bindgen]
pub struct EngineTable {
    pub(super) table: Option<Rc<OwnTable>>,
    pub(super) mixed: Option<Rc<MixedTable>>,
}

#[wasm_bindgen]
impl EngineTable {
    /// Reads a table from UTF-8 text, as the lesson takes it. A name that ends in `.svm` or `.libsvm` has LibSVM's lines.
    ///
    /// # Errors
    /// `unknown_lesson`, `unknown_file` where the lesson takes no table, `bad_table`.
    pub fn read(lesson: &str, file: String, text: Vec<u8>) -> Result<EngineTable, JsValue> {
        match chapter(lesson)?.tables {
            Tables::None => {
                let message = format!("This lesson learns from no table such as {file}.");
                Err(thrown(LabError::new("unknown_file", message).with("file", file)))
            }
            Tables::Numbers => {
                let table = OwnTable::read(&file, &text, TableLimits::default()).map_err(thrown)?;
                Ok(Self { table: Some(Rc::new(table)), mixed: None })
            }
            Tables::Mixed => {
                let is_libsvm =
                    [".svm", ".libsvm"].iter().any(|ending| file.to_ascii_lowercase().ends_with(ending));
                let table = match is_libsvm {
                    true => MixedTable::read_libsvm(&file, &text, MIXED_LIMITS),
                    false => MixedTable::read(&file, &text, None, MIXED_LIMITS),
                }
                .map_err(thrown)?;
                table.check_learnable().map_err(thrown)?;
                Ok(Self { table: None, mixed: Some(Rc::new(table)) })
            }
        }
    }

    /// Another handle to the same table: a handle is used up when a lab is opened with it.
    pub fn share(&self) -> EngineTable {
        Self { table: self.table.clone(), mixed: self.mixed.clone() }
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

    /// Another handle to the same files.
    pub fn share(&self) -> EngineFiles {
        Self { files: self.files.clone() }
    }
}

/// A picture to ask about.
#[wasm_bindgen]
pub struct EnginePicture {
    picture: NamedPicture,
}

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

/// A folder of the reader's pictures, one after the other, each brought to one size as it comes.
#[wasm_bindgen]
pub struct EnginePictures {
    name: String,
    reading: Option<OwnPictures>,
    pictures: Option<Rc<LabelledPictures>>,
}

#[wasm_bindgen]
impl EnginePictures {
    /// Begins to read a folder called `name` of pictures to be `side` pixels wide and high.
    pub fn begin(name: String, side: usize) -> EnginePictures {
        Self { reading: Some(OwnPictures::begin(&name, side)), name, pictures: None }
    }

    /// Adds a decoded picture.
    ///
    /// # Errors
    /// `bad_picture`, `bad_pictures`.
    pub fn add(&mut self, path: String, width: usize, height: usize, rgba: Vec<u8>) -> Result<(), JsValue> {
        let picture =
            Picture::from_rgba(width, height, rgba).map_err(|error| thrown(error.with("file", &*path)))?;
        match &mut self.reading {
            Some(reading) => reading.add(&path, &picture).map_err(thrown),
            None => Ok(()),
        }
    }

    /// Ends the reading; what is held out is drawn with the seed.
    ///
    /// # Errors
    /// `bad_pictures`.
    pub fn finish(&mut self, seed: f64) -> Result<(), JsValue> {
        if let Some(reading) = self.reading.take() {
            self.pictures = Some(Rc::new(reading.finish(seed as u64).map_err(thrown)?));
        }
        Ok(())
    }

    /// Another handle to the same pictures.
    pub fn share(&self) -> EnginePictures {
        Self { name: self.name.clone(), reading: None, pictures: self.pictures.clone() }
    }
}

impl EnginePictures {
    pub(super) fn into_labelled(self) -> Option<(String, Rc<LabelledPictures>)> {
        self.pictures.map(|pictures| (self.name, pictures))
    }
}
