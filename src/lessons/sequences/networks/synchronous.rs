//! Layers in which every node hears of all neighbours at once: what HAN-GNN is compared with (`spec/sequences.md` §1.4).

use super::batch::Batch;
use super::by_kind::ByKind;
use super::han::Keep;
use crate::lessons::sequences::graph::Relation;
use crate::nn::layers::embedding::some_rows;
use crate::nn::layers::initializer::{glorot_linear, glorot_uniform};
use crate::nn::layers::operations::{Attention, Edges, attend, linear, mean_of};
use crate::random::Random;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor, TensorData};

/// Relations there are.
const RELATIONS: usize = Relation::TextToImage as usize;
/// What a score below 0 is multiplied by in GAT.
const GAT_SLOPE: f32 = 0.2;
/// And elsewhere.
const SLOPE: f32 = 0.1;

/// How a node sums what it hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// Each neighbour counts `1 / √(|Nᵢ| |Nⱼ|)` (Kipf and Welling 2017).
    Normalised,
    /// Each counts 1, as in the authors' comparison.
    Plain,
}

/// `ReLU(Σ d(i, j) W hⱼ + b)`: a graph convolution. GraphSAGE's `gcn` of the authors' comparison is the plain sum without
/// the bias.
#[derive(Module, Debug)]
pub struct Convolution {
    layer: Linear,
}

impl Convolution {
    /// Glorot's uniform weights, bias 0.
    pub fn init(width: usize, random: &mut Random, device: &Device) -> Self {
        Self { layer: glorot_linear(width, width, random, device) }
    }

    /// The states of the next layer, `[nodes, width]`.
    pub fn forward(&self, input: &Tensor<2>, batch: &Batch, sum: Sum) -> Tensor<2> {
        let device = input.device();
        // Attention by equal scores is 1 / |Nᵢ|.
        let weight = |degree: f32, of_neighbour: f32| match sum {
            Sum::Normalised => (degree / of_neighbour).sqrt(),
            Sum::Plain => degree,
        };
        let keep: Vec<f32> = batch.degrees.iter().map(|[one, other]| weight(*one, *other)).collect();
        let count = keep.len();
        let keep = Tensor::from_data(TensorData::new(keep, [count, 1]), &device);
        relu(linear(&self.layer, mean_of(input.clone(), &batch.all, keep)))
    }
}

/// `ReLU(Σ αᵢⱼ W hⱼ)` with `α = softmaxⱼ(LeakyReLU(aᵀ [W hᵢ ‖ W hⱼ]))` (Veličković et al. 2018).
#[derive(Module, Debug)]
pub struct Gat {
    /// `[width, width]`
    weight: Param<Tensor<2>>,
    /// `[width, 2]`: for the node that attends, and for its neighbours.
    attention: Param<Tensor<2>>,
}

impl Gat {
    /// Glorot's uniform weights.
    pub fn init(width: usize, random: &mut Random, device: &Device) -> Self {
        let weight = glorot_uniform(width * width, width, width, random);
        let attention = glorot_uniform(2 * width, 2 * width, 1, random);
        Self {
            weight: Param::from_data(TensorData::new(weight, [width, width]), device),
            attention: Param::from_data(TensorData::new(attention, [width, 2]), device),
        }
    }

    /// The states of the next layer, and the attention of all edges.
    pub fn forward(&self, input: &Tensor<2>, batch: &Batch, keep: &mut dyn Keep) -> (Tensor<2>, Tensor<2>) {
        let values = input.clone().matmul(self.weight.val());
        let nodes = batch.nodes();
        let scores = values.clone().matmul(self.attention.val()).reshape([2 * nodes, 1]);
        let every_other =
            |first: u32| some_rows(&scores, (0..nodes as u32).map(|node| 2 * node + first).collect());
        let ones = Tensor::ones([nodes, 1], &input.device());
        // `aᵢ · 1 + 1 · aⱼ`, as a product of a query and a key.
        let of = Attention {
            queries: Tensor::cat(vec![every_other(0), ones.clone()], 1),
            keys: Tensor::cat(vec![ones, every_other(1)], 1),
            relations: Tensor::ones([RELATIONS, 2], &input.device()),
            values,
            keep: keep.keep(batch.all.count(), &input.device()),
            slope: GAT_SLOPE,
        };
        let (heard, attention) = attend(of, &batch.all);
        (relu(heard), attention)
    }
}

/// Attention by relation: `e = LeakyReLU(m_r · a_rᵀ (xᵢ ⊙ xⱼ))`, values `xⱼ`, with `x = h W`.
#[derive(Module, Debug)]
pub struct Rgat {
    /// `[width, width]`
    weight: Param<Tensor<2>>,
    /// `[10, width]`
    relations: Param<Tensor<2>>,
    /// `[10, 1]`
    multipliers: Param<Tensor<2>>,
}

impl Rgat {
    /// Glorot's uniform weights, multipliers 1.
    pub fn init(width: usize, random: &mut Random, device: &Device) -> Self {
        let weight = glorot_uniform(width * width, width, width, random);
        let relations = glorot_uniform(RELATIONS * width, width, 1, random);
        Self {
            weight: Param::from_data(TensorData::new(weight, [width, width]), device),
            relations: Param::from_data(TensorData::new(relations, [RELATIONS, width]), device),
            multipliers: Param::from_data(TensorData::new(vec![1f32; RELATIONS], [RELATIONS, 1]), device),
        }
    }

    /// The states of the next layer, and the attention of all edges.
    pub fn forward(&self, input: &Tensor<2>, batch: &Batch, keep: &mut dyn Keep) -> (Tensor<2>, Tensor<2>) {
        let values = input.clone().matmul(self.weight.val());
        let of = Attention {
            queries: values.clone(),
            keys: values.clone(),
            relations: self.relations.val() * self.multipliers.val(),
            values,
            keep: keep.keep(batch.all.count(), &input.device()),
            slope: SLOPE,
        };
        attend(of, &batch.all)
    }
}

/// Key-value attention over all relations, with weights for each kind of node.
#[derive(Module, Debug)]
pub struct KeyValue {
    query: ByKind,
    key: ByKind,
    value: ByKind,
}

impl KeyValue {
    /// Glorot's uniform weights.
    pub fn init(width: usize, random: &mut Random, device: &Device) -> Self {
        let mut by_kind = || ByKind::init(width, width, random, device);
        Self { query: by_kind(), key: by_kind(), value: by_kind() }
    }

    /// The states of the next layer, and the attention of some edges of the batch.
    pub fn forward(
        &self,
        input: &Tensor<2>,
        batch: &Batch,
        edges: &Edges,
        keep: &mut dyn Keep,
    ) -> (Tensor<2>, Tensor<2>) {
        let of = Attention {
            queries: self.query.forward(input, batch.counts),
            keys: self.key.forward(input, batch.counts),
            relations: Tensor::ones([RELATIONS, input.dims()[1]], &input.device()),
            values: self.value.forward(input, batch.counts),
            keep: keep.keep(edges.count(), &input.device()),
            slope: SLOPE,
        };
        attend(of, edges)
    }
}
