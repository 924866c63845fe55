//! What a node begins with: a vector of its own, its kind, and where in the history it stands.

use super::batch::Batch;
use crate::nn::layers::embedding::{Embedding, numbers};
use crate::nn::layers::initializer::{glorot_linear, glorot_uniform};
use crate::nn::layers::operations::{linear, mean_of, rows_of};
use crate::random::Random;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Int, Tensor, TensorData};

/// Positions that have vectors of their own; those behind them share the last one.
pub const POSITIONS: u32 = 150;

/// What stands for the pictures or the words of items.
#[derive(Debug, Clone, PartialEq)]
pub enum Modality {
    /// Codes, whose vectors begin at these, row-major.
    Codes(Vec<f32>),
    /// The features of each item themselves, row-major; a linear layer makes vectors of them.
    Features {
        /// Features of all items.
        values: Vec<f32>,
        /// Features of one.
        columns: usize,
    },
}

/// What nodes are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeInput {
    /// Items there are.
    pub items: usize,
    /// Pictures.
    pub images: Modality,
    /// Words.
    pub texts: Modality,
}

/// What else a node is told about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeInfo {
    /// Its positions in the history.
    pub position: bool,
    /// Its kind.
    pub kind: bool,
}

/// Tables of vectors and the matrix that mixes what a node is told.
#[derive(Module, Debug)]
pub struct Nodes {
    items: Embedding,
    images: Source,
    texts: Source,
    kinds: Option<Embedding>,
    positions: Option<Embedding>,
    /// `[width · (1 + kinds + positions), width]`, no bias.
    mix: Param<Tensor<2>>,
}

#[derive(Module, Debug)]
#[allow(clippy::large_enum_variant, reason = "a network has one of them")]
enum Source {
    Codes(Embedding),
    Features(Projection),
}

/// Features by a linear layer.
#[derive(Module, Debug)]
struct Projection {
    #[module(skip)]
    features: Features,
    layer: Linear,
}

#[derive(Debug, Clone)]
struct Features(Tensor<2>);

impl Source {
    fn init(of: &Modality, width: usize, random: &mut Random, device: &Device) -> Self {
        match of {
            Modality::Codes(values) => Self::Codes(Embedding::of(values.clone(), width, device)),
            Modality::Features { values, columns } => {
                let shape = [values.len() / columns, *columns];
                Self::Features(Projection {
                    features: Features(Tensor::from_data(TensorData::new(values.clone(), shape), device)),
                    layer: glorot_linear(*columns, width, random, device),
                })
            }
        }
    }

    fn forward(&self, numbers: Tensor<1, Int>) -> Tensor<2> {
        match self {
            Self::Codes(table) => table.forward(numbers),
            Self::Features(Projection { features, layer }) => {
                let one = Tensor::ones([1, 1], &numbers.device());
                linear(layer, rows_of(features.0.clone(), numbers, one))
            }
        }
    }
}

impl Nodes {
    /// Items, kinds and positions uniform within ±1/√width, codes at their centres, Glorot's uniform weights in the matrix.
    pub fn init(of: &NodeInput, info: NodeInfo, width: usize, random: &mut Random, device: &Device) -> Self {
        let limit = 1.0 / (width as f64).sqrt();
        let items = Embedding::uniform(of.items, width, limit, random, device);
        let images = Source::init(&of.images, width, random, device);
        let texts = Source::init(&of.texts, width, random, device);
        let mut table = |rows| Embedding::uniform(rows, width, limit, random, device);
        let kinds = info.kind.then(|| table(3));
        let positions = info.position.then(|| table(POSITIONS as usize));
        let inputs = width * (1 + usize::from(info.kind) + usize::from(info.position));
        let mix = glorot_uniform(inputs * width, inputs, width, random);
        let mix = Param::from_data(TensorData::new(mix, [inputs, width]), device);
        Self { items, images, texts, kinds, positions, mix }
    }

    /// The states of all nodes before the first layer, `[nodes, width]`.
    pub fn forward(&self, batch: &Batch) -> Tensor<2> {
        let [items, images, texts] = &batch.numbers;
        let mut own = Vec::with_capacity(3);
        own.extend(items.clone().map(|numbers| self.items.forward(numbers)));
        own.extend(images.clone().map(|numbers| self.images.forward(numbers)));
        own.extend(texts.clone().map(|numbers| self.texts.forward(numbers)));
        let mut told = vec![Tensor::cat(own, 0)];
        let device = told[0].device();
        if let Some(kinds) = &self.kinds {
            let kind = (0..3).zip(batch.counts).flat_map(|(kind, count)| std::iter::repeat_n(kind, count));
            told.push(kinds.forward(numbers(kind, &device)));
        }
        if let Some(positions) = &self.positions {
            let keep = Tensor::ones([batch.positions.count(), 1], &device);
            told.push(mean_of(positions.table(), &batch.positions, keep));
        }
        Tensor::cat(told, 1).matmul(self.mix.val())
    }

    /// The table of items, `[items, width]`.
    pub fn items(&self) -> Tensor<2> {
        self.items.table()
    }
}
