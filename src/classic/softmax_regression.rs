//! Softmax regression (multinomial logistic regression) with an L2 penalty, fitted by L-BFGS.

use super::rows::{LabelledRows, Rows};
use super::softmax::softmax;
use basin::solver::lbfgs::Unbounded;
use basin::{
    CostFunction, Executor, FirstOrderState, Gradient, GradientState, Lbfgs, State, StepOutcome, Stepper,
};
use std::convert::Infallible;

/// Most iterations of a fit.
pub const MOST_ITERATIONS: u64 = 1000;

/// A fit ends when the Euclidean norm of the gradient of the mean loss is no larger, by the parameters as they are
/// scaled for the optimiser. Small enough that the weights agree with scikit-learn's to 1e-3 at `C` = 500.
const GRADIENT_TOLERANCE: f64 = 1e-9;

/// Below this share of itself a fall of the objective is rounding.
const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// A fit also ends after so many iterations in a row without a fall beyond rounding: of many rows the sum is not
/// exact enough for the gradient to reach its tolerance.
const IDLE_ITERATIONS: u32 = 3;

/// `softmax(W x + b)`: the probability of each class of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftmaxRegression {
    /// `W`, `[classes][features]`.
    pub weights: Vec<Vec<f64>>,
    /// `b`, one for each class.
    pub intercepts: Vec<f64>,
}

impl SoftmaxRegression {
    /// `W x + b`, one value for each class.
    ///
    /// # Panics
    /// If `row` has another number of features than the model.
    pub fn logits(&self, row: &[f64]) -> Vec<f64> {
        let classes = self.weights.iter().zip(&self.intercepts);
        classes.map(|(weights, intercept)| intercept + dot(weights, row)).collect()
    }

    /// The probability of each class; they add up to 1.
    ///
    /// # Panics
    /// As [`logits`](Self::logits).
    pub fn probabilities(&self, row: &[f64]) -> Vec<f64> {
        let mut values = self.logits(row);
        softmax(&mut values);
        values
    }

    /// The class with the largest logit; of equal ones the first.
    ///
    /// # Panics
    /// As [`logits`](Self::logits).
    pub fn predict(&self, row: &[f64]) -> usize {
        let logits = self.logits(row);
        (1..logits.len()).fold(0, |best, class| if logits[class] > logits[best] { class } else { best })
    }

    /// `-(1/N) Σ log p[class]`, the mean cross-entropy of the rows, in nats.
    ///
    /// # Panics
    /// As [`logits`](Self::logits), or if a label is not a class of the model.
    pub fn mean_cross_entropy(&self, examples: &LabelledRows) -> f64 {
        let pairs = examples.rows().iter().zip(examples.labels());
        let sum: f64 = pairs
            .map(|(row, &label)| {
                let mut values = self.logits(row);
                let own = values[label as usize];
                softmax(&mut values) - own
            })
            .sum();
        sum / examples.rows().len() as f64
    }
}

type Optimiser = Lbfgs<Vec<f64>, f64, Unbounded>;

/// A fit of [`SoftmaxRegression`], iteration by iteration.
///
/// Minimises `C · Σ cross-entropy + ½‖W‖²` over the rows, as scikit-learn's `LogisticRegression` does for three and
/// more classes; the intercepts are not penalised. With two classes both have weights of their own here, where
/// scikit-learn has one set, and half its `C` gives the same probabilities.
pub struct SoftmaxRegressionFit {
    stepper: Stepper<PenalisedCrossEntropy, FirstOrderState<Vec<f64>>, Optimiser>,
    scaling: Scaling,
    model: SoftmaxRegression,
    /// `C · N`, by which the objective exceeds what is minimised.
    weight: f64,
    /// Iterations since the objective last fell.
    idle: u32,
    finished: bool,
}

impl SoftmaxRegressionFit {
    /// A fit from zero weights; nothing is done yet but to evaluate them.
    ///
    /// # Panics
    /// If `c` is not a number above 0 (settings are checked before they come here).
    pub fn new(examples: &LabelledRows, c: f64) -> Self {
        assert!(c > 0.0 && c.is_finite(), "C is a number above 0");
        let weight = c * examples.rows().len() as f64;
        let scaling = Scaling::of(examples.rows(), weight);
        let problem = PenalisedCrossEntropy {
            rows: scaling.apply(examples.rows()),
            labels: examples.labels().to_vec(),
            classes: examples.classes(),
            penalties: scaling.factors.iter().map(|factor| factor * factor / weight).collect(),
        };
        let start = vec![0.0; problem.classes * (scaling.factors.len() + 1)];
        let model = scaling.model(&start, problem.classes);
        let Ok(stepper) = Executor::new(problem, Lbfgs::new().unbounded(), FirstOrderState::new(start))
            .max_iter(MOST_ITERATIONS)
            .into_stepper();
        let mut fit = Self { stepper, scaling, model, weight, idle: 0, finished: false };
        fit.finished = fit.has_converged();
        fit
    }

    /// One iteration of L-BFGS, unless the fit has ended. Returns whether it has: at the minimum, after
    /// [`MOST_ITERATIONS`], or where nothing lower is found, which is as near to the minimum as the numbers allow.
    pub fn step(&mut self) -> bool {
        if !self.finished {
            let before = self.stepper.state().cost();
            let Ok(outcome) = self.stepper.step();
            let falls = before - self.stepper.state().cost() > ROUNDING * before;
            self.idle = if falls { 0 } else { self.idle + 1 };
            self.model = self.scaling.model(self.stepper.state().param(), self.model.intercepts.len());
            self.finished = matches!(outcome, StepOutcome::Stopped(_))
                || self.idle == IDLE_ITERATIONS
                || self.has_converged();
        }
        self.finished
    }

    /// Iterations done.
    pub fn iterations(&self) -> u64 {
        self.stepper.iter()
    }

    /// `C · Σ cross-entropy + ½‖W‖²` of the model as it stands.
    pub fn objective(&self) -> f64 {
        self.weight * self.stepper.state().cost()
    }

    /// The model as it stands, for rows in their own units.
    pub fn model(&self) -> &SoftmaxRegression {
        &self.model
    }

    fn has_converged(&self) -> bool {
        let gradient = self.stepper.state().gradient().expect("the state is evaluated from the start");
        dot(gradient, gradient).sqrt() <= GRADIENT_TOLERANCE
    }
}

/// A change of variables that brings the curvature by every weight near 1, so that columns of any unit and offset
/// are fitted alike. The minimum stays where it was: the penalty is still that of the weights in the rows' own
/// units, and the intercepts, which take up the offsets, are not penalised.
struct Scaling {
    means: Vec<f64>,
    factors: Vec<f64>,
}

impl Scaling {
    /// `weight` is `C · N`.
    fn of(rows: &Rows, weight: f64) -> Self {
        let count = rows.len() as f64;
        let columns = 0..rows.columns();
        let means: Vec<f64> =
            columns.clone().map(|column| rows.iter().map(|row| row[column]).sum::<f64>() / count).collect();
        let factors = columns.map(|column| {
            let deviations = rows.iter().map(|row| row[column] - means[column]);
            let variance = deviations.map(|deviation| deviation * deviation).sum::<f64>() / count;
            // The curvature is at most variance / 4 by the loss, and 1 / weight by the penalty.
            (0.25 * variance + 1.0 / weight).sqrt().recip()
        });
        let factors = factors.collect();
        Self { means, factors }
    }

    fn apply(&self, rows: &Rows) -> Vec<f64> {
        let places = self.means.iter().zip(&self.factors).cycle();
        rows.values().iter().zip(places).map(|(value, (mean, factor))| (value - mean) * factor).collect()
    }

    /// The model of these parameters: `[classes][features]`, then an intercept for each class.
    fn model(&self, parameters: &[f64], classes: usize) -> SoftmaxRegression {
        let features = self.factors.len();
        let (weights, intercepts) = parameters.split_at(classes * features);
        let weights: Vec<Vec<f64>> = weights
            .chunks_exact(features)
            .map(|scaled| scaled.iter().zip(&self.factors).map(|(weight, factor)| weight * factor).collect())
            .collect();
        let intercepts = intercepts
            .iter()
            .zip(&weights)
            .map(|(intercept, weights)| intercept - dot(weights, &self.means))
            .collect();
        SoftmaxRegression { weights, intercepts }
    }
}

/// Mean cross-entropy plus the penalty: the objective divided by `C · N`, which keeps first steps of moderate size.
struct PenalisedCrossEntropy {
    /// Scaled rows, row-major.
    rows: Vec<f64>,
    labels: Vec<u32>,
    classes: usize,
    /// What half the square of a weight costs, for each feature.
    penalties: Vec<f64>,
}

impl PenalisedCrossEntropy {
    /// The cost; fills `gradient`, laid out as `parameters`.
    fn evaluate(&self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let features = self.penalties.len();
        let (weights, intercepts) = parameters.split_at(self.classes * features);
        gradient.fill(0.0);
        let (weight_slopes, intercept_slopes) = gradient.split_at_mut(self.classes * features);
        let mut slopes = vec![0.0; self.classes];
        let mut loss = 0.0;
        let share = 1.0 / self.labels.len() as f64;
        for (row, &label) in self.rows.chunks_exact(features).zip(&self.labels) {
            for (class, slope) in slopes.iter_mut().enumerate() {
                *slope = intercepts[class] + dot(&weights[class * features..(class + 1) * features], row);
            }
            let own = slopes[label as usize];
            loss += softmax(&mut slopes) - own;
            slopes[label as usize] -= 1.0;
            for (class, slope) in slopes.iter().enumerate() {
                intercept_slopes[class] += slope;
                for (sum, value) in
                    weight_slopes[class * features..(class + 1) * features].iter_mut().zip(row)
                {
                    *sum += slope * value;
                }
            }
        }
        gradient.iter_mut().for_each(|slope| *slope *= share);
        let mut penalty = 0.0;
        for (place, (slope, weight)) in gradient.iter_mut().zip(weights).enumerate() {
            let price = self.penalties[place % features];
            penalty += 0.5 * price * weight * weight;
            *slope += price * weight;
        }
        loss * share + penalty
    }
}

impl CostFunction for PenalisedCrossEntropy {
    type Param = Vec<f64>;
    type Output = f64;
    type Error = Infallible;

    fn cost(&self, parameters: &Vec<f64>) -> Result<f64, Infallible> {
        Ok(self.evaluate(parameters, &mut vec![0.0; parameters.len()]))
    }
}

impl Gradient for PenalisedCrossEntropy {
    type Gradient = Vec<f64>;

    fn gradient(&self, parameters: &Vec<f64>) -> Result<Vec<f64>, Infallible> {
        let Ok((_, gradient)) = self.cost_and_gradient(parameters);
        Ok(gradient)
    }

    // The optimiser asks for both at once: one pass over the rows instead of two.
    fn cost_and_gradient(&self, parameters: &Vec<f64>) -> Result<(f64, Vec<f64>), Infallible> {
        let mut gradient = vec![0.0; parameters.len()];
        Ok((self.evaluate(parameters, &mut gradient), gradient))
    }

    fn cost_and_gradient_into(
        &self,
        parameters: &Vec<f64>,
        gradient: &mut Vec<f64>,
    ) -> Result<f64, Infallible> {
        Ok(self.evaluate(parameters, gradient))
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    assert_eq!(left.len(), right.len(), "one value for each feature");
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::super::rows::LARGEST_VALUE;
    use super::*;

    fn examples(rows: &[&[f64]], labels: &[u32], classes: usize) -> LabelledRows {
        let values = rows.iter().flat_map(|row| row.iter().copied()).collect();
        LabelledRows::new(Rows::new(values, rows[0].len()).unwrap(), labels.to_vec(), classes).unwrap()
    }

    fn fitted(examples: &LabelledRows, c: f64) -> SoftmaxRegressionFit {
        let mut fit = SoftmaxRegressionFit::new(examples, c);
        while !fit.step() {}
        fit
    }

    /// The objective by its definition, from the model alone.
    fn objective(model: &SoftmaxRegression, examples: &LabelledRows, c: f64) -> f64 {
        let squares: f64 = model.weights.iter().flatten().map(|weight| weight * weight).sum();
        c * examples.rows().len() as f64 * model.mean_cross_entropy(examples) + 0.5 * squares
    }

    fn overlapping() -> LabelledRows {
        let rows: [&[f64]; 6] =
            [&[2010.0, 3.0], &[2011.0, 1.0], &[2014.0, 2.0], &[2013.0, 0.0], &[2019.0, 1.0], &[2012.0, 2.5]];
        examples(&rows, &[0, 0, 1, 1, 2, 2], 3)
    }

    #[test]
    fn the_objective_is_that_of_the_model_and_falls_with_every_iteration() {
        let examples = overlapping();
        let mut fit = SoftmaxRegressionFit::new(&examples, 2.0);
        assert_eq!(fit.iterations(), 0);
        assert!((fit.objective() - 2.0 * 6.0 * 3f64.ln()).abs() < 1e-12, "zero weights: all classes equal");
        let mut last = fit.objective();
        while !fit.step() {
            let found = fit.objective();
            assert!(found <= last, "iteration {}: {found} after {last}", fit.iterations());
            assert!((found - objective(fit.model(), &examples, 2.0)).abs() < 1e-9 * found);
            last = found;
        }
        let iterations = fit.iterations();
        assert!(fit.step(), "a fit that has ended stays ended");
        assert_eq!(fit.iterations(), iterations);
    }

    #[test]
    fn no_neighbour_of_the_minimum_is_lower() {
        let examples = overlapping();
        let fit = fitted(&examples, 2.0);
        let lowest = objective(fit.model(), &examples, 2.0);
        for class in 0..3 {
            for shift in [-1e-3, 1e-3] {
                let mut other = fit.model().clone();
                other.intercepts[class] += shift;
                assert!(objective(&other, &examples, 2.0) > lowest);
                for feature in 0..2 {
                    let mut other = fit.model().clone();
                    other.weights[class][feature] += shift;
                    assert!(objective(&other, &examples, 2.0) > lowest);
                }
            }
        }
    }

    #[test]
    fn units_and_offsets_of_a_column_do_not_keep_the_fit_from_its_end() {
        for unit in [1e-9, 1.0, 1e9] {
            for offset in [0.0, 1e5] {
                let rows: Vec<Vec<f64>> = [0.0, 1.0, 2.0, 3.0, 1.4, 4.0]
                    .iter()
                    .map(|value| vec![(value + offset) * unit])
                    .collect();
                let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
                let examples = examples(&rows, &[0, 0, 1, 1, 2, 2], 3);
                let fit = fitted(&examples, 10.0);
                assert!(fit.iterations() < 100, "unit {unit:e}: {} iterations", fit.iterations());
                assert!(fit.has_converged(), "unit {unit:e}, offset {offset:e}");
            }
        }
    }

    #[test]
    fn degenerate_rows_give_numbers_for_every_strength() {
        let tables = [
            examples(&[&[1.0, 7.0], &[2.0, 7.0], &[3.0, 7.0]], &[0, 1, 2], 3),
            examples(&[&[7.0], &[7.0], &[7.0]], &[0, 1, 0], 2),
            examples(&[&[1.0], &[2.0], &[3.0]], &[0, 0, 0], 1),
            examples(&[&[1.0], &[2.0], &[3.0]], &[0, 2, 0], 3),
            examples(&[&[LARGEST_VALUE], &[-LARGEST_VALUE], &[0.0]], &[0, 1, 1], 2),
            examples(&[&[5.0]], &[1], 2),
        ];
        for (index, table) in tables.iter().enumerate() {
            for c in [1e-4, 1.0, 1e5] {
                let fit = fitted(table, c);
                assert!(fit.iterations() <= MOST_ITERATIONS);
                assert!(fit.objective().is_finite(), "table {index}, C = {c}");
                for row in table.rows().iter() {
                    let probabilities = fit.model().probabilities(row);
                    assert!(
                        (probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12,
                        "table {index}, C = {c}"
                    );
                }
            }
        }
        // A column that never changes tells nothing and gets no weight.
        let model = fitted(&tables[0], 1.0).model().clone();
        assert!(model.weights.iter().all(|weights| weights[1].abs() < 1e-12));
        // With nothing to learn from, the probabilities are the shares of the classes.
        let probabilities = fitted(&tables[1], 1.0).model().probabilities(&[7.0]);
        assert!((probabilities[0] - 2.0 / 3.0).abs() < 1e-8);
    }

    #[test]
    fn large_logits_give_probabilities() {
        let model = SoftmaxRegression { weights: vec![vec![1.0], vec![-1.0]], intercepts: vec![0.0, 0.0] };
        assert_eq!(model.probabilities(&[5000.0]), [1.0, 0.0]);
        assert_eq!(model.predict(&[-5000.0]), 1);
        assert_eq!(model.predict(&[0.0]), 0, "of equal logits the first");
        assert!((model.mean_cross_entropy(&examples(&[&[5000.0]], &[1], 2)) - 10_000.0).abs() < 1e-9);
    }
}
