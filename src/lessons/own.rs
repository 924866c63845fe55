//! Data of the reader's own: the one handle to what was brought, and what a lesson declares that it accepts.
//!
//! A further kind is a variant of [`Own`] and one of [`Accepts`], decoded by a method of [`Accepts`].

use crate::data::pictures::own::{MOST_PICTURES, PictureFolder};
use crate::data::table::{TableRules, TypedTable};
use crate::error::LabError;
use serde::Serialize;
use std::rc::Rc;

/// What the reader brought.
#[derive(Debug, Clone)]
pub enum Own {
    /// A table with a header.
    Table(Rc<TypedTable>),
    /// A folder of pictures with a class each.
    Pictures(Rc<PictureFolder>),
}

/// What of the reader's own a lesson learns from, how it is decoded and with which limits.
#[derive(Debug, Clone, Copy)]
pub enum Accepts {
    /// Nothing.
    Nothing,
    /// A table.
    Table(TableForm),
    /// Folders of pictures, named after their classes.
    Pictures,
}

/// Tables that a lesson learns from.
#[derive(Debug, Clone, Copy)]
pub struct TableForm {
    /// What is accepted, in words: a key under `ui.own_table.accepted`.
    pub name: &'static str,
    /// How they are read.
    pub rules: TableRules,
    /// Whether the lesson can learn from a table that was read: `bad_table`.
    pub check: fn(&TypedTable) -> Result<(), LabError>,
}

/// What of the reader's own is accepted, for the page.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Accepted {
    /// A table.
    Table {
        /// Key under `ui.own_table.accepted`.
        form: &'static str,
        /// Most bytes of its text.
        most_bytes: usize,
    },
    /// Pictures.
    Pictures {
        /// Most of them.
        most: usize,
    },
}

impl Own {
    /// How many rows or pictures there are.
    pub fn size(&self) -> usize {
        match self {
            Self::Table(table) => table.rows,
            Self::Pictures(pictures) => pictures.train + pictures.test,
        }
    }
}

impl Accepts {
    /// A table of the reader's, from UTF-8 text.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no table, `bad_table`.
    pub fn read_table(&self, file: &str, text: &[u8]) -> Result<Own, LabError> {
        let Accepts::Table(form) = self else { return Err(unknown_file("table", file)) };
        let table = TypedTable::read(file, text, &form.rules)?;
        (form.check)(&table)?;
        Ok(Own::Table(Rc::new(table)))
    }

    /// Pictures of the reader's by their paths; their pixels are read once it is known at which size.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no pictures, `bad_pictures`.
    pub fn read_pictures(&self, name: &str, paths: Vec<String>) -> Result<Own, LabError> {
        let Accepts::Pictures = self else { return Err(unknown_file("pictures", name)) };
        Ok(Own::Pictures(Rc::new(PictureFolder::of(name, paths)?)))
    }

    /// For the page; `None` where nothing is accepted.
    pub fn described(&self) -> Option<Accepted> {
        match self {
            Self::Nothing => None,
            Self::Table(TableForm { name, rules, .. }) => {
                Some(Accepted::Table { form: name, most_bytes: rules.limits.bytes })
            }
            Self::Pictures => Some(Accepted::Pictures { most: MOST_PICTURES }),
        }
    }

    /// Code of the notice that what settings ask for was not brought: a key under `notices` in the language files.
    pub(super) fn missing(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Table(_) => Some("table_missing"),
            Self::Pictures => Some("pictures_missing"),
        }
    }
}

fn unknown_file(kind: &str, file: &str) -> LabError {
    let message = format!("This lesson learns from no {kind} such as {file}.");
    LabError::new("unknown_file", message).with("file", file)
}
