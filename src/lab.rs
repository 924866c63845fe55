//! What every lesson offers: a [`Lab`] that trains, answers and can be put away and taken up again.
//!
//! The page drives a lab only through this trait (by way of `web::engine`), and the registry in
//! [`crate::lessons`] is the only place that knows which labs there are.

use crate::controls::Settings;
use crate::data::pictures::NamedPicture;
use async_trait::async_trait;
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// An error with a stable code and a sentence for the reader.
///
/// `code` is a key under `errors` in the language files, whose sentence may use the `details` by name;
/// `message` is the English sentence for logs and for whoever has no language file at hand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabError {
    /// Stable name of the error.
    pub code: String,
    /// English sentence: what is wrong and what to do.
    pub message: String,
    /// Facts such as `file`, `row`, `column`, `expected`.
    pub details: Map<String, Value>,
}

impl LabError {
    /// An error without details.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), details: Map::new() }
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

impl fmt::Display for LabError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)
    }
}

impl std::error::Error for LabError {}

/// How far a run has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Optimisation steps done.
    pub step: u64,
    /// Steps of the whole run.
    pub total_steps: u64,
    /// Epoch the next step belongs to, counted from 1 for readers; the last one when finished.
    pub epoch: u64,
    /// Epochs of the whole run.
    pub total_epochs: u64,
    /// Latest value of each metric.
    pub metrics: Map<String, Value>,
    /// Whether the run has come to its end (or diverged).
    pub finished: bool,
    /// Whether the loss stopped being finite.
    pub diverged: bool,
}

/// How long one call of [`Lab::train`] may go on.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// At most so many steps.
    pub steps: u64,
    /// No step begins after so many milliseconds (at least one step is made).
    pub milliseconds: f64,
}

impl Budget {
    /// `steps` steps, however long they take.
    pub fn steps(steps: u64) -> Self {
        Self { steps, milliseconds: f64::INFINITY }
    }
}

/// A goal of the lesson, checked by the lab.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoalStatus {
    /// Key under `goals` in the lesson's words.
    pub id: String,
    /// Whether it has been reached in this lab.
    pub passed: bool,
    /// The figure it was judged by, if there is one yet.
    pub value: Option<f64>,
}

/// A lesson at work: one model, one data set, one run.
///
/// All methods are futures because reading from a GPU is; on the CPU they are ready at once.
#[async_trait(?Send)]
pub trait Lab {
    /// The settings this lab was opened with.
    fn settings(&self) -> &Settings;

    /// How far the run has come.
    fn progress(&self) -> Progress;

    /// Goes on with the run until the budget is used or the run ends; a finished run returns at once.
    ///
    /// # Errors
    /// `device_lost` when the device went away. A loss that is not finite is no error: it ends the run
    /// ([`Progress::diverged`]).
    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError>;

    /// Recorded points with a step of at least `from`: `{step, epoch, <metric>: number}`, in order of step.
    fn history(&self, from: u64) -> Vec<Value>;

    /// Loss and accuracy on a split, with the weights the settings say to judge by.
    ///
    /// # Errors
    /// `unknown_split`.
    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError>;

    /// What the model says of the reader's input; its form is the lesson's own.
    ///
    /// # Errors
    /// `bad_input` with the row and column at fault.
    async fn predict(&mut self, input: Value) -> Result<Value, LabError>;

    /// What the model says of pictures of the reader's, in their order.
    ///
    /// # Errors
    /// `bad_input` in a lesson that takes none.
    async fn predict_pictures(&mut self, _pictures: Vec<NamedPicture>) -> Result<Value, LabError> {
        Err(LabError::bad_input("an input of this lesson's own, and no picture,"))
    }

    /// A look inside: data, weights, decision regions, code; names are the lesson's own.
    ///
    /// # Errors
    /// `unknown_inspection`, or whatever is wrong with `options`.
    async fn inspect(&mut self, what: &str, options: Value) -> Result<Value, LabError>;

    /// A look inside with a picture of the reader's in place of the lesson's.
    ///
    /// # Errors
    /// As [`Lab::inspect`]; `bad_input` where no picture is looked at.
    async fn inspect_picture(
        &mut self,
        _what: &str,
        _options: Value,
        _picture: NamedPicture,
    ) -> Result<Value, LabError> {
        Err(LabError::bad_input("a look inside without a picture"))
    }

    /// Everything needed to go on from here, on any device of the same build.
    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError>;

    /// Goes back (or forth) to a checkpoint of a lab with the same settings.
    ///
    /// # Errors
    /// `bad_checkpoint`; the lab is then as it was.
    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError>;

    /// The weights as a file: `safetensors` or `burnpack`.
    ///
    /// # Errors
    /// `unknown_format`.
    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError>;

    /// Takes the weights from a file written by [`Lab::export_model`]; the run starts anew from them.
    ///
    /// # Errors
    /// `bad_model` with what was expected; the lab is then as it was.
    async fn import_model(&mut self, file: &[u8]) -> Result<(), LabError>;

    /// The lesson's goals and which of them this lab has reached.
    fn goals(&self) -> Vec<GoalStatus>;
}
