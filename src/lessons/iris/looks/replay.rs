//! A run over given minibatches from given weights, with which oracles are compared.

use super::super::lab::run::IrisRun;
use crate::error::LabError;
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::layers::parameters::NamedTensor;
use crate::nn::models::mlp::from_state_dict;
use serde::{Deserialize, Serialize};

/// Most minibatches of a replay.
const MOST_BATCHES: usize = 100_000;

/// What is replayed.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ReplayOptions {
    /// Initial weights under the names of the exported file, in its layout.
    weights: Vec<ReplayTensor>,
    /// Row numbers of each minibatch.
    batches: Vec<Vec<usize>>,
}

/// One tensor of the initial weights.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ReplayTensor {
    name: String,
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// What the replay gave.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Replayed {
    /// The loss of every step.
    losses: MaybeNan<Vec<f64>>,
}

/// The loss of every step of a run over given minibatches from given weights, with the lab's optimiser; the lab's
/// own run is not touched. Oracles are compared with it, in every browser and on every device.
///
/// # Errors
/// `bad_input` for weights or rows that do not fit, `no_network`.
pub async fn replay(run: &IrisRun, options: ReplayOptions) -> Result<Replayed, LabError> {
    let bad = |reason: String| {
        LabError::new("bad_input", format!("This run cannot be replayed: {reason}.")).with("expected", reason)
    };
    if options.batches.len() > MOST_BATCHES {
        return Err(bad(format!("at most {MOST_BATCHES} minibatches are replayed")));
    }
    let mut weights = Vec::with_capacity(options.weights.len());
    for tensor in options.weights {
        if tensor.shape.iter().product::<usize>() != tensor.values.len() {
            return Err(bad(format!("`{}` does not hold as many values as its shape says", tensor.name)));
        }
        weights.push(NamedTensor::new(tensor.name, tensor.shape, tensor.values));
    }
    let rows = run.table.rows.len();
    let replay =
        run.network()?.replay(&from_state_dict(weights), &options.batches, rows).await.map_err(bad)?;
    Ok(Replayed { losses: replay.losses.into() })
}
