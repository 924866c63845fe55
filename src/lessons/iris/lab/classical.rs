//! A run of a model that is fitted without a network: softmax regression or a support vector machine.
//!
//! Both are fitted anew from the same rows with the same result, so that they can be put away as their number of steps.

use super::super::settings::{IrisSettings, KernelKind, ModelKind};
use crate::classic::rows::{LabelledRows, Rows};
use crate::classic::softmax_regression::{MOST_ITERATIONS, SoftmaxRegression, SoftmaxRegressionFit};
use crate::classic::svm::{Kernel, SupportVectorFit, SupportVectorMachine, SvmConfig, gamma_scale};
use crate::lessons::run::refit::Steps;
use crate::nn::layers::parameters::NamedTensor;
use crate::nn::objective::metric::largest;
use std::rc::Rc;

/// A support vector machine is trained on at most so many rows: its time and memory grow with their square.
pub const MOST_SUPPORT_VECTOR_ROWS: usize = 5_000;

/// Rows with a class each, in the scale the models see.
#[derive(Debug, Clone)]
pub struct Examples {
    /// Feature values of all rows of the table, scaled.
    pub rows: Rc<Rows>,
    /// Class of each row.
    pub labels: Rc<Vec<u32>>,
    /// Number of classes.
    pub classes: usize,
}

impl Examples {
    /// Some rows, in the order asked for.
    fn take(&self, rows: &[usize]) -> LabelledRows {
        let values = rows.iter().flat_map(|&row| self.rows.row(row)).copied().collect();
        let labels = rows.iter().map(|&row| self.labels[row]).collect();
        Rows::new(values, self.rows.columns())
            .and_then(|rows| LabelledRows::new(rows, labels, self.classes))
            .expect("rows of a table that was checked when the lab was opened")
    }
}

/// Which model is fitted, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClassicalConfig {
    /// Softmax regression with the strength `C` of the data against the penalty.
    Softmax {
        /// Inverse of the L2 penalty.
        c: f64,
    },
    /// A support vector machine.
    Svm {
        /// Cost of a row inside the margin.
        c: f64,
        /// Radial basis functions, or none for a linear machine.
        radial: bool,
        /// Width γ of the radial basis functions; 0 for scikit-learn's `scale`.
        gamma: f64,
    },
}

impl ClassicalConfig {
    /// What the settings ask for, if it is one of these models.
    pub fn of(settings: &IrisSettings, model: ModelKind) -> Option<Self> {
        let IrisSettings { c, gamma, .. } = *settings;
        match model {
            ModelKind::Mlp => None,
            ModelKind::Softmax => Some(Self::Softmax { c }),
            ModelKind::Svm => Some(Self::Svm { c, radial: settings.kernel == KernelKind::Rbf, gamma }),
        }
    }
}

enum Fit {
    Softmax(Box<SoftmaxRegressionFit>),
    Svm(SupportVectorFit),
}

/// A fitted model.
pub enum Fitted<'a> {
    /// Softmax regression.
    Softmax(&'a SoftmaxRegression),
    /// A support vector machine.
    Svm(&'a SupportVectorMachine),
}

/// A run, step by step: an iteration of the optimiser, or one pair of classes.
pub struct ClassicalRun {
    examples: Examples,
    train: Vec<usize>,
    dev: Vec<usize>,
    fit: Fit,
    made: u64,
    finished: bool,
}

impl ClassicalRun {
    /// A run that has not begun.
    pub fn new(config: ClassicalConfig, examples: Examples, train: &[usize], dev: &[usize]) -> Self {
        let mut train = train.to_vec();
        if let ClassicalConfig::Svm { .. } = config {
            // The rows of train stand in the seed's order, so these are drawn with the seed.
            train.truncate(MOST_SUPPORT_VECTOR_ROWS);
        }
        let taken = examples.take(&train);
        let fit = match config {
            ClassicalConfig::Softmax { c } => Fit::Softmax(Box::new(SoftmaxRegressionFit::new(&taken, c))),
            ClassicalConfig::Svm { c, radial, gamma } => {
                let gamma = if gamma > 0.0 { gamma } else { gamma_scale(taken.rows()) };
                let kernel = if radial { Kernel::Rbf { gamma } } else { Kernel::Linear };
                Fit::Svm(SupportVectorFit::new(&taken, SvmConfig { c, kernel }))
            }
        };
        Self { examples, train, dev: dev.to_vec(), fit, made: 0, finished: false }
    }

    /// The model as it is now.
    pub fn fitted(&self) -> Fitted<'_> {
        match &self.fit {
            Fit::Softmax(fit) => Fitted::Softmax(fit.model()),
            Fit::Svm(fit) => Fitted::Svm(fit.machine()),
        }
    }

    /// Rows of the table the model is fitted to.
    pub fn train_rows(&self) -> &[usize] {
        &self.train
    }

    /// Mean cross-entropy (for a model with probabilities) and accuracy over rows of the table; NaN over no rows.
    pub fn evaluate(&self, rows: &[usize]) -> (Option<f64>, f64) {
        if rows.is_empty() {
            let has_loss = matches!(self.fitted(), Fitted::Softmax(_));
            return (has_loss.then_some(f64::NAN), f64::NAN);
        }
        let examples = self.examples.take(rows);
        let labelled = examples.rows().iter().zip(examples.labels());
        let right = labelled.filter(|(row, label)| self.classify(row) == **label as usize).count();
        let loss = match self.fitted() {
            Fitted::Softmax(model) => Some(model.mean_cross_entropy(&examples)),
            Fitted::Svm(_) => None,
        };
        (loss, right as f64 / rows.len() as f64)
    }

    /// The class of a scaled row.
    pub fn classify(&self, row: &[f64]) -> usize {
        match self.fitted() {
            Fitted::Softmax(model) => model.predict(row),
            Fitted::Svm(model) => model.predict(row),
        }
    }

    /// How sure the model is of each class of a scaled row, for pictures: probabilities; for a support vector
    /// machine, which has none, 1 at the class it votes for from the margin on, less within it. The largest is that of
    /// [`classify`](Self::classify).
    pub fn certainty(&self, row: &[f64]) -> Vec<f32> {
        let winner = self.classify(row);
        let mut certainty: Vec<f32> = match self.fitted() {
            Fitted::Softmax(model) => model.probabilities(row).into_iter().map(|p| p as f32).collect(),
            Fitted::Svm(model) => {
                let nearest = least_decision_for(model, row, winner) as f32;
                let least = 1.0 / self.examples.classes as f32;
                let sure = least + (1.0 - least) * nearest.clamp(0.0, 1.0);
                let rest = (1.0 - sure) / (self.examples.classes as f32 - 1.0).max(1.0);
                (0..self.examples.classes).map(|class| if class == winner { sure } else { rest }).collect()
            }
        };
        // The class with the most votes may have lost to another, and near probabilities are equal once rounded.
        let found = largest(&certainty);
        if found != winner {
            certainty[winner] = certainty[found].next_up();
        }
        certainty
    }

    /// Accuracy over the rows `test` where one column is missing and its mean over the rows `train` stands in for it.
    pub fn accuracy_without(&self, column: usize, train: &[usize], test: &[usize]) -> f64 {
        let mean =
            train.iter().map(|&row| self.examples.rows.row(row)[column]).sum::<f64>() / train.len() as f64;
        let right = test.iter().filter(|&&row| {
            let mut values = self.examples.rows.row(row).to_vec();
            values[column] = mean;
            self.classify(&values) == self.examples.labels[row] as usize
        });
        right.count() as f64 / test.len() as f64
    }

    /// The model as tensors for a file: `linear.weight [classes, features]` and `linear.bias [classes]` of softmax
    /// regression; of a support vector machine `support_vectors [vectors, features]` and for each pair of classes
    /// `pairs.<a>_<b>.coefficients [vectors]` (0 where a vector does not belong to the pair) and `.intercept [1]`.
    pub fn tensors(&self) -> Vec<NamedTensor> {
        let floats = |values: &[f64]| values.iter().map(|value| *value as f32).collect::<Vec<f32>>();
        match self.fitted() {
            Fitted::Softmax(model) => vec![
                NamedTensor::new(
                    "linear.weight",
                    [self.examples.classes, self.examples.rows.columns()],
                    model.weights.iter().flat_map(|row| floats(row)).collect(),
                ),
                NamedTensor::new("linear.bias", [self.examples.classes], floats(&model.intercepts)),
            ],
            Fitted::Svm(model) => {
                let support = model.support();
                let vectors =
                    support.iter().flat_map(|&row| floats(self.examples.rows.row(self.train[row]))).collect();
                let shape = [support.len(), self.examples.rows.columns()];
                let mut tensors = vec![NamedTensor::new("support_vectors", shape, vectors)];
                for pair in &model.pairs {
                    let mut coefficients = vec![0f32; support.len()];
                    for (row, coefficient) in pair.support.iter().zip(&pair.coefficients) {
                        let place =
                            support.binary_search(row).expect("a support vector of the whole machine");
                        coefficients[place] = *coefficient as f32;
                    }
                    let name = format!("pairs.{}_{}", pair.classes.0, pair.classes.1);
                    tensors.push(NamedTensor::new(
                        format!("{name}.coefficients"),
                        [support.len()],
                        coefficients,
                    ));
                    tensors.push(NamedTensor::new(
                        format!("{name}.intercept"),
                        [1],
                        vec![pair.intercept as f32],
                    ));
                }
                tensors
            }
        }
    }
}

impl Steps for ClassicalRun {
    fn metrics(&self) -> Vec<&'static str> {
        match &self.fit {
            Fit::Softmax(_) => vec!["loss", "accuracy", "dev_loss", "dev_accuracy"],
            Fit::Svm(_) => vec!["accuracy", "dev_accuracy", "support_vectors"],
        }
    }

    fn made(&self) -> u64 {
        self.made
    }

    fn finished(&self) -> bool {
        self.finished
    }

    fn most_steps(&self) -> u64 {
        match &self.fit {
            Fit::Softmax(_) => MOST_ITERATIONS,
            Fit::Svm(fit) => fit.progress().1 as u64,
        }
    }

    fn step(&mut self) -> Option<Vec<f64>> {
        self.finished = match &mut self.fit {
            Fit::Softmax(fit) => fit.step(),
            Fit::Svm(fit) => fit.step(),
        };
        self.made += 1;
        match self.fitted() {
            Fitted::Softmax(_) => {
                let (loss, accuracy) = self.evaluate(&self.train);
                let (dev_loss, dev_accuracy) = self.evaluate(&self.dev);
                Some(vec![loss.unwrap_or(f64::NAN), accuracy, dev_loss.unwrap_or(f64::NAN), dev_accuracy])
            }
            // Votes count for something only when every pair of classes has its machine.
            Fitted::Svm(model) if self.finished => {
                let support = model.support().len() as f64;
                let (_, accuracy) = self.evaluate(&self.train);
                let (_, dev_accuracy) = self.evaluate(&self.dev);
                Some(vec![accuracy, dev_accuracy, support])
            }
            Fitted::Svm(_) => None,
        }
    }
}

/// The smallest decision value in favour of `class` among the pairs it stands in: 1 and more is beyond every margin.
fn least_decision_for(model: &SupportVectorMachine, row: &[f64], class: usize) -> f64 {
    model
        .pairs
        .iter()
        .zip(model.decisions(row))
        .filter_map(|(pair, decision)| match pair.classes {
            (first, _) if first == class => Some(decision),
            (_, second) if second == class => Some(-decision),
            _ => None,
        })
        .fold(f64::INFINITY, f64::min)
}
