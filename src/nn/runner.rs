//! The document's `RunnerV3` (§4.5.4) for any network and any examples.
//!
//! It trains on minibatches, records the loss of every step, evaluates every `eval_steps` steps and after the last
//! one, and keeps the weights that were best on dev. Steps are counted from 0, as the document counts them.

mod checkpoint;
mod trial_step;

use super::examples::Examples;
use super::history::{Track, points};
use super::loss::{cross_entropy_backward, mean_loss};
use super::metric::{Accuracy, Outputs};
use super::optimizer::{Optimizer, Rule};
use super::parameters::{self, NamedTensor, floats};
use crate::data::batch::DataLoader;
use crate::lab::{Budget, LabError, Progress};
use burn::module::Module;
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, ExecutionError, Tensor, Transaction};
use serde::Serialize;
use serde_json::{Map, Value, json};
use web_time::Instant;

pub use trial_step::TrialStep;

/// A network that gives one row of logits for each row of its input.
pub trait Network: Module {
    /// What it is given.
    type Input;

    /// Logits, `[N, classes]`.
    fn forward(&self, input: Self::Input) -> Tensor<2>;
}

/// How a run is made.
#[derive(Debug, Clone, PartialEq)]
pub struct RunnerConfig {
    /// Passes over the training rows.
    pub epochs: usize,
    /// Rows of a minibatch.
    pub batch_size: usize,
    /// Steps between two evaluations on dev.
    pub eval_steps: usize,
    /// The rule that changes the weights.
    pub rule: Rule,
    /// Its learning rate α.
    pub learning_rate: f64,
    /// Fixes the order of the rows in each epoch.
    pub seed: u64,
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
    /// Mean cross-entropy over the rows.
    pub loss: f64,
    /// Share of rows whose class has the largest logit.
    pub accuracy: f64,
}

#[derive(Debug, Clone)]
struct Best<N> {
    accuracy: f64,
    step: u64,
    network: N,
}

/// Rows evaluated at once: bounds the memory of an evaluation, not its result.
const EVALUATION_ROWS: usize = 1024;
/// Steps are made in stretches of about this length; losses wait on the device until the end of a stretch and are
/// then read together.
const STRETCH_MILLISECONDS: f64 = 8.0;
const LONGEST_STRETCH: u64 = 256;

const LOSS: &[&str] = &["loss"];
const DEV: &[&str] = &["dev_loss", "dev_accuracy"];

/// The outcome of a step whose loss waits on the device.
struct Unread {
    log_probabilities: Tensor<2>,
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
    evaluations: Track,
    unread: Vec<Unread>,
    stretch: u64,
    best: Option<Best<N>>,
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
            optimizer: Optimizer::new(config.rule, config.learning_rate),
            device: device.clone().inner(),
            config,
            examples,
            dev,
            network: Some(network),
            step: 0,
            losses: Track::new(LOSS),
            evaluations: Track::new(DEV),
            unread: Vec::new(),
            stretch: 1,
            best: None,
            diverged: false,
        }
    }

    /// Steps of the whole run.
    pub fn total_steps(&self) -> u64 {
        (self.config.epochs * self.loader.steps_per_epoch()) as u64
    }

    /// Whether there is nothing left to train.
    pub fn finished(&self) -> bool {
        self.diverged || self.step >= self.total_steps()
    }

    fn epoch_of(&self, step: u64) -> u64 {
        step / self.loader.steps_per_epoch() as u64
    }

    /// How far the run has come.
    pub fn progress(&self) -> Progress {
        let mut metrics = Map::new();
        for track in [&self.losses, &self.evaluations] {
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
        points(&[&self.losses, &self.evaluations], from)
    }

    /// Losses of the steps made, `NaN` where one was not finite.
    pub fn losses(&self) -> &Track {
        &self.losses
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
                if self.evaluates_after(self.step - 1) {
                    self.read_losses().await.map_err(device_lost)?;
                    if self.diverged {
                        break;
                    }
                    self.evaluate_dev().await.map_err(device_lost)?;
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
        let batch = self.examples.minibatch(rows, &self.device);
        let network = self.network.take().expect("the network is there between steps");
        let (log_probabilities, gradients) =
            cross_entropy_backward(network.forward(batch.input), batch.targets);
        self.unread.push(Unread { log_probabilities, labels: self.labels(rows) });
        self.network = Some(self.optimizer.step(network, gradients));
        self.step += 1;
    }

    fn labels(&self, rows: &[usize]) -> Vec<u32> {
        rows.iter().map(|&row| self.examples.label(row)).collect()
    }

    fn evaluates_after(&self, step: u64) -> bool {
        let last = step + 1 == self.total_steps();
        last || (step > 0 && step.is_multiple_of(self.config.eval_steps as u64))
    }

    /// Reads the losses that wait on the device. The first that is not finite ends the run at its step.
    async fn read_losses(&mut self) -> Result<(), ExecutionError> {
        if self.unread.is_empty() {
            return Ok(());
        }
        let first = self.step - self.unread.len() as u64;
        let steps = std::mem::take(&mut self.unread);
        let reading =
            steps.iter().fold(Transaction::default(), |t, s| t.register(s.log_probabilities.clone()));
        let read = reading.execute_async().await?;
        for (step, (Unread { log_probabilities, labels }, data)) in (first..).zip(steps.iter().zip(read)) {
            let [_, columns] = log_probabilities.dims();
            let loss = mean_loss(&floats(data), columns, labels);
            self.losses.push(step, self.epoch_of(step), &[loss]);
            if !loss.is_finite() {
                self.diverged = true;
                self.step = step + 1;
                break;
            }
        }
        Ok(())
    }

    async fn evaluate_dev(&mut self) -> Result<(), ExecutionError> {
        let result = self.evaluate(&self.dev, Weights::Last).await?;
        let step = self.step - 1;
        self.evaluations.push(step, self.epoch_of(step), &[result.loss, result.accuracy]);
        // Strictly better, as in the document: the first of equals is kept.
        if result.accuracy > self.best.as_ref().map_or(0.0, |best| best.accuracy) {
            let network = self.network(Weights::Last).clone();
            self.best = Some(Best { accuracy: result.accuracy, step, network });
        }
        Ok(())
    }

    /// Loss and accuracy over `rows`.
    ///
    /// The document averages the losses of the batches; here each row counts the same, which differs only where
    /// the last batch is smaller.
    ///
    /// # Errors
    /// When the device is lost.
    pub async fn evaluate(&self, rows: &[usize], weights: Weights) -> Result<Evaluation, ExecutionError> {
        let network = self.network(weights).valid();
        let mut accuracy = Accuracy::new(Outputs::Logits);
        let mut loss = 0.0;
        for rows in rows.chunks(EVALUATION_ROWS) {
            let batch = self.examples.minibatch(rows, &self.device);
            let logits = network.forward(batch.input);
            let [_, columns] = logits.dims();
            let logarithms = log_softmax(logits.clone(), 1);
            let read = Transaction::default().register(logarithms).register(logits).execute_async().await?;
            let [logarithms, logits] =
                <[_; 2]>::try_from(read).expect("two tensors were registered").map(floats);
            let labels = self.labels(rows);
            accuracy.update(&logits, columns, &labels);
            loss += mean_loss(&logarithms, columns, &labels) * rows.len() as f64;
        }
        Ok(Evaluation { loss: loss / rows.len().max(1) as f64, accuracy: accuracy.accumulate() })
    }

    /// Logits for an input, row-major, and the number of columns.
    ///
    /// # Errors
    /// When the device is lost.
    pub async fn predict(
        &self,
        input: N::Input,
        weights: Weights,
    ) -> Result<(Vec<f32>, usize), ExecutionError> {
        let logits = self.network(weights).valid().forward(input);
        let [_, columns] = logits.dims();
        Ok((floats(logits.into_data_async().await?), columns))
    }

    /// The device inputs must be on.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Losses of a run over the given minibatches from given weights; this run is not touched.
    ///
    /// This is how the runner is held against an oracle: same weights, same batches, every loss compared.
    ///
    /// # Errors
    /// A sentence about weights or rows that do not fit, or the lost device.
    pub async fn replay(
        &self,
        initial: &[NamedTensor],
        batches: &[Vec<usize>],
        rows: usize,
    ) -> Result<Vec<f64>, String>
    where
        E: Clone,
    {
        if let Some(row) = batches.iter().flatten().find(|row| **row >= rows) {
            return Err(format!("row {row} does not exist: there are {rows} rows"));
        }
        if batches.iter().any(Vec::is_empty) {
            return Err("a minibatch is empty".into());
        }
        let network = parameters::write(self.network(Weights::Last).clone(), initial)?;
        let mut other =
            Self::new(network, self.examples.clone(), vec![0], vec![], self.config.clone(), &self.device);
        for rows in batches {
            other.step_on(rows);
            if other.unread.len() as u64 >= LONGEST_STRETCH {
                other.read_losses().await.map_err(|error| error.to_string())?;
            }
        }
        other.read_losses().await.map_err(|error| error.to_string())?;
        Ok(other.losses.column(0).collect())
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
