//! A feed-forward network of fully connected layers, the document's `Model_MLP_L2_V3` (§4.5.3) for any number of
//! hidden layers.

use crate::nn::layers::initializer::normal_linear;
use crate::nn::layers::network::Network;
use crate::nn::layers::operations::linear;
use crate::nn::layers::parameters::NamedTensor;
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::{relu, sigmoid, tanh};
use burn::tensor::{Device, Tensor};

/// What a hidden unit does with its sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `1 / (1 + e^-z)`
    Sigmoid,
    /// `tanh z`
    Tanh,
    /// `max(z, 0)`
    Relu,
}

impl Activation {
    /// The activation with this name in the settings.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sigmoid" => Self::Sigmoid,
            "tanh" => Self::Tanh,
            "relu" => Self::Relu,
            _ => return None,
        })
    }
}

/// Sizes and initial weights of a [`Mlp`].
#[derive(Debug, Clone, PartialEq)]
pub struct MlpConfig {
    /// Columns of the input.
    pub inputs: usize,
    /// Units of each hidden layer; none makes a linear classifier.
    pub hidden: Vec<usize>,
    /// Columns of the output.
    pub classes: usize,
    /// Activation of the hidden layers.
    pub activation: Activation,
    /// Standard deviation of the initial weights.
    pub init_std: f64,
    /// Initial value of all biases.
    pub init_bias: f64,
}

impl MlpConfig {
    /// Units of all layers, from the input to the output.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![self.inputs];
        sizes.extend(&self.hidden);
        sizes.push(self.classes);
        sizes
    }

    /// Weights and biases of all layers.
    pub fn parameters(&self) -> usize {
        self.sizes().windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    /// The network with the initial weights of a seed. Layers draw one after the other from one stream.
    pub fn init(&self, seed: u64, device: &Device) -> Mlp {
        let mut random = Random::new(seed, Purpose::Weights);
        let layers = self
            .sizes()
            .windows(2)
            .map(|pair| normal_linear(pair[0], pair[1], self.init_std, self.init_bias, &mut random, device))
            .collect();
        Mlp { layers, activation: self.activation }
    }
}

/// The network: fully connected layers with an activation between them; the output is logits.
#[derive(Module, Debug)]
pub struct Mlp {
    layers: Vec<Linear>,
    #[module(skip)]
    activation: Activation,
}

impl Network for Mlp {
    type Input = Tensor<2>;

    /// # Shapes
    /// `[N, inputs]` to `[N, classes]`.
    fn forward(&self, input: Tensor<2>) -> Tensor<2> {
        let mut value = input;
        for (index, layer) in self.layers.iter().enumerate() {
            if index > 0 {
                value = match self.activation {
                    Activation::Sigmoid => sigmoid(value),
                    Activation::Tanh => tanh(value),
                    Activation::Relu => relu(value),
                };
            }
            value = linear(layer, value);
        }
        value
    }
}

/// Parameters in the names and layout of PyTorch's state dict, so that `load_state_dict` takes them as they are:
/// `fc1.weight [outputs, inputs]`, `fc1.bias [outputs]`, `fc2.weight` and so on; burn keeps `[inputs, outputs]`.
pub fn to_state_dict(parameters: Vec<NamedTensor>) -> Vec<NamedTensor> {
    parameters
        .into_iter()
        .map(|tensor| {
            let name = state_dict_name(&tensor.name);
            NamedTensor { name, ..transposed(tensor) }
        })
        .collect()
}

/// The inverse of [`to_state_dict`]; a name that is not of its form is kept, so that the check of names names it.
pub fn from_state_dict(tensors: Vec<NamedTensor>) -> Vec<NamedTensor> {
    tensors
        .into_iter()
        .map(|tensor| {
            let name = module_path(&tensor.name).unwrap_or_else(|| tensor.name.clone());
            NamedTensor { name, ..transposed(tensor) }
        })
        .collect()
}

/// `layers.0.weight` is `fc1.weight`.
pub fn state_dict_name(path: &str) -> String {
    let mut parts = path.splitn(3, '.');
    match (parts.next(), parts.next().and_then(|index| index.parse::<usize>().ok()), parts.next()) {
        (Some("layers"), Some(index), Some(rest)) => format!("fc{}.{rest}", index + 1),
        _ => path.to_string(),
    }
}

fn module_path(name: &str) -> Option<String> {
    let (layer, rest) = name.strip_prefix("fc")?.split_once('.')?;
    let index = layer.parse::<usize>().ok()?.checked_sub(1)?;
    Some(format!("layers.{index}.{rest}"))
}

fn transposed(tensor: NamedTensor) -> NamedTensor {
    let [rows, columns] = tensor.shape[..] else { return tensor };
    let values = (0..columns * rows).map(|i| tensor.values[i % rows * columns + i / rows]).collect();
    NamedTensor { shape: vec![columns, rows], values, ..tensor }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::layers::parameters;

    fn config(hidden: &[usize]) -> MlpConfig {
        MlpConfig {
            inputs: 4,
            hidden: hidden.to_vec(),
            classes: 3,
            activation: Activation::Sigmoid,
            init_std: 0.01,
            init_bias: 1.0,
        }
    }

    #[test]
    fn the_documents_network_has_fifty_one_parameters() {
        assert_eq!(config(&[6]).parameters(), 51);
        assert_eq!(config(&[6]).init(1, &Device::flex()).num_params(), 51);
        assert_eq!(config(&[]).init(1, &Device::flex()).num_params(), 15);
        assert_eq!(config(&[8, 5]).init(1, &Device::flex()).num_params(), 40 + 45 + 18);
    }

    #[test]
    fn state_dict_names_and_layout_come_back_the_same() {
        let network = config(&[6, 2]).init(1, &Device::flex());
        let parameters = pollster::block_on(parameters::read(&network)).unwrap();
        let state = to_state_dict(parameters.clone());
        let names: Vec<&str> = state.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"]);
        assert_eq!(state[0].shape, [6, 4]);
        // Unit 1's weight for input 2.
        assert_eq!(state[0].values[4 + 2], parameters[0].values[2 * 6 + 1]);
        assert_eq!(from_state_dict(state), parameters);
    }
}
