//! What the hidden units of the network answer to each row.

use super::super::lab::run::IrisRun;
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::{self, NamedTensor, floats};
use crate::nn::models::mlp::{Activation, Mlp, MlpConfig};
use crate::nn::run::examples::Examples;
use crate::nn::run::runner::{Weights, device_lost};
use burn::tensor::Device;
use serde::Serialize;

/// Most rows whose activations are shown.
const MOST_ROWS_SHOWN: usize = 150;

/// What the units of each hidden layer answer, row by row. The rows are grouped by class; of more than 150 an even
/// sample is taken.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Activations {
    layers: Vec<ActiveLayer>,
    /// Numbers of the rows in the table.
    rows: Vec<usize>,
    /// Their classes.
    labels: Vec<u32>,
}

/// A hidden layer.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ActiveLayer {
    name: String,
    units: usize,
    /// `[rows, units]`, row-major.
    values: MaybeNan<Vec<f32>>,
    /// The values a unit can take, where they have two ends.
    range: Option<[i8; 2]>,
}

/// What the units of each hidden layer answer.
///
/// # Errors
/// `no_network`, `device_lost`.
pub async fn activations(run: &IrisRun, _: NoOptions) -> Result<Activations, LabError> {
    let rows = shown_rows(&run.table.labels);
    let range = match run.config.activation {
        Activation::Sigmoid => Some([0, 1]),
        Activation::Tanh => Some([-1, 1]),
        Activation::Relu => None,
    };
    let layers = hidden_activations(run, &rows).await?.into_iter().map(|layer| {
        let HiddenAnswers { name, units, values } = layer;
        ActiveLayer { name, units, values: values.into(), range }
    });
    let labels = rows.iter().map(|&row| run.table.labels[row]).collect();
    Ok(Activations { layers: layers.collect(), rows, labels })
}

/// Row numbers grouped by class, in each class ascending; every class keeps its share of a sample.
fn shown_rows(labels: &[u32]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..labels.len()).collect();
    rows.sort_by_key(|&row| labels[row]);
    let shown = rows.len().min(MOST_ROWS_SHOWN);
    (0..shown).map(|index| rows[index * rows.len() / shown]).collect()
}

/// The name of a hidden layer, counted from 0.
pub fn hidden_name(layer: usize) -> String {
    format!("hidden{}", layer + 1)
}

/// What the units of one hidden layer answer to some rows.
pub struct HiddenAnswers {
    pub name: String,
    pub units: usize,
    /// `[rows, units]`, row-major.
    pub values: Vec<f32>,
}

/// What every hidden layer answers to these rows of the table.
///
/// # Errors
/// `no_network`, `device_lost`.
pub async fn hidden_activations(run: &IrisRun, rows: &[usize]) -> Result<Vec<HiddenAnswers>, LabError> {
    let runner = run.network()?;
    let tensors = parameters::read(runner.network(Weights::Last)).await.map_err(device_lost)?;
    let input = runner.examples().minibatch(rows, runner.device()).input;
    let mut found = Vec::with_capacity(run.config.hidden.len());
    for (layer, &units) in run.config.hidden.iter().enumerate() {
        let answers = up_to(&run.config, &tensors, layer, runner.device()).forward(input.clone());
        let values = floats(answers.into_data_async().await.map_err(device_lost)?);
        found.push(HiddenAnswers { name: hidden_name(layer), units, values });
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
}
