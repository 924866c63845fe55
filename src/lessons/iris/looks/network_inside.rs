//! Inside the network at this very step: what its hidden units answer to each row, how strongly the loss pulls at
//! each tensor, and which units say the same as others or the same to every row.

use super::super::lab::run::IrisLab;
use crate::error::LabError;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::{self, NamedTensor, floats};
use crate::nn::models::mlp::{Activation, Mlp, MlpConfig, state_dict_name};
use crate::nn::run::examples::Examples;
use crate::nn::run::runner::trial_step::TrialStep;
use crate::nn::run::runner::{Weights, device_lost};
use burn::tensor::Device;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Most rows whose activations are shown.
const MOST_ROWS_SHOWN: usize = 150;
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

/// What the units of each hidden layer answer, row by row: `values` is `[rows, units]`, row-major. The rows are
/// grouped by class; of more than 150 an even sample is taken. `rows` are their numbers in the table, `range` the values a unit can
/// take where they have two ends.
///
/// # Errors
/// `no_network`, `device_lost`.
pub async fn activations(lab: &IrisLab) -> Result<Value, LabError> {
    let rows = shown_rows(&lab.table.labels);
    let range = match lab.config.activation {
        Activation::Sigmoid => Some([0, 1]),
        Activation::Tanh => Some([-1, 1]),
        Activation::Relu => None,
    };
    let layers: Vec<Value> = hidden_activations(lab, &rows)
        .await?
        .into_iter()
        .map(|Activations { name, units, values }| {
            json!({ "name": name, "units": units, "values": values, "range": range })
        })
        .collect();
    let labels: Vec<u32> = rows.iter().map(|&row| lab.table.labels[row]).collect();
    Ok(json!({ "layers": layers, "rows": rows, "labels": labels }))
}

/// Row numbers grouped by class, in each class ascending; every class keeps its share of a sample.
fn shown_rows(labels: &[u32]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..labels.len()).collect();
    rows.sort_by_key(|&row| labels[row]);
    let shown = rows.len().min(MOST_ROWS_SHOWN);
    (0..shown).map(|index| rows[index * rows.len() / shown]).collect()
}

/// The state of the training at this step, over the training rows (of more than 1,024 the first):
///
/// - `step`, `loss`, and `guessing_loss`, the loss of answering with the shares of the classes (`ln 3` for three
///   equal ones); `rows`, `classes`;
/// - `guessing`: whether the loss is no better than that;
/// - `tensors` and `layers` (weights and biases of a layer together): `gradient_norm`, `weight_norm`, `update_norm`
///   of the step the optimiser would make with this gradient, and `ratio` of the last two;
/// - `hidden`: for each hidden layer the smallest and largest `difference` between two units (null where there is one
///   unit only), how many `pairs` are nearly equal, the `groups` these join and how many units stand in them (`equal`),
///   and the `dead` units;
/// - `remedies`: ways off the plateau, `{name, settings}`.
///
/// # Errors
/// `no_network`, `device_lost`.
pub async fn dynamics(lab: &IrisLab) -> Result<Value, LabError> {
    let runner = lab.network()?;
    let rows = &lab.split.train[..lab.split.train.len().min(MOST_ROWS_JUDGED)];
    let trial = runner.trial_step(rows).await.map_err(device_lost)?;
    let activations = hidden_activations(lab, rows).await?;
    let norms: Vec<Norms> = (0..trial.before.len()).map(|index| Norms::of(&trial, index)).collect();
    let tensors: Vec<Value> = trial
        .before
        .iter()
        .zip(&norms)
        .map(|(tensor, norms)| norms.named(&state_dict_name(&tensor.name)))
        .collect();
    let last = lab.config.hidden.len();
    let layers: Vec<Value> = norms
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
            HiddenLayer::of(answers, &parameters[0], &parameters[1], lab.config.activation)
        })
        .collect();
    let guessing_loss = guessing_loss(rows.iter().map(|&row| lab.table.labels[row]), lab.table.classes.len());
    let remedies: Vec<Value> = REMEDIES
        .iter()
        .map(|(name, settings)| {
            let settings: Map<String, Value> =
                settings.iter().map(|(setting, value)| (setting.to_string(), json!(value))).collect();
            json!({ "name": name, "settings": settings })
        })
        .collect();
    Ok(json!({
        "step": runner.progress().step,
        "loss": trial.loss,
        "guessing_loss": guessing_loss,
        "rows": rows.len(),
        "classes": lab.table.classes.len(),
        "guessing": trial.loss >= AS_GOOD_AS_GUESSING * guessing_loss,
        "tensors": tensors,
        "layers": layers,
        "hidden": hidden,
        "remedies": remedies,
    }))
}

fn hidden_name(layer: usize) -> String {
    format!("hidden{}", layer + 1)
}

/// Cross-entropy of answering every row with the shares of the classes: the entropy of the labels, in nats.
fn guessing_loss(labels: impl ExactSizeIterator<Item = u32>, classes: usize) -> f64 {
    let rows = labels.len() as f64;
    let mut counts = vec![0u32; classes];
    labels.for_each(|label| counts[label as usize] += 1);
    let shares = counts.into_iter().filter(|count| *count > 0).map(|count| f64::from(count) / rows);
    -shares.map(|share| share * share.ln()).sum::<f64>()
}

/// What the units of one hidden layer answer to some rows.
struct Activations {
    name: String,
    units: usize,
    /// `[rows, units]`, row-major.
    values: Vec<f32>,
}

async fn hidden_activations(lab: &IrisLab, rows: &[usize]) -> Result<Vec<Activations>, LabError> {
    let runner = lab.network()?;
    let tensors = parameters::read(runner.network(Weights::Last)).await.map_err(device_lost)?;
    let input = runner.examples().minibatch(rows, runner.device()).input;
    let mut found = Vec::with_capacity(lab.config.hidden.len());
    for (layer, &units) in lab.config.hidden.iter().enumerate() {
        let answers = up_to(&lab.config, &tensors, layer, runner.device()).forward(input.clone());
        let values = floats(answers.into_data_async().await.map_err(device_lost)?);
        found.push(Activations { name: hidden_name(layer), units, values });
    }
    Ok(found)
}

/// The network up to a hidden layer, behind which an output layer hands the activations on as they are (its
/// weights are the identity, its biases 0): the forward pass stays the network's own.
fn up_to(config: &MlpConfig, tensors: &[NamedTensor], layer: usize, device: &Device) -> Mlp {
    let units = config.hidden[layer];
    let mut kept = tensors[..2 * (layer + 1)].to_vec();
    let identity = (0..units * units).map(|i| f32::from(u8::from(i % (units + 1) == 0))).collect();
    let path = format!("layers.{}", layer + 1);
    kept.push(NamedTensor::new(format!("{path}.weight"), [units, units], identity));
    kept.push(NamedTensor::new(format!("{path}.bias"), [units], vec![0.0; units]));
    let config = MlpConfig { hidden: config.hidden[..=layer].to_vec(), classes: units, ..config.clone() };
    parameters::write(config.init(0, device), &kept).expect("the first layers of this very network")
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

    fn named(&self, name: &str) -> Value {
        json!({
            "name": name,
            "gradient_norm": self.gradient.sqrt(),
            "weight_norm": self.weight.sqrt(),
            "update_norm": self.update.sqrt(),
            "ratio": (self.update / self.weight).sqrt(),
        })
    }
}

fn squared(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|value| value * value).sum()
}

/// What can be said of the units of a hidden layer.
#[derive(Serialize)]
struct HiddenLayer {
    name: String,
    units: usize,
    /// The smallest and the largest difference between two units.
    difference: Option<[f64; 2]>,
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
    fn of(answers: &Activations, weight: &NamedTensor, bias: &NamedTensor, activation: Activation) -> Self {
        let units = answers.units;
        let differences = differences(&incoming(weight, bias, units));
        let range = differences.iter().map(|(_, difference)| [*difference; 2]);
        let equal = differences.iter().filter(|(_, difference)| *difference < NEARLY_EQUAL);
        let pairs: Vec<(usize, usize)> = equal.map(|(pair, _)| *pair).collect();
        let groups = groups(&pairs, units);
        Self {
            name: answers.name.clone(),
            units,
            difference: range.reduce(|[low, high], [one, _]| [low.min(one), high.max(one)]),
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

fn is_dead(answers: &Activations, unit: usize, activation: Activation) -> bool {
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
    fn a_sample_of_a_long_table_keeps_the_classes_together_and_their_shares() {
        let labels: Vec<u32> = (0..3_000).map(|row| if row % 3 == 0 { 1 } else { 0 }).collect();
        let rows = shown_rows(&labels);
        assert_eq!(rows.len(), MOST_ROWS_SHOWN);
        let shown: Vec<u32> = rows.iter().map(|&row| labels[row]).collect();
        assert!(shown.is_sorted());
        assert_eq!(shown.iter().filter(|label| **label == 1).count(), 50);
        assert_eq!(shown_rows(&[1, 0, 1, 0]), [1, 3, 0, 2]);
    }

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
