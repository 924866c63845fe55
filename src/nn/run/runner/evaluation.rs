//! What a network makes of rows it is not trained on.

use super::{Best, Cadence, Runner, Weights};
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::objective::figures::Figures;
use crate::nn::run::examples::Examples;
use burn::tensor::ExecutionError;

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
    pub(super) fn evaluates_after(&self, step: u64) -> bool {
        let last = self.stopped || step + 1 == self.total_steps();
        last || match self.config.evaluation {
            Cadence::EverySteps(steps) => step > 0 && step.is_multiple_of(steps as u64),
            Cadence::EveryEpoch => self.ends_epoch(step),
        }
    }

    pub(super) async fn evaluate_dev(&mut self) -> Result<(), ExecutionError> {
        // No rows have no figures, and nothing to judge the weights by.
        if self.dev.is_empty() {
            return Ok(());
        }
        let result = self.evaluate(&self.dev, Weights::Last).await?;
        let step = self.step - 1;
        let values: Vec<f64> = result.iter().map(|(_, value)| value).collect();
        self.evaluations.push(step, self.epoch_of(step), &values);
        if let Some(keep) = &self.config.keep_best {
            let value = result.value(keep.metric).expect("the figure was declared");
            if keep.keeps(value, self.best.as_ref().map(|best| best.value)) {
                let network = self.network(Weights::Last).clone();
                self.best = Some(Best { value, step, network });
            }
        }
        Ok(())
    }

    /// The objective's figures over `rows`.
    ///
    /// The document averages the losses of the batches; here each row counts the same, which differs only where
    /// the last batch is smaller.
    ///
    /// # Errors
    /// When the device is lost.
    pub async fn evaluate(&self, rows: &[usize], weights: Weights) -> Result<Figures, ExecutionError> {
        let network = self.network(weights).valid();
        let mut figures = Figures::new(self.objective.figures());
        for rows in rows.chunks(self.examples.rows_at_once()) {
            let batch = self.examples.minibatch(rows, &self.device);
            let readable = self.objective.readable(network.forward(batch.input), &batch.target);
            let [_, columns] = readable.dims();
            let read = floats(readable.into_data_async().await?);
            self.objective.tally(&read, columns, &batch.target, &mut figures);
        }
        Ok(figures)
    }

    /// The network's outputs for an input, row-major, and the number of columns.
    ///
    /// # Errors
    /// When the device is lost.
    pub async fn predict(
        &self,
        input: N::Input,
        weights: Weights,
    ) -> Result<(Vec<f32>, usize), ExecutionError> {
        let output = self.network(weights).valid().forward(input);
        let [_, columns] = output.dims();
        Ok((floats(output.into_data_async().await?), columns))
    }
}
