//! Features of pictures: the codes of a small convolutional auto-encoder that is trained on these very pictures. The paper
//! takes what a ResNet-50 says of photographs; its weights alone are larger than all of this page.

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
const BATCH: usize = 32;
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
        let has = |item: &usize| items.pictures.as_ref().is_some_and(|pictures| pictures.has(*item));
        let order: Vec<usize> = (0..items.len()).filter(has).collect();
        let mut random = Random::new(config.seed, Purpose::PictureEncoder);
        let mut features = Self {
            network: None,
            optimizer: Optimizer::new(Rule::Adam, Constants::Torch, LEARNING_RATE),
            random: random.clone(),
            epochs: (MOST_SEEN / order.len().max(1)).clamp(1, config.epochs),
            order,
            seen: 0,
            figures: Figures::new(SquaredError.figures()),
            losses: Vec::new(),
            codes: Vec::new(),
            width: config.code,
            items,
        };
        let device = Device::flex().autodiff();
        let network = PictureEncoder::init(config.code, features.mean(), &mut random, &device);
        (features.network, features.random) = (Some(network), random);
        features
    }

    /// The mean picture.
    fn mean(&self) -> Vec<f32> {
        let mut sums = vec![0.0f64; NUMBERS];
        for item in &self.order {
            sums.iter_mut().zip(self.pixels(&[*item])).for_each(|(sum, value)| *sum += f64::from(value));
        }
        let count = self.order.len().max(1) as f64;
        sums.iter().map(|sum| (sum / count) as f32).collect()
    }

    /// The pictures of some items, one after another.
    fn pixels(&self, items: &[usize]) -> Vec<f32> {
        let Some(pictures) = &self.items.pictures else { return Vec::new() };
        let mut pixels = Vec::with_capacity(items.len() * NUMBERS);
        for item in items {
            pixels.extend(pictures.over_white(*item).flatten().map(|color| color as f32));
        }
        pixels
    }

    fn tensor(pixels: Vec<f32>) -> Tensor<4> {
        let shape = [pixels.len() / NUMBERS, SIDE, SIDE, COLORS];
        Tensor::from_data(TensorData::new(pixels, shape), &Device::flex().autodiff())
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
        let pixels = self.pixels(&self.order[self.seen..last]);
        let target = Numbers::new(pixels.clone(), NUMBERS, &Device::flex());
        let network = self.network.take().expect("the network is there between steps");
        let output = network.forward(Self::tensor(pixels));
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
        let has = |item: &usize| self.items.pictures.as_ref().is_some_and(|pictures| pictures.has(*item));
        let there: Vec<usize> = (first..last).filter(has).collect();
        let mut codes = Vec::new();
        if !there.is_empty() {
            codes = floats(self.network().encode(Self::tensor(self.pixels(&there))).inner().into_data());
        }
        let mut codes = codes.chunks_exact(self.width);
        for item in first..last {
            let code = if has(&item) { codes.next() } else { None };
            match code {
                Some(code) => self.codes.extend_from_slice(code),
                None => self.codes.resize(self.codes.len() + self.width, 0.0),
            }
        }
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
        let pictures = self.items.pictures.as_ref()?;
        pictures.has(item).then(|| {
            let output = self.network().forward(Self::tensor(self.pixels(&[item]))).inner();
            let byte = |value: &f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
            let pixels = floats(output.into_data());
            let pixels = pixels.as_chunks::<COLORS>().0.iter();
            pixels.flat_map(|[red, green, blue]| [byte(red), byte(green), byte(blue), 255]).collect()
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::data::pictures::Picture;
    use crate::data::sequences::pictures::ItemPictures;
    use crate::data::sequences::{Item, Words};

    /// Items whose pictures are red with a blue stripe, or green with a yellow one, by turns; those at `without` have none.
    pub fn items(count: usize, without: &[usize]) -> Rc<Items> {
        let mut pictures = ItemPictures::none(count);
        for item in (0..count).filter(|item| !without.contains(item)) {
            let (ground, stripe) = if item % 2 == 0 {
                ([200, 30, 20, 255], [20, 40, 220, 255])
            } else {
                ([30, 180, 60, 255], [240, 230, 40, 255])
            };
            let place = 6 + item % 5;
            let pixel = |at: usize| if (place..place + 8).contains(&(at % SIDE)) { stripe } else { ground };
            let pixels = (0..SIDE * SIDE).flat_map(pixel).collect();
            pictures.set(item, &Picture { width: SIDE, height: SIDE, channels: 4, pixels });
        }
        let list = (0..count).map(|item| Item {
            id: item.to_string(),
            words: Words { title: ["red stripe", "green grass"][item % 2].into(), tags: Vec::new() },
            ..Item::default()
        });
        Rc::new(Items { list: list.collect(), pictures: Some(pictures), ..Items::default() })
    }

    fn config() -> PictureConfig {
        PictureConfig { code: 16, epochs: 30, seed: 1 }
    }

    fn trained(items: Rc<Items>) -> PictureFeatures {
        trained_for(30, items)
    }

    fn trained_for(epochs: usize, items: Rc<Items>) -> PictureFeatures {
        let mut features = PictureFeatures::begin(items, PictureConfig { epochs, ..config() });
        while !features.is_done() {
            features.step();
        }
        features
    }

    fn distance(one: &[f32], other: &[f32]) -> f32 {
        one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum()
    }

    #[test]
    fn the_loss_falls_and_pictures_are_recognised_from_their_codes() {
        let items = items(40, &[3]);
        let features = trained_for(100, items.clone());
        let losses = features.losses();
        assert_eq!(losses.len(), 100);
        assert!(losses[99] < 0.1 * losses[0], "{losses:?}");
        let error = |item: usize, of: usize| {
            let drawn = features.reconstruction(item).unwrap();
            assert_eq!(drawn.len(), SIDE * SIDE * 4);
            let original = items.pictures.as_ref().unwrap().rgba(of).unwrap();
            let square = |(a, b): (&u8, &u8)| (f64::from(*a) - f64::from(*b)).powi(2);
            drawn.iter().zip(original).map(square).sum::<f64>()
        };
        for item in [0, 7] {
            assert!(error(item, item) < 0.2 * error(item, item + 1), "its own colours");
            assert!(error(item, item) < error(item, item + 2), "the stripe in its place");
        }
    }

    #[test]
    fn pictures_that_look_alike_have_features_that_are_alike() {
        let features = trained(items(20, &[])).features();
        for item in 0..10 {
            let away = |other: usize| distance(features.row(item), features.row(other));
            // Five items on, the stripe stands in the same place; ten items on, the picture is the same.
            assert!(away(item + 10) == 0.0 && away(item + 2) > 0.0);
            assert!(away(item + 2) < away(item + 5), "item {item}");
        }
    }

    #[test]
    fn an_item_without_a_picture_has_zeros_and_is_not_learned_from() {
        let with = trained(items(20, &[4, 19]));
        let features = with.features();
        assert_eq!((features.len(), features.columns(), features.zeros()), (20, 16, 2));
        assert!(features.is_zero(4) && features.is_zero(19));
        assert_eq!((with.reconstruction(4), with.reconstruction(5).is_some()), (None, true));
        let mut others = (*items(20, &[])).clone();
        others.pictures = others.pictures.map(|all| all.of(&[0, 1, 2, 3, 5, 6, 7]));
        others.list.truncate(7);
        let few = trained(Rc::new(others));
        let mut with = trained(items(8, &[4]));
        assert_eq!(few.losses(), with.losses());
        assert_eq!(few.features().row(6), with.features().row(7));
        with.step();
        assert_eq!(few.losses(), with.losses(), "a step after the end does nothing");
    }

    #[test]
    fn the_same_seed_gives_the_same_features_to_the_bit_and_another_others() {
        let [first, second] = [trained(items(40, &[])), trained(items(40, &[]))];
        assert_eq!(first.features(), second.features());
        assert_eq!(first.losses(), second.losses());
        let mut other = PictureFeatures::begin(items(40, &[]), PictureConfig { seed: 2, ..config() });
        let mut shares = Vec::new();
        while !other.is_done() {
            shares.push(other.share_done());
            other.step();
        }
        assert_ne!(first.features(), other.features());
        assert!(shares.windows(2).all(|pair| pair[0] < pair[1]) && shares[0] == 0.0);
        assert!((other.share_done() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_picture_is_enough_and_none_is_no_work() {
        let one = trained(items(3, &[0, 2]));
        assert!(!one.features().is_zero(1) && one.losses().iter().all(|loss| loss.is_finite()));
        let none = trained(items(3, &[0, 1, 2]));
        assert_eq!((none.losses().len(), none.features().zeros()), (0, 3));
        assert!(trained(Rc::new(Items::default())).is_done());
    }

    #[test]
    fn many_pictures_have_fewer_epochs() {
        let epochs = |count| PictureFeatures::begin(items(count, &[]), config()).epochs;
        assert_eq!((epochs(40), epochs(1_000)), (30, MOST_SEEN / 1_000));
    }
}
