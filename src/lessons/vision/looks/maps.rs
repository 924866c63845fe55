//! What the layers make of one picture.

use super::super::lab::run::{VisionRun, probabilities};
use super::pictures::sixteen;
use crate::data::pictures::Picture;
use crate::error::LabError;
use crate::lessons::run::answers::{self, PictureAnswer};
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::run::runner::{Weights, device_lost};
use burn::module::Module;
use burn::tensor::Transaction;
use serde::{Deserialize, Serialize};

/// Which picture goes through the layers; a picture of the reader's takes its place.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct MapsOptions {
    /// A split, as `evaluate` takes it.
    #[serde(default = "test")]
    #[cfg_attr(test, ts(optional, as = "Option<String>"))]
    split: String,
    /// Place of the picture in its split.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    index: usize,
    /// Channels of each layer that are sent; 16 where nothing is said.
    #[serde(default = "sixteen")]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    most: usize,
}

fn test() -> String {
    "test".into()
}

/// The maps of every layer for one picture.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Maps {
    /// The picture as the network sees it.
    picture: PictureAnswer,
    /// Names of the classes.
    classes: Vec<String>,
    probabilities: MaybeNan<Vec<f32>>,
    layers: Vec<LayerMaps>,
}

/// What a layer makes of the picture.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LayerMaps {
    /// Its name as Keras gives it.
    name: String,
    /// Its kind as Keras names it.
    kind: String,
    height: usize,
    width: usize,
    channels: usize,
    /// Channels that are sent.
    shown: usize,
    /// Bytes of these channels, one map after the other, in base64.
    maps: String,
    /// Channels that are the same everywhere.
    dead: usize,
    /// Share of the values that are 0.
    zeros: f64,
    field: Field,
}

/// The maps of every layer for a picture of a split, or for the reader's.
///
/// # Errors
/// `unknown_split`, `bad_input` for a place the split does not have, `device_lost`.
pub async fn maps(run: &VisionRun, options: MapsOptions, own: Option<Picture>) -> Result<Maps, LabError> {
    let MapsOptions { split, index, most } = options;
    if let Some(own) = own {
        return maps_of(run, &run.seen(&own), most).await;
    }
    let rows = run.split_rows(&split)?;
    let row = rows.get(index).ok_or_else(|| {
        LabError::bad_input(format!("a place below {}, the pictures of {split}", rows.len()))
            .with("option", "index")
    })?;
    maps_of(run, &run.pictures.picture(*row), most).await
}

/// What a pixel of a layer's map sees of the picture.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Field {
    /// Rows and columns it sees.
    size: usize,
    /// Rows and columns from one pixel's field to the next one's.
    step: usize,
    /// Rows and columns by which the first field begins outside the picture.
    offset: usize,
}

async fn maps_of(run: &VisionRun, picture: &Picture, most: usize) -> Result<Maps, LabError> {
    let input = run.input(std::iter::once(&picture.pixels[..]), 255.0);
    let network = run.runner.network(Weights::Last).valid();
    let outputs = network.layer_outputs(input.clone());
    let mut transaction = Transaction::default();
    for (_, output) in &outputs {
        transaction = transaction.register(output.clone());
    }
    let read = transaction.register(network.forward(input)).execute_async().await.map_err(device_lost)?;
    let mut read: Vec<Vec<f32>> = read.into_iter().map(floats).collect();
    let logits = read.pop().expect("the logits were registered last");
    let mut field = Field { size: 1, step: 1, offset: 0 };
    let mut layers = Vec::new();
    for ((name, output), values) in outputs.iter().zip(&read) {
        let [_, height, width, channels] = output.dims();
        let kind = name.split('_').next().unwrap_or_default();
        field = match kind {
            "conv2d" => Field { size: field.size + (run.config.kernel_size - 1) * field.step, ..field },
            "max" => Field { size: field.size + field.step, step: field.step * 2, ..field },
            // A dense unit sees all of the picture.
            _ => Field { size: run.config.height.max(run.config.width), step: 1, offset: 0 },
        };
        let shown = channels.min(most);
        let tiles: Vec<Tile> = (0..channels).map(|channel| Tile::of(values, channels, channel)).collect();
        let bytes: Vec<u8> = tiles[..shown].iter().flat_map(|tile| tile.bytes.iter().copied()).collect();
        let zeros = values.iter().filter(|value| **value == 0.0).count();
        layers.push(LayerMaps {
            name: name.clone(),
            kind: if kind == "max" { "max_pooling2d".into() } else { kind.into() },
            height,
            width,
            channels,
            shown,
            maps: answers::base64(&bytes),
            dead: tiles.iter().filter(|tile| tile.dead).count(),
            zeros: zeros as f64 / values.len().max(1) as f64,
            field,
        });
    }
    Ok(Maps {
        picture: answers::picture(picture),
        classes: run.classes.clone(),
        probabilities: probabilities(&logits).into(),
        layers,
    })
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
