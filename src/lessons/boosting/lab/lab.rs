//! The lab of the boosting lesson as the page drives it.

use super::run::BoostingRun;
use super::{goals, predict};
use crate::controls::Settings;
use crate::error::LabError;
use crate::history::Track;
use crate::lab::{Ask, Lab};
use crate::lessons::Material;
use crate::lessons::boosting::looks::LOOKS;
use crate::lessons::run::looks;
use crate::lessons::run::refit::Steps;
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use gbdt::{json, model_text};
use serde::Serialize;
use serde_json::{Value, json};

/// Formats of a model.
const FORMATS: [&str; 1] = ["lightgbm"];

/// Builds the lab.
///
/// # Errors
/// `data_missing`, `bad_table`, `no_features`, `too_few_rows`, and what is wrong with the parameters.
pub fn open(settings: Settings, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    let run = BoostingRun::new(settings.read(), material)?;
    Ok(Box::new(BoostingLab { settings, run }))
}

struct BoostingLab {
    /// As they were declared and checked: what a record and a checkpoint hold.
    settings: Settings,
    run: BoostingRun,
}

/// What a checkpoint holds. Training is quick and repeats to the bit, so that its rounds are simply made again.
#[derive(Serialize)]
struct Checkpoint {
    settings: Value,
    rounds: u64,
    loaded: Option<String>,
}

impl Checkpoint {
    /// `None` where the bytes are not those of a checkpoint.
    fn read(bytes: &[u8]) -> Option<Self> {
        let Value::Object(mut read) = json::read(std::str::from_utf8(bytes).ok()?)? else { return None };
        let loaded = match read.remove("loaded") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => return None,
        };
        let rounds = read.remove("rounds")?.as_u64()?;
        Some(Self { settings: read.remove("settings")?, rounds, loaded })
    }
}

#[async_trait(?Send)]
impl Lab for BoostingLab {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn progress(&self) -> Progress {
        let (progress, rounds) = (self.run.training.progress(), self.run.training.most_steps());
        Progress { epoch: progress.step.max(1), total_epochs: rounds, ..progress }
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        self.run.training.train(budget);
        Ok(self.progress())
    }

    fn tracks(&self) -> Vec<&Track> {
        vec![self.run.training.track()]
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        self.run.figures(split).map(Value::Object)
    }

    async fn predict(&mut self, input: Ask) -> Result<Value, LabError> {
        predict::predict(&self.run, input.value)
    }

    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError> {
        looks::inspect(LOOKS, &mut self.run, what, ask).await
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        let checkpoint = Checkpoint {
            settings: json!(self.settings),
            rounds: self.run.training.made(),
            loaded: self.run.training.loaded.as_ref().map(|loaded| model_text::to_text(&loaded.model)),
        };
        serde_json::to_vec(&checkpoint).map_err(|error| LabError::bad_checkpoint(error.to_string()))
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let read = Checkpoint::read(checkpoint)
            .ok_or_else(|| LabError::bad_checkpoint("it holds no run of boosting".into()))?;
        if read.settings != json!(self.settings) {
            return Err(LabError::bad_checkpoint("it was taken with other settings".into()));
        }
        match &read.loaded {
            Some(text) => self.run.load(text),
            None => self.run.go_to(read.rounds),
        }
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        if !FORMATS.contains(&format) {
            return Err(LabError::unknown_format(format, &FORMATS));
        }
        Ok(model_text::to_text(&self.run.model()).into_bytes())
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<Option<LabError>, LabError> {
        let text = std::str::from_utf8(file).map_err(|_| LabError::bad_model("it is not text".into()))?;
        self.run.load(text).map(|()| None)
    }

    fn goals(&self) -> Vec<GoalStatus> {
        goals::goals(&self.run)
    }
}
