//! The network as a file of weights, and back.

use super::super::task::Task;
use super::predict;
use super::run::VisionRun;
use crate::data::pictures::digit;
use crate::error::LabError;
use crate::lessons::run::model_note;
use crate::nn::layers::parameters::{self, NamedTensor};
use crate::nn::models::conv_net::from_keras_dict;
use crate::nn::run::container::Container;
use crate::nn::run::weights;
use burn::tensor::Device;
use serde_json::{Value, json};

/// What the file says of the network after some steps.
pub fn note(run: &VisionRun, step: u64) -> Value {
    let config = &run.config;
    json!({
        "format": model_note::FORMAT,
        "lesson": "vision",
        "settings": run.declared,
        "step": step,
        "model": {
            "kind": "conv_net",
            "filters": config.filters,
            "kernel_size": config.kernel_size,
            "dense_units": config.dense_units,
            "activation": "relu",
            "output": if config.outputs == 1 { "sigmoid" } else { "softmax" },
        },
        "input": {
            "height": config.height,
            "width": config.width,
            "channels": config.channels,
            "steps": steps(run),
        },
        "classes": run.classes,
        // The document's ways where they are chosen.
        "answers": { "classes": predict::names(run), "divided_by": predict::scale(run) },
    })
}

/// What happens to a picture of red, green, blue and alpha, one after the other: as [`VisionRun::seen`] and
/// [`VisionRun::input`] do it. All but the means and the division is in whole numbers.
fn steps(run: &VisionRun) -> Value {
    let over_white =
        json!({ "step": "over_white", "color": "(color * alpha + 255 * (255 - alpha) + 127) // 255" });
    let divide = json!({ "step": "divide", "by": 255 });
    if run.settings.task != Task::Mnist {
        let nearest = json!({ "step": "nearest", "pixel": "(2 * i + 1) * old // (2 * new)" });
        return json!([over_white, nearest, divide]);
    }
    json!([
        over_white,
        { "step": "gray", "value": "(19595 * red + 38470 * green + 7471 * blue + 32768) >> 16" },
        {
            "step": "light_on_dark",
            "turned_over": format!("255 - value where the mean of the border is above {}", digit::LIGHT_PAPER),
            "paper": "sorted(border)[len(border) // 2]",
            "value": "(max(value - paper, 0) * 255 + room // 2) // room, room = max(255 - paper, 1)",
        },
        {
            "step": "centred",
            "ink": format!("the smallest box of all values from {} on", digit::FAINT),
            "size": format!("max((old * {0} + longest // 2) // longest, 1)", digit::INK),
            "value": "int(mean of what a pixel covers + 0.5)",
            "corner": "min(max(ceil(side / 2 - centre of mass - 0.5), 0), side - size)",
        },
        divide,
    ])
}

/// The tensors of a file that fits, and what the reader should know of it.
///
/// # Errors
/// `other_classes`, `bad_model`.
pub async fn read(run: &VisionRun, file: &[u8]) -> Result<(Vec<NamedTensor>, Option<LabError>), LabError> {
    let (tensors, remark) = if weights::is_safetensors(file) {
        let container = Container::from_bytes(file).map_err(LabError::bad_model)?;
        let remark = model_note::compare(&container.note, &note(run, 0))?;
        (from_keras_dict(container.tensors("")), remark)
    } else {
        let network = run.config.init(0, &Device::flex());
        (weights::from_burnpack(file, network).await.map_err(LabError::bad_model)?, None)
    };
    parameters::check_finite(&tensors).map_err(LabError::bad_model)?;
    Ok((tensors, remark))
}
