//! Features of pictures: the codes of a small convolutional auto-encoder that is trained on these very pictures. The paper
//! takes what a ResNet-50 says of photographs; its weights alone are larger than all of this page.

#[cfg(test)]
pub(super) mod tests;

use super::networks::picture_encoder::{COLORS, NUMBERS, PictureEncoder};
use crate::data::sequences::Items;
use crate::data::sequences::pictures::SIDE;
use crate::data::sequences::vectors::Vectors;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::objective::Objective;
use crate::nn::objective::figures::Figures;
use crate::nn::objective::regression::{Numbers, SquaredError};
use crate::nn::optim::optimizer::{Constants, Optimizer, Rule};
use crate::random::{Purpose, Random};
use burn::tensor::{Device, Tensor, TensorData};
use std::rc::Rc;

/// Learning rate.
const LEARNING_RATE: f64 = 2e-3;
/// Pictures of a minibatch.
const BATCH: usize = 16;
/// Pictures that all epochs together see at most; each is seen once at least.
const MOST_SEEN: usize = 12_000;

/// How features of pictures are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureConfig {
    /// Numbers that a picture becomes.
    pub code: usize,
    /// Epochs; fewer where there are many pictures.
    pub epochs: usize,
    /// Fixes the initial weights and the order of the pictures.
    pub seed: u64,
}

impl PictureConfig {
    /// The choice of `bench/studies/picture_codes.md`.
    pub fn new(seed: u64) -> Self {
        Self { code: 128, epochs: 10, seed }
    }
}

/// The auto-encoder while it is trained and after, on the CPU whatever the network is trained on.
pub struct PictureFeatures {
    items: Rc<Items>,
    network: Option<PictureEncoder>,
    optimizer: Optimizer,
    random: Random,
    epochs: usize,
    /// The items that have a picture, in the order of this epoch.
    order: Vec<usize>,
    /// How many of them this epoch has seen.
    seen: usize,
    figures: Figures,
    losses: Vec<f64>,
    /// The codes so far, for items from the first on.
    codes: Vec<f32>,
    width: usize,
}

impl PictureFeatures {
    /// Before the first epoch.
    pub fn begin(items: Rc<Items>, config: PictureConfig) -> Self {
        let order: Vec<usize> = (0..items.len()).filter(|item| has_picture(&items, *item)).collect();
        let mut random = Random::new(config.seed, Purpose::PictureEncoder);
        let device = Device::flex().autodiff();
        let network = PictureEncoder::init(config.code, mean(&items, &order), &mut random, &device);
        Self {
            network: Some(network),
            optimizer: Optimizer::new(Rule::Adam, Constants::Torch, LEARNING_RATE),
            random,
            epochs: (MOST_SEEN / order.len().max(1)).clamp(1, config.epochs),
            order,
            seen: 0,
            figures: Figures::new(SquaredError.figures()),
            losses: Vec::new(),
            codes: Vec::new(),
            width: config.code,
            items,
        }
    }

    fn network(&self) -> &PictureEncoder {
        self.network.as_ref().expect("the network is there between steps")
    }

    fn is_trained(&self) -> bool {
        self.order.is_empty() || self.losses.len() == self.epochs
    }

    /// Numbers of a picture's code.
    pub fn columns(&self) -> usize {
        self.width
    }

    /// Products of two numbers in all epochs, about.
    pub fn products(&self) -> f64 {
        self.epochs as f64 * self.order.len() as f64 * self.network().products() as f64
    }

    /// Whether all epochs are over and all pictures have their codes.
    pub fn is_done(&self) -> bool {
        self.is_trained() && self.codes.len() == self.items.len() * self.width
    }

    /// How much of the work is done, 0 to 1.
    pub fn share_done(&self) -> f64 {
        let coded = self.codes.len() as f64 / self.width as f64;
        let seen = (self.losses.len() * self.order.len() + self.seen) as f64;
        // A picture that is learned from costs as much as three that are coded.
        let all = (3 * self.epochs * self.order.len() + self.items.len()) as f64;
        if all > 0.0 { (3.0 * seen + coded) / all } else { 1.0 }
    }

    /// One minibatch: of training, or, after it, of codes.
    pub fn step(&mut self) {
        if self.is_trained() { self.code() } else { self.learn() }
    }

    fn learn(&mut self) {
        if self.seen == 0 {
            self.random.shuffle(&mut self.order);
        }
        let last = (self.seen + BATCH).min(self.order.len());
        let pixels = pixels(&self.items, &self.order[self.seen..last]);
        let input = tensor(pixels.clone());
        let target = Numbers { tensor: input.clone().inner().flatten(1, 3), values: pixels };
        let network = self.network.take().expect("the network is there between steps");
        let output = network.forward(input);
        let (read, gradients) = SquaredError.backward(output, &target);
        SquaredError.tally(&floats(read.into_data()), NUMBERS, &target, &mut self.figures);
        self.network = Some(self.optimizer.step(network, gradients));
        self.seen = last;
        if last == self.order.len() {
            self.losses.push(self.figures.value("loss").unwrap_or(0.0));
            self.figures = Figures::new(SquaredError.figures());
            self.seen = 0;
        }
    }

    fn code(&mut self) {
        let first = self.codes.len() / self.width;
        let last = (first + BATCH).min(self.items.len());
        let there: Vec<usize> = (first..last).filter(|item| has_picture(&self.items, *item)).collect();
        let mut codes = vec![0.0; (last - first) * self.width];
        if !there.is_empty() {
            let encoded = self.network().encode(tensor(pixels(&self.items, &there))).inner();
            for (item, code) in there.iter().zip(floats(encoded.into_data()).chunks_exact(self.width)) {
                codes[(item - first) * self.width..][..self.width].copy_from_slice(code);
            }
        }
        self.codes.extend(codes);
    }

    /// The rest of an epoch; the mean squared error over it.
    ///
    /// # Panics
    /// If all epochs are over.
    pub fn epoch(&mut self) -> f64 {
        assert!(!self.is_trained(), "there is an epoch left");
        let before = self.losses.len();
        while self.losses.len() == before {
            self.learn();
        }
        self.losses[before]
    }

    /// The mean squared error of each epoch.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The codes of all items, zeros for one without a picture.
    ///
    /// # Panics
    /// If it is not done.
    pub fn features(&self) -> Vectors {
        assert!(self.is_done(), "all pictures have their codes");
        Vectors::new(self.width, self.codes.clone())
    }

    /// What the network makes of an item's picture: 32 by 32 pixels of red, green, blue and alpha; none for an item without
    /// a picture.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn reconstruction(&self, item: usize) -> Option<Vec<u8>> {
        has_picture(&self.items, item).then(|| {
            let output = self.network().forward(tensor(pixels(&self.items, &[item]))).inner();
            let byte = |value: &f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
            let colors = floats(output.into_data());
            let pixels = colors.as_chunks::<COLORS>().0.iter();
            pixels.flat_map(|[red, green, blue]| [byte(red), byte(green), byte(blue), 255]).collect()
        })
    }
}

fn has_picture(items: &Items, item: usize) -> bool {
    items.pictures.as_ref().is_some_and(|pictures| pictures.has(item))
}

/// The pictures of some items, one after another.
fn pixels(items: &Items, some: &[usize]) -> Vec<f32> {
    let mut pixels = Vec::with_capacity(some.len() * NUMBERS);
    if let Some(pictures) = &items.pictures {
        some.iter().for_each(|item| pictures.write_over_white(*item, &mut pixels));
    }
    pixels
}

/// The mean picture of some items, white without any.
fn mean(items: &Items, some: &[usize]) -> Vec<f32> {
    if some.is_empty() {
        return vec![1.0; NUMBERS];
    }
    let mut sums = vec![0.0f64; NUMBERS];
    for item in some {
        sums.iter_mut().zip(pixels(items, &[*item])).for_each(|(sum, value)| *sum += f64::from(value));
    }
    sums.iter().map(|sum| (sum / some.len() as f64) as f32).collect()
}

fn tensor(pixels: Vec<f32>) -> Tensor<4> {
    let shape = [pixels.len() / NUMBERS, SIDE, SIDE, COLORS];
    Tensor::from_data(TensorData::new(pixels, shape), &Device::flex().autodiff())
}
