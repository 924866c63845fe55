//! The recommender over graphs of histories: node representations, layers, and the products with the table of items.

use super::batch::Batch;
use super::han::{HanForm, HanLayer, HanTrace, Keep, KeepAll};
use super::nodes::{NodeInfo, NodeInput, Nodes};
use super::synchronous::{Convolution, Gat, KeyValue, Rgat, Sum};
use crate::nn::layers::network::Network;
use crate::nn::layers::operations::{mean_of, rows_of};
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData};

/// How nodes hear of their neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregator {
    /// HAN-GNN.
    Han(HanForm),
    /// A graph convolution.
    Convolution(Sum),
    /// Graph attention.
    Gat,
    /// Attention by relation.
    Rgat,
    /// Key-value attention over all relations.
    KeyValue,
    /// Key-value attention between all nodes of a graph, whatever their relation.
    Complete,
}

/// What stands for a whole history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pooling {
    /// The state of the last item's node.
    Last,
    /// The mean over the items.
    Mean,
}

/// Sizes and switches of a [`GraphNet`].
#[derive(Debug, Clone)]
pub struct GraphNetConfig {
    /// What nodes are made of.
    pub nodes: NodeInput,
    /// What else a node is told about itself.
    pub info: NodeInfo,
    /// Width of all vectors.
    pub width: usize,
    /// Layers; they share their weights, as in the authors' program.
    pub layers: usize,
    /// How nodes hear of their neighbours.
    pub aggregator: Aggregator,
    /// What stands for a history.
    pub pooling: Pooling,
}

impl GraphNetConfig {
    /// The network with the initial weights of a seed.
    pub fn init(&self, seed: u64, device: &Device) -> GraphNet {
        let mut random = Random::new(seed, Purpose::Weights);
        let nodes = Nodes::init(&self.nodes, self.info, self.width, &mut random, device);
        let width = self.width;
        let layer = match self.aggregator {
            Aggregator::Han(_) => Layer::Han(HanLayer::init(width, &mut random, device)),
            Aggregator::Convolution(_) => Layer::Convolution(Convolution::init(width, &mut random, device)),
            Aggregator::Gat => Layer::Gat(Gat::init(width, &mut random, device)),
            Aggregator::Rgat => Layer::Rgat(Rgat::init(width, &mut random, device)),
            Aggregator::KeyValue | Aggregator::Complete => {
                Layer::KeyValue(KeyValue::init(width, &mut random, device))
            }
        };
        GraphNet { nodes, layer, layers: self.layers, aggregator: self.aggregator, pooling: self.pooling }
    }
}

/// The weights of a layer.
#[derive(Module, Debug)]
#[allow(clippy::large_enum_variant, reason = "a network has one of them")]
enum Layer {
    Han(HanLayer),
    Convolution(Convolution),
    Gat(Gat),
    Rgat(Rgat),
    KeyValue(KeyValue),
}

/// The network; its output is logits of all items.
#[derive(Module, Debug)]
pub struct GraphNet {
    nodes: Nodes,
    layer: Layer,
    #[module(skip)]
    layers: usize,
    #[module(skip)]
    aggregator: Aggregator,
    #[module(skip)]
    pooling: Pooling,
}

/// What a [`GraphNet`] is given.
pub struct GraphInput {
    /// The graphs of histories.
    pub batch: Batch,
    /// What is left out of a training step; nothing otherwise.
    pub dropout: Option<GraphDropout>,
}

/// Numbers and edges that are left out of one training step, drawn from a stream of its own.
#[derive(Debug, Clone)]
pub struct GraphDropout {
    /// Where they are drawn from.
    pub random: Random,
    /// Probability with which an edge is left out.
    pub edges: f64,
    /// Probability with which a number of a layer's result is left out.
    pub states: f64,
}

impl GraphDropout {
    /// For so many numbers: 0 where one is left out, else what makes up for those.
    fn draw(&mut self, count: usize, probability: f64) -> Vec<f32> {
        let kept = (1.0 / (1.0 - probability)) as f32;
        (0..count).map(|_| if self.random.uniform(0.0, 1.0) < probability { 0.0 } else { kept }).collect()
    }

    /// Numbers of a layer's result, some of them left out.
    pub(super) fn states(&mut self, states: Tensor<2>) -> Tensor<2> {
        if self.states == 0.0 {
            return states;
        }
        let [rows, columns] = states.dims();
        let kept = TensorData::new(self.draw(rows * columns, self.states), [rows, columns]);
        let device = states.device();
        states * Tensor::from_data(kept, &device)
    }
}

impl Keep for GraphDropout {
    fn keep(&mut self, edges: usize, device: &Device) -> Tensor<2> {
        if self.edges == 0.0 {
            return KeepAll.keep(edges, device);
        }
        Tensor::from_data(TensorData::new(self.draw(edges, self.edges), [edges, 1]), device)
    }
}

impl GraphNet {
    /// What stands for each history, `[graphs, width]`, and what there is to see of the last layer.
    pub fn histories(&self, input: GraphInput) -> (Tensor<2>, HanTrace) {
        let GraphInput { batch, mut dropout } = input;
        let mut states = self.nodes.forward(&batch);
        let mut trace = HanTrace::default();
        for layer in 0..self.layers {
            if let Some(dropout) = dropout.as_mut().filter(|_| layer > 0) {
                states = dropout.states(states);
            }
            let keep: &mut dyn Keep = match &mut dropout {
                Some(dropout) => dropout,
                None => &mut KeepAll,
            };
            (states, trace) = self.layer(&states, &batch, keep);
        }
        let pooled = match self.pooling {
            Pooling::Last => {
                let one = Tensor::ones([1, 1], &states.device());
                rows_of(states, batch.last, one)
            }
            Pooling::Mean => {
                let keep = Tensor::ones([batch.items.count(), 1], &states.device());
                mean_of(states, &batch.items, keep)
            }
        };
        // Behind the last layer nothing else is used: the same as leaving out numbers of the states, at a tenth of the draws.
        let pooled = match &mut dropout {
            Some(dropout) => dropout.states(pooled),
            None => pooled,
        };
        (pooled, trace)
    }

    /// The same weights with something else standing for a history.
    pub fn pooled_by(mut self, pooling: Pooling) -> Self {
        self.pooling = pooling;
        self
    }

    /// Logits of all items, `[graphs, items]`, from what stands for each history.
    pub fn scores(&self, histories: Tensor<2>) -> Tensor<2> {
        histories.matmul(self.nodes.items().transpose())
    }

    fn layer(&self, states: &Tensor<2>, batch: &Batch, keep: &mut dyn Keep) -> (Tensor<2>, HanTrace) {
        let seen = |(states, attention): (Tensor<2>, Tensor<2>)| {
            (states, HanTrace { homogeneous: Some(attention), ..HanTrace::default() })
        };
        match (&self.layer, self.aggregator) {
            (Layer::Han(layer), Aggregator::Han(form)) => layer.forward(states, batch, form, keep),
            (Layer::Convolution(layer), Aggregator::Convolution(sum)) => {
                (layer.forward(states, batch, sum), HanTrace::default())
            }
            (Layer::Gat(layer), _) => seen(layer.forward(states, batch, keep)),
            (Layer::Rgat(layer), _) => seen(layer.forward(states, batch, keep)),
            (Layer::KeyValue(layer), Aggregator::Complete) => {
                seen(layer.forward(states, batch, &batch.complete(&states.device()), keep))
            }
            (Layer::KeyValue(layer), _) => seen(layer.forward(states, batch, &batch.all, keep)),
            _ => unreachable!("a layer is made for its aggregator"),
        }
    }
}

impl Network for GraphNet {
    type Input = GraphInput;

    /// # Shapes
    /// `N` graphs to `[N, items]`.
    fn forward(&self, input: GraphInput) -> Tensor<2> {
        let (histories, _) = self.histories(input);
        self.scores(histories)
    }
}
