//! How far a run has come, how long it may go on, and which goals it has reached.

use serde::Serialize;
use serde_json::{Map, Value};

/// How far a run has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
    #[cfg_attr(test, ts(type = "{ [metric: string]: number | null }"))]
    pub metrics: Map<String, Value>,
    /// Whether the run has come to its end (or diverged).
    pub finished: bool,
    /// Whether the loss stopped being finite.
    pub diverged: bool,
}

/// How long one call of [`train`](crate::lab::Lab::train) may go on.
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
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GoalStatus {
    /// Key under `goals` in the lesson's words.
    pub id: String,
    /// Whether it has been reached in this lab.
    pub passed: bool,
    /// The figure it was judged by, if there is one yet.
    pub value: Option<f64>,
}
