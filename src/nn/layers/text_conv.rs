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

/// Texts of one minibatch, their words one after another.
#[derive(Debug, Clone)]
pub struct Texts {
    /// `[W]`: the words of all texts.
    words: Tensor<1, Int>,
    /// `[W, 1]`: 1 where a word of the same text stands before, and after.
    neighbours: [Tensor<2>; 2],
    /// `[N · longest]`: where the words of each text stand; the first one stands for those behind the end.
    places: Tensor<1, Int>,
    /// `[N, longest, 1]`: 1 where there is a word, 0 behind the end.
    present: Tensor<3>,
}

impl Texts {
    /// Texts as lists of numbers of words. A text without words is allowed.
    pub fn new(texts: &[&[u32]], device: &Device) -> Self {
        let count = texts.iter().map(|text| text.len()).sum::<usize>().max(1);
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0).max(1);
        let mut words = Vec::with_capacity(count);
        let (mut before, mut after) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let (mut places, mut present) = (Vec::new(), Vec::new());
        for text in texts {
            // A text without words has no place of its own; what stands there is not present.
            let first = words.len().min(count - 1);
            for place in 0..longest {
                let is_there = place < text.len();
                places.push((first + if is_there { place } else { 0 }) as i32);
                present.push(f32::from(is_there));
            }
            for (place, word) in text.iter().enumerate() {
                words.push(*word as i32);
                before.push(f32::from(place > 0));
                after.push(f32::from(place + 1 < text.len()));
            }
        }
        // Where no text has a word.
        words.resize(count, 0);
        before.resize(count, 0.0);
        after.resize(count, 0.0);
        let column = |values| Tensor::from_data(TensorData::new(values, [count, 1]), device);
        let length = places.len();
        Self {
            words: Tensor::from_data(TensorData::new(words, [count]), device),
            neighbours: [column(before), column(after)],
            places: Tensor::from_data(TensorData::new(places, [length]), device),
            present: Tensor::from_data(TensorData::new(present, [texts.len(), longest, 1]), device),
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

    /// The table of word vectors.
    pub fn words(&self) -> &Embedding {
        &self.words
    }

    /// The filters: three word vectors side by side become one number each.
    pub fn filters(&self) -> &Linear {
        &self.fc
    }

    /// # Shapes
    /// `N` texts to `[N, filters]`.
    pub fn forward(&self, texts: Texts) -> Tensor<2> {
        let [rows, longest, _] = texts.present.dims();
        let maps = self.maps(&texts);
        let filters = maps.dims()[1];
        let maps = maps.select(0, texts.places).reshape([rows, longest, filters]);
        let pooled = match self.pooling {
            Pooling::Sum => (maps * texts.present).sum_dim(1),
            // Behind the end stands the first word again, which changes no maximum.
            Pooling::Max => maps.max_dim(1) * texts.present.slice([0..rows, 0..1, 0..1]),
        };
        pooled.reshape([rows, filters])
    }

    /// The feature maps: what each filter makes of the window of each word.
    ///
    /// # Shapes
    /// `W` words of all texts to `[W, filters]`.
    pub fn maps(&self, texts: &Texts) -> Tensor<2> {
        let vectors = self.words.forward(texts.words.clone());
        let [count, width] = vectors.dims();
        let nothing = Tensor::<2>::zeros([1, width], &vectors.device());
        let shifted = |part: Vec<Tensor<2>>| Tensor::cat(part, 0);
        let [before, after] = if count == 1 {
            [nothing.clone(), nothing]
        } else {
            let earlier = vectors.clone().slice([0..count - 1, 0..width]);
            let later = vectors.clone().slice([1..count, 0..width]);
            [shifted(vec![nothing.clone(), earlier]), shifted(vec![later, nothing])]
        };
        let [has_before, has_after] = texts.neighbours.clone();
        let windows = Tensor::cat(vec![before * has_before, vectors, after * has_after], 1);
        let sums = linear(&self.fc, windows);
        if self.tanh { tanh(sums) } else { sums }
    }
}
