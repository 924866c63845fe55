//! What is minimised: gradients and hessians of the loss with respect to the scores.

use super::exponential::{exp, ln_rounded};
use super::number::EPSILON;
use super::parameters::{Objective, Parameters};
use gbdt_kernels::logistic;

/// A loss with the labels it is taken over.
#[derive(Debug, Clone)]
pub struct Loss {
    objective: Objective,
    sigmoid: f64,
    classes: usize,
    /// Weight of negative and of positive rows.
    class_weights: [f64; 2],
    /// Share of each class, weights counted; of positive rows for `binary`.
    shares: Vec<f64>,
    mean: f64,
}

impl Loss {
    /// The loss the parameters name, over these labels.
    pub fn new(parameters: &Parameters, labels: &[f32], weights: Option<&[f32]>) -> Self {
        let classes = parameters.trees_per_round();
        let weight = |row: usize| weights.map_or(1.0, |weights| f64::from(weights[row]));
        let total: f64 = match weights {
            None => labels.len() as f64,
            Some(_) => (0..labels.len()).map(weight).sum(),
        };
        let mut shares = vec![0.0; classes];
        let mut mean = 0.0;
        for (row, &label) in labels.iter().enumerate() {
            match parameters.objective {
                Objective::Multiclass => shares[label as usize] += weight(row),
                Objective::Binary => shares[0] += f64::from(u8::from(label > 0.0)) * weight(row),
                Objective::Regression => mean += f64::from(label) * weight(row),
            }
        }
        shares.iter_mut().for_each(|share| *share /= total);
        let positive = labels.iter().filter(|label| **label > 0.0).count();
        let negative = labels.len() - positive;
        let mut class_weights = [1.0, 1.0];
        if parameters.is_unbalance && positive > 0 && negative > 0 {
            if positive > negative {
                class_weights[0] = positive as f64 / negative as f64;
            } else {
                class_weights[1] = negative as f64 / positive as f64;
            }
        }
        class_weights[1] *= parameters.scale_pos_weight;
        if parameters.objective == Objective::Binary && (positive == 0 || negative == 0) {
            // A sign that nothing can be learned; the starting score takes the share as it is.
            shares[0] = f64::from(u8::from(negative == 0));
        }
        Self {
            objective: parameters.objective,
            sigmoid: parameters.sigmoid,
            classes,
            class_weights,
            shares,
            mean: mean / total,
        }
    }

    /// Whether trees for this class can lower the loss at all.
    pub fn can_learn(&self, class: usize) -> bool {
        match self.objective {
            Objective::Regression => true,
            Objective::Binary => self.shares[0] > 0.0 && self.shares[0] < 1.0,
            Objective::Multiclass => self.shares[class] > EPSILON && self.shares[class] < 1.0 - EPSILON,
        }
    }

    /// The score that lowers the loss most where it is the same for all rows.
    pub fn starting_score(&self, class: usize) -> f64 {
        match self.objective {
            Objective::Regression => self.mean,
            Objective::Binary => {
                let share = self.shares[0].clamp(EPSILON, 1.0 - EPSILON);
                ln_rounded(share / (1.0 - share)) / self.sigmoid
            }
            Objective::Multiclass => ln_rounded(self.shares[class].max(EPSILON)),
        }
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
            Objective::Regression => regression(scores, labels, weights, gradients, hessians),
            Objective::Binary => {
                let (sigmoid, class_weights) = (self.sigmoid, self.class_weights);
                logistic::gradients(sigmoid, class_weights, scores, labels, weights, gradients, hessians);
            }
            Objective::Multiclass => self.multiclass(scores, labels, weights, gradients, hessians),
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
        let factor = self.classes as f64 / (self.classes as f64 - 1.0);
        let mut probabilities = vec![0.0; self.classes];
        for row in 0..rows {
            for (class, probability) in probabilities.iter_mut().enumerate() {
                *probability = scores[class * rows + row];
            }
            softmax(&mut probabilities);
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

fn regression(
    scores: &[f64],
    labels: &[f32],
    weights: Option<&[f32]>,
    gradients: &mut [f32],
    hessians: &mut [f32],
) {
    for row in 0..labels.len() {
        let gradient = (scores[row] - f64::from(labels[row])) as f32;
        (gradients[row], hessians[row]) = match weights {
            None => (gradient, 1.0),
            Some(weights) => (gradient * weights[row], weights[row]),
        };
    }
}

/// Logits to probabilities, in place.
pub fn softmax(logits: &mut [f64]) {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = exp(*logit - largest);
        sum += *logit;
    }
    logits.iter_mut().for_each(|value| *value /= sum);
}

impl Objective {
    /// Scores of one row to answers: the score, a probability, or one for each class.
    pub fn answers(self, scores: &mut [f64], sigmoid: f64) {
        match self {
            Objective::Regression => {}
            Objective::Binary => scores[0] = 1.0 / (1.0 + exp(-sigmoid * scores[0])),
            Objective::Multiclass => softmax(scores),
        }
    }
}
