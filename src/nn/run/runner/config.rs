//! How a run is made, and how its results are judged.

use crate::nn::objective::loss::Loss;
use crate::nn::optim::optimizer::{Constants, Rule};
use serde::Serialize;

/// How a run is made.
#[derive(Debug, Clone, PartialEq)]
pub struct RunnerConfig {
    /// Passes over the training rows.
    pub epochs: usize,
    /// Rows of a minibatch.
    pub batch_size: usize,
    /// What is made small.
    pub loss: Loss,
    /// The rule that changes the weights.
    pub rule: Rule,
    /// Whose constants the rule has.
    pub constants: Constants,
    /// Its learning rate α.
    pub learning_rate: f64,
    /// After which steps the network is evaluated on the rows held out.
    pub evaluation: Cadence,
    /// Names under which such an evaluation's loss and accuracy are recorded.
    pub evaluation_metrics: [&'static str; 2],
    /// Whether the weights with the best accuracy on the rows held out are kept, for [`Weights::BestDev`]. They take
    /// the memory of one more network.
    pub keep_best: bool,
    /// Whether the running training accuracy of each epoch is recorded: the share of the epoch's rows that were correct
    /// in the very passes whose loss was read, each with the weights of its step (Keras' `accuracy`).
    pub running_accuracy: bool,
    /// The run ends after the first epoch whose running training accuracy is greater than this (the vision document's
    /// callback).
    pub stop_at_accuracy: Option<f64>,
    /// Fixes the order of the rows in each epoch.
    pub seed: u64,
}

/// After which steps a run is evaluated; always after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// After every step whose number, counted from 0, is a multiple of this one, but not after the first.
    EverySteps(usize),
    /// After the last step of each epoch.
    EveryEpoch,
}

/// Which weights a result is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Those of the latest step.
    Last,
    /// Those with the best accuracy on dev so far; the latest while there are none.
    BestDev,
}

/// Loss and accuracy over some rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Evaluation {
    /// Mean loss over the rows.
    pub loss: f64,
    /// Share of rows whose class has the largest logit.
    pub accuracy: f64,
}
