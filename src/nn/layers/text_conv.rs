//! A convolution over the words of a text and a pooling over time, as Paddle's `sequence_conv_pool` has it.

use super::embedding::Embedding;
use super::operations::linear;
use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::tanh;
use burn::tensor::{Device, Int, Tensor, TensorData};

/// Words that a filter sees at once.
pub const WINDOW: usize = 3;

/// What is taken of a feature over all places of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pooling {
    /// The largest value (Paddle's v2 interface).
    Max,
    /// The sum (the later, fluid version of the document).
    Sum,
}

/// Texts of one minibatch as numbers of words, filled up to the longest.
#[derive(Debug, Clone)]
pub struct Texts {
    /// `[N · words]`; 0 where a text has ended.
    pub words: Tensor<1, Int>,
    /// `[N, words]`: 1 where there is a word, 0 behind the end.
    pub present: Tensor<2>,
}

impl Texts {
    /// Texts as lists of numbers of words. A text without words is allowed.
    pub fn new(texts: &[&[u32]], device: &Device) -> Self {
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0).max(1);
        let mut words = vec![0i32; texts.len() * longest];
        let mut present = vec![0f32; texts.len() * longest];
        for (row, text) in texts.iter().enumerate() {
            for (place, word) in text.iter().enumerate() {
                words[row * longest + place] = *word as i32;
                present[row * longest + place] = 1.0;
            }
        }
        let shape = [texts.len(), longest];
        Self {
            words: Tensor::from_data(TensorData::new(words, [texts.len() * longest]), device),
            present: Tensor::from_data(TensorData::new(present, shape), device),
        }
    }
}

/// Word vectors, a filter bank over three neighbouring words, and a pooling over time.
///
/// The window of a place holds the word before it, the word and the one after it; beyond the ends of a text stand
/// zeros, so that a text of `T` words has `T` windows. A text without words becomes zeros: Paddle has no such text.
#[derive(Module, Debug)]
pub struct TextConv {
    words: Embedding,
    fc: Linear,
    #[module(skip)]
    pooling: Pooling,
    #[module(skip)]
    tanh: bool,
}

impl TextConv {
    /// The layer from its tables; `fc` takes three word vectors side by side.
    pub fn new(words: Embedding, fc: Linear, pooling: Pooling, tanh: bool) -> Self {
        Self { words, fc, pooling, tanh }
    }

    /// # Shapes
    /// `N` texts to `[N, filters]`.
    pub fn forward(&self, texts: Texts) -> Tensor<2> {
        let [rows, longest] = texts.present.dims();
        let maps = self.maps(texts.clone());
        let filters = maps.dims()[2];
        let present = texts.present.reshape([rows, longest, 1]);
        let pooled = match self.pooling {
            Pooling::Sum => (maps * present).sum_dim(1),
            Pooling::Max => {
                // Below anything a filter gives, so that what lies behind the end is never the largest.
                let lowest = if self.tanh { -2.0 } else { f32::MIN / 4.0 };
                let behind = present.clone().mul_scalar(-1.0).add_scalar(1.0);
                let largest = (maps * present.clone() + behind.mul_scalar(lowest)).max_dim(1);
                largest * present.max_dim(1)
            }
        };
        pooled.reshape([rows, filters])
    }

    /// The feature maps: what each filter makes of the window at each place; behind the end of a text they stand for
    /// nothing.
    ///
    /// # Shapes
    /// `N` texts to `[N, words, filters]`.
    pub fn maps(&self, texts: Texts) -> Tensor<3> {
        let [rows, longest] = texts.present.dims();
        let width = self.words.width();
        let vectors = self.words.forward(texts.words).reshape([rows, longest, width]);
        let vectors = vectors * texts.present.reshape([rows, longest, 1]);
        let nothing = Tensor::<3>::zeros([rows, 1, width], &vectors.device());
        let windows = if longest == 1 {
            Tensor::cat(vec![nothing.clone(), vectors, nothing], 2)
        } else {
            let before = Tensor::cat(
                vec![nothing.clone(), vectors.clone().slice([0..rows, 0..longest - 1, 0..width])],
                1,
            );
            let after = Tensor::cat(vec![vectors.clone().slice([0..rows, 1..longest, 0..width]), nothing], 1);
            Tensor::cat(vec![before, vectors, after], 2)
        };
        let sums = linear(&self.fc, windows.reshape([rows * longest, WINDOW * width]));
        let values = if self.tanh { tanh(sums) } else { sums };
        let filters = values.dims()[1];
        values.reshape([rows, longest, filters])
    }
}
