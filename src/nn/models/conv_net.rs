//! The documents' convolutional networks: blocks of convolution, ReLU and 2×2 max pooling, then two dense layers.
//!
//! Parameters have Keras' layout, and layers Keras' names, so that weights go from one to the other as they are.

use crate::error::LabError;
use crate::nn::layers::initializer::{glorot_linear, glorot_uniform};
use crate::nn::layers::network::Network;
use crate::nn::layers::operations::{convolution_block, linear};
use crate::nn::layers::parameters::NamedTensor;
use crate::random::{Purpose, Random};
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor, TensorData};
use serde::Serialize;

/// Sizes of a [`ConvNet`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvNetConfig {
    /// Rows of a picture.
    pub height: usize,
    /// Columns of a picture.
    pub width: usize,
    /// Channels of a picture.
    pub channels: usize,
    /// Filters of each convolution, a pooling after each; none makes a feed-forward network.
    pub filters: Vec<usize>,
    /// Rows and columns of every filter.
    pub kernel_size: usize,
    /// Units of the hidden dense layer.
    pub dense_units: usize,
    /// Columns of the output; one where two classes are told apart by a sigmoid.
    pub outputs: usize,
}

/// A layer as a summary lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LayerSummary {
    /// Keras' name: `conv2d`, `conv2d_1`, …
    pub name: String,
    /// `conv2d`, `max_pooling2d`, `flatten` or `dense`.
    pub kind: &'static str,
    /// Sizes of its output for one picture.
    pub shape: Vec<usize>,
    /// Weights and biases.
    pub parameters: usize,
    /// `relu`, `softmax` or `sigmoid`.
    pub activation: Option<&'static str>,
}

impl ConvNetConfig {
    /// Whether every map has at least one pixel.
    ///
    /// # Errors
    /// `picture_too_small` with the convolution, counted from 1, and the size of what it is given.
    pub fn check(&self) -> Result<(), LabError> {
        let (mut height, mut width) = (self.height, self.width);
        for layer in 1..=self.filters.len() {
            // A pooling needs two rows and two columns.
            let least = self.kernel_size + 1;
            if height < least || width < least {
                let message = format!(
                    "Convolution {layer} is given maps of {height} by {width} pixels and needs {least} by {least}: \
                     use fewer convolutions, a smaller kernel or larger pictures."
                );
                return Err(LabError::new("picture_too_small", message)
                    .with("layer", layer)
                    .with("size", height.min(width))
                    .with("least", least));
            }
            (height, width) = self.after_block(height, width);
        }
        Ok(())
    }

    fn after_block(&self, height: usize, width: usize) -> (usize, usize) {
        ((height + 1 - self.kernel_size) / 2, (width + 1 - self.kernel_size) / 2)
    }

    /// The layers as Keras' `summary` lists them.
    ///
    /// # Panics
    /// If the sizes do not pass [`ConvNetConfig::check`].
    pub fn layers(&self) -> Vec<LayerSummary> {
        let (mut height, mut width, mut channels) = (self.height, self.width, self.channels);
        let mut layers = Vec::new();
        let mut add = |name, kind, shape, parameters, activation| {
            layers.push(LayerSummary { name, kind, shape, parameters, activation });
        };
        for (index, &filters) in self.filters.iter().enumerate() {
            let convolved = (height + 1 - self.kernel_size, width + 1 - self.kernel_size);
            let parameters = (self.kernel_size.pow(2) * channels + 1) * filters;
            let shape = vec![convolved.0, convolved.1, filters];
            add(numbered("conv2d", index), "conv2d", shape, parameters, Some("relu"));
            (height, width) = self.after_block(height, width);
            channels = filters;
            add(numbered("max_pooling2d", index), "max_pooling2d", vec![height, width, channels], 0, None);
        }
        let flat = height * width * channels;
        add("flatten".into(), "flatten", vec![flat], 0, None);
        let units = self.dense_units;
        add(numbered("dense", 0), "dense", vec![units], (flat + 1) * units, Some("relu"));
        let activation = if self.outputs == 1 { "sigmoid" } else { "softmax" };
        let parameters = (units + 1) * self.outputs;
        add(numbered("dense", 1), "dense", vec![self.outputs], parameters, Some(activation));
        layers
    }

    /// Weights and biases of all layers.
    pub fn parameters(&self) -> usize {
        self.layers().iter().map(|layer| layer.parameters).sum()
    }

    /// Products of a forward pass of one picture.
    pub fn multiplications(&self) -> u64 {
        let mut channels = self.channels;
        let mut inputs = self.height * self.width * self.channels;
        let mut products = 0;
        for layer in self.layers() {
            match (layer.kind, &layer.shape[..]) {
                ("conv2d", &[height, width, filters]) => {
                    products += (height * width * filters * self.kernel_size.pow(2) * channels) as u64;
                    channels = filters;
                }
                ("dense", &[units]) => {
                    products += (inputs * units) as u64;
                    inputs = units;
                }
                _ => inputs = layer.shape.iter().product(),
            }
        }
        products
    }

    /// The network with the initial weights of a seed: Glorot's uniform ones, biases 0. Layers draw one after the
    /// other from one stream.
    pub fn init(&self, seed: u64, device: &Device) -> ConvNet {
        let mut random = Random::new(seed, Purpose::Weights);
        let (mut height, mut width, mut channels) = (self.height, self.width, self.channels);
        let mut convolutions = Vec::new();
        for &filters in &self.filters {
            convolutions.push(Convolution::init(self.kernel_size, channels, filters, &mut random, device));
            (height, width) = self.after_block(height, width);
            channels = filters;
        }
        let sizes = [height * width * channels, self.dense_units, self.outputs];
        let dense =
            sizes.windows(2).map(|pair| glorot_linear(pair[0], pair[1], &mut random, device)).collect();
        ConvNet { convolutions, dense }
    }
}

/// Keras numbers layers of one kind from the second on: `dense`, `dense_1`.
fn numbered(kind: &str, index: usize) -> String {
    if index == 0 { kind.into() } else { format!("{kind}_{index}") }
}

/// A convolution: kernel `[k, k, inputs, outputs]`, bias `[outputs]`.
#[derive(Module, Debug)]
pub struct Convolution {
    kernel: Param<Tensor<4>>,
    bias: Param<Tensor<1>>,
}

impl Convolution {
    /// Filters of `size` by `size` with Glorot's uniform weights, biases 0.
    pub fn init(size: usize, inputs: usize, outputs: usize, random: &mut Random, device: &Device) -> Self {
        let (shape, area) = ([size, size, inputs, outputs], size.pow(2));
        let kernel = glorot_uniform(shape.iter().product(), area * inputs, area * outputs, random);
        Self {
            kernel: Param::from_data(TensorData::new(kernel, shape), device),
            bias: Param::from_data(TensorData::new(vec![0f32; outputs], [outputs]), device),
        }
    }

    /// Convolution, ReLU, and pooling if asked for.
    pub fn forward(&self, input: Tensor<4>, pool: bool) -> Tensor<4> {
        convolution_block(input, self.kernel.val(), self.bias.val(), pool)
    }
}

/// The network; its output is logits.
#[derive(Module, Debug)]
pub struct ConvNet {
    convolutions: Vec<Convolution>,
    dense: Vec<Linear>,
}

impl Network for ConvNet {
    type Input = Tensor<4>;

    /// # Shapes
    /// `[N, height, width, channels]` to `[N, outputs]`.
    fn forward(&self, input: Tensor<4>) -> Tensor<2> {
        let maps = self.convolutions.iter().fold(input, |maps, layer| layer.forward(maps, true));
        linear(&self.dense[1], self.hidden(maps))
    }
}

impl ConvNet {
    fn hidden(&self, maps: Tensor<4>) -> Tensor<2> {
        relu(linear(&self.dense[0], maps.flatten::<2>(1, 3)))
    }

    /// What each layer makes of some pictures, by Keras' name, the hidden dense layer as `[N, 1, 1, units]`; the
    /// flattened values and the output are left out.
    pub fn layer_outputs(&self, input: Tensor<4>) -> Vec<(String, Tensor<4>)> {
        let mut maps = input;
        let mut outputs = Vec::new();
        for (index, layer) in self.convolutions.iter().enumerate() {
            outputs.push((numbered("conv2d", index), layer.forward(maps.clone(), false)));
            maps = layer.forward(maps, true);
            outputs.push((numbered("max_pooling2d", index), maps.clone()));
        }
        let hidden = self.hidden(maps);
        let [pictures, units] = hidden.dims();
        outputs.push((numbered("dense", 0), hidden.reshape([pictures, 1, 1, units])));
        outputs
    }
}

/// Parameters by Keras' names: `conv2d.kernel`, `conv2d.bias`, `dense.kernel` and so on. Layouts are Keras' already.
pub fn to_keras_dict(parameters: Vec<NamedTensor>) -> Vec<NamedTensor> {
    let renamed = |tensor: NamedTensor| {
        let name = keras_name(&tensor.name).unwrap_or_else(|| tensor.name.clone());
        NamedTensor { name, ..tensor }
    };
    parameters.into_iter().map(renamed).collect()
}

/// The inverse of [`to_keras_dict`]; a name that is not of its form is kept, so that the check of names names it.
pub fn from_keras_dict(tensors: Vec<NamedTensor>) -> Vec<NamedTensor> {
    let renamed = |tensor: NamedTensor| {
        let name = module_path(&tensor.name).unwrap_or_else(|| tensor.name.clone());
        NamedTensor { name, ..tensor }
    };
    tensors.into_iter().map(renamed).collect()
}

/// Keras' name of a module's path: `convolutions.1.kernel` is `conv2d_1.kernel`, `dense.0.weight` is `dense.kernel`.
fn keras_name(path: &str) -> Option<String> {
    let mut parts = path.splitn(3, '.');
    let (list, index, tensor) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
    let kind = if list == "convolutions" { "conv2d" } else { "dense" };
    let tensor = if tensor == "weight" { "kernel" } else { tensor };
    Some(format!("{}.{tensor}", numbered(kind, index)))
}

fn module_path(name: &str) -> Option<String> {
    let (layer, tensor) = name.split_once('.')?;
    let (kind, index) = match layer.split_once('_') {
        Some((kind, index)) => (kind, index.parse::<usize>().ok().filter(|index| *index > 0)?),
        None => (layer, 0),
    };
    match (kind, tensor) {
        ("conv2d", "kernel" | "bias") => Some(format!("convolutions.{index}.{tensor}")),
        ("dense", "kernel") => Some(format!("dense.{index}.weight")),
        ("dense", "bias") => Some(format!("dense.{index}.bias")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::layers::parameters;

    fn config(
        side: usize,
        channels: usize,
        filters: &[usize],
        units: usize,
        outputs: usize,
    ) -> ConvNetConfig {
        ConvNetConfig {
            height: side,
            width: side,
            channels,
            filters: filters.to_vec(),
            kernel_size: 3,
            dense_units: units,
            outputs,
        }
    }

    #[test]
    fn the_documents_networks_have_their_numbers_of_parameters() {
        let five = [16, 32, 64, 64, 64];
        for (config, parameters) in [
            (config(28, 1, &[16], 128, 10), 347_690),
            (config(300, 3, &five, 512, 1), 1_704_097),
            (config(128, 3, &five, 512, 1), 229_537),
            (config(150, 3, &[32, 64, 64], 512, 1), 9_527_297),
            (config(150, 3, &[16, 32, 32], 512, 1), 4_750_337),
            (config(300, 3, &[32, 64, 64], 512, 1), 40_198_145),
        ] {
            assert_eq!(config.parameters(), parameters);
        }
        let small = config(28, 1, &[16], 128, 10);
        assert_eq!(small.init(1, &Device::flex()).num_params(), 347_690);
        assert_eq!(small.multiplications(), 26 * 26 * 16 * 9 + 2704 * 128 + 1280);
    }

    #[test]
    fn ninety_four_pixels_are_the_least_for_five_blocks() {
        let five = |side: usize| config(side, 3, &[4; 5], 8, 1);
        assert!(five(94).check().is_ok());
        assert_eq!(five(94).layers()[9].shape, [1, 1, 4]);
        let refused = five(93).check().unwrap_err();
        assert_eq!((refused.code.as_str(), &refused.details["layer"]), ("picture_too_small", &5.into()));
        assert!(config(1, 1, &[], 4, 2).check().is_ok());
    }

    #[test]
    fn keras_names_come_back_the_same() {
        let network = config(20, 2, &[3, 4], 5, 1).init(1, &Device::flex());
        let parameters = pollster::block_on(parameters::read(&network)).unwrap();
        let keras = to_keras_dict(parameters.clone());
        let names: Vec<&str> = keras.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "conv2d.kernel",
                "conv2d.bias",
                "conv2d_1.kernel",
                "conv2d_1.bias",
                "dense.kernel",
                "dense.bias",
                "dense_1.kernel",
                "dense_1.bias"
            ]
        );
        assert_eq!(from_keras_dict(keras), parameters);
        for odd in ["conv2d_0.kernel", "conv3d.kernel", "dense_x.bias", "dense"] {
            assert_eq!(from_keras_dict(vec![NamedTensor::new(odd, [1], vec![0.0])])[0].name, odd);
        }
    }

    #[test]
    fn outputs_of_the_layers_have_the_summarys_shapes() {
        let config = config(20, 2, &[3, 4], 5, 2);
        let network = config.init(1, &Device::flex());
        let input = Tensor::<4>::ones([2, 20, 20, 2], &Device::flex());
        let expected: Vec<(String, Vec<usize>)> = config
            .layers()
            .into_iter()
            .filter(|layer| layer.kind != "flatten" && layer.name != "dense_1")
            .map(|layer| match layer.shape[..] {
                [units] => (layer.name, vec![2, 1, 1, units]),
                _ => (layer.name, [&[2], &layer.shape[..]].concat()),
            })
            .collect();
        let found: Vec<(String, Vec<usize>)> =
            network.layer_outputs(input).into_iter().map(|(name, t)| (name, t.dims().to_vec())).collect();
        assert_eq!(found, expected);
    }
}
