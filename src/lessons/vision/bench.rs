//! The task `filters`: a lab that trains nothing, and filters a picture when asked.

use super::answers;
use super::filter::{Orientation, filtered, pooled};
use super::source;
use super::task::ASCENT;
use crate::controls::Settings;
use crate::data::pictures::{NamedPicture, Picture};
use crate::error::LabError;
use crate::lab::Lab;
use crate::lessons::Material;
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What can be looked at.
const INSPECTIONS: [&str; 1] = ["filter"];
/// Largest side of a picture of the reader's; a larger one is made smaller.
const LARGEST_SIDE: usize = 1_024;

/// A gray picture and whatever filter is laid on it.
pub(super) struct FilterBench {
    settings: Settings,
    picture: Picture,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Laid {
    AsWritten,
    Corrected,
}

#[derive(Deserialize)]
struct FilterOptions {
    /// Nine numbers, row by row.
    filter: [f64; 9],
    #[serde(default = "one")]
    weight: f64,
    #[serde(default = "corrected")]
    orientation: Laid,
    #[serde(default)]
    pool: bool,
}

fn one() -> f64 {
    1.0
}

fn corrected() -> Laid {
    Laid::Corrected
}

impl FilterBench {
    pub(super) fn new(settings: Settings, material: &Material) -> Result<Self, LabError> {
        let picture = source::sheet(material, ASCENT)?.gray();
        Ok(Self { settings, picture })
    }
}

/// What the filter makes of a gray picture, with the sums and md5 sums the document's code gives.
fn filter(picture: &Picture, options: Value) -> Result<Value, LabError> {
    let FilterOptions { filter, weight, orientation, pool } =
        serde_json::from_value(options).map_err(|error| LabError::bad_input(error.to_string()))?;
    if !weight.is_finite() || filter.iter().any(|number| !number.is_finite()) {
        return Err(LabError::bad_input("ten finite numbers"));
    }
    let orientation = match orientation {
        Laid::AsWritten => Orientation::AsWritten,
        Laid::Corrected => Orientation::Corrected,
    };
    let output = filtered(picture, &filter, weight, orientation);
    let smaller = pool.then(|| pooled(&output));
    let sum = |picture: &Picture| picture.pixels.iter().map(|pixel| u64::from(*pixel)).sum::<u64>();
    let md5 = |picture: &Picture| format!("{:x}", md5::compute(&picture.pixels));
    Ok(json!({
        "original": answers::picture(picture),
        "output": answers::picture(&output),
        "pooled": smaller.as_ref().map(answers::picture),
        "sums": { "output": sum(&output), "pooled": smaller.as_ref().map(sum) },
        "md5": { "output": md5(&output), "pooled": smaller.as_ref().map(md5) },
    }))
}

/// No larger than what a page can filter while a number is typed.
fn brought_to_size(picture: &Picture) -> Picture {
    let longest = picture.width.max(picture.height);
    if longest <= LARGEST_SIDE {
        return picture.gray();
    }
    let side = |side: usize| (side * LARGEST_SIDE / longest).max(1);
    picture.resized(side(picture.width), side(picture.height)).gray()
}

fn nothing_trains() -> LabError {
    LabError::new("nothing_trains", "A filter is chosen by hand here: choose a task with a network first.")
}

#[async_trait(?Send)]
impl Lab for FilterBench {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn progress(&self) -> Progress {
        Progress {
            step: 0,
            total_steps: 0,
            epoch: 0,
            total_epochs: 0,
            metrics: Map::new(),
            finished: true,
            diverged: false,
        }
    }

    async fn train(&mut self, _budget: Budget) -> Result<Progress, LabError> {
        Ok(self.progress())
    }

    async fn evaluate(&mut self, _split: &str) -> Result<Value, LabError> {
        Err(nothing_trains())
    }

    async fn predict(&mut self, _input: Value) -> Result<Value, LabError> {
        Err(nothing_trains())
    }

    async fn inspect(&mut self, what: &str, options: Value) -> Result<Value, LabError> {
        match what {
            "filter" => filter(&self.picture, options),
            other => Err(LabError::unknown_inspection(other, &INSPECTIONS)),
        }
    }

    async fn inspect_picture(
        &mut self,
        what: &str,
        options: Value,
        picture: NamedPicture,
    ) -> Result<Value, LabError> {
        match what {
            "filter" => filter(&brought_to_size(&picture.picture), options),
            other => Err(LabError::unknown_inspection(other, &INSPECTIONS)),
        }
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        Ok(Vec::new())
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        match checkpoint {
            [] => Ok(()),
            _ => Err(LabError::bad_checkpoint("it holds a network".into())),
        }
    }

    async fn export_model(&mut self, _format: &str) -> Result<Vec<u8>, LabError> {
        Err(nothing_trains())
    }

    async fn import_model(&mut self, _file: &[u8]) -> Result<(), LabError> {
        Err(nothing_trains())
    }

    fn goals(&self) -> Vec<GoalStatus> {
        Vec::new()
    }
}
