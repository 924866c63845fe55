//! A run that is whole in itself, with which oracles are compared.

use super::super::lab::run::VisionRun;
use crate::error::LabError;
use crate::nn::run::picture_replay::{self, PictureReplay, Replayed};

/// Makes the run that the options describe; the lab's own run is not touched.
///
/// # Errors
/// `bad_input` for what does not fit.
pub async fn replay(run: &VisionRun, options: PictureReplay) -> Result<Replayed, LabError> {
    picture_replay::replay(options, run.runner.device()).await.map_err(LabError::bad_input)
}
