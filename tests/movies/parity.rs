//! The fusion network against a float64 oracle (`tests/oracles/movies_fusion.py`): same initial weights, same
//! minibatches; predictions, all gradients of the first one, and every loss of 200 steps of Adam in Paddle's form.

#![cfg(feature = "tensors")]

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::{Device, Gradients, Int, Tensor, TensorData};
use emberbook::lessons::movies::networks::fusion::{
    Fusion, FusionConfig, FusionInput, from_document_names, to_document_names,
};
use emberbook::nn::layers::network::Network;
use emberbook::nn::layers::parameters::{self, NamedTensor};
use emberbook::nn::layers::text_conv::{Pooling, Texts};
use emberbook::nn::objective::Objective;
use emberbook::nn::objective::figures::Figures;
use emberbook::nn::objective::regression::{Numbers, SquaredError};
use emberbook::nn::optim::optimizer::{Constants, Optimizer, Rule};
use serde_json::Value;

const FIXTURE: &str = include_str!("../fixtures/movies_fusion.json");

fn size(sizes: &Value, name: &str) -> usize {
    sizes[name].as_u64().unwrap() as usize
}

fn list<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn config(sizes: &Value, case: &Value) -> FusionConfig {
    let has_demographics = !case["weights"]["usr_gender_emb"].is_null();
    FusionConfig {
        users: size(sizes, "users"),
        demographics: has_demographics.then(|| list(&sizes["demographics"])),
        films: size(sizes, "films"),
        genres: size(sizes, "genres"),
        words: size(sizes, "words"),
        embedding: size(sizes, "embedding"),
        hidden: size(sizes, "hidden"),
        tanh: case["tanh"].as_bool().unwrap(),
        pooling: if case["pooling"] == "max" { Pooling::Max } else { Pooling::Sum },
    }
}

/// Values of a tensor however they are nested, with its shape.
fn tensor(name: &str, value: &Value) -> NamedTensor {
    let mut shape = Vec::new();
    let mut inner = value;
    while let Value::Array(items) = inner {
        shape.push(items.len());
        inner = &items[0];
    }
    fn flat(value: &Value, into: &mut Vec<f32>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| flat(item, into)),
            number => into.push(number.as_f64().unwrap() as f32),
        }
    }
    let mut values = Vec::new();
    flat(value, &mut values);
    NamedTensor::new(name, shape, values)
}

fn tensors(value: &Value) -> Vec<NamedTensor> {
    value.as_object().unwrap().iter().map(|(name, value)| tensor(name, value)).collect()
}

fn numbers(values: &[usize], device: &Device) -> Tensor<1, Int> {
    let values: Vec<i32> = values.iter().map(|value| *value as i32).collect();
    Tensor::from_data(TensorData::new(values.clone(), [values.len()]), device)
}

fn input(case: &Value, config: &FusionConfig, batch: &Value, device: &Device) -> FusionInput {
    let (users, films): (Vec<usize>, Vec<usize>) = (list(&batch["users"]), list(&batch["films"]));
    let features: Vec<Vec<usize>> = list(&case["data"]["demographics"]);
    let genres: Vec<Vec<f32>> = list(&case["data"]["genres"]);
    let titles: Vec<Vec<u32>> = list(&case["data"]["titles"]);
    let demographics = config.demographics.iter().flatten().enumerate().map(|(index, _)| {
        numbers(&users.iter().map(|user| features[*user][index]).collect::<Vec<usize>>(), device)
    });
    let genres: Vec<f32> = films.iter().flat_map(|film| genres[*film].clone()).collect();
    let titles: Vec<&[u32]> = films.iter().map(|film| &titles[*film][..]).collect();
    FusionInput {
        users: numbers(&users, device),
        demographics: demographics.collect(),
        films: numbers(&films, device),
        genres: Tensor::from_data(TensorData::new(genres, [films.len(), config.genres]), device),
        titles: Texts::new(&titles, device),
    }
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
        let gradient = param.val().grad(self.gradients).expect("every parameter has a gradient");
        let shape = gradient.dims().to_vec();
        let values = gradient.into_data().try_into_vec().unwrap();
        self.found.push(NamedTensor::new(self.path.join("."), shape, values));
    }
}

/// Largest difference, relative to the largest of the values expected.
fn difference(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    let largest = expected.iter().fold(1e-6f32, |largest, value| largest.max(value.abs()));
    found.iter().zip(expected).map(|(one, other)| (one - other).abs() / largest).fold(0.0, f32::max)
}

fn check(sizes: &Value, case: &Value, device: &Device) {
    let name = case["name"].as_str().unwrap();
    let config = config(sizes, case);
    let learning = device.clone().autodiff();
    let weights = from_document_names(tensors(&case["weights"]));
    let mut network: Fusion = parameters::write(config.init(1, &learning), &weights).unwrap();
    let batches = case["batches"].as_array().unwrap();
    let losses: Vec<f64> = list(&case["losses"]);
    let rate = sizes["learning_rate"].as_f64().unwrap();
    let mut optimizer = Optimizer::new(Rule::Adam, Constants::Paddle, rate);
    let mut worst = 0.0f64;
    for (step, expected) in losses.iter().enumerate() {
        let batch = &batches[step % batches.len()];
        let target = Numbers::new(list(&batch["labels"]), 1, device);
        let output = network.forward(input(case, &config, batch, device));
        let (read, gradients) = SquaredError.backward(output, &target);
        let read: Vec<f32> = read.into_data().try_into_vec().unwrap();
        if step == 0 {
            let expected: Vec<f32> = list(&case["predictions"]);
            assert!(difference(&read, &expected) < 1e-5, "{name}: {read:?} {expected:?}");
            let mut collect = CollectGradients { gradients: &gradients, path: vec![], found: vec![] };
            network.visit(&mut collect);
            let found = to_document_names(collect.found);
            let expected = tensors(&case["gradients"]);
            assert_eq!(found.len(), if config.demographics.is_some() { 29 } else { 17 });
            assert_eq!(found.len(), expected.len(), "{name}");
            for tensor in &expected {
                let ours = found.iter().find(|ours| ours.name == tensor.name).unwrap();
                assert_eq!(ours.shape, tensor.shape, "{name} {}", tensor.name);
                let apart = difference(&ours.values, &tensor.values);
                assert!(apart < 1e-4, "{name}: gradient of {}: {apart:e}", tensor.name);
            }
        }
        let mut figures = Figures::new(SquaredError.figures());
        SquaredError.tally(&read, 1, &target, &mut figures);
        let loss = figures.value("loss").unwrap();
        worst = worst.max((loss - expected).abs() / expected.max(1e-3));
        network = optimizer.step(network, gradients);
    }
    println!("{name}: worst relative difference of a loss {worst:.2e} over {} steps", losses.len());
    assert!(worst < 1e-3, "{name}: {worst:e}");
}

#[test]
fn predictions_gradients_and_losses_agree_with_the_oracle() {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    for case in fixture["cases"].as_array().unwrap() {
        check(&fixture["sizes"], case, &Device::flex());
    }
}
