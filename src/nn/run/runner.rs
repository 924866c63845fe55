//! The iris document's `RunnerV3` (§4.5.4), with what the vision document's `fit` has beside it, for any network and any
//! examples.
//!
//! It trains on minibatches, records the loss of every step and running figures of every epoch, evaluates every n steps
//! or after each epoch, and after the last step, keeps the weights that were best on the rows held out, and ends early
//! where that is asked for. What is minimised and which figures there are is the [objective](crate::nn::objective)'s.
//! Steps are counted from 0, as the iris document counts them.

mod checkpoint;
mod config;
mod evaluation;
#[cfg(test)]
mod regression_tests;
pub mod replay;
#[cfg(test)]
mod tests;
mod training;
pub mod trial_step;

use super::examples::Examples;
use crate::data::batch::DataLoader;
use crate::error::LabError;
use crate::history::{Track, points};
use crate::nn::layers::network::Network;
use crate::nn::objective::Objective;
use crate::nn::objective::figures::Figures;
use crate::nn::optim::optimizer::Optimizer;
use crate::progress::Progress;
use burn::tensor::{Device, ExecutionError, Tensor};
use serde_json::{Map, Value, json};
use std::rc::Rc;

pub use config::{Cadence, KeepBest, RunnerConfig, StopRule, Weights};

#[derive(Debug, Clone)]
struct Best<N> {
    value: f64,
    step: u64,
    network: N,
}

/// The outcome of a step whose loss waits on the device.
struct Unread<Target> {
    readable: Tensor<2>,
    target: Target,
}

/// A network being trained.
pub struct Runner<N: Network, E: Examples<Input = N::Input>> {
    config: RunnerConfig,
    objective: Rc<dyn Objective<Target = E::Target>>,
    device: Device,
    examples: E,
    dev: Vec<usize>,
    loader: DataLoader,
    // Always there between calls; taken out for the moment in which the optimiser rebuilds it.
    network: Option<N>,
    optimizer: Optimizer,
    step: u64,
    losses: Track,
    running_figures: Track,
    evaluations: Track,
    // Of the steps of this epoch so far.
    running: Figures,
    unread: Vec<Unread<E::Target>>,
    stretch: u64,
    best: Option<Best<N>>,
    stopped: bool,
    diverged: bool,
}

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
    /// A run that has not begun. `network` must live on an autodiff device, `device` is that device.
    ///
    /// # Panics
    /// If `config` names figures that the objective does not have, or not one name for each in an evaluation.
    pub fn new(
        network: N,
        objective: impl Objective<Target = E::Target> + 'static,
        examples: E,
        train: Vec<usize>,
        dev: Vec<usize>,
        config: RunnerConfig,
        device: &Device,
    ) -> Self {
        Self::with_objective(network, Rc::new(objective), examples, train, dev, config, device)
    }

    fn with_objective(
        network: N,
        objective: Rc<dyn Objective<Target = E::Target>>,
        examples: E,
        train: Vec<usize>,
        dev: Vec<usize>,
        config: RunnerConfig,
        device: &Device,
    ) -> Self {
        let figures = objective.figures();
        assert_eq!(
            config.evaluation_metrics.len(),
            figures.len(),
            "one name for each figure of an evaluation"
        );
        let named =
            config.keep_best.iter().map(|keep| keep.metric).chain(config.stop.iter().map(|stop| stop.metric));
        for name in named.chain(config.running.iter().copied()) {
            assert!(figures.iter().any(|figure| figure.name == name), "the objective has no figure `{name}`");
        }
        Self {
            loader: DataLoader::shuffled(train, config.batch_size, config.seed)
                .with_buffer(config.shuffle_buffer),
            optimizer: Optimizer::new(config.rule, config.constants, config.learning_rate)
                .with_lazy_tables(config.lazy_tables),
            losses: Track::new(&[figures[0].name]),
            running_figures: Track::new(config.running),
            evaluations: Track::new(config.evaluation_metrics),
            running: Figures::new(figures),
            device: device.clone().inner(),
            config,
            objective,
            examples,
            dev,
            network: Some(network),
            step: 0,
            unread: Vec::new(),
            stretch: 1,
            best: None,
            stopped: false,
            diverged: false,
        }
    }

    /// Steps of the whole run.
    pub fn total_steps(&self) -> u64 {
        (self.config.epochs * self.loader.steps_per_epoch()) as u64
    }

    /// Whether there is nothing left to train.
    pub fn finished(&self) -> bool {
        self.diverged || self.stopped || self.step >= self.total_steps()
    }

    /// Whether the run ended before its last epoch by its [`StopRule`].
    pub fn stopped(&self) -> bool {
        self.stopped
    }

    fn epoch_of(&self, step: u64) -> u64 {
        step / self.loader.steps_per_epoch() as u64
    }

    fn ends_epoch(&self, step: u64) -> bool {
        (step + 1).is_multiple_of(self.loader.steps_per_epoch() as u64)
    }

    /// How far the run has come.
    pub fn progress(&self) -> Progress {
        let mut metrics = Map::new();
        for track in self.tracks() {
            if let Some((_, values)) = track.last() {
                metrics.extend(track.metrics.iter().zip(values).map(|(m, v)| (m.to_string(), json!(v))));
            }
        }
        let total_epochs = self.config.epochs as u64;
        Progress {
            step: self.step,
            total_steps: self.total_steps(),
            epoch: (self.epoch_of(self.step) + 1).min(total_epochs),
            total_epochs,
            metrics,
            finished: self.finished(),
            diverged: self.diverged,
        }
    }

    /// Recorded points from step `from` on.
    pub fn history(&self, from: u64) -> Vec<Value> {
        points(&self.tracks(), from)
    }

    /// What is recorded, in the order of the points of one step.
    pub fn tracks(&self) -> [&Track; 3] {
        [&self.losses, &self.running_figures, &self.evaluations]
    }

    /// Losses of the steps made, `NaN` where one was not finite.
    pub fn losses(&self) -> &Track {
        &self.losses
    }

    /// [Running figures](RunnerConfig::running) of each finished epoch.
    pub fn running_figures(&self) -> &Track {
        &self.running_figures
    }

    /// Evaluations on the rows held out so far.
    pub fn evaluations(&self) -> &Track {
        &self.evaluations
    }

    /// Mean training loss of each finished epoch (the document's `train_epoch_losses`).
    pub fn epoch_losses(&self) -> impl Iterator<Item = f64> + '_ {
        let epochs = self.losses.values().chunks_exact(self.loader.steps_per_epoch());
        epochs.map(|epoch| epoch.iter().sum::<f64>() / epoch.len() as f64)
    }

    /// The examples trained on.
    pub fn examples(&self) -> &E {
        &self.examples
    }

    /// The network a result is judged by.
    pub fn network(&self, weights: Weights) -> &N {
        match (&self.best, weights) {
            (Some(best), Weights::BestDev) => &best.network,
            _ => self.network.as_ref().expect("the network is there between steps"),
        }
    }

    /// Step of the [best](KeepBest) weights so far, and the value of the figure they are the best by.
    pub fn best(&self) -> Option<(u64, f64)> {
        self.best.as_ref().map(|best| (best.step, best.value))
    }

    /// Name of the figure that is minimised.
    fn loss_name(&self) -> &'static str {
        self.objective.figures()[0].name
    }

    /// The device inputs must be on.
    pub fn device(&self) -> &Device {
        &self.device
    }
}

/// The error a lost device becomes.
pub fn device_lost(error: ExecutionError) -> LabError {
    LabError::new(
        "device_lost",
        format!("The device stopped answering: {error}. Training goes on from the last checkpoint."),
    )
}
