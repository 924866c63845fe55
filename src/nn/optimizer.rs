//! Optimisers in the form of the document's framework (torch.optim), with state that can be put away.
//!
//! burn has them too, but its records read synchronously, which a browser's GPU cannot do, and its constants
//! differ (Adam's ε is 1e-5 there). State is kept by position and named by parameter path.

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Device, Gradients, Tensor, TensorData};

/// Which rule changes the weights; constants are those of torch.optim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `θ ← θ − α g`
    Sgd,
    /// `v ← 0.9 v + g; θ ← θ − α v`
    Momentum,
    /// `s ← s + g²; θ ← θ − α g / (√s + 1e-10)`
    Adagrad,
    /// `s ← 0.99 s + 0.01 g²; θ ← θ − α g / (√s + 1e-8)`
    RmsProp,
    /// `m ← 0.9 m + 0.1 g; s ← 0.999 s + 0.001 g²; θ ← θ − α m̂ / (√ŝ + 1e-8)` with both means bias-corrected
    /// (Kingma and Ba 2015, algorithm 1).
    Adam,
}

impl Rule {
    /// The rule with this name in the settings.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sgd" => Self::Sgd,
            "momentum" => Self::Momentum,
            "adagrad" => Self::Adagrad,
            "rmsprop" => Self::RmsProp,
            "adam" => Self::Adam,
            _ => return None,
        })
    }

    /// Names of the running means the rule keeps for each parameter.
    pub fn moments(self) -> &'static [&'static str] {
        match self {
            Self::Sgd => &[],
            Self::Momentum => &["velocity"],
            Self::Adagrad | Self::RmsProp => &["square"],
            Self::Adam => &["mean", "square"],
        }
    }
}

const MOMENTUM: f64 = 0.9;
const ADAGRAD_EPSILON: f64 = 1e-10;
const RMSPROP_DECAY: f64 = 0.99;
const EPSILON: f64 = 1e-8;
const ADAM_DECAY: (f64, f64) = (0.9, 0.999);

/// A rule at work: learning rate, step count, running means.
#[derive(Debug, Clone)]
pub struct Optimizer {
    rule: Rule,
    learning_rate: f64,
    steps: u64,
    // One entry for each parameter in the module's order, each holding the rule's running means, flattened.
    moments: Vec<Vec<Tensor<1>>>,
}

impl Optimizer {
    /// A fresh optimiser.
    pub fn new(rule: Rule, learning_rate: f64) -> Self {
        Self { rule, learning_rate, steps: 0, moments: Vec::new() }
    }

    /// The rule.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Steps made.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Changes the weights of `module` by one step along `gradients`; a parameter without a gradient stays.
    pub fn step<M: Module>(&mut self, module: M, gradients: Gradients) -> M {
        self.steps += 1;
        let mut update = Update { optimizer: self, gradients, parameter: 0 };
        module.map(&mut update)
    }

    /// The running means, parameter by parameter in the module's order; empty before the first step.
    pub fn moments(&self) -> &[Vec<Tensor<1>>] {
        &self.moments
    }

    /// Takes up running means read from a checkpoint.
    pub fn restore(&mut self, steps: u64, moments: Vec<Vec<TensorData>>, device: &Device) {
        let device = device.clone().inner();
        self.steps = steps;
        self.moments = moments
            .into_iter()
            .map(|means| means.into_iter().map(|data| Tensor::from_data(data, &device)).collect())
            .collect();
    }

    /// Begins the running means of a parameter of `length` values at 0, at its first step. A parameter without a
    /// gradient has means too, so that a parameter's place in the module is its place here.
    fn begin_moments(&mut self, parameter: usize, length: usize, device: &Device) {
        if self.moments.len() <= parameter {
            let zeros = || Tensor::zeros([length], device);
            self.moments.push(self.rule.moments().iter().map(|_| zeros()).collect());
        }
    }

    /// The new value of one parameter, both flat.
    fn updated(&mut self, parameter: usize, value: Tensor<1>, gradient: Tensor<1>) -> Tensor<1> {
        let rate = self.learning_rate;
        let moments = &mut self.moments[parameter];
        match self.rule {
            Rule::Sgd => value - gradient.mul_scalar(rate),
            Rule::Momentum => {
                let velocity = moments[0].clone().mul_scalar(MOMENTUM) + gradient;
                moments[0] = velocity.clone();
                value - velocity.mul_scalar(rate)
            }
            Rule::Adagrad => {
                let square = moments[0].clone() + gradient.clone() * gradient.clone();
                moments[0] = square.clone();
                value - gradient / square.sqrt().add_scalar(ADAGRAD_EPSILON) * rate
            }
            Rule::RmsProp => {
                let square =
                    running_mean(moments[0].clone(), gradient.clone() * gradient.clone(), RMSPROP_DECAY);
                moments[0] = square.clone();
                value - gradient / square.sqrt().add_scalar(EPSILON) * rate
            }
            Rule::Adam => {
                let mean = running_mean(moments[0].clone(), gradient.clone(), ADAM_DECAY.0);
                let square = running_mean(moments[1].clone(), gradient.clone() * gradient, ADAM_DECAY.1);
                moments[0] = mean.clone();
                moments[1] = square.clone();
                let steps = self.steps as f64;
                let mean_scale = rate / (1.0 - ADAM_DECAY.0.powf(steps));
                let square_scale = 1.0 / (1.0 - ADAM_DECAY.1.powf(steps));
                let spread = square.mul_scalar(square_scale).sqrt().add_scalar(EPSILON);
                value - mean.mul_scalar(mean_scale) / spread
            }
        }
    }
}

fn running_mean(mean: Tensor<1>, new: Tensor<1>, decay: f64) -> Tensor<1> {
    mean.mul_scalar(decay) + new.mul_scalar(1.0 - decay)
}

struct Update<'a> {
    optimizer: &'a mut Optimizer,
    gradients: Gradients,
    parameter: usize,
}

impl ModuleMapper for Update<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let parameter = self.parameter;
        self.parameter += 1;
        let (id, value, mapper) = param.consume();
        if self.optimizer.rule != Rule::Sgd {
            let device = value.device().inner();
            self.optimizer.begin_moments(parameter, value.shape().num_elements(), &device);
        }
        let value = match value.grad_remove(&mut self.gradients) {
            None => value,
            Some(gradient) => {
                let value = value.inner();
                let value = if self.optimizer.rule == Rule::Sgd {
                    // The common case keeps its shape: no reshaping on the way.
                    value - gradient.mul_scalar(self.optimizer.learning_rate)
                } else {
                    let dims = value.dims();
                    self.optimizer
                        .updated(parameter, value.reshape([-1]), gradient.reshape([-1]))
                        .reshape(dims)
                };
                Tensor::from_inner(value).require_grad()
            }
        };
        Param::from_mapped_value(id, value, mapper)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::nn::{Linear, LinearConfig};

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
            let mut optimizer = Optimizer::new(rule, 0.1);
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
}
