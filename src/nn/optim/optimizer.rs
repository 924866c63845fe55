//! Optimisers in the forms of the documents' frameworks (torch.optim, tf.keras), with state that can be put away.
//!
//! burn has them too, but its records read synchronously, which a browser's GPU cannot do, and its constants
//! differ (Adam's ε is 1e-5 there). State is kept by position and named by parameter path.

mod rules;
#[cfg(test)]
mod tests;

use super::update::{AdamScalars, RmsPropScalars, adam_update, rmsprop_update};
use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Device, Gradients, Tensor, TensorData};
use rules::{adagrad_update, momentum_update};

/// Which rule changes the weights. Decays, ε and the beginning of `s` are those of [`Constants`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `θ ← θ − α g`
    Sgd,
    /// `v ← 0.9 v + g; θ ← θ − α v`
    Momentum,
    /// `s ← s + g²; θ ← θ − α g / (√s + ε)`
    Adagrad,
    /// `s ← ρ s + (1 − ρ) g²; θ ← θ − α g / (√s + ε)`
    RmsProp,
    /// `m ← 0.9 m + 0.1 g; s ← 0.999 s + 0.001 g²`, then torch: `θ ← θ − α m̂ / (√ŝ + ε)` with both means
    /// bias-corrected (Kingma and Ba 2015, algorithm 1); Keras and Paddle: `θ ← θ − α √(1 − 0.999^t) / (1 − 0.9^t) · m / (√s + ε)`
    /// (the form before section 2.1 there, whose ε is called ε̂).
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

/// Whose constants, and whose form of Adam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constants {
    /// torch.optim: ε 1e-8 (Adagrad 1e-10), ρ 0.99, Adagrad's `s` begins at 0.
    Torch,
    /// tf.keras.optimizers of TensorFlow 2.0: ε 1e-7, ρ 0.9, Adagrad's `s` begins at 0.1.
    Keras,
    /// PaddlePaddle's v2 interface: Adam in Keras' form with ε 1e-8; the other rules as torch has them.
    Paddle,
}

impl Constants {
    /// ε of a rule.
    fn epsilon(self, rule: Rule) -> f64 {
        match (self, rule) {
            (Self::Torch | Self::Paddle, Rule::Adagrad) => 1e-10,
            (Self::Torch | Self::Paddle, _) => 1e-8,
            (Self::Keras, _) => 1e-7,
        }
    }

    /// ρ of RMSprop.
    fn rmsprop_decay(self) -> f64 {
        match self {
            Self::Torch | Self::Paddle => 0.99,
            Self::Keras => 0.9,
        }
    }

    /// What a rule's running means begin with.
    fn first_moment(self, rule: Rule) -> f64 {
        match (self, rule) {
            (Self::Keras, Rule::Adagrad) => 0.1,
            _ => 0.0,
        }
    }
}

/// Name of the parameter of a table of vectors.
const TABLE: &str = "table";
const MOMENTUM: f64 = 0.9;
const ADAM_DECAY: (f64, f64) = (0.9, 0.999);

/// A rule at work: learning rate, step count, running means.
#[derive(Debug, Clone)]
pub struct Optimizer {
    rule: Rule,
    constants: Constants,
    learning_rate: f64,
    /// Whether Adam leaves the rows of tables that a minibatch does not hold as they are.
    lazy_tables: bool,
    steps: u64,
    // One entry for each parameter in the module's order, each holding the rule's running means, flattened.
    moments: Vec<Vec<Tensor<1>>>,
}

impl Optimizer {
    /// A fresh optimiser.
    pub fn new(rule: Rule, constants: Constants, learning_rate: f64) -> Self {
        Self { rule, constants, learning_rate, lazy_tables: false, steps: 0, moments: Vec::new() }
    }

    /// With Adam, rows of [tables of vectors](crate::nn::layers::embedding::Embedding) whose gradient is zero stay as
    /// they are with their means (lazy or sparse Adam), where the rule itself moves them on along their means.
    pub fn with_lazy_tables(self, lazy_tables: bool) -> Self {
        Self { lazy_tables, ..self }
    }

    /// From the next step on with this learning rate; the running means stay.
    pub fn set_learning_rate(&mut self, learning_rate: f64) {
        self.learning_rate = learning_rate;
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
        let mut update = Update { optimizer: self, gradients, parameter: 0, is_table: false };
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

    /// Begins the running means of a parameter of `length` values, at its first step. A parameter without a gradient
    /// has means too, so that a parameter's place in the module is its place here.
    fn begin_moments(&mut self, parameter: usize, length: usize, device: &Device) {
        if self.moments.len() <= parameter {
            let first = self.constants.first_moment(self.rule);
            let begin = || Tensor::full([length], first, device);
            self.moments.push(self.rule.moments().iter().map(|_| begin()).collect());
        }
    }

    /// The new value of one parameter, both flat. The running means are taken out and put back, so that an update in
    /// place finds each of them owned by nobody else.
    fn updated(
        &mut self,
        parameter: usize,
        value: Tensor<1>,
        gradient: Tensor<1>,
        is_table: bool,
    ) -> Tensor<1> {
        let (rate, epsilon) = (self.learning_rate, self.constants.epsilon(self.rule));
        let mut moments = std::mem::take(&mut self.moments[parameter]).into_iter();
        let mut next = || moments.next().expect("a running mean for each name");
        let (value, moments) = match self.rule {
            Rule::Sgd => (value - gradient.mul_scalar(rate), vec![]),
            Rule::Momentum => {
                let (value, velocity) = momentum_update(value, gradient, next(), MOMENTUM, rate);
                (value, vec![velocity])
            }
            Rule::Adagrad => {
                let (value, square) = adagrad_update(value, gradient, next(), rate, epsilon);
                (value, vec![square])
            }
            Rule::RmsProp => {
                let decay = self.constants.rmsprop_decay();
                let scalars = RmsPropScalars { decay, learning_rate: rate, epsilon };
                let (value, square) = rmsprop_update(value, gradient, next(), scalars);
                (value, vec![square])
            }
            Rule::Adam => {
                let lazy = self.lazy_tables && is_table;
                let (value, mean, square) =
                    adam_update(value, gradient, next(), next(), self.adam_scalars(), lazy);
                (value, vec![mean, square])
            }
        };
        self.moments[parameter] = moments;
        value
    }

    /// Adam's factors at this step.
    fn adam_scalars(&self) -> AdamScalars {
        let steps = self.steps as f64;
        let (mean_decay, square_decay) = ADAM_DECAY;
        let (mean_bias, square_bias) = (1.0 - mean_decay.powf(steps), 1.0 - square_decay.powf(steps));
        let (mean_scale, square_scale) = match self.constants {
            Constants::Torch => (self.learning_rate / mean_bias, 1.0 / square_bias),
            Constants::Keras | Constants::Paddle => {
                (self.learning_rate * square_bias.sqrt() / mean_bias, 1.0)
            }
        };
        let epsilon = self.constants.epsilon(Rule::Adam);
        AdamScalars { mean_decay, square_decay, mean_scale, square_scale, epsilon }
    }
}

struct Update<'a> {
    optimizer: &'a mut Optimizer,
    gradients: Gradients,
    parameter: usize,
    is_table: bool,
}

impl ModuleMapper for Update<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.is_table = name == TABLE;
    }

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
                        .updated(parameter, value.reshape([-1]), gradient.reshape([-1]), self.is_table)
                        .reshape(dims)
                };
                Tensor::from_inner(value).require_grad()
            }
        };
        Param::from_mapped_value(id, value, mapper)
    }
}
