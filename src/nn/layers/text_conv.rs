//! A convolution over the words of a text and a pooling over time, as Paddle's `sequence_conv_pool` has it.

use super::embedding::Embedding;
use super::operations::{largest_of, linear, rows_of, tanh};
use burn::module::Module;
use burn::nn::Linear;
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
    /// `[3 W]`: for each word of all texts the one before it, itself and the one after it.
    windows: Tensor<1, Int>,
    /// `[3 W, 1]`: 1 where a word of the same text stands there.
    shares: Tensor<2>,
    /// `[N · longest]`: where the words of each text stand; the first one stands for those behind the end.
    places: Tensor<1, Int>,
    /// `[N, longest]`: 1 where there is a word, 0 behind the end.
    there: Tensor<2>,
}

impl Texts {
    /// Texts as lists of numbers of words. A text without words is allowed.
    pub fn new(texts: &[&[u32]], device: &Device) -> Self {
        let count = texts.iter().map(|text| text.len()).sum::<usize>().max(1);
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0).max(1);
        let (mut windows, mut shares) = (Vec::with_capacity(3 * count), Vec::with_capacity(3 * count));
        let (mut places, mut there) = (Vec::new(), Vec::new());
        for text in texts {
            // A text without words has no place of its own; what stands there is not counted.
            let first = (windows.len() / WINDOW).min(count - 1);
            for place in 0..longest {
                let is_there = place < text.len();
                places.push((first + if is_there { place } else { 0 }) as i32);
                there.push(f32::from(is_there));
            }
            for place in 0..text.len() {
                for neighbour in [place.checked_sub(1), Some(place), Some(place + 1)] {
                    let word = neighbour.and_then(|place| text.get(place));
                    windows.push(word.copied().unwrap_or(0) as i32);
                    shares.push(f32::from(word.is_some()));
                }
            }
        }
        // Where no text has a word.
        windows.resize(WINDOW * count, 0);
        shares.resize(WINDOW * count, 0.0);
        let length = places.len();
        Self {
            windows: Tensor::from_data(TensorData::new(windows, [WINDOW * count]), device),
            shares: Tensor::from_data(TensorData::new(shares, [WINDOW * count, 1]), device),
            places: Tensor::from_data(TensorData::new(places, [length]), device),
            there: Tensor::from_data(TensorData::new(there, [texts.len(), longest]), device),
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
        let [rows, longest] = texts.there.dims();
        let maps = self.maps(&texts);
        let filters = maps.dims()[1];
        match self.pooling {
            Pooling::Max => largest_of(maps, texts.places, texts.there),
            Pooling::Sum => rows_of(maps, texts.places, texts.there.reshape([rows * longest, 1]))
                .reshape([rows, longest, filters])
                .sum_dim(1)
                .reshape([rows, filters]),
        }
    }

    /// The feature maps: what each filter makes of the window of each word.
    ///
    /// # Shapes
    /// `W` words of all texts to `[W, filters]`.
    pub fn maps(&self, texts: &Texts) -> Tensor<2> {
        let vectors = self.words.shared(texts.windows.clone(), texts.shares.clone());
        let [count, width] = vectors.dims();
        let windows = vectors.reshape([count / WINDOW, WINDOW * width]);
        let sums = linear(&self.fc, windows);
        if self.tanh { tanh(sums) } else { sums }
    }
}
