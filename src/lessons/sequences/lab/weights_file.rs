//! The model as a file of weights, and back.

use super::run::{SequencesRun, Trained};
use crate::error::LabError;
use crate::lessons::run::model_note;
use crate::nn::layers::parameters;
use crate::nn::run::container::Container;
use crate::nn::run::runner::{Weights, device_lost};
use crate::nn::run::weights;
use burn::tensor::Device;
use serde_json::{Value, json};

/// What the file says of the model.
fn note(run: &SequencesRun) -> Value {
    let text = |name: &str| run.declared.text(name);
    json!({
        "format": model_note::FORMAT,
        "lesson": "sequences",
        "settings": run.declared,
        "step": run.progress().step,
        "model": { "kind": text("model") },
        "input": {
            "items": run.items().len(),
            "steps": [text("modality"), text("node_info"), text("mode"), text("encoder")],
        },
    })
}

/// Writes the weights that a result is judged by.
///
/// # Errors
/// `unknown_format`, `nothing_trains`, `device_lost`.
pub async fn write(run: &mut SequencesRun, format: &str) -> Result<Vec<u8>, LabError> {
    if !weights::FORMATS.contains(&format) {
        return Err(LabError::unknown_format(format, &weights::FORMATS));
    }
    run.ready();
    let Trained::Network(trained) = &run.model else { return Err(LabError::nothing_trains()) };
    let tensors = parameters::read(trained.network(Weights::BestDev)).await.map_err(device_lost)?;
    if format == "safetensors" {
        return Ok(weights::to_safetensors(tensors, note(run).to_string()));
    }
    let failed = |error| LabError::new("unknown_format", format!("burnpack cannot be written: {error}"));
    let network = run.config().init(0, &Device::flex());
    weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
}

/// The weights before the first step, as safetensors.
///
/// # Errors
/// `device_lost`.
pub async fn start(run: &SequencesRun) -> Result<Vec<u8>, LabError> {
    let network = run.config().init(run.settings.seed, &Device::flex());
    let tensors = parameters::read(&network).await.map_err(device_lost)?;
    let mut note = note(run);
    note["step"] = json!(0);
    Ok(weights::to_safetensors(tensors, note.to_string()))
}

/// Takes the weights of a file; the run starts anew from them.
///
/// # Errors
/// `bad_model`, `nothing_trains`; the run is then as it was.
pub async fn read(run: &mut SequencesRun, file: &[u8]) -> Result<Option<LabError>, LabError> {
    run.ready();
    let Trained::Network(_) = &run.model else { return Err(LabError::nothing_trains()) };
    let (tensors, remark) = if weights::is_safetensors(file) {
        let container = Container::from_bytes(file).map_err(LabError::bad_model)?;
        let remark = model_note::compare(&container.note, &note(run))?;
        (container.tensors(""), remark)
    } else {
        let network = run.config().init(0, &Device::flex());
        (weights::from_burnpack(file, network).await.map_err(LabError::bad_model)?, None)
    };
    parameters::check_finite(&tensors).map_err(LabError::bad_model)?;
    let network = run.config().init(0, &run.device.clone().autodiff());
    let network = parameters::write(network, &tensors).map_err(LabError::bad_model)?;
    run.model = Trained::Network(Box::new(run.starting(network)));
    Ok(remark)
}
