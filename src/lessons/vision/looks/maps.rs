//! What the layers make of one picture, and the filters themselves.

use super::super::lab::answers;
use super::super::lab::run::{VisionLab, probabilities};
use crate::data::pictures::Picture;
use crate::error::LabError;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::{self, floats};
use crate::nn::run::runner::{Weights, device_lost};
use burn::module::Module;
use burn::tensor::Transaction;
use serde::Deserialize;
use serde_json::{Value, json};

/// Most filters of a layer that are sent.
const MOST_FILTERS: usize = 4_096;

#[derive(Deserialize)]
struct MapOptions {
    #[serde(default = "test")]
    split: String,
    /// Place of the picture in its part.
    #[serde(default)]
    index: usize,
    /// Channels of each layer that are sent.
    #[serde(default = "sixteen")]
    most: usize,
}

fn test() -> String {
    "test".into()
}

fn sixteen() -> usize {
    16
}

fn read(options: Value) -> Result<MapOptions, LabError> {
    serde_json::from_value(options).map_err(|error| LabError::bad_input(error.to_string()))
}

/// The maps of every layer for a picture of a part.
///
/// # Errors
/// `unknown_split`, `bad_input` for a place the part does not have.
pub async fn maps_of_row(lab: &VisionLab, options: Value) -> Result<Value, LabError> {
    let options = read(options)?;
    let rows = lab.split_rows(&options.split)?;
    let row = rows.get(options.index).ok_or_else(|| {
        LabError::bad_input(format!("a place below {}, the pictures of {}", rows.len(), options.split))
    })?;
    maps(lab, &lab.pictures.picture(*row), options.most).await
}

/// The maps of every layer for a picture of the reader's.
///
/// # Errors
/// `bad_input`.
pub async fn maps_of_picture(lab: &VisionLab, options: Value, picture: &Picture) -> Result<Value, LabError> {
    maps(lab, &lab.seen(picture), read(options)?.most).await
}

/// What a pixel of a layer's map sees of the picture.
#[derive(Clone, Copy)]
struct Field {
    /// Rows and columns it sees.
    size: usize,
    /// Rows and columns from one pixel's field to the next one's.
    step: usize,
}

async fn maps(lab: &VisionLab, picture: &Picture, most: usize) -> Result<Value, LabError> {
    let input = lab.input(std::iter::once(&picture.pixels[..]), 255.0);
    let network = lab.runner.network(Weights::Last).valid();
    let outputs = network.layer_outputs(input.clone());
    let mut transaction = Transaction::default();
    for (_, output) in &outputs {
        transaction = transaction.register(output.clone());
    }
    let read = transaction.register(network.forward(input)).execute_async().await.map_err(device_lost)?;
    let mut read: Vec<Vec<f32>> = read.into_iter().map(floats).collect();
    let logits = read.pop().expect("the logits were registered last");
    let mut field = Field { size: 1, step: 1 };
    let mut layers = Vec::new();
    for ((name, output), values) in outputs.iter().zip(&read) {
        let [_, height, width, channels] = output.dims();
        let kind = name.split('_').next().unwrap_or_default();
        field = match kind {
            "conv2d" => Field { size: field.size + (lab.config.kernel_size - 1) * field.step, ..field },
            "max" => Field { size: field.size + field.step, step: field.step * 2 },
            // A dense unit sees all of the picture.
            _ => Field { size: lab.config.height.max(lab.config.width), step: 1 },
        };
        let shown = channels.min(most);
        let tiles: Vec<Tile> = (0..channels).map(|channel| Tile::of(values, channels, channel)).collect();
        let bytes: Vec<u8> = tiles[..shown].iter().flat_map(|tile| tile.bytes.iter().copied()).collect();
        let zeros = values.iter().filter(|value| **value == 0.0).count();
        layers.push(json!({
            "name": name,
            "kind": if kind == "max" { "max_pooling2d" } else { kind },
            "height": height,
            "width": width,
            "channels": channels,
            "shown": shown,
            "maps": answers::base64(&bytes),
            "dead": tiles.iter().filter(|tile| tile.dead).count(),
            "zeros": zeros as f64 / values.len().max(1) as f64,
            "field": { "size": field.size, "step": field.step, "offset": 0 },
        }));
    }
    Ok(json!({
        "picture": answers::picture(picture),
        "classes": lab.classes,
        "probabilities": probabilities(&logits),
        "layers": layers,
    }))
}

/// One channel as the document draws it.
struct Tile {
    bytes: Vec<u8>,
    /// Whether the channel is the same everywhere: its spread is 0, and the document divides by it.
    dead: bool,
}

impl Tile {
    /// `64 (x − mean) / std + 128`, cut to 0…255.
    fn of(values: &[f32], channels: usize, channel: usize) -> Self {
        let values = || values.iter().skip(channel).step_by(channels).map(|value| f64::from(*value));
        let count = values().count().max(1) as f64;
        let mean = values().sum::<f64>() / count;
        let spread = (values().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
        // A single value has no spread; it is no map, and shown as it is: dead or alive.
        if count == 1.0 {
            let alive = mean > 0.0;
            return Self { bytes: vec![if alive { 255 } else { 0 }], dead: !alive };
        }
        let dead = spread == 0.0 || !spread.is_finite();
        let byte = |value: f64| ((value - mean) / spread * 64.0 + 128.0).clamp(0.0, 255.0) as u8;
        Self { bytes: values().map(|value| if dead { 0 } else { byte(value) }).collect(), dead }
    }
}

/// The filters of each convolution with their biases.
///
/// # Errors
/// `device_lost`.
pub async fn filters(lab: &VisionLab) -> Result<Value, LabError> {
    let tensors = parameters::read(lab.runner.network(Weights::Last)).await.map_err(device_lost)?;
    let tensors = crate::nn::models::conv_net::to_keras_dict(tensors);
    let layers: Vec<Value> = tensors
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
            json!({
                "name": name,
                "size": size,
                "inputs": inputs,
                "outputs": shown,
                "values": values,
                "bias": bias.map(|bias| &bias.values[..shown]),
            })
        })
        .collect();
    Ok(json!({ "layers": layers }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_drawn_around_its_mean_and_a_dead_one_is_black() {
        let values = [0.0, 5.0, 2.0, 5.0, 4.0, 5.0];
        let first = Tile::of(&values, 2, 0);
        // Mean 2, spread √(8/3): 128 ∓ 64 · 2 / 1.633.
        assert_eq!(first.bytes, [49, 128, 206]);
        assert!(!first.dead);
        let second = Tile::of(&values, 2, 1);
        assert!(second.dead && second.bytes == [0, 0, 0]);
    }
}
