//! A network over graphs or over steps as one type, so that a run of either is the same code.

use super::examples::{AsGraphs, AsInput, AsSteps};
use super::graph_net::{GraphDropout, GraphInput, GraphNet, GraphNetConfig};
use super::sequence_net::{SequenceNet, SequenceNetConfig, StepsInput};
use crate::lessons::sequences::edits::Edits;
use crate::lessons::sequences::graph::Step;
use crate::nn::layers::network::Network;
use burn::module::Module;
use burn::tensor::{Device, Tensor};

/// A network that predicts the next item.
#[derive(Module, Debug)]
#[allow(clippy::large_enum_variant, reason = "a run has one of them")]
pub enum HistoryNet {
    /// Over graphs.
    Graph(GraphNet),
    /// Over steps.
    Steps(SequenceNet),
}

/// What a [`HistoryNet`] is given.
#[allow(clippy::large_enum_variant, reason = "one is made for a minibatch")]
pub enum HistoryInput {
    /// Graphs.
    Graph(GraphInput),
    /// Steps.
    Steps(StepsInput),
}

impl Network for HistoryNet {
    type Input = HistoryInput;

    /// # Shapes
    /// `N` histories to `[N, items]`.
    ///
    /// # Panics
    /// If a network over graphs is given steps, or the other way round.
    fn forward(&self, input: HistoryInput) -> Tensor<2> {
        match (self, input) {
            (Self::Graph(network), HistoryInput::Graph(input)) => network.forward(input),
            (Self::Steps(network), HistoryInput::Steps(input)) => network.forward(input),
            _ => panic!("the input of a network of the other form"),
        }
    }
}

/// Sizes and switches of a [`HistoryNet`].
#[derive(Debug, Clone)]
pub enum HistoryNetConfig {
    /// Over graphs.
    Graph(GraphNetConfig),
    /// Over steps.
    Steps(SequenceNetConfig),
}

impl HistoryNetConfig {
    /// The network with the initial weights of a seed.
    pub fn init(&self, seed: u64, device: &Device) -> HistoryNet {
        match self {
            Self::Graph(config) => HistoryNet::Graph(config.init(seed, device)),
            Self::Steps(config) => HistoryNet::Steps(config.init(seed, device)),
        }
    }
}

/// In which form a [`HistoryNet`] is given histories.
#[derive(Debug, Clone, Copy)]
pub enum HistoryForm {
    /// As graphs.
    Graph(AsGraphs),
    /// As steps.
    Steps,
}

impl AsInput for HistoryForm {
    type Input = HistoryInput;

    fn input(
        &self,
        histories: &[Vec<Step>],
        edits: &[Option<&Edits>],
        dropout: Option<GraphDropout>,
        device: &Device,
    ) -> HistoryInput {
        match self {
            Self::Graph(form) => HistoryInput::Graph(form.input(histories, edits, dropout, device)),
            Self::Steps => HistoryInput::Steps(AsSteps.input(histories, edits, dropout, device)),
        }
    }
}
