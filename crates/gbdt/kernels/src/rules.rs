//! What a leaf answers and what that gains, with all the penalties there are.

/// The parts of the parameters the search uses, read once.
#[derive(Debug, Clone)]
pub struct Rules {
    /// L1 penalty on outputs.
    pub l1: f64,
    /// L2 penalty on them.
    pub l2: f64,
    /// Largest absolute output; none where it is not positive.
    pub max_delta_step: f64,
    /// Draws the output of a leaf with few rows towards its parent's; 0 for not at all.
    pub path_smooth: f64,
    /// Smallest gain of a split.
    pub min_gain: f64,
    /// Fewest rows on a side.
    pub min_data: i64,
    /// Smallest sum of hessians on a side.
    pub min_hessian: f64,
    /// Fewest rows between two places in the order of categories.
    pub min_data_per_group: i64,
    /// Most categories on one side.
    pub max_cat_threshold: usize,
    /// L2 penalty added for splits of many categories.
    pub cat_l2: f64,
    /// Smooths the ratio by which categories are ordered.
    pub cat_smooth: f64,
    /// Up to so many bins a category is split from the rest alone.
    pub max_cat_to_onehot: usize,
    /// Whether some columns have monotone constraints: gains are then taken from the outputs.
    pub constrained: bool,
}

/// Between what the outputs below a leaf must stay, by the monotone constraints above it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Bounds {
    /// Any output.
    pub const NONE: Self = Self { low: -f64::MAX, high: f64::MAX };

    /// An output moved between them.
    pub fn keep(self, output: f64) -> f64 {
        if output < self.low {
            self.low
        } else if output > self.high {
            self.high
        } else {
            output
        }
    }
}

impl Rules {
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

    /// The answer of a leaf with `count` rows, drawn towards its parent's.
    pub fn output(&self, gradient: f64, hessian: f64, l2: f64, count: i64, parent: f64) -> f64 {
        let output = self.unsmoothed_output(gradient, hessian, l2);
        if self.path_smooth > 0.0 {
            let ratio = count as f64 / self.path_smooth;
            return output * ratio / (ratio + 1.0) + parent / (ratio + 1.0);
        }
        output
    }

    /// What the leaf's answer lowers the loss by.
    pub fn gain(&self, gradient: f64, hessian: f64, l2: f64, count: i64, parent: f64) -> f64 {
        if self.max_delta_step > 0.0 || self.path_smooth > 0.0 {
            return self.gain_of(gradient, hessian, l2, self.output(gradient, hessian, l2, count, parent));
        }
        let gradient = self.thresholded(gradient);
        (gradient * gradient) / (hessian + l2)
    }

    /// What an answer lowers the loss by.
    pub fn gain_of(&self, gradient: f64, hessian: f64, l2: f64, output: f64) -> f64 {
        -(2.0 * self.thresholded(gradient) * output + (hessian + l2) * output * output)
    }
}

fn sign(value: f64) -> f64 {
    f64::from(i8::from(value > 0.0) - i8::from(value < 0.0))
}
