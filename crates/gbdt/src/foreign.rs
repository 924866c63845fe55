//! Objectives of model files that this engine does not train: what their scores mean.

use super::exponential::{Exponential, ln_1p};
use super::objective::logistic;

/// How a score becomes an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// The score is the answer.
    Score,
    /// Its square with its sign: the label was trained as its root.
    Square,
    /// Its exponential: a count or an amount.
    Exp,
    /// The logistic function of the score times this.
    Logistic(f64),
    /// ln(1 + e^score).
    Softplus,
}

/// An objective that a file names.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignObjective {
    /// As it stands in the file; empty where the file names none, as after training by a loss of one's own.
    pub line: String,
    /// What its scores mean.
    pub transform: Transform,
}

impl ForeignObjective {
    /// The objective of a line, where LightGBM has it; of what stands after its name `sqrt` and `sigmoid` count.
    pub fn named(line: &str, sigmoid: f64) -> Option<Self> {
        let mut words = line.split_ascii_whitespace();
        let transform = match words.next().unwrap_or_default() {
            "regression" | "regression_l1" | "huber" | "fair" | "quantile" | "mape" => {
                if words.any(|word| word == "sqrt") { Transform::Square } else { Transform::Score }
            }
            "poisson" | "gamma" | "tweedie" => Transform::Exp,
            "multiclassova" => Transform::Logistic(sigmoid),
            // The short names are those of version 2.
            "cross_entropy" | "xentropy" => Transform::Logistic(1.0),
            "cross_entropy_lambda" | "xentlambda" => Transform::Softplus,
            "" | "custom" | "lambdarank" | "rank_xendcg" => Transform::Score,
            _ => return None,
        };
        Some(Self { line: line.into(), transform })
    }

    /// The answer of a score: LightGBM's, to the last bit.
    pub(crate) fn answer(&self, score: f64, exponential: &Exponential) -> f64 {
        let exp = |x| exponential.of(x);
        match self.transform {
            Transform::Score => score,
            Transform::Square => score * score.abs(),
            Transform::Exp => exp(score),
            Transform::Logistic(steepness) => logistic(steepness, score, &exp),
            Transform::Softplus => ln_1p(exp(score)),
        }
    }
}
