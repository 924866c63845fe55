//! How good the answers are, by LightGBM's names and rules.

use super::exponential::{Exponential, exp, ln};
use super::number::{EPSILON, descending};
use super::parameters::{Objective, Parameters};

/// A measure of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Probability that a positive row is scored above a negative one; 1 where a class is absent.
    Auc,
    /// Area under precision over recall.
    AveragePrecision,
    /// Mean logistic loss.
    BinaryLogloss,
    /// Share of rows on the wrong side of 0.5.
    BinaryError,
    /// Mean squared error.
    L2,
    /// Its root.
    Rmse,
    /// Mean absolute error.
    L1,
    /// Mean of Huber's loss.
    Huber,
    /// Mean of Poisson's loss.
    Poisson,
    /// Mean logistic loss of labels from 0 to 1.
    CrossEntropy,
    /// Mean cross-entropy.
    MultiLogloss,
    /// Share of rows whose class is not the most probable one.
    MultiError,
}

/// Loss of a row whose class is thought next to impossible: LightGBM takes this logarithm with 32 bits.
const LARGEST_LOSS: f64 = 34.538_776_397_705_08;
/// Counts are taken for no less, and shares.
const LEAST_COUNT: f64 = 1e-10_f32 as f64;
const LEAST_SHARE: f64 = 1e-12;

/// All of them with their names.
const METRICS: [(Metric, &str); 12] = [
    (Metric::Auc, "auc"),
    (Metric::AveragePrecision, "average_precision"),
    (Metric::BinaryLogloss, "binary_logloss"),
    (Metric::BinaryError, "binary_error"),
    (Metric::L2, "l2"),
    (Metric::Rmse, "rmse"),
    (Metric::L1, "l1"),
    (Metric::Huber, "huber"),
    (Metric::Poisson, "poisson"),
    (Metric::CrossEntropy, "cross_entropy"),
    (Metric::MultiLogloss, "multi_logloss"),
    (Metric::MultiError, "multi_error"),
];

/// How scores become answers (the link function), and answers losses.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// What the scores were fitted to.
    pub objective: Objective,
    /// Steepness of the logistic function.
    pub sigmoid: f64,
    /// Error up to which Huber's loss is squared.
    pub alpha: f64,
}

impl From<&Parameters> for Link {
    fn from(parameters: &Parameters) -> Self {
        let Parameters { objective, sigmoid, alpha, .. } = *parameters;
        Self { objective, sigmoid, alpha }
    }
}

impl Metric {
    /// LightGBM's name.
    pub fn name(self) -> &'static str {
        METRICS.iter().find(|(metric, _)| *metric == self).expect("each has a name").1
    }

    /// The metric of that name.
    pub fn named(name: &str) -> Option<Self> {
        METRICS.iter().find(|(_, known)| *known == name).map(|(metric, _)| *metric)
    }

    /// Whether more is better.
    pub fn higher_is_better(self) -> bool {
        matches!(self, Metric::Auc | Metric::AveragePrecision)
    }

    /// The metrics that fit an objective.
    pub fn of(objective: Objective) -> &'static [Metric] {
        match objective {
            Objective::Binary => {
                &[Metric::Auc, Metric::AveragePrecision, Metric::BinaryLogloss, Metric::BinaryError]
            }
            Objective::Regression => &[Metric::L2, Metric::L1],
            Objective::RegressionL1 => &[Metric::L1, Metric::L2],
            Objective::Huber => &[Metric::Huber, Metric::L1],
            Objective::Poisson => &[Metric::Poisson, Metric::L2],
            Objective::CrossEntropy => &[Metric::CrossEntropy],
            Objective::Multiclass | Objective::MulticlassOva => &[Metric::MultiLogloss, Metric::MultiError],
        }
    }

    /// Measures scores; without any row there is nothing to measure, and NaN is the answer.
    ///
    /// # Shapes
    /// - `scores`: rows × classes, the rows of a class together
    pub fn measure(self, link: Link, scores: &[f64], labels: &[f32], weights: Option<&[f32]>) -> f64 {
        match self {
            _ if labels.is_empty() => f64::NAN,
            Metric::Auc => auc(scores, labels, weights),
            Metric::AveragePrecision => average_precision(scores, labels, weights),
            _ => {
                let rows = labels.len();
                let classes = scores.len() / rows;
                let mut answers = vec![0.0; classes];
                let (mut sum, mut total) = (0.0, 0.0);
                let exponential = Exponential::new();
                let exact = |x| exponential.of(x);
                // Two classes may be as probable but for the last bit. Elsewhere it does not matter, for LightGBM's
                // logarithms are the C library's, too.
                let exp: &dyn Fn(f64) -> f64 = if self == Metric::MultiError { &exact } else { &exp };
                for row in 0..rows {
                    for (class, answer) in answers.iter_mut().enumerate() {
                        *answer = scores[class * rows + row];
                    }
                    link.objective.answers(&mut answers, link.sigmoid, exp);
                    let weight = weights.map_or(1.0, |weights| f64::from(weights[row]));
                    sum += self.loss(labels[row], &answers, link.alpha) * weight;
                    total += weight;
                }
                let mean = sum / total;
                if self == Metric::Rmse { mean.sqrt() } else { mean }
            }
        }
    }

    fn loss(self, label: f32, answers: &[f64], alpha: f64) -> f64 {
        let answer = answers[0];
        let missed = |probability: f64| if probability > EPSILON { -ln(probability) } else { LARGEST_LOSS };
        let difference = answer - f64::from(label);
        match self {
            Metric::BinaryLogloss if label > 0.0 => missed(answer),
            Metric::BinaryLogloss => missed(1.0 - answer),
            Metric::BinaryError => f64::from(u8::from((answer > 0.5) != (label > 0.0))),
            Metric::L2 | Metric::Rmse => difference * difference,
            Metric::L1 => difference.abs(),
            Metric::Huber if difference.abs() <= alpha => 0.5 * difference * difference,
            Metric::Huber => alpha * (difference.abs() - 0.5 * alpha),
            Metric::Poisson => {
                let answer = answer.max(LEAST_COUNT);
                answer - f64::from(label) * ln(answer)
            }
            Metric::CrossEntropy => {
                let logarithm = |share: f64| ln(share.max(LEAST_SHARE));
                -(f64::from(label) * logarithm(answer) + f64::from(1.0 - label) * logarithm(1.0 - answer))
            }
            Metric::MultiLogloss => missed(answers[label as usize]),
            Metric::MultiError => {
                // A tie counts as an error, as in LightGBM.
                let at_least = answers.iter().filter(|other| **other >= answers[label as usize]).count();
                f64::from(u8::from(at_least > 1))
            }
            Metric::Auc | Metric::AveragePrecision => unreachable!("measured over all rows at once"),
        }
    }
}

/// Rows of equal score from the highest to the lowest: weight of the positive and of the negative ones among them.
pub fn descending_groups(scores: &[f64], labels: &[f32], weights: Option<&[f32]>) -> Vec<(f64, f64, f64)> {
    let mut groups: Vec<(f64, f64, f64)> = Vec::new();
    for row in descending(&scores[..labels.len()]) {
        let row = row as usize;
        let weight = weights.map_or(1.0, |weights| f64::from(weights[row]));
        if groups.last().is_none_or(|(score, ..)| *score != scores[row]) {
            groups.push((scores[row], 0.0, 0.0));
        }
        let (_, positive, negative) = groups.last_mut().expect("just pushed");
        if labels[row] > 0.0 { *positive += weight } else { *negative += weight }
    }
    groups
}

fn auc(scores: &[f64], labels: &[f32], weights: Option<&[f32]>) -> f64 {
    let (mut pairs, mut positives, mut total) = (0.0, 0.0, 0.0);
    for (_, positive, negative) in descending_groups(scores, labels, weights) {
        pairs += negative * (positive * 0.5 + positives);
        positives += positive;
        total += positive + negative;
    }
    // LightGBM's answer where there is nothing to compare.
    if positives > 0.0 && positives != total { pairs / (positives * (total - positives)) } else { 1.0 }
}

fn average_precision(scores: &[f64], labels: &[f32], weights: Option<&[f32]>) -> f64 {
    let (mut area, mut positives, mut total) = (0.0, 0.0, 0.0);
    for (_, positive, negative) in descending_groups(scores, labels, weights) {
        positives += positive;
        total += positive + negative;
        area += positive * (positives / total);
    }
    if positives > 0.0 && positives != total { area / positives } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auc_counts_ties_by_half_and_is_one_without_a_class() {
        let labels = [1.0, 0.0, 1.0, 0.0];
        assert_eq!(auc(&[0.9, 0.1, 0.8, 0.2], &labels, None), 1.0);
        assert_eq!(auc(&[0.5, 0.5, 0.5, 0.5], &labels, None), 0.5);
        assert_eq!(auc(&[0.1, 0.9, 0.2, 0.8], &labels, None), 0.0);
        assert_eq!(auc(&[0.1, 0.9], &[0.0, 0.0], None), 1.0);
    }

    #[test]
    fn a_loss_stops_at_the_logarithm_lightgbm_takes_with_32_bits() {
        let of = |objective, metric: Metric, scores: &[f64], label| {
            metric.measure(Link { objective, sigmoid: 1.0, alpha: 0.9 }, scores, &[label], None)
        };
        assert_eq!(of(Objective::Binary, Metric::BinaryLogloss, &[40.0], 0.0), 34.538_776_397_705_08);
        assert_eq!(of(Objective::Binary, Metric::BinaryLogloss, &[-40.0], 1.0), 34.538_776_397_705_08);
        let scores = [-40.0, 0.0, 0.0];
        assert_eq!(of(Objective::Multiclass, Metric::MultiLogloss, &scores, 0.0), 34.538_776_397_705_08);
    }

    #[test]
    fn every_metric_has_a_name_that_finds_it() {
        for (metric, name) in METRICS {
            assert_eq!(Metric::named(name), Some(metric));
            assert_eq!(metric.name(), name);
        }
    }
}
