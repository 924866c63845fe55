//! What a leaf answers and what that gains, with all the penalties there are.

use super::number::EPSILON;
use super::parameters::Parameters;

/// The parts of the parameters the search uses, read once.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) l1: f64,
    pub(super) l2: f64,
    pub(super) max_delta_step: f64,
    pub(super) path_smooth: f64,
    pub(super) min_gain: f64,
    pub(super) min_data: i64,
    pub(super) min_hessian: f64,
    pub(super) min_data_per_group: i64,
    pub(super) max_cat_threshold: usize,
    pub(super) cat_l2: f64,
    pub(super) cat_smooth: f64,
    pub(super) max_cat_to_onehot: usize,
}

impl Rules {
    /// The rules that parameters set.
    pub fn new(parameters: &Parameters) -> Self {
        Self {
            l1: parameters.lambda_l1,
            l2: parameters.lambda_l2,
            max_delta_step: parameters.max_delta_step,
            path_smooth: if parameters.path_smooth > EPSILON { parameters.path_smooth } else { 0.0 },
            min_gain: parameters.min_gain_to_split,
            min_data: i64::from(parameters.min_data_in_leaf),
            min_hessian: parameters.min_sum_hessian_in_leaf,
            min_data_per_group: i64::from(parameters.min_data_per_group),
            max_cat_threshold: parameters.max_cat_threshold as usize,
            cat_l2: parameters.cat_l2,
            cat_smooth: parameters.cat_smooth,
            max_cat_to_onehot: parameters.max_cat_to_onehot as usize,
        }
    }

    /// The sum of gradients less the L1 penalty.
    fn thresholded(&self, gradient: f64) -> f64 {
        if self.l1 > 0.0 { sign(gradient) * (gradient.abs() - self.l1).max(0.0) } else { gradient }
    }

    /// The answer of a leaf that is not drawn towards its parent's.
    pub fn unsmoothed_output(&self, gradient: f64, hessian: f64, l2: f64) -> f64 {
        let output = -self.thresholded(gradient) / (hessian + l2);
        if self.max_delta_step > 0.0 && output.abs() > self.max_delta_step {
            return sign(output) * self.max_delta_step;
        }
        output
    }

    pub(super) fn output(&self, gradient: f64, hessian: f64, l2: f64, count: i64, parent: f64) -> f64 {
        let output = self.unsmoothed_output(gradient, hessian, l2);
        if self.path_smooth > 0.0 {
            let ratio = count as f64 / self.path_smooth;
            return output * ratio / (ratio + 1.0) + parent / (ratio + 1.0);
        }
        output
    }

    /// What the leaf's answer lowers the loss by.
    pub(super) fn gain(&self, gradient: f64, hessian: f64, l2: f64, count: i64, parent: f64) -> f64 {
        if self.max_delta_step > 0.0 || self.path_smooth > 0.0 {
            return self.gain_of(gradient, hessian, l2, self.output(gradient, hessian, l2, count, parent));
        }
        let gradient = self.thresholded(gradient);
        (gradient * gradient) / (hessian + l2)
    }

    pub(super) fn gain_of(&self, gradient: f64, hessian: f64, l2: f64, output: f64) -> f64 {
        -(2.0 * self.thresholded(gradient) * output + (hessian + l2) * output * output)
    }
}

fn sign(value: f64) -> f64 {
    f64::from(i8::from(value > 0.0) - i8::from(value < 0.0))
}
