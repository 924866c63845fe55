//! The lab of the lesson: a run as the page drives it.

pub mod candidate;
pub mod classic;
pub mod code;
pub mod cold_start;
mod evaluate;
pub mod features;
pub mod first_lists;
pub mod fusion;
mod goals;
pub mod judged_lists;
mod loaded;
pub mod newcomer;
pub mod predict;
mod rows;
pub mod run;
pub mod two_stages;
pub mod vectors;
mod weights_file;
pub mod who;

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
use run::{MoviesRun, Trained};
use serde_json::{Value, json};

/// Builds the lab on a device.
///
/// # Errors
/// `data_missing`, `bad_data`, `too_few_ratings`.
pub fn open(settings: Settings, device: Device, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    Ok(Box::new(MoviesRun::new(settings, device, material)?))
}

#[async_trait(?Send)]
impl Lab for MoviesRun {
    fn settings(&self) -> &Settings {
        &self.declared
    }

    fn progress(&self) -> Progress {
        match &self.model {
            Trained::Fusion(run) => run.progress(),
            Trained::Candidate(run) => run.progress(),
            Trained::Ranking(run) => run.progress(),
            Trained::Classic(run) => run.in_parts(run.progress()),
        }
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        match &mut self.model {
            Trained::Fusion(run) => run.train(budget).await,
            Trained::Candidate(run) => run.train(budget).await,
            Trained::Ranking(run) => run.train(budget).await,
            Trained::Classic(run) => {
                run.train(budget);
                Ok(self.progress())
            }
        }
    }

    fn tracks(&self) -> Vec<&Track> {
        match &self.model {
            Trained::Fusion(run) => run.tracks().to_vec(),
            Trained::Candidate(run) => run.tracks().to_vec(),
            Trained::Ranking(run) => run.tracks(),
            Trained::Classic(run) => vec![run.track()],
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
        let container = match &mut self.model {
            Trained::Fusion(run) => run.checkpoint().await.map_err(device_lost)?,
            Trained::Candidate(run) => run.checkpoint().await.map_err(device_lost)?,
            Trained::Ranking(run) => run.checkpoint().await?,
            Trained::Classic(run) => Container::new(run.checkpoint()),
        };
        Ok(container.to_bytes())
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let bad = LabError::bad_checkpoint;
        let container = Container::from_bytes(checkpoint).map_err(bad)?;
        let anew = self.classic();
        match &mut self.model {
            Trained::Fusion(run) => run.restore(&container).map_err(bad)?,
            Trained::Candidate(run) => run.restore(&container).map_err(bad)?,
            Trained::Ranking(run) => run.restore(&container).await?,
            Trained::Classic(run) => run.restore(&container.note, || Ok(anew()))?,
        }
        self.forget();
        Ok(())
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
