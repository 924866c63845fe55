//! How a run is made, and how its results are judged.

use crate::controls::RateChanges;
use crate::nn::optim::optimizer::{Constants, Rule};

/// How a run is made.
#[derive(Debug, Clone, PartialEq)]
pub struct RunnerConfig {
    /// Passes over the training rows.
    pub epochs: usize,
    /// Rows of a minibatch.
    pub batch_size: usize,
    /// The rule that changes the weights.
    pub rule: Rule,
    /// Whose constants the rule has.
    pub constants: Constants,
    /// Its learning rate α, at the first step.
    pub learning_rate: f64,
    /// Where it changes in mid-run.
    pub rate_changes: RateChanges,
    /// Whether rows of tables that a minibatch does not look up are left alone, moments and all.
    pub lazy_tables: bool,
    /// Rows of the buffer that is shuffled ([`DataLoader::with_buffer`](crate::data::batch::DataLoader::with_buffer));
    /// `usize::MAX` where all are shuffled at once.
    pub shuffle_buffer: usize,
    /// After which steps the network is evaluated on the rows held out.
    pub evaluation: Cadence,
    /// Names under which such an evaluation's figures are recorded, in the order of the objective's figures.
    pub evaluation_metrics: &'static [&'static str],
    /// Which weights are kept for [`Weights::BestDev`], if any. They take the memory of one more network.
    pub keep_best: Option<KeepBest>,
    /// Figures of the objective whose running value is recorded at the end of each epoch: over the very passes whose
    /// loss was read, each with the weights of its step (Keras' `accuracy` while it trains).
    pub running: &'static [&'static str],
    /// What ends the run before its last epoch, if anything.
    pub stop: Option<StopRule>,
    /// Fixes the order of the rows in each epoch.
    pub seed: u64,
}

impl RunnerConfig {
    /// The learning rate of a step counted from 0.
    pub(super) fn rate(&self, step: u64) -> f64 {
        self.rate_changes.rate(self.learning_rate, step)
    }
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
    /// Those that were [best](KeepBest) on the rows held out so far; the latest while there are none.
    BestDev,
}

/// Keeps the weights of the evaluation on the rows held out at which a figure was best; of equal ones the first, as in
/// the iris document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeepBest {
    /// Name of the objective's figure.
    pub metric: &'static str,
    /// Whether the largest value is the best one, or the smallest.
    pub largest: bool,
    /// Only values beyond this one are kept: 0 for an accuracy, as in the document; an infinite one where any will do.
    pub beyond: f64,
}

impl KeepBest {
    /// Whether weights with this value are kept where the best so far had the value `best`.
    pub(super) fn keeps(&self, value: f64, best: Option<f64>) -> bool {
        beyond(value, best.unwrap_or(self.beyond), self.largest)
    }
}

/// Ends a run after the first epoch whose running value of a figure is beyond a bound (the vision document's callback).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StopRule {
    /// Name of the objective's figure.
    pub metric: &'static str,
    /// Whether the value has to be larger than the bound, or smaller.
    pub larger: bool,
    /// The bound; just as much is not beyond it.
    pub bound: f64,
}

impl StopRule {
    /// Whether an epoch with this value ends the run.
    pub(super) fn ends(&self, value: f64) -> bool {
        beyond(value, self.bound, self.larger)
    }
}

fn beyond(value: f64, bound: f64, above: bool) -> bool {
    if above { value > bound } else { value < bound }
}
