//! A run over given minibatches from given weights: how the runner is held against an oracle.

use super::{LONGEST_STRETCH, Runner, Weights};
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::{self, NamedTensor};
use crate::nn::run::examples::Examples;

/// What a replay recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Loss of every step.
    pub losses: Vec<f64>,
    /// Running accuracy of every full epoch; none where the run records none.
    pub accuracies: Vec<f64>,
    /// The weights after the last step.
    pub weights: Vec<NamedTensor>,
}

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
    /// Makes the steps of the given minibatches from given weights, with this run's loss and optimiser; this run is not
    /// touched. Epochs are as many steps long as in this run.
    ///
    /// # Errors
    /// A sentence about weights or rows that do not fit, or the lost device.
    pub async fn replay(
        &self,
        initial: &[NamedTensor],
        batches: &[Vec<usize>],
        rows: usize,
    ) -> Result<Replay, String>
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
        let train = self.loader.rows().to_vec();
        let (examples, config) = (self.examples.clone(), self.config.clone());
        let mut other = Self::new(network, examples, train, vec![], config, &self.device);
        for rows in batches {
            other.step_on(rows);
            if other.unread.len() as u64 >= LONGEST_STRETCH {
                other.read_losses().await.map_err(|error| error.to_string())?;
            }
        }
        other.read_losses().await.map_err(|error| error.to_string())?;
        let weights =
            parameters::read(other.network(Weights::Last)).await.map_err(|error| error.to_string())?;
        Ok(Replay {
            losses: other.losses.column(0).collect(),
            accuracies: other.accuracies.column(0).collect(),
            weights,
        })
    }
}
