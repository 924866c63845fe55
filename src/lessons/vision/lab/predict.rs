//! What the network makes of pictures of the reader's.

use super::super::settings::Way;
use super::super::task::Task;
use super::run::VisionRun;
use crate::data::pictures::NamedPicture;
use crate::error::LabError;
use crate::lessons::run::answers::{self, PictureAnswer};
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::objective::metric::largest;
use serde::Serialize;

/// Most pictures one call of `predict` takes.
const MOST_PICTURES_TO_PREDICT: usize = 64;

/// The class of each picture, in their order.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Prediction {
    /// Names of the classes.
    classes: Vec<String>,
    /// One number for each picture and class.
    probabilities: MaybeNan<Vec<Vec<f32>>>,
    /// The pictures as the network sees them.
    seen: Vec<PictureAnswer>,
}

/// The answer to `predict` with pictures.
///
/// # Errors
/// `bad_input` for none or too many, `device_lost`.
pub async fn predict(run: &VisionRun, pictures: &[NamedPicture]) -> Result<Prediction, LabError> {
    if pictures.is_empty() || pictures.len() > MOST_PICTURES_TO_PREDICT {
        return Err(LabError::bad_input(format!("1 to {MOST_PICTURES_TO_PREDICT} pictures")));
    }
    let (names, swapped) = (names(run), names_are_swapped(run));
    let (mut classes, mut probabilities, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for named in pictures {
        // One after the other: a phone has no room for many large ones at once.
        let picture = run.seen(&named.picture);
        let bytes = std::iter::once(&picture.pixels[..]);
        let mut certainty = run.probabilities(bytes, scale(run)).await?;
        classes.push(names[largest(&certainty)].clone());
        if swapped {
            // Told in the order of the classes, whatever the names are taken for.
            certainty.reverse();
        }
        probabilities.push(certainty);
        seen.push(answers::picture(&picture));
    }
    Ok(Prediction { classes, probabilities: probabilities.into(), seen })
}

/// Whether the names of the classes are taken in the wrong order: the document takes `p > 0.5` for happy, though
/// folders are numbered in the order of their names, and sad comes second.
fn names_are_swapped(run: &VisionRun) -> bool {
    run.settings.task == Task::HappyOrSad && run.settings.labels == Way::AsWritten
}

/// The name that is answered for each output.
pub fn names(run: &VisionRun) -> Vec<String> {
    let mut names = run.classes.clone();
    if names_are_swapped(run) {
        names.reverse();
    }
    names
}

/// What the pixels of a picture to predict are divided by: the document forgets to.
pub fn scale(run: &VisionRun) -> f32 {
    let as_written = run.settings.task.takes_own() && run.settings.rescale_at_prediction == Way::AsWritten;
    if as_written { 1.0 } else { 255.0 }
}
