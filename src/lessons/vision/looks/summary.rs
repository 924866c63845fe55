//! The layers of the network.

use super::super::lab::cost;
use super::super::lab::run::VisionRun;
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::nn::models::conv_net::LayerSummary;
use serde::Serialize;

/// The layers as Keras' `summary` lists them.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Summary {
    /// Height, width and channels of a picture.
    input: [usize; 3],
    layers: Vec<LayerSummary>,
    parameters: usize,
    /// Multiplications of one picture's forward pass.
    multiplications: u64,
    /// Bytes of memory while training.
    training_bytes: u64,
}

/// The layers, and what they cost.
///
/// # Errors
/// None.
pub fn summary(run: &VisionRun, _: NoOptions) -> Result<Summary, LabError> {
    let config = &run.config;
    Ok(Summary {
        input: [config.height, config.width, config.channels],
        layers: config.layers(),
        parameters: config.parameters(),
        multiplications: config.multiplications(),
        training_bytes: cost::training_bytes(&run.settings, run.classes.len()),
    })
}
