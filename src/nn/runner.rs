//! The iris document's `RunnerV3` (§4.5.4), with what the vision document's `fit` has beside it, for any network and any
//! examples.
//!
//! It trains on minibatches, records the loss of every step and the running accuracy of every epoch, evaluates every so
//! many steps or after each epoch, and after the last step, keeps the weights that were best on dev, and ends early
//! where that is asked for. Steps are counted from 0, as the iris document counts them.

mod checkpoint;
mod config;
mod evaluation;
mod replay;
#[cfg(test)]
mod tests;
mod trial_step;

use super::examples::Examples;
use super::metric::{Accuracy, Outputs};
use super::optimizer::Optimizer;
use super::parameters::floats;
use crate::data::batch::DataLoader;
use crate::error::LabError;
use crate::history::{Track, points};
use crate::progress::{Budget, Progress};
use burn::module::Module;
use burn::tensor::{Device, ExecutionError, Tensor, Transaction};
use serde_json::{Map, Value, json};
use web_time::Instant;

pub use config::{Cadence, Evaluation, RunnerConfig, Weights};
pub use replay::Replay;
pub use trial_step::TrialStep;

/// A network that gives one row of logits for each row of its input.
pub trait Network: Module {
    /// What it is given.
    type Input;

    /// Logits, `[N, classes]`.
    fn forward(&self, input: Self::Input) -> Tensor<2>;
}

#[derive(Debug, Clone)]
struct Best<N> {
    accuracy: f64,
    step: u64,
    network: N,
}

/// Steps are made in stretches of about this length; losses wait on the device until the end of a stretch and are
/// then read together.
const STRETCH_MILLISECONDS: f64 = 8.0;
const LONGEST_STRETCH: u64 = 256;

const LOSS: &[&str] = &["loss"];
const ACCURACY: &[&str] = &["accuracy"];

/// The outcome of a step whose loss waits on the device.
struct Unread {
    readable: Tensor<2>,
    labels: Vec<u32>,
}

/// A network being trained.
pub struct Runner<N: Network, E: Examples<Input = N::Input>> {
    config: RunnerConfig,
    device: Device,
    examples: E,
    dev: Vec<usize>,
    loader: DataLoader,
    // Always there between calls; taken out for the moment in which the optimiser rebuilds it.
    network: Option<N>,
    optimizer: Optimizer,
    step: u64,
    losses: Track,
    accuracies: Track,
    evaluations: Track,
    // Of the steps of this epoch so far.
    running: Accuracy,
    unread: Vec<Unread>,
    stretch: u64,
    best: Option<Best<N>>,
    stopped: bool,
    diverged: bool,
}

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
    /// A run that has not begun. `network` must live on an autodiff device, `device` is that device.
    pub fn new(
        network: N,
        examples: E,
        train: Vec<usize>,
        dev: Vec<usize>,
        config: RunnerConfig,
        device: &Device,
    ) -> Self {
        Self {
            loader: DataLoader::shuffled(train, config.batch_size, config.seed),
            optimizer: Optimizer::new(config.rule, config.constants, config.learning_rate),
            evaluations: Track::new(&config.evaluation_metrics),
            device: device.clone().inner(),
            config,
            examples,
            dev,
            network: Some(network),
            step: 0,
            losses: Track::new(LOSS),
            accuracies: Track::new(ACCURACY),
            running: Accuracy::new(Outputs::Logits),
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

    /// Whether the run ended before its last epoch because its training accuracy was reached.
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
    fn tracks(&self) -> [&Track; 3] {
        [&self.losses, &self.accuracies, &self.evaluations]
    }

    /// Losses of the steps made, `NaN` where one was not finite.
    pub fn losses(&self) -> &Track {
        &self.losses
    }

    /// Running training accuracy of each finished epoch; empty where it is not recorded.
    pub fn accuracies(&self) -> &Track {
        &self.accuracies
    }

    /// Evaluations on dev so far.
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

    /// Step and dev accuracy of the best weights so far.
    pub fn best(&self) -> Option<(u64, f64)> {
        self.best.as_ref().map(|best| (best.step, best.accuracy))
    }

    /// Goes on until the budget is used or the run ends.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        let begin = Instant::now();
        let mut made = 0;
        while !self.finished() && made < budget.steps {
            let before = milliseconds(begin);
            if made > 0 && before >= budget.milliseconds {
                break;
            }
            // The clock costs as much as a tenth of a small network's step, so it is asked between stretches.
            let stretch = self.stretch.min(budget.steps - made).min(self.total_steps() - self.step);
            for _ in 0..stretch {
                let rows = self.loader.next_batch().to_vec();
                self.step_on(&rows);
                let step = self.step - 1;
                let may_stop = self.config.stop_at_accuracy.is_some() && self.ends_epoch(step);
                if may_stop || self.evaluates_after(step) {
                    self.read_losses().await.map_err(device_lost)?;
                    if !self.diverged && self.evaluates_after(step) {
                        self.evaluate_dev().await.map_err(device_lost)?;
                    }
                    if self.finished() {
                        break;
                    }
                }
            }
            self.read_losses().await.map_err(device_lost)?;
            made += stretch;
            let each = ((milliseconds(begin) - before) / stretch as f64).max(1e-6);
            self.stretch = ((STRETCH_MILLISECONDS / each) as u64).clamp(1, LONGEST_STRETCH);
        }
        Ok(self.progress())
    }

    /// One optimisation step on the given rows; its loss waits on the device until it is read.
    fn step_on(&mut self, rows: &[usize]) {
        let batch = self.examples.training_minibatch(rows, self.step, &self.device);
        let network = self.network.take().expect("the network is there between steps");
        let (readable, gradients) = self.config.loss.backward(network.forward(batch.input), batch.targets);
        self.unread.push(Unread { readable, labels: self.labels(rows) });
        self.network = Some(self.optimizer.step(network, gradients));
        self.step += 1;
    }

    fn labels(&self, rows: &[usize]) -> Vec<u32> {
        rows.iter().map(|&row| self.examples.label(row)).collect()
    }

    /// Reads the losses that wait on the device. The first that is not finite ends the run at its step.
    async fn read_losses(&mut self) -> Result<(), ExecutionError> {
        if self.unread.is_empty() {
            return Ok(());
        }
        let first = self.step - self.unread.len() as u64;
        let steps = std::mem::take(&mut self.unread);
        let reading = steps.iter().fold(Transaction::default(), |t, s| t.register(s.readable.clone()));
        let read = reading.execute_async().await?;
        for (step, (Unread { readable, labels }, data)) in (first..).zip(steps.iter().zip(read)) {
            let [_, columns] = readable.dims();
            let values = floats(data);
            let loss = self.config.loss.mean(&values, columns, labels);
            self.losses.push(step, self.epoch_of(step), &[loss]);
            if !loss.is_finite() {
                self.diverged = true;
                self.step = step + 1;
                break;
            }
            if self.config.running_accuracy || self.config.stop_at_accuracy.is_some() {
                self.count_correct(step, &values, columns, labels);
            }
        }
        Ok(())
    }

    /// Counts the correct rows of a step; at the end of its epoch records their share, which may end the run.
    fn count_correct(&mut self, step: u64, values: &[f32], columns: usize, labels: &[u32]) {
        self.running.update(values, columns, labels);
        if !self.ends_epoch(step) {
            return;
        }
        let accuracy = self.running.accumulate();
        self.running.reset();
        if self.config.running_accuracy {
            self.accuracies.push(step, self.epoch_of(step), &[accuracy]);
        }
        self.stopped = self.config.stop_at_accuracy.is_some_and(|enough| accuracy > enough);
    }

    /// The device inputs must be on.
    pub fn device(&self) -> &Device {
        &self.device
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// The error a lost device becomes.
pub fn device_lost(error: ExecutionError) -> LabError {
    LabError::new(
        "device_lost",
        format!("The device stopped answering: {error}. Training goes on from the last checkpoint."),
    )
}
