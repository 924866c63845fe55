//! Data of the reader's own: the one handle to what was brought, and what a lesson declares that it accepts.
//!
//! A further kind is a variant of [`Own`] and one of [`Accepts`], decoded by a method of [`Accepts`].

use crate::data::pictures::own::{MOST_PICTURES, PictureFolder};
use crate::data::ratings::own::{self as ratings, NamedFile, OwnRatings, RatingsSummary};
use crate::data::sequences::own::{
    self as sequences, OwnReading, OwnSequences, PickedFiles, SequencesSummary,
};
use crate::data::table::{ColumnDescription, Found, TableReading, TableRules, TypedTable};
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
    /// Ratings of films.
    Ratings(Rc<OwnRatings>),
    /// Who took which item after which.
    Sequences(Rc<OwnSequences>),
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
    /// The published ml-1m or ml-100k.
    Ratings,
    /// A table of who took what when, perhaps a list of the items, and pictures or vectors of them.
    Sequences,
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
    /// The table as the page shows it.
    pub look: fn(&TypedTable) -> OwnTableDescription,
}

/// The reader's own table, as far as the page shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OwnTableDescription {
    /// Name of the file.
    pub file: String,
    /// Number of rows.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<ColumnDescription>,
    /// How it was read.
    pub found: Found,
    /// The likeliest label; empty where no column can be one.
    pub label: String,
    /// Whether no other column is nearly as likely.
    pub label_sure: bool,
    /// Why the lesson cannot learn from it.
    #[cfg_attr(test, ts(as = "Option<crate::error::Failure>"))]
    pub refusal: Option<LabError>,
}

impl OwnTableDescription {
    /// A table with the columns as a lesson can use them.
    pub fn new(table: &TypedTable, columns: Vec<ColumnDescription>, label: String, label_sure: bool) -> Self {
        let (file, found) = (table.file.clone(), table.found.clone());
        Self { file, rows: table.rows, columns, found, label, label_sure, refusal: None }
    }
}

/// What of the reader's own is learned from, as far as the page shows it: of pictures the
/// [`PicturesDescription`](super::PicturesDescription) does.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OwnDescription {
    /// A table.
    Table(OwnTableDescription),
    /// Ratings of films.
    Ratings(RatingsSummary),
    /// Who took which item after which.
    Sequences(SequencesSummary),
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
    /// Ratings of films.
    Ratings {
        /// Names of the files that are read of a folder or archive.
        files: &'static [&'static str],
    },
    /// Who took which item after which.
    Sequences {
        /// How the names of the files end that are read of a folder or archive.
        endings: &'static [&'static str],
        /// Most users.
        most_users: usize,
        /// Most items.
        most_items: usize,
        /// Most rows of a table.
        most_rows: usize,
    },
}

impl Own {
    /// How many rows, pictures or ratings there are, or how many times somebody took something.
    pub fn size(&self) -> usize {
        match self {
            Self::Table(table) => table.rows,
            Self::Pictures(pictures) => pictures.train + pictures.test,
            Self::Ratings(ratings) => ratings.table.len(),
            Self::Sequences(sequences) => sequences.summary.taken,
        }
    }
}

impl Accepts {
    /// A table of the reader's, from UTF-8 text.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no table, `bad_table`.
    pub fn read_table(&self, file: &str, text: &[u8], reading: &TableReading) -> Result<Own, LabError> {
        let Accepts::Table(form) = self else { return Err(unknown_file("table", file)) };
        let table = TypedTable::read_as(file, text, &form.rules, reading)?;
        (form.check)(&table)?;
        Ok(Own::Table(Rc::new(table)))
    }

    /// What a table of the reader's is taken for, before it is learned from: also one that the lesson cannot learn from
    /// as it stands.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no table, `bad_table` for what is no table.
    pub fn look_at_table(
        &self,
        file: &str,
        text: &[u8],
        reading: &TableReading,
    ) -> Result<OwnTableDescription, LabError> {
        let Accepts::Table(form) = self else { return Err(unknown_file("table", file)) };
        let table = TypedTable::read_as(file, text, &form.rules, reading)?;
        let refusal = (form.check)(&table).err();
        Ok(OwnTableDescription { refusal, ..(form.look)(&table) })
    }

    /// Pictures of the reader's by their paths; their pixels are read once it is known at which size.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no pictures, `bad_pictures`.
    pub fn read_pictures(&self, name: &str, paths: Vec<String>) -> Result<Own, LabError> {
        let Accepts::Pictures = self else { return Err(unknown_file("pictures", name)) };
        Ok(Own::Pictures(Rc::new(PictureFolder::of(name, paths)?)))
    }

    /// The places of the files that [`Accepts::read_ratings`] reads among those of a folder or archive, by their paths
    /// and numbers of bytes.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no ratings, `missing_file`, `bad_ratings`.
    pub fn pick_ratings(&self, name: &str, files: &[(&str, usize)]) -> Result<Vec<usize>, LabError> {
        let Accepts::Ratings = self else { return Err(unknown_file("ratings", name)) };
        Ok(ratings::pick(name, files)?.1)
    }

    /// Ratings of the reader's from the files that were picked.
    ///
    /// # Errors
    /// As [`Accepts::pick_ratings`].
    pub fn read_ratings(&self, name: &str, files: &[NamedFile]) -> Result<Own, LabError> {
        let Accepts::Ratings = self else { return Err(unknown_file("ratings", name)) };
        Ok(Own::Ratings(Rc::new(ratings::read(name, files)?)))
    }

    /// The files that sequences are read from, among those of a folder or archive, by their paths and numbers of bytes.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no sequences, `bad_sequences`.
    pub fn pick_sequences(&self, name: &str, files: &[(&str, usize)]) -> Result<PickedFiles, LabError> {
        let Accepts::Sequences = self else { return Err(unknown_file("sequences", name)) };
        sequences::pick(name, files)
    }

    /// Begins to read sequences of the reader's from the tables that were picked; vectors and pictures follow.
    ///
    /// # Errors
    /// `unknown_file` where the lesson takes no sequences, `bad_table`, `bad_sequences`.
    pub fn begin_sequences(&self, name: &str, tables: &[NamedFile]) -> Result<OwnReading, LabError> {
        let Accepts::Sequences = self else { return Err(unknown_file("sequences", name)) };
        OwnReading::of_tables(name, tables)
    }

    /// For the page; `None` where nothing is accepted.
    pub fn described(&self) -> Option<Accepted> {
        match self {
            Self::Nothing => None,
            Self::Table(TableForm { name, rules, .. }) => {
                Some(Accepted::Table { form: name, most_bytes: rules.limits.bytes })
            }
            Self::Pictures => Some(Accepted::Pictures { most: MOST_PICTURES }),
            Self::Ratings => Some(Accepted::Ratings { files: &ratings::FILES }),
            Self::Sequences => Some(Accepted::Sequences {
                endings: &sequences::ENDINGS,
                most_users: sequences::MOST_USERS,
                most_items: sequences::MOST_ITEMS,
                most_rows: sequences::MOST_ROWS,
            }),
        }
    }

    /// Code of the notice that what settings ask for was not brought: a key under `notices` in the language files.
    pub(super) fn missing(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Table(_) => Some("table_missing"),
            Self::Pictures => Some("pictures_missing"),
            Self::Ratings => Some("ratings_missing"),
            Self::Sequences => Some("sequences_missing"),
        }
    }
}

fn unknown_file(kind: &str, file: &str) -> LabError {
    let message = format!("This lesson learns from no {kind} such as {file}.");
    LabError::new("unknown_file", message).with("file", file)
}
