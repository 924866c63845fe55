//! Pictures the network takes for another class than their own.

use super::super::lab::run::VisionRun;
use super::judged::judged;
use super::pictures::{check_count, origin, sixteen};
use crate::error::LabError;
use crate::lessons::run::answers::{self, PictureAnswer};
use crate::lessons::run::maybe::MaybeNan;
use serde::{Deserialize, Serialize};

/// Which mistakes are sent.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct MistakesOptions {
    /// A split, as `evaluate` takes it.
    split: String,
    /// How many, 64 at most; 16 where nothing is said.
    #[serde(default = "sixteen")]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    count: usize,
}

/// The misclassified pictures of a split.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Mistakes {
    /// The split, as it was asked for.
    split: String,
    /// Pictures of the split.
    rows: usize,
    /// How many of them are misclassified.
    mistakes: usize,
    /// Those the network was surest of first.
    pictures: Vec<MistakenPicture>,
}

/// A misclassified picture.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct MistakenPicture {
    #[serde(flatten)]
    picture: PictureAnswer,
    /// Place in the split.
    index: usize,
    label: usize,
    predicted: usize,
    /// The probability of the class predicted.
    certainty: MaybeNan<f32>,
    /// Icon or path it comes from; empty where there is none.
    origin: String,
}

/// Pictures taken for another class than their own, those the network is surest of first.
///
/// # Errors
/// `unknown_split`, `bad_input`, `device_lost`.
pub async fn mistakes(run: &VisionRun, options: MistakesOptions) -> Result<Mistakes, LabError> {
    let MistakesOptions { split, count } = options;
    check_count(count)?;
    let mut wrong = judged(run, &split).await?;
    let rows = wrong.len();
    wrong.retain(|picture| picture.label != picture.predicted);
    wrong.sort_by(|one, other| other.certainty.total_cmp(&one.certainty));
    let first = run.split_rows(&split)?[0];
    let pictures = wrong.iter().take(count).map(|one| MistakenPicture {
        picture: answers::picture(&run.pictures.picture(one.row)),
        index: one.row - first,
        label: one.label,
        predicted: one.predicted,
        certainty: one.certainty.into(),
        origin: origin(run, one.row),
    });
    Ok(Mistakes { split, rows, mistakes: wrong.len(), pictures: pictures.collect() })
}
