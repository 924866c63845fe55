//! A small convolutional auto-encoder of pictures, trained where the paper takes the outputs of a ResNet-50.

use crate::data::sequences::pictures::SIDE;
use crate::nn::layers::initializer::glorot_linear;
use crate::nn::layers::network::Network;
use crate::nn::layers::operations::linear;
use crate::nn::models::conv_net::Convolution;
use crate::random::Random;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Tensor, TensorData};

/// Red, green and blue.
pub const COLORS: usize = 3;
/// Numbers of a picture.
pub const NUMBERS: usize = SIDE * SIDE * COLORS;
/// Filters of each convolution.
const FILTERS: [usize; 2] = [8, 16];
/// Rows and columns of a filter.
const KERNEL: usize = 3;

/// Two blocks of convolution, ReLU and 2×2 max pooling, a linear layer down to the code, and a linear layer from the code
/// to all pixels.
#[derive(Module, Debug)]
pub struct PictureEncoder {
    convolutions: Vec<Convolution>,
    encoder: Linear,
    decoder: Linear,
}

impl PictureEncoder {
    /// Glorot's weights, but the last layer begins with weights of 0 and the mean picture as its biases: with weights by
    /// chance it would have to unlearn noise first, which is still seen in the pictures after ten epochs.
    ///
    /// # Panics
    /// If the mean picture has not [`NUMBERS`] numbers.
    pub fn init(code: usize, mean: Vec<f32>, random: &mut Random, device: &Device) -> Self {
        assert_eq!(mean.len(), NUMBERS, "a number for each pixel and colour");
        let (mut side, mut channels) = (SIDE, COLORS);
        let mut convolutions = Vec::new();
        for filters in FILTERS {
            convolutions.push(Convolution::init(KERNEL, channels, filters, random, device));
            (side, channels) = ((side + 1 - KERNEL) / 2, filters);
        }
        let encoder = glorot_linear(side * side * channels, code, random, device);
        let decoder = Linear {
            weight: Param::from_data(TensorData::new(vec![0f32; code * NUMBERS], [code, NUMBERS]), device),
            bias: Some(Param::from_data(TensorData::new(mean, [NUMBERS]), device)),
        };
        Self { convolutions, encoder, decoder }
    }

    /// Products of two numbers in a step of training, for each picture.
    pub fn products(&self) -> usize {
        let (mut side, mut channels, mut products) = (SIDE, COLORS, 0);
        for filters in FILTERS {
            side = side + 1 - KERNEL;
            products += side * side * KERNEL * KERNEL * channels * filters;
            (side, channels) = (side / 2, filters);
        }
        let code = self.encoder.weight.dims()[1];
        3 * (products + code * (side * side * channels + NUMBERS))
    }

    /// The codes of pictures.
    ///
    /// # Shapes
    /// `[N, 32, 32, 3]` to `[N, code]`.
    pub fn encode(&self, pictures: Tensor<4>) -> Tensor<2> {
        let maps = self.convolutions.iter().fold(pictures, |maps, layer| layer.forward(maps, true));
        linear(&self.encoder, maps.flatten::<2>(1, 3))
    }

    /// Pictures, row by row.
    ///
    /// # Shapes
    /// `[N, code]` to `[N, 32 · 32 · 3]`.
    pub fn decode(&self, codes: Tensor<2>) -> Tensor<2> {
        linear(&self.decoder, codes)
    }
}

impl Network for PictureEncoder {
    type Input = Tensor<4>;

    fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        self.decode(self.encode(pictures))
    }
}
