//! What is minimised: gradients and hessians of the loss with respect to the scores.

use super::exponential::{Exponential, exp, ln_rounded};
use super::number::EPSILON;
use super::parameters::{Objective, Parameters};
use super::percentile::Percentile;
use gbdt_kernels::logistic;

/// A loss with the labels it is taken over.
#[derive(Debug, Clone)]
pub struct Loss {
    objective: Objective,
    sigmoid: f64,
    /// Error up to which Huber's loss is squared.
    alpha: f64,
    /// What hessians of Poisson's loss are multiplied by.
    safety: f64,
    exponential: Exponential,
    classes: Vec<Class>,
}

/// What is known of a class, or of all labels where there are no classes.
#[derive(Debug, Clone)]
struct Class {
    /// Whether trees for it can lower the loss at all.
    can_learn: bool,
    /// The score that lowers the loss most where it is the same for all rows.
    start: f64,
    /// Weight of negative and of positive rows.
    weights: [f64; 2],
}

impl Loss {
    /// The loss the parameters name, over these labels.
    pub fn new(parameters: &Parameters, labels: &[f32], weights: Option<&[f32]>) -> Self {
        let exponential = Exponential::new();
        let class = |number| Class::new(parameters, number, labels, weights);
        Self {
            objective: parameters.objective,
            sigmoid: parameters.sigmoid,
            alpha: parameters.alpha,
            safety: exponential.of(parameters.poisson_max_delta_step),
            exponential,
            classes: (0..parameters.trees_per_round()).map(class).collect(),
        }
    }

    /// Whether trees for this class can lower the loss at all.
    pub fn can_learn(&self, class: usize) -> bool {
        self.classes[class].can_learn
    }

    /// The score that lowers the loss most where it is the same for all rows.
    pub fn starting_score(&self, class: usize) -> f64 {
        self.classes[class].start
    }

    /// Whether the answers of leaves are medians of what is left, and not what gradients and hessians say.
    pub fn renews_leaves(&self) -> bool {
        self.objective == Objective::RegressionL1
    }

    /// Gradients and hessians of all rows, class after class.
    ///
    /// # Shapes
    /// - `scores`, `gradients`, `hessians`: rows × classes, the rows of a class together
    pub fn gradients(
        &self,
        scores: &[f64],
        labels: &[f32],
        weights: Option<&[f32]>,
        gradients: &mut [f32],
        hessians: &mut [f32],
    ) {
        match self.objective {
            Objective::Binary | Objective::MulticlassOva => {
                let rows = labels.len();
                for (number, class) in self.classes.iter().enumerate().filter(|(_, class)| class.can_learn) {
                    let range = number * rows..(number + 1) * rows;
                    // The label of the one class of `binary` is 1.
                    let positive = number as f32 + f32::from(self.objective == Objective::Binary);
                    logistic::gradients(
                        self.sigmoid,
                        logistic::Sides { positive, weights: class.weights },
                        &scores[range.clone()],
                        labels,
                        weights,
                        &mut gradients[range.clone()],
                        &mut hessians[range],
                    );
                }
            }
            Objective::Multiclass => self.multiclass(scores, labels, weights, gradients, hessians),
            _ => {
                for row in 0..labels.len() {
                    let weight = weights.map(|weights| weights[row]);
                    (gradients[row], hessians[row]) = self.of_row(scores[row], labels[row], weight);
                }
            }
        }
    }

    /// Gradient and hessian of a row, where there are no classes.
    fn of_row(&self, score: f64, label: f32, weight: Option<f32>) -> (f32, f32) {
        let difference = score - f64::from(label);
        let sign = f32::from(i8::from(difference > 0.0) - i8::from(difference < 0.0));
        let weighted = |gradient: f64, hessian: f64| match weight {
            None => (gradient as f32, hessian as f32),
            Some(weight) => ((gradient * f64::from(weight)) as f32, (hessian * f64::from(weight)) as f32),
        };
        let one = weight.unwrap_or(1.0);
        match self.objective {
            // Rounded before it is weighted.
            Objective::Regression => (difference as f32 * one, one),
            Objective::RegressionL1 => (sign * one, one),
            Objective::Huber if difference.abs() <= self.alpha => weighted(difference, 1.0),
            Objective::Huber => ((f64::from(sign * one) * self.alpha) as f32, one),
            Objective::Poisson => {
                let answer = self.exponential.of(score);
                let gradient = answer - f64::from(label);
                match weight {
                    None => (gradient as f32, (answer * self.safety) as f32),
                    Some(_) => weighted(gradient, answer * self.safety),
                }
            }
            _ => {
                let (label, rest) = (f64::from(label), f64::from(1.0 - label));
                if score > -37.0 {
                    let power = self.exponential.of(-score);
                    let sum = 1.0 + power;
                    weighted((rest - label * power) / sum, power / (sum * sum))
                } else {
                    let power = self.exponential.of(score);
                    weighted(power - label, power)
                }
            }
        }
    }

    fn multiclass(
        &self,
        scores: &[f64],
        labels: &[f32],
        weights: Option<&[f32]>,
        gradients: &mut [f32],
        hessians: &mut [f32],
    ) {
        let rows = labels.len();
        let classes = self.classes.len();
        let factor = classes as f64 / (classes as f64 - 1.0);
        let mut probabilities = vec![0.0; classes];
        for row in 0..rows {
            for (class, probability) in probabilities.iter_mut().enumerate() {
                *probability = scores[class * rows + row];
            }
            softmax(&mut probabilities, &exp);
            for (class, p) in probabilities.iter().enumerate() {
                let at = class * rows + row;
                let gradient = if labels[row] as usize == class { p - 1.0 } else { *p };
                let hessian = factor * p * (1.0 - p);
                let weight = weights.map_or(1.0, |weights| f64::from(weights[row]));
                gradients[at] = (gradient * weight) as f32;
                hessians[at] = (hessian * weight) as f32;
            }
        }
    }
}

impl Class {
    fn new(parameters: &Parameters, number: usize, labels: &[f32], weights: Option<&[f32]>) -> Self {
        let objective = parameters.objective;
        let weight = |row: usize| weights.map_or(1.0, |weights| f64::from(weights[row]));
        let total: f64 = match weights {
            None => labels.len() as f64,
            Some(_) => (0..labels.len()).map(weight).sum(),
        };
        let is_positive = |label: f32| match objective {
            Objective::Binary => label > 0.0,
            _ => label as usize == number,
        };
        let value = |label: f32| match objective {
            Objective::Binary | Objective::Multiclass | Objective::MulticlassOva => {
                f64::from(u8::from(is_positive(label)))
            }
            _ => f64::from(label),
        };
        let sum: f64 = labels.iter().enumerate().map(|(row, label)| value(*label) * weight(row)).sum();
        let mean = sum / total;
        let log_odds = || {
            let share = mean.clamp(EPSILON, 1.0 - EPSILON);
            ln_rounded(share / (1.0 - share))
        };
        let positive = labels.iter().filter(|label| is_positive(**label)).count();
        let negative = labels.len() - positive;
        let start = match objective {
            Objective::Regression | Objective::Huber => mean,
            Objective::RegressionL1 => {
                let labels = labels.iter().map(|label| f64::from(*label)).collect();
                Percentile::new(labels, weights.map(<[f32]>::to_vec)).median(true)
            }
            Objective::Poisson if mean > 0.0 => ln_rounded(mean),
            Objective::Poisson => f64::NEG_INFINITY,
            Objective::Binary | Objective::MulticlassOva => log_odds() / parameters.sigmoid,
            Objective::CrossEntropy => log_odds(),
            Objective::Multiclass => ln_rounded(if mean > EPSILON { mean } else { EPSILON }),
        };
        let can_learn = match objective {
            Objective::Binary | Objective::MulticlassOva => positive > 0 && negative > 0,
            Objective::Multiclass => mean > EPSILON && mean < 1.0 - EPSILON,
            _ => true,
        };
        let mut class_weights = [1.0, 1.0];
        if parameters.is_unbalance && positive > 0 && negative > 0 {
            if positive > negative {
                class_weights[0] = positive as f64 / negative as f64;
            } else {
                class_weights[1] = negative as f64 / positive as f64;
            }
        }
        class_weights[1] *= parameters.scale_pos_weight;
        Self { can_learn, start, weights: class_weights }
    }
}

/// Logits to probabilities, in place.
fn softmax(logits: &mut [f64], exp: &dyn Fn(f64) -> f64) {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = exp(*logit - largest);
        sum += *logit;
    }
    logits.iter_mut().for_each(|value| *value /= sum);
}

/// A score to a probability.
pub(crate) fn logistic(steepness: f64, score: f64, exp: &dyn Fn(f64) -> f64) -> f64 {
    1.0 / (1.0 + exp(-steepness * score))
}

impl Objective {
    /// Scores of one row to answers: the score, a probability, a count, or a probability for each class; `exp` is the
    /// exponential they are made with.
    pub(crate) fn answers(self, scores: &mut [f64], sigmoid: f64, exp: &dyn Fn(f64) -> f64) {
        match self {
            Objective::Regression | Objective::RegressionL1 | Objective::Huber => {}
            Objective::Poisson => scores[0] = exp(scores[0]),
            Objective::Binary | Objective::MulticlassOva => {
                scores.iter_mut().for_each(|score| *score = logistic(sigmoid, *score, exp));
            }
            Objective::CrossEntropy => scores[0] = logistic(1.0, scores[0], exp),
            Objective::Multiclass => softmax(scores, exp),
        }
    }
}
