//! What every lesson offers: a [`Lab`] that trains, answers and can be put away and taken up again.
//!
//! The page drives a lab only through this trait (by way of `web::engine`), and the registry in
//! [`crate::lessons`] is the only place that knows which labs there are.

use crate::controls::Settings;
use crate::data::pictures::NamedPicture;
use crate::error::LabError;
use crate::history::{Track, points};
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use serde_json::Value;

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

    /// What is recorded, in the order of the points of one step; nothing where nothing is trained.
    fn tracks(&self) -> Vec<&Track> {
        Vec::new()
    }

    /// Recorded points with a step of at least `from`: `{step, epoch, <metric>: number}`, in order of step.
    fn history(&self, from: u64) -> Vec<Value> {
        points(&self.tracks(), from)
    }

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
