//! The filters of the convolutions.

use super::super::lab::run::VisionRun;
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::layers::parameters;
use crate::nn::models::conv_net::to_keras_dict;
use crate::nn::run::runner::{Weights, device_lost};
use serde::Serialize;

/// Most filters of a layer that are sent.
const MOST_FILTERS: usize = 4_096;

/// The filters of each convolution.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Filters {
    layers: Vec<LayerFilters>,
}

/// The filters of one convolution with their biases.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LayerFilters {
    name: String,
    /// Rows and columns of a filter.
    size: usize,
    inputs: usize,
    /// Filters that are sent.
    outputs: usize,
    /// `[size, size, inputs, outputs]`.
    values: MaybeNan<Vec<f32>>,
    bias: Option<MaybeNan<Vec<f32>>>,
}

/// The filters of each convolution with their biases.
///
/// # Errors
/// `device_lost`.
pub async fn filters(run: &VisionRun, _: NoOptions) -> Result<Filters, LabError> {
    let tensors = parameters::read(run.runner.network(Weights::Last)).await.map_err(device_lost)?;
    let tensors = to_keras_dict(tensors);
    let layers = tensors
        .iter()
        .filter(|tensor| tensor.shape.len() == 4)
        .map(|kernel| {
            let [size, _, inputs, outputs] = kernel.shape[..] else {
                unreachable!("kernels have four sides")
            };
            let name = kernel.name.trim_end_matches(".kernel");
            let bias = tensors.iter().find(|tensor| tensor.name == format!("{name}.bias"));
            let shown = (MOST_FILTERS / inputs).clamp(1, outputs);
            let values: Vec<f32> =
                kernel.values.chunks_exact(outputs).flat_map(|row| row[..shown].iter().copied()).collect();
            LayerFilters {
                name: name.to_string(),
                size,
                inputs,
                outputs: shown,
                values: values.into(),
                bias: bias.map(|bias| bias.values[..shown].to_vec().into()),
            }
        })
        .collect();
    Ok(Filters { layers })
}
