//! A training run on pictures that is whole in itself: network, pictures, initial weights and minibatches come with it, so
//! that an oracle's fixture can be run in any browser and on any device.

use super::picture_examples::PictureExamples;
use super::runner::{Cadence, Runner, RunnerConfig, Weights};
use crate::controls::RateChanges;
use crate::data::pictures::LabelledPictures;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::{self, NamedTensor, floats};
use crate::nn::models::conv_net::{ConvNet, ConvNetConfig, from_keras_dict, to_keras_dict};
use crate::nn::objective::classification::Classification;
use crate::nn::optim::optimizer::{Constants, Rule};
use burn::module::Module;
use burn::tensor::{Device, Tensor, Transaction};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Bounds of what is replayed, far above any fixture, and such that no size computed from them overflows 32 bits.
const MOST_BATCHES: usize = 10_000;
const MOST_PARAMETERS: usize = 1 << 20;
const LONGEST_SIDE: usize = 64;
const LARGEST_KERNEL: usize = 8;
const MOST_CHANNELS: usize = 4;
const MOST_UNITS: usize = 256;
const MOST_BLOCKS: usize = 6;

/// A run that is whole in itself.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PictureReplay {
    network: Sizes,
    classes: usize,
    /// Bytes of all pictures, one after the other.
    pictures: Vec<u8>,
    /// Class of each picture.
    labels: Vec<u32>,
    /// Initial weights in Keras' names and layout.
    initial: Vec<NamedValues>,
    /// Rows of each minibatch.
    batches: Vec<Vec<usize>>,
    optimizer: String,
    learning_rate: f64,
}

/// The fields of [`ConvNetConfig`].
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Sizes {
    height: usize,
    width: usize,
    channels: usize,
    filters: Vec<usize>,
    kernel_size: usize,
    dense_units: usize,
    outputs: usize,
}

/// A tensor by its name.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct NamedValues {
    name: String,
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// What a replay gave.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Replayed {
    /// What each layer makes of the first minibatch.
    layers: Vec<TensorAnswer>,
    logits: TensorAnswer,
    /// Gradients of the first minibatch.
    gradients: Vec<TensorAnswer>,
    /// The loss of every step; null where it is not finite.
    #[cfg_attr(test, ts(type = "Array<number | null>"))]
    losses: Vec<f64>,
    /// The accuracy of every epoch: as many steps as it takes to see each picture once.
    accuracies: Vec<f64>,
    /// The last weights.
    weights: Vec<TensorAnswer>,
}

/// A tensor in Keras' names and layout; null stands for a value that is not finite.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct TensorAnswer {
    name: String,
    shape: Vec<usize>,
    #[cfg_attr(test, ts(type = "Array<number | null>"))]
    values: Vec<f32>,
}

/// Makes the run that `options` describe with Keras' constants.
///
/// # Errors
/// A sentence about what does not fit, or the lost device.
pub async fn replay(options: PictureReplay, device: &Device) -> Result<Replayed, String> {
    let config = network(&options.network)?;
    check(&options, &config)?;
    let PictureReplay { classes, pictures, labels, initial, batches, optimizer, learning_rate, .. } = options;
    let rule =
        Rule::named(&optimizer).ok_or_else(|| format!("there is no optimiser called `{optimizer}`"))?;
    let rows = labels.len();
    let pictures = LabelledPictures {
        height: config.height,
        width: config.width,
        channels: config.channels,
        pixels: pictures,
        labels,
        classes: (0..classes).map(|class| class.to_string()).collect(),
        origins: Vec::new(),
        train: rows,
    };
    let examples =
        PictureExamples { pictures: Rc::new(pictures), outputs: config.outputs, augment: None, flip: false };
    let run = RunnerConfig {
        epochs: 1,
        batch_size: batches[0].len(),
        rule,
        constants: Constants::Keras,
        learning_rate,
        rate_changes: RateChanges::default(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["validation_loss", "validation_accuracy"],
        keep_best: None,
        running: &["accuracy"],
        stop: None,
        seed: 0,
    };
    let initial = initial.into_iter().map(|one| NamedTensor::new(one.name, one.shape, one.values)).collect();
    let initial = from_keras_dict(initial);
    let device = device.clone().inner().autodiff();
    let network = parameters::write(config.init(0, &device), &initial)?;
    let objective = Classification::of_outputs(config.outputs);
    let runner = Runner::new(network, objective, examples, (0..rows).collect(), vec![], run, &device);
    let (layers, logits) = forward(&runner, &batches[0]).await?;
    let step = runner.trial_step(&batches[0]).await.map_err(|error| error.to_string())?;
    let replay = runner.replay(&initial, &batches, rows).await?;
    Ok(Replayed {
        layers: listed(layers),
        logits: answer(logits),
        gradients: listed(to_keras_dict(step.gradients)),
        losses: replay.losses,
        accuracies: replay.running.column(0).collect(),
        weights: listed(to_keras_dict(replay.weights)),
    })
}

fn network(sizes: &Sizes) -> Result<ConvNetConfig, String> {
    let Sizes { height, width, channels, ref filters, kernel_size, dense_units, outputs } = *sizes;
    let bounds = [
        (height, LONGEST_SIDE),
        (width, LONGEST_SIDE),
        (channels, MOST_CHANNELS),
        (kernel_size, LARGEST_KERNEL),
        (dense_units, MOST_UNITS),
        (outputs, MOST_UNITS),
    ];
    let units = filters.iter().map(|maps| (*maps, MOST_UNITS));
    if filters.len() > MOST_BLOCKS
        || bounds.into_iter().chain(units).any(|(value, most)| value == 0 || value > most)
    {
        return Err("the network has a size that is 0 or too large".into());
    }
    let filters = filters.clone();
    let config = ConvNetConfig { height, width, channels, filters, kernel_size, dense_units, outputs };
    config.check().map_err(|error| error.message.clone())?;
    if config.parameters() > MOST_PARAMETERS {
        return Err(format!("at most {MOST_PARAMETERS} parameters are replayed"));
    }
    Ok(config)
}

fn check(options: &PictureReplay, config: &ConvNetConfig) -> Result<(), String> {
    let PictureReplay { classes, pictures, labels, initial, batches, learning_rate, .. } = options;
    if labels.is_empty() || pictures.len() != labels.len() * config.height * config.width * config.channels {
        return Err(format!("{} bytes are not those of {} pictures", pictures.len(), labels.len()));
    }
    let columns = if config.outputs == 1 { 2 } else { config.outputs };
    if *classes != columns || labels.iter().any(|label| *label as usize >= columns) {
        return Err(format!("{} outputs tell {columns} classes apart", config.outputs));
    }
    if batches.is_empty() || batches.len() > MOST_BATCHES || batches.iter().any(Vec::is_empty) {
        return Err(format!("1 to {MOST_BATCHES} minibatches are replayed, none of them empty"));
    }
    let fits = |rows: &Vec<usize>| rows.len() <= labels.len() && rows.iter().all(|row| *row < labels.len());
    if !batches.iter().all(fits) {
        return Err(format!(
            "a minibatch has rows beyond the {} pictures, or more than there are",
            labels.len()
        ));
    }
    for NamedValues { name, shape, values } in initial {
        // Sizes from outside may be too large to multiply.
        let size = shape.iter().try_fold(1usize, |size, side| size.checked_mul(*side));
        if size != Some(values.len()) {
            return Err(format!("`{name}` does not hold as many values as its shape says"));
        }
    }
    if !learning_rate.is_finite() {
        return Err("the learning rate is not a number".into());
    }
    Ok(())
}

/// What each layer makes of a minibatch, and the logits.
async fn forward(
    runner: &Runner<ConvNet, PictureExamples>,
    rows: &[usize],
) -> Result<(Vec<NamedTensor>, NamedTensor), String> {
    use super::examples::Examples;
    let network = runner.network(Weights::Last).valid();
    let input: Tensor<4> = runner.examples().minibatch(rows, runner.device()).input;
    let outputs = network.layer_outputs(input.clone());
    let logits = network.forward(input);
    let shape = logits.dims().to_vec();
    let reading = outputs.iter().fold(Transaction::default(), |t, (_, output)| t.register(output.clone()));
    let mut read = reading.register(logits).execute_async().await.map_err(|error| error.to_string())?;
    let logits =
        NamedTensor::new("logits", shape, floats(read.pop().expect("the logits were registered last")));
    let layers = outputs
        .into_iter()
        .zip(read)
        .map(|((name, output), data)| NamedTensor::new(name, output.dims().to_vec(), floats(data)))
        .collect();
    Ok((layers, logits))
}

fn listed(tensors: Vec<NamedTensor>) -> Vec<TensorAnswer> {
    tensors.into_iter().map(answer).collect()
}

fn answer(NamedTensor { name, shape, values }: NamedTensor) -> TensorAnswer {
    TensorAnswer { name, shape, values }
}
