//! What a run costs on one core of a laptop, told before it begins.

use super::super::settings::VisionSettings;
use super::network::network;
use crate::error::LabError;
use crate::lessons::Cost;

/// Multiplications a millisecond on one core, in WebAssembly: what the networks of this lesson reached on a busy
/// machine, rounded down (digits 7 million, figures at 128 pixels 15 million, faces at 150 pixels 8 million).
const MULTIPLICATIONS_PER_MILLISECOND: f64 = 8.0e6;
/// Forward and backward pass together, in forward passes: the gradients of the dense layers cost two, those of the
/// convolutions less than one, for they pass one of four values only.
const TRAINING_FACTOR: f64 = 2.0;
/// Parameters a millisecond that an optimiser changes.
const UPDATES_PER_MILLISECOND: f64 = 4.0e5;

/// The estimate for these settings.
///
/// # Errors
/// `picture_too_small` for a network that shrinks its pictures to nothing.
pub fn cost(settings: &VisionSettings, classes: usize) -> Result<Cost, LabError> {
    let config = network(settings, classes);
    config.check()?;
    let train = settings.train_size;
    let batch = settings.batch_size.min(train);
    let parameters = config.parameters() as u64;
    let milliseconds = batch as f64 * config.multiplications() as f64 * TRAINING_FACTOR
        / MULTIPLICATIONS_PER_MILLISECOND
        + parameters as f64 / UPDATES_PER_MILLISECOND;
    Ok(Cost {
        milliseconds_per_step: milliseconds,
        training_bytes: training_bytes(settings, classes),
        steps: (train.div_ceil(batch) * settings.epochs) as u64,
    })
}

/// Bytes of weights, gradients, running means, a minibatch on its way through the layers, and all pictures.
pub fn training_bytes(settings: &VisionSettings, classes: usize) -> u64 {
    let config = network(settings, classes);
    let moments = match settings.optimizer.as_str() {
        "adam" => 2,
        "sgd" => 0,
        _ => 1,
    };
    let input = (config.height * config.width * config.channels) as u64;
    let layers = config.layers();
    let activations: usize = layers.iter().map(|layer| layer.shape.iter().product::<usize>()).sum();
    let train = settings.train_size as u64;
    // The optimiser makes new weights beside the old ones and a gradient; each layer's values have a gradient too.
    let weights = config.parameters() as u64 * 4 * (3 + moments);
    let minibatch = (settings.batch_size as u64).min(train) * 4 * 2 * (activations as u64 + input);
    weights + minibatch + train * input
}
