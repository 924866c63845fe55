//! A block of causal self-attention over sequences of different lengths, in the manner of SASRec (Kang and McAuley 2018)
//! with the norm in front.

use super::initializer::{glorot_linear, glorot_uniform};
use super::operations::{Attention, Edge, Edges, attend, linear};
use crate::random::Random;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor, TensorData};

/// Added to a variance, as torch does.
const SMALLEST: f64 = 1e-5;

/// Rows to a mean of 0 and a variance of 1, times a scale and shifted, column by column.
#[derive(Module, Debug)]
pub struct Norm {
    scale: Param<Tensor<1>>,
    shift: Param<Tensor<1>>,
}

impl Norm {
    /// Scale 1, shift 0.
    pub fn init(width: usize, device: &Device) -> Self {
        let of = |value: f32| Param::from_data(TensorData::new(vec![value; width], [width]), device);
        Self { scale: of(1.0), shift: of(0.0) }
    }

    /// `[N, width]` to the same.
    pub fn forward(&self, rows: Tensor<2>) -> Tensor<2> {
        let width = rows.dims()[1];
        let centred = rows.clone() - rows.sum_dim(1).div_scalar(width as f64);
        let variance = (centred.clone() * centred.clone()).sum_dim(1).div_scalar(width as f64);
        let spread = variance.add_scalar(SMALLEST).sqrt();
        centred / spread * self.scale.val().unsqueeze() + self.shift.val().unsqueeze()
    }
}

/// Which steps each step attends to: itself and those before it in its sequence. Rows are those of all sequences, one
/// behind the other.
pub fn causal_edges(lengths: &[usize], device: &Device) -> Edges {
    let (mut edges, mut first) = (Vec::new(), 0);
    for length in lengths {
        for step in 0..*length {
            edges.extend((0..=step).map(|before| Edge {
                node: (first + step) as u32,
                neighbour: (first + before) as u32,
                relation: 0,
            }));
        }
        first += length;
    }
    Edges::new(&edges, first, device)
}

/// One head: `y = x + softmax(Q Kᵀ / √width) V W_O` of the normed input, `z = y + W₂ relu(W₁ y)` of the normed `y`, and a
/// norm behind.
#[derive(Module, Debug)]
pub struct SelfAttention {
    query: Param<Tensor<2>>,
    key: Param<Tensor<2>>,
    value: Param<Tensor<2>>,
    output: Param<Tensor<2>>,
    hidden: Linear,
    back: Linear,
    before_attention: Norm,
    before_hidden: Norm,
    behind: Norm,
}

impl SelfAttention {
    /// Glorot's uniform weights, biases 0, norms that change nothing else.
    pub fn init(width: usize, random: &mut Random, device: &Device) -> Self {
        let mut square = || {
            let values = glorot_uniform(width * width, width, width, random);
            Param::from_data(TensorData::new(values, [width, width]), device)
        };
        let [query, key, value, output] = [square(), square(), square(), square()];
        Self {
            query,
            key,
            value,
            output,
            hidden: glorot_linear(width, width, random, device),
            back: glorot_linear(width, width, random, device),
            before_attention: Norm::init(width, device),
            before_hidden: Norm::init(width, device),
            behind: Norm::init(width, device),
        }
    }

    /// `[steps of all sequences, width]` to the same; positions are in the input already.
    pub fn forward(&self, input: Tensor<2>, edges: &Edges) -> Tensor<2> {
        let device = input.device();
        let width = input.dims()[1];
        let normed = self.before_attention.forward(input.clone());
        let of = |weight: &Param<Tensor<2>>| normed.clone().matmul(weight.val());
        let attention = Attention {
            queries: of(&self.query),
            keys: of(&self.key),
            relations: Tensor::full([1, width], 1.0 / (width as f32).sqrt(), &device),
            values: of(&self.value),
            keep: Tensor::ones([edges.count(), 1], &device),
            slope: 1.0,
        };
        let heard = attend(attention, edges).0.matmul(self.output.val());
        let seen = input + heard;
        let hidden = relu(linear(&self.hidden, self.before_hidden.forward(seen.clone())));
        self.behind.forward(seen + linear(&self.back, hidden))
    }
}
