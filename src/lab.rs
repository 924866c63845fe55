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
use serde_json::{Map, Value};

/// What a lab is asked: a value, and pictures of the reader's where some are handed over with it.
#[derive(Debug, Default)]
pub struct Ask {
    /// Rows to predict, options of a look inside: the form is the lesson's own.
    pub value: Value,
    /// Pictures of the reader's, in their order.
    pub attachments: Vec<NamedPicture>,
}

impl Ask {
    /// The same question with pictures.
    pub fn with(self, attachments: Vec<NamedPicture>) -> Self {
        Self { attachments, ..self }
    }
}

impl From<Value> for Ask {
    fn from(value: Value) -> Self {
        Self { value, attachments: Vec::new() }
    }
}

/// A lesson at work: one model, one data set, one run.
///
/// A lesson implements what it has; the bodies here are those of a lab that trains nothing. All methods are futures
/// because reading from a GPU is; on the CPU they are ready at once.
#[async_trait(?Send)]
pub trait Lab {
    /// The settings this lab was opened with.
    fn settings(&self) -> &Settings;

    /// A look inside: data, weights, decision regions, code; names are the lesson's own
    /// (`lessons::run::looks`). The value holds options by name.
    ///
    /// # Errors
    /// `unknown_inspection`, `bad_input` with the option at fault, or whatever else is wrong.
    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError>;

    /// How far the run has come.
    fn progress(&self) -> Progress {
        Progress {
            step: 0,
            total_steps: 0,
            epoch: 0,
            total_epochs: 0,
            metrics: Map::new(),
            finished: true,
            diverged: false,
        }
    }

    /// Goes on with the run until the budget is used or the run ends; a finished run returns at once.
    ///
    /// # Errors
    /// `device_lost` when the device went away. A loss that is not finite is no error: it ends the run
    /// ([`Progress::diverged`]).
    async fn train(&mut self, _budget: Budget) -> Result<Progress, LabError> {
        Ok(self.progress())
    }

    /// What is recorded, in the order of the points of one step; nothing where nothing is trained.
    fn tracks(&self) -> Vec<&Track> {
        Vec::new()
    }

    /// Loss and accuracy on a split, with the weights the settings say to judge by.
    ///
    /// # Errors
    /// `unknown_split`, `nothing_trains`.
    async fn evaluate(&mut self, _split: &str) -> Result<Value, LabError> {
        Err(LabError::nothing_trains())
    }

    /// What the model says of the reader's input; its form is the lesson's own.
    ///
    /// # Errors
    /// `bad_input` with the row and column at fault, `nothing_trains`.
    async fn predict(&mut self, _input: Ask) -> Result<Value, LabError> {
        Err(LabError::nothing_trains())
    }

    /// Everything needed to go on from here, on any device of the same build.
    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        Ok(Vec::new())
    }

    /// Goes back (or forth) to a checkpoint of a lab with the same settings.
    ///
    /// # Errors
    /// `bad_checkpoint`; the lab is then as it was.
    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        match checkpoint {
            [] => Ok(()),
            _ => Err(LabError::bad_checkpoint("it holds a run, and nothing is trained here".into())),
        }
    }

    /// The weights as a file: `safetensors` or `burnpack`.
    ///
    /// # Errors
    /// `unknown_format`, `nothing_trains`.
    async fn export_model(&mut self, _format: &str) -> Result<Vec<u8>, LabError> {
        Err(LabError::nothing_trains())
    }

    /// Takes the weights from a file written by [`Lab::export_model`]; the run starts anew from them.
    ///
    /// # Errors
    /// `bad_model` with what was expected; the lab is then as it was. `nothing_trains`.
    async fn import_model(&mut self, _file: &[u8]) -> Result<(), LabError> {
        Err(LabError::nothing_trains())
    }

    /// The lesson's goals and which of them this lab has reached.
    fn goals(&self) -> Vec<GoalStatus> {
        Vec::new()
    }
}

impl dyn Lab + '_ {
    /// Recorded points with a step of at least `from`: `{step, epoch, <metric>: number}`, in order of step. The page
    /// takes the columns of [`Lab::tracks`] instead.
    pub fn history(&self, from: u64) -> Vec<Value> {
        points(&self.tracks(), from)
    }
}
