//! What MMSR is compared with: a sequence model over item numbers alone, over fused items (early), over each modality
//! before they are fused (late), and over all cells of steps and modalities at once (holistic).

use super::graph_net::GraphDropout;
use super::holistic::Holistic;
use super::steps::{PLACES, Steps};
use crate::nn::layers::embedding::{Embedding, some_rows};
use crate::nn::layers::gru::Gru;
use crate::nn::layers::initializer::glorot_linear;
use crate::nn::layers::network::Network;
use crate::nn::layers::operations::linear;
use crate::nn::layers::self_attention::SelfAttention;
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::tanh;
use burn::tensor::{Device, Tensor};

/// When items, pictures and words are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fusion {
    /// Item numbers alone.
    ItemsOnly,
    /// `E_i = tanh(W [v_i; a_i; b_i])`, `P = M(E_1, …, E_m)`.
    Early,
    /// `E_j = M(x_1j, …, x_mj)` for each modality, `P = tanh(W [E_v; E_a; E_b])`.
    Late,
    /// Attention over all cells, by content, by the distance of the steps and by the pair of modalities: our own reading.
    Holistic,
}

/// The sequence model M.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncoderKind {
    /// A gated recurrent unit.
    Gru,
    /// A block of causal self-attention.
    SelfAttention,
}

/// Sizes and switches of a [`SequenceNet`].
#[derive(Debug, Clone, PartialEq)]
pub struct SequenceNetConfig {
    /// Items there are.
    pub items: usize,
    /// Where the vectors of the codes of pictures begin, row-major.
    pub images: Vec<f32>,
    /// And those of words.
    pub texts: Vec<f32>,
    /// Width of all vectors.
    pub width: usize,
    /// When modalities are joined.
    pub fusion: Fusion,
    /// The sequence model.
    pub encoder: EncoderKind,
}

impl SequenceNetConfig {
    /// The network with the initial weights of a seed.
    pub fn init(&self, seed: u64, device: &Device) -> SequenceNet {
        let mut random = Random::new(seed, Purpose::Weights);
        let width = self.width;
        let items = Embedding::uniform(self.items, width, 1.0 / (width as f64).sqrt(), &mut random, device);
        let has_modalities = self.fusion != Fusion::ItemsOnly;
        let table = |values: &[f32]| has_modalities.then(|| Embedding::of(values.to_vec(), width, device));
        let (images, texts) = (table(&self.images), table(&self.texts));
        let encoders = match self.fusion {
            Fusion::ItemsOnly | Fusion::Early => 1,
            Fusion::Late => 3,
            Fusion::Holistic => 0,
        };
        let encoders =
            (0..encoders).map(|_| Encoder::init(self.encoder, width, &mut random, device)).collect();
        let holistic = (self.fusion == Fusion::Holistic)
            .then(|| Holistic::init(width, PLACES as usize, &mut random, device));
        let join = has_modalities.then(|| glorot_linear(3 * width, width, &mut random, device));
        SequenceNet { items, images, texts, encoders, holistic, join, fusion: self.fusion }
    }
}

/// A sequence model.
#[derive(Module, Debug)]
struct Encoder {
    gru: Option<Gru>,
    attention: Option<PlacedAttention>,
}

/// Self-attention, which needs to be told the order.
#[derive(Module, Debug)]
struct PlacedAttention {
    places: Embedding,
    block: SelfAttention,
}

impl Encoder {
    fn init(kind: EncoderKind, width: usize, random: &mut Random, device: &Device) -> Self {
        let limit = 1.0 / (width as f64).sqrt();
        let is_gru = kind == EncoderKind::Gru;
        Self {
            gru: is_gru.then(|| Gru::init(width, width, random, device)),
            attention: (!is_gru).then(|| PlacedAttention {
                places: Embedding::uniform(PLACES as usize, width, limit, random, device),
                block: SelfAttention::init(width, random, device),
            }),
        }
    }

    /// What it makes of each history, `[histories, width]`.
    fn last(&self, rows: Tensor<2>, steps: &Steps) -> Tensor<2> {
        let device = rows.device();
        if let Some(gru) = &self.gru {
            return gru.last(rows, &steps.packed(&device));
        }
        let PlacedAttention { places, block } =
            self.attention.as_ref().expect("an encoder is one of the two");
        let states = block.forward(rows + steps.places(places), &steps.causal(&device));
        some_rows(&states, steps.last.clone())
    }
}

/// The network; its output is logits of all items.
#[derive(Module, Debug)]
pub struct SequenceNet {
    items: Embedding,
    images: Option<Embedding>,
    texts: Option<Embedding>,
    encoders: Vec<Encoder>,
    holistic: Option<Holistic>,
    join: Option<Linear>,
    #[module(skip)]
    fusion: Fusion,
}

/// What a [`SequenceNet`] is given.
pub struct StepsInput {
    /// The histories.
    pub steps: Steps,
    /// What is left out of a training step; nothing otherwise.
    pub dropout: Option<GraphDropout>,
}

impl SequenceNet {
    /// What stands for each history, `[histories, width]`.
    pub fn histories(&self, steps: &Steps) -> Tensor<2> {
        let items = self.items.forward(steps.items.clone());
        let (Some(images), Some(texts), Some(join)) = (&self.images, &self.texts, &self.join) else {
            return self.encoders[0].last(items, steps);
        };
        let channels = [items, steps.images.mean(images.table()), steps.texts.mean(texts.table())];
        let joined = |parts: Vec<Tensor<2>>| tanh(linear(join, Tensor::cat(parts, 1)));
        match (self.fusion, &self.holistic) {
            (Fusion::Early, _) => self.encoders[0].last(joined(channels.to_vec()), steps),
            (Fusion::Holistic, Some(holistic)) => joined(holistic.last(channels, steps).to_vec()),
            _ => {
                let each = channels.into_iter().zip(&self.encoders);
                joined(each.map(|(rows, encoder)| encoder.last(rows, steps)).collect())
            }
        }
    }
}

impl Network for SequenceNet {
    type Input = StepsInput;

    /// # Shapes
    /// `N` histories to `[N, items]`.
    fn forward(&self, StepsInput { steps, dropout }: StepsInput) -> Tensor<2> {
        let mut histories = self.histories(&steps);
        if let Some(mut dropout) = dropout {
            histories = dropout.states(histories);
        }
        histories.matmul(self.items.table().transpose())
    }
}
