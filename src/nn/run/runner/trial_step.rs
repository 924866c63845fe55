//! What one more step would do, found out without making it.

use super::{Runner, Weights};
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::{self, NamedTensor, floats};
use crate::nn::objective::figures::Figures;
use crate::nn::run::examples::Examples;
use burn::module::{ModuleVisitor, Param};
use burn::tensor::{ExecutionError, Gradients, Tensor, Transaction};

/// A step that was tried on a copy: loss, gradients, and the parameters before and after. All lists are in the
/// order of the module's parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialStep {
    /// Mean loss over the rows.
    pub loss: f64,
    /// Gradient of the loss by each parameter.
    pub gradients: Vec<NamedTensor>,
    /// The parameters as they are.
    pub before: Vec<NamedTensor>,
    /// The parameters as the optimiser would leave them, its running means taken into account.
    pub after: Vec<NamedTensor>,
}

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
    /// Tries a step on one minibatch of `rows`; the run itself, its optimiser and its order of rows are untouched.
    ///
    /// # Errors
    /// When the device is lost.
    pub async fn trial_step(&self, rows: &[usize]) -> Result<TrialStep, ExecutionError> {
        let network = self.network(Weights::Last).clone();
        let batch = self.examples.training_minibatch(rows, self.step, &self.device);
        let (readable, gradients) = self.objective.backward(network.forward(batch.input), &batch.target);
        let [_, columns] = readable.dims();
        let mut collect = CollectGradients { gradients: &gradients, transaction: Transaction::default() };
        network.visit(&mut collect);
        let transaction = collect.transaction.register(readable);
        let before = parameters::read(&network).await?;
        let mut optimizer = self.optimizer.clone();
        optimizer.set_learning_rate(self.config.rate(self.step));
        let after = parameters::read(&optimizer.step(network, gradients)).await?;
        let mut read = transaction.execute_async().await?;
        let readable = floats(read.pop().expect("the readable values were registered last"));
        let gradients = before
            .iter()
            .zip(read)
            .map(|(tensor, data)| NamedTensor::new(&tensor.name, tensor.shape.clone(), floats(data)))
            .collect();
        let mut figures = Figures::new(self.objective.figures());
        self.objective.tally(&readable, columns, &batch.target, &mut figures);
        let loss = figures.latest(self.loss_name()).expect("the loss was declared");
        Ok(TrialStep { loss, gradients, before, after })
    }
}

struct CollectGradients<'a> {
    gradients: &'a Gradients,
    transaction: Transaction,
}

impl ModuleVisitor for CollectGradients<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let value = param.val();
        let gradient = value.grad(self.gradients).unwrap_or_else(|| value.inner().zeros_like());
        self.transaction = std::mem::take(&mut self.transaction).register(gradient);
    }
}
