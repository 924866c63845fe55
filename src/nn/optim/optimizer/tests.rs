//! Each rule against its formula, and parameters that do not learn.

use super::*;
use crate::nn::layers::embedding::Embedding;
use crate::random::{Purpose, Random};
use burn::nn::{Linear, LinearConfig};
use burn::tensor::Int;

#[derive(Module, Debug)]
struct Frozen {
    first: Linear,
    second: Linear,
}

#[test]
fn a_frozen_layer_stays_and_the_layer_after_it_learns_with_its_own_means() {
    let device = Device::flex().autodiff();
    let layer = || LinearConfig::new(2, 2).init(&device);
    for rule in [Rule::Sgd, Rule::Momentum, Rule::Adagrad, Rule::RmsProp, Rule::Adam] {
        let mut module = Frozen { first: layer().no_grad(), second: layer() };
        let before = module.clone();
        let mut optimizer = Optimizer::new(rule, Constants::Torch, 0.1);
        for _ in 0..2 {
            let input = Tensor::<2>::from_data([[1.0, 2.0], [3.0, -1.0]], &device);
            let gradients = module.second.forward(module.first.forward(input)).sum().backward();
            module = optimizer.step(module, gradients);
        }
        let data = |layer: &Linear| layer.weight.val().inner().into_data();
        assert_eq!(data(&module.first), data(&before.first), "{rule:?}");
        assert_ne!(data(&module.second), data(&before.second), "{rule:?}");
        let kept = optimizer.moments().len();
        assert_eq!(kept, if rule == Rule::Sgd { 0 } else { 4 }, "{rule:?}");
    }
}

/// One parameter, three values of it, after each of two steps along the same gradients.
fn walk(rule: Rule, constants: Constants) -> Vec<Vec<f32>> {
    let device = Device::flex();
    let mut optimizer = Optimizer::new(rule, constants, 0.1);
    let mut value = Tensor::from_data([1.0, -2.0, 0.5], &device);
    optimizer.begin_moments(0, 3, &device);
    let gradients = [[0.5, -0.25, 1e-6], [-0.1, 0.75, 2e-6]];
    let mut found = Vec::new();
    for gradient in gradients {
        optimizer.steps += 1;
        value = optimizer.updated(0, value, Tensor::from_data(gradient, &device), false);
        found.push(value.clone().into_data().try_into_vec().unwrap());
    }
    found
}

/// The same by the formulas of [`Rule`], in float64.
fn expected(rule: Rule, constants: Constants) -> Vec<Vec<f64>> {
    let keras = constants == Constants::Keras;
    let mut all = vec![Vec::new(); 2];
    for (mut value, gradients) in [(1.0, [0.5, -0.1]), (-2.0, [-0.25, 0.75]), (0.5, [1e-6, 2e-6])] {
        let (mut m, mut s) = (0.0, if keras && rule == Rule::Adagrad { 0.1 } else { 0.0f64 });
        for (step, g) in gradients.into_iter().enumerate() {
            let g: f64 = g;
            let change = match (rule, keras) {
                (Rule::Sgd, _) => g,
                (Rule::Momentum, _) => {
                    m = 0.9 * m + g;
                    m
                }
                (Rule::Adagrad, _) => {
                    s += g * g;
                    g / (s.sqrt() + if keras { 1e-7 } else { 1e-10 })
                }
                (Rule::RmsProp, true) => {
                    s = 0.9 * s + 0.1 * g * g;
                    g / (s.sqrt() + 1e-7)
                }
                (Rule::RmsProp, false) => {
                    s = 0.99 * s + 0.01 * g * g;
                    g / (s.sqrt() + 1e-8)
                }
                (Rule::Adam, _) => {
                    m = 0.9 * m + 0.1 * g;
                    s = 0.999 * s + 0.001 * g * g;
                    let t = step as i32 + 1;
                    let (m_bias, s_bias) = (1.0 - 0.9f64.powi(t), 1.0 - 0.999f64.powi(t));
                    if keras {
                        s_bias.sqrt() / m_bias * m / (s.sqrt() + 1e-7)
                    } else {
                        m / m_bias / ((s / s_bias).sqrt() + 1e-8)
                    }
                }
            };
            value -= 0.1 * change;
            all[step].push(value);
        }
    }
    all
}

#[test]
fn each_rule_follows_its_formula_with_the_constants_of_each_framework() {
    for rule in [Rule::Sgd, Rule::Momentum, Rule::Adagrad, Rule::RmsProp, Rule::Adam] {
        for constants in [Constants::Torch, Constants::Keras] {
            let (found, expected) = (walk(rule, constants), expected(rule, constants));
            for (found, expected) in found.concat().iter().zip(expected.concat()) {
                let error = (f64::from(*found) - expected).abs();
                assert!(error < 1e-6, "{rule:?} {constants:?}: {found} for {expected}");
            }
        }
    }
}

#[test]
fn the_two_frameworks_take_different_steps_where_the_gradient_is_small() {
    for rule in [Rule::Adagrad, Rule::RmsProp, Rule::Adam] {
        let [torch, keras] = [Constants::Torch, Constants::Keras].map(|c| walk(rule, c)[0][2]);
        assert!((torch - keras).abs() > 1e-3, "{rule:?}: {torch} and {keras}");
    }
}

/// A table of three vectors of which two are looked up, and a layer behind it.
#[derive(Module, Debug)]
struct WithTable {
    embedding: Embedding,
    fc: Linear,
}

#[test]
fn rows_of_tables_that_were_not_looked_up_stay_where_adam_is_lazy_and_move_on_where_it_is_not() {
    let device = Device::flex().autodiff();
    for lazy in [false, true] {
        let mut random = Random::new(1, Purpose::Weights);
        let embedding = Embedding::normal(3, 2, 1.0, &mut random, &device);
        let mut module = WithTable { embedding, fc: LinearConfig::new(2, 2).init(&device) };
        let mut optimizer = Optimizer::new(Rule::Adam, Constants::Paddle, 0.1).with_lazy_tables(lazy);
        let rows = |module: &WithTable| -> Vec<f32> {
            module.embedding.table().inner().into_data().try_into_vec().unwrap()
        };
        let mut step = |module: WithTable, numbers: [i32; 2]| {
            let numbers = Tensor::<1, Int>::from_data(numbers, &device);
            let gradients = module.fc.forward(module.embedding.forward(numbers)).sum().backward();
            optimizer.step(module, gradients)
        };
        module = step(module, [0, 2]);
        let before = rows(&module);
        let layer = module.fc.weight.val().inner().into_data();
        module = step(module, [2, 2]);
        let after = rows(&module);
        assert_eq!(before[..2] == after[..2], lazy, "row 0 was looked up in the first step only");
        assert_eq!(before[2..4], after[2..4], "row 1 never was");
        assert_ne!(before[4..], after[4..], "row 2 was in both");
        assert_ne!(layer, module.fc.weight.val().inner().into_data());
    }
}
