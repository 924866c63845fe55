//! Decision regions of the lab's model.

use super::super::lab::run::IrisRun;
use super::plane::{Plane, Regions, RegionsOptions};
use crate::error::LabError;

/// Class and its certainty over a grid of two features.
///
/// # Errors
/// `bad_input`, `device_lost`.
pub async fn regions(run: &IrisRun, options: RegionsOptions) -> Result<Regions, LabError> {
    let plane = Plane::new(run, options)?;
    let certainty = run.certainty(&plane.points).await?;
    Ok(plane.judged(&certainty, run.table.classes.len()))
}
