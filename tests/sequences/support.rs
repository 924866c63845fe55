//! Reading the oracles' fixtures.

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::{Gradients, Tensor, TensorData};
use emberbook::lessons::sequences::graph::{Graph, Rule, Step};
use emberbook::nn::layers::parameters::{self, NamedTensor};
use serde_json::Value;

/// A step of a history: item, codes of its picture, codes of its words.
pub type OwnedStep = (u32, Vec<u32>, Vec<u32>);

pub fn list<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

/// Values of a tensor however they are nested, with its shape.
pub fn tensor(name: &str, value: &Value) -> NamedTensor {
    let mut shape = Vec::new();
    let mut inner = value;
    while let Value::Array(items) = inner {
        shape.push(items.len());
        inner = &items[0];
    }
    NamedTensor::new(name, shape, flat(value))
}

pub fn flat(value: &Value) -> Vec<f32> {
    match value {
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        number => vec![number.as_f64().unwrap() as f32],
    }
}

/// A matrix.
pub fn matrix(value: &Value, device: &burn::tensor::Device) -> Tensor<2> {
    let NamedTensor { shape, values, .. } = tensor("", value);
    Tensor::from_data(TensorData::new(values, shape), device)
}

pub fn graph(history: &[OwnedStep], rule: Rule) -> Graph {
    let steps: Vec<Step> =
        history.iter().map(|(item, images, texts)| Step { item: *item, images, texts }).collect();
    Graph::new(&steps, rule)
}

/// The oracle's weights under our names.
pub fn ours(weights: &Value) -> Vec<NamedTensor> {
    let mut found = Vec::new();
    for (name, value) in weights.as_object().unwrap() {
        let by_kind = match name.as_str() {
            "W_Q" => Some("query"),
            "W_K" => Some("key"),
            "W_V" => Some("value"),
            _ => None,
        };
        match by_kind {
            Some(ours) => {
                for (kind, value) in ["item", "image", "text"].iter().zip(value.as_array().unwrap()) {
                    found.push(tensor(&format!("{ours}.{kind}"), value));
                }
            }
            None => found.push(tensor(name, value)),
        }
    }
    found
}

/// The module with those of its tensors replaced that `weights` has; a name stands for every path that ends in it.
pub fn with_weights<M: Module>(module: M, weights: &[NamedTensor], named: &[(&str, &str)]) -> M {
    let mut tensors = pollster::block_on(parameters::read(&module)).unwrap();
    for weight in weights {
        let name = named.iter().find(|(theirs, _)| *theirs == weight.name);
        let name = name.map_or(weight.name.as_str(), |(_, ours)| ours);
        let tensor = tensors.iter_mut().find(|tensor| ends_in(&tensor.name, name));
        let tensor = tensor.unwrap_or_else(|| panic!("no tensor is called {name}"));
        // A longer table of ours keeps its first rows.
        assert!(tensor.values.len() >= weight.values.len(), "{name}");
        tensor.values[..weight.values.len()].copy_from_slice(&weight.values);
    }
    parameters::write(module, &tensors).unwrap()
}

fn ends_in(path: &str, name: &str) -> bool {
    path == name || path.ends_with(&format!(".{name}"))
}

/// Checks every gradient that the oracle lists, and that the others are zeros.
pub fn check_gradients<M: Module>(
    what: &str,
    module: &M,
    gradients: &Gradients,
    expected: &[NamedTensor],
    named: &[(&str, &str)],
) {
    let mut collect = CollectGradients { gradients, path: vec![], found: vec![] };
    module.visit(&mut collect);
    // Of kinds that a graph does not have, the matrix has no gradient, and zeros there.
    let expected: Vec<&NamedTensor> =
        expected.iter().filter(|theirs| theirs.values.iter().any(|value| *value != 0.0)).collect();
    let mut seen = 0;
    for ours in &collect.found {
        let theirs = expected.iter().find(|theirs| {
            let name = named.iter().find(|(name, _)| *name == theirs.name);
            ends_in(&ours.name, name.map_or(theirs.name.as_str(), |(_, ours)| ours))
        });
        match theirs {
            Some(theirs) => {
                seen += 1;
                let count = theirs.values.len();
                let apart = difference(&ours.values[..count], &theirs.values);
                assert!(apart < 1e-5, "{what}: gradient of {}: {apart:e}", ours.name);
                assert!(ours.values[count..].iter().all(|value| *value == 0.0), "{what}: {}", ours.name);
            }
            None => {
                let largest = ours.values.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
                assert!(largest < 1e-6, "{what}: {} has a gradient of {largest:e}", ours.name);
            }
        }
    }
    assert_eq!(seen, expected.len(), "{what}: every gradient of the oracle was found");
}

struct CollectGradients<'a> {
    gradients: &'a Gradients,
    path: Vec<String>,
    found: Vec<NamedTensor>,
}

impl ModuleVisitor for CollectGradients<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = param.val().grad(self.gradients) {
            let shape = gradient.dims().to_vec();
            let values = gradient.into_data().try_into_vec().unwrap();
            self.found.push(NamedTensor::new(self.path.join("."), shape, values));
        }
    }
}

/// Largest difference, relative to the largest of the values expected.
pub fn difference(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    let largest = expected.iter().fold(1e-3f32, |largest, value| largest.max(value.abs()));
    found.iter().zip(expected).map(|(one, other)| (one - other).abs() / largest).fold(0.0, f32::max)
}

pub fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap()
}
