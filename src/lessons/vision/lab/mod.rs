//! The labs of the lesson: a network that trains, and filters that are chosen by hand.

pub mod bench;
pub mod code;
pub mod cost;
pub mod filter;
mod goals;
mod network;
pub mod predict;
pub mod run;
mod source;
pub mod weights_file;

use super::looks::{FILTER_LOOKS, LOOKS};
use super::task::Task;
use crate::controls::Settings;
use crate::error::LabError;
use crate::history::Track;
use crate::lab::{Ask, Lab};
use crate::lessons::Material;
use crate::lessons::run::looks;
use crate::nn::layers::parameters;
use crate::nn::models::conv_net::to_keras_dict;
use crate::nn::run::container::Container;
use crate::nn::run::runner::{Weights, device_lost};
use crate::nn::run::weights;
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use bench::FilterBench;
use burn::tensor::Device;
use run::VisionRun;
use serde_json::{Value, json};

/// Builds the lab of a task on a device.
///
/// # Errors
/// `data_missing`, `picture_too_small`, and whatever is wrong with the pictures.
pub fn open(settings: Settings, device: Device, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    match Task::named(Some(settings.text("task"))) {
        Task::Filters => Ok(Box::new(FilterBench::new(settings, material)?)),
        _ => Ok(Box::new(VisionRun::new(settings, device, material)?)),
    }
}

#[async_trait(?Send)]
impl Lab for FilterBench {
    fn settings(&self) -> &Settings {
        &self.declared
    }

    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError> {
        looks::inspect(FILTER_LOOKS, self, what, ask).await
    }
}

#[async_trait(?Send)]
impl Lab for VisionRun {
    fn settings(&self) -> &Settings {
        &self.declared
    }

    fn progress(&self) -> Progress {
        self.runner.progress()
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        self.runner.train(budget).await
    }

    fn tracks(&self) -> Vec<&Track> {
        self.runner.tracks().to_vec()
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        let rows = self.split_rows(split)?;
        let figures = self.runner.evaluate(&rows, Weights::Last).await.map_err(device_lost)?;
        let mut answer = figures.to_map();
        answer.insert("rows".into(), json!(rows.len()));
        Ok(Value::Object(answer))
    }

    async fn predict(&mut self, input: Ask) -> Result<Value, LabError> {
        Ok(json!(predict::predict(self, &input.attachments).await?))
    }

    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError> {
        looks::inspect(LOOKS, self, what, ask).await
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        Ok(self.runner.checkpoint().await.map_err(device_lost)?.to_bytes())
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let container = Container::from_bytes(checkpoint).map_err(LabError::bad_checkpoint)?;
        self.runner.restore(&container).map_err(LabError::bad_checkpoint)
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        if !weights::FORMATS.contains(&format) {
            return Err(LabError::unknown_format(format, &weights::FORMATS));
        }
        let tensors = parameters::read(self.runner.network(Weights::Last)).await.map_err(device_lost)?;
        if format == "safetensors" {
            let note = weights_file::note(self, self.progress().step);
            return Ok(weights::to_safetensors(to_keras_dict(tensors), note.to_string()));
        }
        let failed = |error| LabError::new("unknown_format", format!("burnpack cannot be written: {error}"));
        let network = self.config.init(0, &Device::flex());
        weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<Option<LabError>, LabError> {
        let (tensors, remark) = weights_file::read(self, file).await?;
        let network = self.config.init(0, &self.device.clone().autodiff());
        let network = parameters::write(network, &tensors).map_err(LabError::bad_model)?;
        self.runner = run::start(&self.settings, &self.pictures, &self.config, network, &self.device);
        Ok(remark)
    }

    fn goals(&self) -> Vec<GoalStatus> {
        goals::goals(&self.settings, self.runner.running_figures(), self.runner.evaluations())
    }
}
