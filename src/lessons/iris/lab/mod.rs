//! The lab of the lesson: a run as the page drives it.

pub mod classical;
pub mod code;
mod goals;
pub mod predict;
pub mod run;
pub mod weights_file;

use super::looks::LOOKS;
use crate::controls::Settings;
use crate::error::LabError;
use crate::history::Track;
use crate::lab::{Ask, Lab};
use crate::lessons::Material;
use crate::lessons::run::looks;
use crate::nn::layers::parameters;
use crate::nn::models::mlp::to_state_dict;
use crate::nn::run::container::Container;
use crate::nn::run::runner::device_lost;
use crate::nn::run::weights;
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use burn::tensor::Device;
use classical::{ClassicalConfig, ClassicalRun};
use run::{IrisRun, Model, no_network};
use serde_json::{Value, json};

/// Builds the lab on a device.
///
/// # Errors
/// `bad_table` where the reader's table cannot be learned from by the chosen columns.
pub fn open(settings: Settings, device: Device, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    Ok(Box::new(IrisRun::new(settings, device, material)?))
}

#[async_trait(?Send)]
impl Lab for IrisRun {
    fn settings(&self) -> &Settings {
        &self.declared
    }

    fn progress(&self) -> Progress {
        match &self.model {
            Model::Network(runner) => runner.progress(),
            Model::Classical(run) => run.progress(),
        }
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        match &mut self.model {
            Model::Network(runner) => runner.train(budget).await,
            Model::Classical(run) => Ok(run.train(budget)),
        }
    }

    fn tracks(&self) -> Vec<&Track> {
        match &self.model {
            Model::Network(runner) => runner.tracks().to_vec(),
            Model::Classical(run) => vec![run.track()],
        }
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        let rows = self.split_rows(split)?;
        let (loss, accuracy) = self.figures(rows).await?;
        Ok(match loss {
            Some(loss) => json!({ "loss": loss, "accuracy": accuracy, "rows": rows.len() }),
            None => json!({ "accuracy": accuracy, "rows": rows.len() }),
        })
    }

    async fn predict(&mut self, input: Ask) -> Result<Value, LabError> {
        Ok(json!(predict::predict(self, &input.value).await?))
    }

    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError> {
        looks::inspect(LOOKS, self, what, ask).await
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        match &mut self.model {
            Model::Network(runner) => Ok(runner.checkpoint().await.map_err(device_lost)?.to_bytes()),
            Model::Classical(run) => Ok(Container::new(run.checkpoint()).to_bytes()),
        }
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let bad = LabError::bad_checkpoint;
        let container = Container::from_bytes(checkpoint).map_err(bad)?;
        match &mut self.model {
            Model::Network(runner) => runner.restore(&container).map_err(bad)?,
            Model::Classical(run) => {
                let config = ClassicalConfig::of(&self.settings, self.settings.model)
                    .expect("a classical model has its settings");
                let (train, dev) = (&self.split.train, &self.split.dev);
                let anew = || Ok(ClassicalRun::new(config, self.examples.clone(), train, dev));
                run.restore(&container.note, anew)?;
            }
        }
        Ok(())
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        if !weights::FORMATS.contains(&format) {
            return Err(LabError::unknown_format(format, &weights::FORMATS));
        }
        let note = || weights_file::note(self, self.progress().step).to_string();
        match &self.model {
            Model::Classical(run) if format == "safetensors" => {
                Ok(weights::to_safetensors(run.tensors(), note()))
            }
            Model::Classical(_) => Err(no_network()),
            Model::Network(runner) => {
                let tensors = parameters::read(runner.network(self.weights())).await.map_err(device_lost)?;
                if format == "safetensors" {
                    return Ok(weights::to_safetensors(to_state_dict(tensors), note()));
                }
                let failed =
                    |error| LabError::new("unknown_format", format!("burnpack cannot be written: {error}"));
                let network = self.config.init(0, &Device::flex());
                weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
            }
        }
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<Option<LabError>, LabError> {
        self.network()?;
        let (tensors, remark) = weights_file::read(self, file).await?;
        let network = self.config.init(0, &self.device.clone().autodiff());
        let network = parameters::write(network, &tensors).map_err(LabError::bad_model)?;
        let runner = run::start(&self.settings, &self.table, &self.scale, &self.split, network, &self.device);
        self.model = Model::Network(Box::new(runner));
        Ok(remark)
    }

    fn goals(&self) -> Vec<GoalStatus> {
        goals::goals(self)
    }
}
