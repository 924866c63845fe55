//! Step after step, within a budget.

use super::{Runner, Unread, device_lost};
use crate::error::LabError;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::run::examples::Examples;
use crate::progress::{Budget, Progress};
use burn::tensor::{ExecutionError, Transaction};
use web_time::Instant;

/// Steps are made in stretches of about this length; losses wait on the device until the end of a stretch and are
/// then read together.
const STRETCH_MILLISECONDS: f64 = 8.0;
pub(super) const LONGEST_STRETCH: u64 = 256;

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
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
                let may_stop = self.config.stop.is_some() && self.ends_epoch(step);
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
    pub(super) fn step_on(&mut self, rows: &[usize]) {
        let batch = self.examples.training_minibatch(rows, self.step, &self.device);
        let network = self.network.take().expect("the network is there between steps");
        let (readable, gradients) = self.objective.backward(network.forward(batch.input), &batch.target);
        self.unread.push(Unread { readable, target: batch.target });
        self.optimizer.set_learning_rate(self.config.rate(self.step));
        self.network = Some(self.optimizer.step(network, gradients));
        self.step += 1;
    }

    /// Reads the losses that wait on the device. The first that is not finite ends the run at its step.
    pub(super) async fn read_losses(&mut self) -> Result<(), ExecutionError> {
        if self.unread.is_empty() {
            return Ok(());
        }
        let first = self.step - self.unread.len() as u64;
        let steps = std::mem::take(&mut self.unread);
        let reading = steps.iter().fold(Transaction::default(), |t, s| t.register(s.readable.clone()));
        let read = reading.execute_async().await?;
        for (step, (Unread { readable, target }, data)) in (first..).zip(steps.iter().zip(read)) {
            let [_, columns] = readable.dims();
            self.objective.tally(&floats(data), columns, target, &mut self.running);
            let loss = self.running.latest(self.loss_name()).expect("the loss was declared");
            self.losses.push(step, self.epoch_of(step), &[loss]);
            if !loss.is_finite() {
                self.diverged = true;
                self.step = step + 1;
                // What is not finite is nothing to go on from.
                self.running.reset();
                break;
            }
            if self.ends_epoch(step) {
                self.end_epoch(step);
            }
        }
        Ok(())
    }

    /// Records the running figures of an epoch, which may end the run, and begins those of the next.
    fn end_epoch(&mut self, step: u64) {
        let value = |name: &str| self.running.value(name).expect("the figure was declared");
        let values: Vec<f64> = self.config.running.iter().map(|name| value(name)).collect();
        self.stopped = self.config.stop.is_some_and(|rule| rule.ends(value(rule.metric)));
        if !values.is_empty() {
            self.running_figures.push(step, self.epoch_of(step), &values);
        }
        self.running.reset();
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
