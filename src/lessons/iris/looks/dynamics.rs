//! The state of the training at this very step: how strongly the loss pulls at each tensor, and which units say the
//! same as others or the same to every row.

use super::super::lab::run::IrisRun;
use super::activations::{HiddenAnswers, hidden_activations, hidden_name};
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::layers::parameters::NamedTensor;
use crate::nn::models::mlp::{Activation, state_dict_name};
use crate::nn::run::runner::device_lost;
use crate::nn::run::runner::trial_step::TrialStep;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Most training rows a gradient is taken over.
const MOST_ROWS_JUDGED: usize = 1024;
/// Two units are nearly equal when they differ by less than this ([`differences`]).
///
/// Measured with the document's settings over seeds 1 to 5: at step 0 all pairs of the six units differ by 0.004 to
/// 0.042, so that a limit of 0.01 would call hardly any of them equal. The largest difference then doubles every 60
/// steps or so: with seed 1 it is 0.07 at step 100, 0.17 at 200, 0.51 at 300, 1.2 at 400. After 1,200 steps the smallest is
/// 0.089 with seed 1 (0.029 with seed 5, which ends with two units that are equal).
const NEARLY_EQUAL: f64 = 0.05;
/// A sigmoid or tanh unit is saturated when it stays this near to one of its limits.
const SATURATED: f32 = 0.01;
/// A loss above this share of what guessing costs is no better than guessing.
const AS_GOOD_AS_GUESSING: f64 = 0.98;

/// Ways off the plateau, each a name (for the page's words) and the settings it changes.
const REMEDIES: [(&str, &[(&str, Setting)]); 4] = [
    ("spread", &[("init_std", Setting::Number(0.5))]),
    ("bias", &[("init_bias", Setting::Number(0.0))]),
    ("momentum", &[("optimizer", Setting::Choice("momentum"))]),
    ("adam", &[("optimizer", Setting::Choice("adam")), ("learning_rate", Setting::Number(0.01))]),
];

/// The value of a setting in [`REMEDIES`].
#[derive(Serialize)]
#[serde(untagged)]
enum Setting {
    Number(f64),
    Choice(&'static str),
}

/// The state of the training, over the training rows (of more than 1,024 the first).
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Dynamics {
    step: u64,
    loss: MaybeNan<f64>,
    /// The loss of answering with the shares of the classes: `ln 3` for three equal ones.
    guessing_loss: f64,
    rows: usize,
    classes: usize,
    /// Whether the loss is no better than guessing.
    guessing: bool,
    tensors: Vec<StepNorms>,
    /// Weights and biases of a layer together.
    layers: Vec<StepNorms>,
    hidden: Vec<HiddenLayer>,
    /// Ways off the plateau.
    remedies: Vec<Remedy>,
}

/// Euclidean norms of a tensor or a layer.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct StepNorms {
    name: String,
    gradient_norm: MaybeNan<f64>,
    weight_norm: MaybeNan<f64>,
    /// Of the step the optimiser would make with this gradient.
    update_norm: MaybeNan<f64>,
    /// `update_norm / weight_norm`.
    ratio: MaybeNan<f64>,
}

/// A way off the plateau.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Remedy {
    /// Key in the page's words.
    name: &'static str,
    /// The settings it changes.
    #[cfg_attr(test, ts(type = "Settings"))]
    settings: Map<String, Value>,
}

/// The state of the training at this step.
///
/// # Errors
/// `no_network`, `device_lost`.
pub async fn dynamics(run: &IrisRun, _: NoOptions) -> Result<Dynamics, LabError> {
    let runner = run.network()?;
    let rows = &run.split.train[..run.split.train.len().min(MOST_ROWS_JUDGED)];
    let trial = runner.trial_step(rows).await.map_err(device_lost)?;
    let activations = hidden_activations(run, rows).await?;
    let norms: Vec<Norms> = (0..trial.before.len()).map(|index| Norms::of(&trial, index)).collect();
    let tensors: Vec<StepNorms> = trial
        .before
        .iter()
        .zip(&norms)
        .map(|(tensor, norms)| norms.named(&state_dict_name(&tensor.name)))
        .collect();
    let last = run.config.hidden.len();
    let layers: Vec<StepNorms> = norms
        .chunks_exact(2)
        .enumerate()
        .map(|(layer, parts)| {
            let name = if layer == last { "output".into() } else { hidden_name(layer) };
            parts[0].with(&parts[1]).named(&name)
        })
        .collect();
    let hidden: Vec<HiddenLayer> = activations
        .iter()
        .zip(trial.before.chunks_exact(2))
        .map(|(answers, parameters)| {
            HiddenLayer::of(answers, &parameters[0], &parameters[1], run.config.activation)
        })
        .collect();
    let guessing_loss = guessing_loss(rows.iter().map(|&row| run.table.labels[row]), run.table.classes.len());
    let remedies = REMEDIES.iter().map(|(name, settings)| {
        let settings = settings.iter().map(|(setting, value)| (setting.to_string(), json!(value))).collect();
        Remedy { name, settings }
    });
    Ok(Dynamics {
        step: runner.progress().step,
        loss: trial.loss.into(),
        guessing_loss,
        rows: rows.len(),
        classes: run.table.classes.len(),
        guessing: trial.loss >= AS_GOOD_AS_GUESSING * guessing_loss,
        tensors,
        layers,
        hidden,
        remedies: remedies.collect(),
    })
}

/// Cross-entropy of answering every row with the shares of the classes: the entropy of the labels, in nats.
fn guessing_loss(labels: impl ExactSizeIterator<Item = u32>, classes: usize) -> f64 {
    let rows = labels.len() as f64;
    let mut counts = vec![0u32; classes];
    labels.for_each(|label| counts[label as usize] += 1);
    let shares = counts.into_iter().filter(|count| *count > 0).map(|count| f64::from(count) / rows);
    -shares.map(|share| share * share.ln()).sum::<f64>()
}

/// Squared Euclidean norms of a tensor's weights, of its gradient and of its update.
struct Norms {
    weight: f64,
    gradient: f64,
    update: f64,
}

impl Norms {
    fn of(trial: &TrialStep, tensor: usize) -> Self {
        let (before, after) = (&trial.before[tensor].values, &trial.after[tensor].values);
        Self {
            weight: squared(before.iter().map(|v| f64::from(*v))),
            gradient: squared(trial.gradients[tensor].values.iter().map(|v| f64::from(*v))),
            update: squared(before.iter().zip(after).map(|(old, new)| f64::from(*new) - f64::from(*old))),
        }
    }

    /// Two tensors as one.
    fn with(&self, other: &Self) -> Self {
        Self {
            weight: self.weight + other.weight,
            gradient: self.gradient + other.gradient,
            update: self.update + other.update,
        }
    }

    fn named(&self, name: &str) -> StepNorms {
        StepNorms {
            name: name.into(),
            gradient_norm: self.gradient.sqrt().into(),
            weight_norm: self.weight.sqrt().into(),
            update_norm: self.update.sqrt().into(),
            ratio: (self.update / self.weight).sqrt().into(),
        }
    }
}

fn squared(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|value| value * value).sum()
}

/// What can be said of the units of a hidden layer.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct HiddenLayer {
    name: String,
    units: usize,
    /// The smallest and the largest difference between two units.
    difference: Option<[MaybeNan<f64>; 2]>,
    /// Pairs of nearly equal units.
    pairs: usize,
    /// Units joined by such pairs, two or more in each group.
    groups: Vec<Vec<usize>>,
    /// Units in these groups.
    equal: usize,
    /// Units that say the same to every row: ReLU at 0, sigmoid and tanh saturated at one limit.
    dead: Vec<usize>,
}

impl HiddenLayer {
    fn of(answers: &HiddenAnswers, weight: &NamedTensor, bias: &NamedTensor, activation: Activation) -> Self {
        let units = answers.units;
        let differences = differences(&incoming(weight, bias, units));
        let range = differences.iter().map(|(_, difference)| [*difference; 2]);
        let equal = differences.iter().filter(|(_, difference)| *difference < NEARLY_EQUAL);
        let pairs: Vec<(usize, usize)> = equal.map(|(pair, _)| *pair).collect();
        let groups = groups(&pairs, units);
        Self {
            name: answers.name.clone(),
            units,
            difference: range
                .reduce(|[low, high], [one, _]| [low.min(one), high.max(one)])
                .map(|ends| ends.map(MaybeNan)),
            pairs: pairs.len(),
            equal: groups.iter().map(Vec::len).sum(),
            groups,
            dead: (0..units).filter(|&unit| is_dead(answers, unit, activation)).collect(),
        }
    }
}

/// Incoming weights of each unit, and last its bias.
fn incoming(weight: &NamedTensor, bias: &NamedTensor, units: usize) -> Vec<Vec<f64>> {
    (0..units)
        .map(|unit| {
            let weights = weight.values.iter().skip(unit).step_by(units);
            weights.chain([&bias.values[unit]]).map(|value| f64::from(*value)).collect()
        })
        .collect()
}

/// For each pair of units the distance between their incoming numbers over the norm of the longer one.
fn differences(incoming: &[Vec<f64>]) -> Vec<((usize, usize), f64)> {
    let norms: Vec<f64> = incoming.iter().map(|values| squared(values.iter().copied()).sqrt()).collect();
    let difference = |one: usize, other: usize| {
        let distance = squared(incoming[one].iter().zip(&incoming[other]).map(|(a, b)| a - b)).sqrt();
        // Two units whose numbers are all 0 are equal.
        distance / norms[one].max(norms[other]).max(f64::MIN_POSITIVE)
    };
    (0..incoming.len())
        .flat_map(|one| (one + 1..incoming.len()).map(move |other| (one, other)))
        .map(|(one, other)| ((one, other), difference(one, other)))
        .collect()
}

/// Units joined by pairs, in groups of two and more, the largest first.
fn groups(pairs: &[(usize, usize)], units: usize) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..units).collect();
    for &(one, other) in pairs {
        let (kept, joined) = (group_of[one], group_of[other]);
        group_of.iter_mut().filter(|group| **group == joined).for_each(|group| *group = kept);
    }
    let mut groups: Vec<Vec<usize>> = (0..units)
        .map(|group| (0..units).filter(|&unit| group_of[unit] == group).collect())
        .filter(|members: &Vec<usize>| members.len() > 1)
        .collect();
    groups.sort_by_key(|members| std::cmp::Reverse(members.len()));
    groups
}

fn is_dead(answers: &HiddenAnswers, unit: usize, activation: Activation) -> bool {
    let near = |limit: f32, distance: f32| {
        answers.values.iter().skip(unit).step_by(answers.units).all(|a| (a - limit).abs() <= distance)
    };
    match activation {
        Activation::Relu => near(0.0, 0.0),
        Activation::Sigmoid => near(0.0, SATURATED) || near(1.0, SATURATED),
        Activation::Tanh => near(-1.0, SATURATED) || near(1.0, SATURATED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_share_a_unit_are_one_group() {
        assert_eq!(groups(&[(0, 3), (3, 5), (1, 2)], 6), [vec![0, 3, 5], vec![1, 2]]);
        assert!(groups(&[], 3).is_empty());
    }

    #[test]
    fn guessing_among_equal_classes_costs_the_logarithm_of_their_number() {
        assert!((guessing_loss([0, 1, 2, 2, 1, 0].into_iter(), 3) - 3f64.ln()).abs() < 1e-12);
        assert_eq!(guessing_loss([1, 1].into_iter(), 3), 0.0);
    }
}
