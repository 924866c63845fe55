//! The one form of error that every layer answers with.

use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// What went wrong, as [`Failure`] says.
///
/// It is one word long, for nearly every function may answer with it and each hands it on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct LabError(Box<Failure>);

/// An error with a stable code and a sentence for the reader.
///
/// `code` is a key under `errors` in the language files, whose sentence may use the `details` by name;
/// `message` is the English sentence for logs and for whoever has no language file at hand.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "LabError"))]
pub struct Failure {
    /// Stable name of the error.
    pub code: String,
    /// English sentence: what is wrong and what to do.
    pub message: String,
    /// Facts such as `file`, `row`, `column`, `expected`.
    #[cfg_attr(test, ts(type = "{ [name: string]: Json }"))]
    pub details: Map<String, Value>,
}

impl LabError {
    /// An error without details.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self(Box::new(Failure { code: code.into(), message: message.into(), details: Map::new() }))
    }

    /// Adds a fact.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.into(), value.into());
        self
    }
}

/// The errors that several lessons have in common.
impl LabError {
    /// A checkpoint of another run, or a damaged one.
    pub fn bad_checkpoint(reason: String) -> Self {
        Self::new("bad_checkpoint", format!("This checkpoint does not fit this run: {reason}."))
            .with("reason", reason)
    }

    /// Weights of another network, or a damaged file.
    pub fn bad_model(reason: String) -> Self {
        Self::new("bad_model", format!("These weights do not fit this network: {reason}."))
            .with("reason", reason)
    }

    /// A part of the data that there is not.
    pub fn unknown_split(split: &str, known: &[&str]) -> Self {
        Self::new("unknown_split", format!("There is no split called `{split}`. Use {}.", known.join(" or ")))
            .with("split", split)
    }

    /// Something to look at that there is not.
    pub fn unknown_inspection(what: &str, known: &[&str]) -> Self {
        let message = format!("There is nothing called `{what}` to look at. Use {}.", known.join(", "));
        Self::new("unknown_inspection", message).with("what", what)
    }

    /// A file of the site that a lesson needs was not handed over.
    pub fn data_missing(file: &str) -> Self {
        Self::new("data_missing", format!("The lesson's data are not there: {file}.")).with("file", file)
    }

    /// A run, weights or predictions asked of a lab that trains no model.
    pub fn nothing_trains() -> Self {
        Self::new("nothing_trains", "Nothing is trained here: choose a task with a model first.")
    }

    /// A format that weights are not written in.
    pub fn unknown_format(format: &str, known: &[&str]) -> Self {
        let message = format!("Weights cannot be written as `{format}`. Use {}.", known.join(" or "));
        Self::new("unknown_format", message).with("format", format)
    }

    /// An input or an option that is not what was expected.
    pub fn bad_input(expected: impl Into<String>) -> Self {
        let expected = expected.into();
        Self::new("bad_input", format!("This cannot be used: {expected} was expected."))
            .with("expected", expected)
    }
}

impl Deref for LabError {
    type Target = Failure;

    fn deref(&self) -> &Failure {
        &self.0
    }
}

impl DerefMut for LabError {
    fn deref_mut(&mut self) -> &mut Failure {
        &mut self.0
    }
}

impl fmt::Display for LabError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)
    }
}

impl std::error::Error for LabError {}
