//! The lab of the lesson: a run as the page drives it.

pub mod code;
pub mod counting;
mod evaluate;
mod goals;
pub mod loaded;
pub mod missing;
pub mod network;
pub mod predict;
pub mod prepared;
pub mod run;
pub mod spoken;
pub mod weights_file;

pub use evaluate::judged;

use super::looks::LOOKS;
use crate::controls::Settings;
use crate::error::LabError;
use crate::history::Track;
use crate::lab::{Ask, Lab};
use crate::lessons::Material;
use crate::lessons::run::looks;
use crate::nn::run::container::Container;
use crate::nn::run::runner::device_lost;
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use burn::tensor::Device;
use counting::Counting;
use run::{SequencesRun, Trained};
use serde_json::{Value, json};

/// Builds the lab on a device.
///
/// # Errors
/// `data_missing`, `bad_data`, `too_few_histories`.
pub fn open(settings: Settings, device: Device, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    Ok(Box::new(SequencesRun::new(settings, device, material)?))
}

#[async_trait(?Send)]
impl Lab for SequencesRun {
    fn settings(&self) -> &Settings {
        &self.declared
    }

    fn progress(&self) -> Progress {
        self.progress()
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        self.train(budget).await
    }

    fn tracks(&self) -> Vec<&Track> {
        match &self.model {
            Trained::Network(run) => run.tracks().to_vec(),
            Trained::Counted(run) => vec![run.track()],
            Trained::Preparing(_) => Vec::new(),
        }
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        evaluate::evaluate(self, split).await.map(Value::Object)
    }

    async fn predict(&mut self, input: Ask) -> Result<Value, LabError> {
        Ok(json!(predict::predict(self, input).await?))
    }

    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError> {
        looks::inspect(LOOKS, self, what, ask).await
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        self.ready();
        let container = match &mut self.model {
            Trained::Network(run) => run.checkpoint().await.map_err(device_lost)?,
            Trained::Counted(run) => Container::new(run.checkpoint()),
            Trained::Preparing(_) => unreachable!("it is prepared"),
        };
        Ok(container.to_bytes())
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let bad = LabError::bad_checkpoint;
        let container = Container::from_bytes(checkpoint).map_err(bad)?;
        self.ready();
        let (model, items, histories) = (self.settings.model, self.items().len(), self.histories.clone());
        match &mut self.model {
            Trained::Network(run) => run.restore(&container).map_err(bad),
            Trained::Counted(run) => {
                run.restore(&container.note, || Ok(Counting::new(model, items, histories.clone())))
            }
            Trained::Preparing(_) => unreachable!("it is prepared"),
        }
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        weights_file::write(self, format).await
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<Option<LabError>, LabError> {
        weights_file::read(self, file).await
    }

    fn goals(&self) -> Vec<GoalStatus> {
        goals::goals(self)
    }
}
