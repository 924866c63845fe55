//! The model as a file of weights, and back.

use super::run::{MoviesRun, Trained};
use super::two_stages::{Networks, TwoStages};
use super::{candidate, fusion};
use crate::error::LabError;
use crate::lessons::movies::networks::fusion::{from_document_names, to_document_names};
use crate::lessons::run::model_note;
use crate::nn::layers::parameters::{self, NamedTensor};
use crate::nn::run::container::Container;
use crate::nn::run::runner::{Weights, device_lost};
use crate::nn::run::weights;
use burn::module::Module;
use burn::tensor::Device;
use serde_json::{Value, json};

/// What the file says of the model.
fn note(run: &MoviesRun) -> Value {
    json!({
        "format": model_note::FORMAT,
        "lesson": "movies",
        "settings": run.declared,
        "step": run.step(),
        "model": { "kind": run.settings.model.name(), "activation": run.declared.text("activation") },
        "input": {
            "users": run.ratings.user_ids.len(),
            "films": run.ratings.films.len(),
            "words": run.ratings.films.words.len(),
            "genres": run.ratings.films.genres,
            "steps": [run.declared.text("pooling"), run.declared.text("label")],
        },
    })
}

/// Writes the weights that a result is judged by. Tensors of the fusion network have the names of the document's layers.
///
/// # Errors
/// `unknown_format`, `nothing_trains`, `device_lost`.
pub async fn write(run: &MoviesRun, format: &str) -> Result<Vec<u8>, LabError> {
    if !weights::FORMATS.contains(&format) {
        return Err(LabError::unknown_format(format, &weights::FORMATS));
    }
    let failed = |error| LabError::new("unknown_format", format!("burnpack cannot be written: {error}"));
    let tensors = match &run.model {
        Trained::Fusion(trained) => parameters::read(trained.network(Weights::BestDev)).await,
        Trained::Candidate(trained) => parameters::read(trained.network(Weights::BestDev)).await,
        Trained::Ranking(trained) => parameters::read(&trained.networks()).await,
        Trained::Classic(_) => return Err(LabError::nothing_trains()),
    };
    let tensors = tensors.map_err(device_lost)?;
    if format == "safetensors" {
        return Ok(weights::to_safetensors(to_document_names(tensors), note(run).to_string()));
    }
    let device = Device::flex();
    match &run.model {
        Trained::Candidate(trained) => {
            let network = candidate::config(&run.settings, trained.examples(), &run.ratings).init(0, &device);
            weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
        }
        Trained::Ranking(trained) => {
            let network = fresh(run, trained, &device);
            weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
        }
        _ => {
            let network =
                fusion::config(&run.settings, &run.ratings, run.demographics.as_deref()).init(0, &device);
            weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
        }
    }
}

/// Takes the weights of a file; the run starts anew from them.
///
/// # Errors
/// `bad_model`, `nothing_trains`; the run is then as it was.
pub async fn read(run: &mut MoviesRun, file: &[u8]) -> Result<Option<LabError>, LabError> {
    let (device, flex) = (run.device.clone().autodiff(), Device::flex());
    let (model, remark) = match &run.model {
        Trained::Classic(_) => return Err(LabError::nothing_trains()),
        Trained::Fusion(_) => {
            let config = fusion::config(&run.settings, &run.ratings, run.demographics.as_deref());
            let (tensors, remark) = tensors(run, file, config.init(0, &flex)).await?;
            let network = parameters::write(config.init(0, &device), &tensors);
            let network = network.map_err(LabError::bad_model)?;
            let (ratings, known) = (&run.ratings, run.demographics.clone());
            let run = fusion::start(&run.settings, ratings, known, &run.rows, network, &run.device);
            (Trained::Fusion(Box::new(run)), remark)
        }
        Trained::Candidate(trained) => {
            let examples = trained.examples().clone();
            let config = candidate::config(&run.settings, &examples, &run.ratings);
            let (tensors, remark) = tensors(run, file, config.init(0, &flex)).await?;
            let network = parameters::write(config.init(0, &device), &tensors);
            let network = network.map_err(LabError::bad_model)?;
            let run = candidate::start(&run.settings, examples, network, &run.device);
            (Trained::Candidate(Box::new(run)), remark)
        }
        Trained::Ranking(trained) => {
            let (tensors, remark) = tensors(run, file, fresh(run, trained, &flex)).await?;
            let networks = parameters::write(fresh(run, trained, &device), &tensors);
            let networks = Some(networks.map_err(LabError::bad_model)?);
            let examples = trained.candidates.examples().clone();
            let run = TwoStages::new(&run.settings, &run.ratings, &run.rows, examples, networks, &run.device);
            (Trained::Ranking(Box::new(run)), remark)
        }
    };
    run.model = model;
    run.forget();
    Ok(remark)
}

/// Both networks as they begin.
fn fresh(run: &MoviesRun, trained: &TwoStages, device: &Device) -> Networks {
    let (examples, shown) = (trained.candidates.examples(), trained.ranking.examples());
    Networks::init(&run.settings, &run.ratings, examples, shown, device)
}

/// The tensors of a file that fits a network, and what the reader should know of it.
async fn tensors<N: Module>(
    run: &MoviesRun,
    file: &[u8],
    network: N,
) -> Result<(Vec<NamedTensor>, Option<LabError>), LabError> {
    let (tensors, remark) = if weights::is_safetensors(file) {
        let container = Container::from_bytes(file).map_err(LabError::bad_model)?;
        let remark = model_note::compare(&container.note, &note(run))?;
        (from_document_names(container.tensors("")), remark)
    } else {
        (weights::from_burnpack(file, network).await.map_err(LabError::bad_model)?, None)
    };
    parameters::check_finite(&tensors).map_err(LabError::bad_model)?;
    Ok((tensors, remark))
}
