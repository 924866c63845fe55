//! The layers of the model and its weights.

use super::super::lab::classical::Fitted;
use super::super::lab::run::{IrisRun, Model};
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::layers::parameters;
use crate::nn::models::mlp::{from_state_dict, state_dict_name};
use crate::nn::run::runner::{Weights, device_lost};
use serde::Serialize;

/// Layers and weights of the latest step; a support vector machine has none.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Network {
    layers: Vec<Layer>,
    tensors: Vec<Tensor>,
    /// How many numbers all tensors hold.
    parameters: usize,
}

/// A layer of units.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Layer {
    /// `input`, `hidden1` and so on, `output`.
    name: String,
    units: usize,
    /// Columns of the table, or classes; hidden units have no names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    unit_names: Option<Vec<String>>,
}

/// Weights or biases of a layer.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Tensor {
    /// Its name in an exported file.
    name: String,
    /// `[inputs, outputs]` of weights.
    shape: Vec<usize>,
    /// How many numbers it holds.
    parameters: usize,
    values: MaybeNan<Vec<f32>>,
}

/// Layers, and all weights of the latest step by their names.
///
/// # Errors
/// `device_lost`.
pub async fn network(run: &IrisRun, _: NoOptions) -> Result<Network, LabError> {
    let (sizes, tensors) = match &run.model {
        Model::Network(runner) => {
            let mut tensors = parameters::read(runner.network(Weights::Last)).await.map_err(device_lost)?;
            tensors.iter_mut().for_each(|tensor| tensor.name = state_dict_name(&tensor.name));
            (run.config.sizes(), tensors)
        }
        Model::Classical(classical) => match classical.fitted() {
            Fitted::Softmax(_) => (
                vec![run.table.features.len(), run.table.classes.len()],
                from_state_dict(classical.tensors()),
            ),
            Fitted::Svm(_) => (Vec::new(), Vec::new()),
        },
    };
    let last = sizes.len().saturating_sub(1);
    let layer = |(index, units)| {
        let (name, unit_names) = match index {
            0 => ("input".into(), Some(run.table.features.clone())),
            _ if index == last => ("output".into(), Some(run.table.classes.clone())),
            _ => (format!("hidden{index}"), None),
        };
        Layer { name, units, unit_names }
    };
    let tensors: Vec<Tensor> = tensors
        .into_iter()
        .map(|tensor| Tensor {
            name: tensor.name,
            shape: tensor.shape,
            parameters: tensor.values.len(),
            values: tensor.values.into(),
        })
        .collect();
    Ok(Network {
        layers: sizes.into_iter().enumerate().map(layer).collect(),
        parameters: tensors.iter().map(|tensor| tensor.parameters).sum(),
        tensors,
    })
}
