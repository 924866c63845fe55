//! What a network makes of rows it is not trained on.

use super::{Best, Cadence, Evaluation, Runner, Weights};
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::objective::metric::{Accuracy, Outputs};
use crate::nn::run::examples::Examples;
use burn::tensor::{ExecutionError, Transaction};

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
    pub(super) fn evaluates_after(&self, step: u64) -> bool {
        let last = self.stopped || step + 1 == self.total_steps();
        last || match self.config.evaluation {
            Cadence::EverySteps(steps) => step > 0 && step.is_multiple_of(steps as u64),
            Cadence::EveryEpoch => self.ends_epoch(step),
        }
    }

    pub(super) async fn evaluate_dev(&mut self) -> Result<(), ExecutionError> {
        let result = self.evaluate(&self.dev, Weights::Last).await?;
        let step = self.step - 1;
        self.evaluations.push(step, self.epoch_of(step), &[result.loss, result.accuracy]);
        // Strictly better, as in the document: the first of equals is kept.
        let best = self.best.as_ref().map_or(0.0, |best| best.accuracy);
        if self.config.keep_best && result.accuracy > best {
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
        for rows in rows.chunks(self.examples.rows_at_once()) {
            let batch = self.examples.minibatch(rows, &self.device);
            let logits = network.forward(batch.input);
            let [_, columns] = logits.dims();
            let readable = self.config.loss.readable(logits.clone());
            let read = Transaction::default().register(readable).register(logits).execute_async().await?;
            let [readable, logits] =
                <[_; 2]>::try_from(read).expect("two tensors were registered").map(floats);
            let labels = self.labels(rows);
            accuracy.update(&logits, columns, &labels);
            loss += self.config.loss.mean(&readable, columns, &labels) * rows.len() as f64;
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
}
