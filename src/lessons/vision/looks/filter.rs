//! A filter on a picture.

use super::super::lab::bench::FilterBench;
use super::super::lab::filter::{Orientation, filtered, pooled};
use crate::data::pictures::Picture;
use crate::error::LabError;
use crate::lessons::run::answers::{self, PictureAnswer};
use serde::{Deserialize, Serialize};

/// Largest side of a picture of the reader's; a larger one is made smaller.
const LARGEST_SIDE: usize = 1_024;

/// Which filter is laid on the picture, and how.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct FilterOptions {
    /// Nine numbers, row by row.
    filter: [f64; 9],
    /// What the sum is multiplied by; 1 where nothing is said.
    #[serde(default = "one")]
    #[cfg_attr(test, ts(optional, as = "Option<f64>"))]
    weight: f64,
    /// Whether rows of the filter are rows of the picture.
    #[serde(default = "corrected")]
    #[cfg_attr(test, ts(optional, as = "Option<Orientation>"))]
    orientation: Orientation,
    /// Whether the output is pooled too.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pool: bool,
}

fn one() -> f64 {
    1.0
}

fn corrected() -> Orientation {
    Orientation::Corrected
}

/// What a filter makes of a picture.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Filtered {
    /// The picture in gray.
    original: PictureAnswer,
    output: PictureAnswer,
    /// The output, half as wide and high, where that was asked for.
    pooled: Option<PictureAnswer>,
    /// Sums of all pixels.
    sums: OfOutput<u64>,
    /// The md5 of all pixels, as the document's code gives it.
    md5: OfOutput<String>,
}

/// Something about the output and, where there is one, the pooled output.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct OfOutput<T> {
    output: T,
    pooled: Option<T>,
}

/// What the filter makes of the lesson's picture or of the reader's, with the sums and md5 sums the document's code
/// gives.
///
/// # Errors
/// `bad_input` for numbers that are not finite.
pub fn filter(
    bench: &FilterBench,
    options: FilterOptions,
    picture: Option<Picture>,
) -> Result<Filtered, LabError> {
    let FilterOptions { filter, weight, orientation, pool } = options;
    if !weight.is_finite() || filter.iter().any(|number| !number.is_finite()) {
        return Err(LabError::bad_input("ten finite numbers"));
    }
    let own = picture.as_ref().map(resized_to_limit);
    let picture = own.as_ref().unwrap_or(&bench.picture);
    let output = filtered(picture, &filter, weight, orientation);
    let smaller = pool.then(|| pooled(&output));
    let sum = |picture: &Picture| picture.pixels.iter().map(|pixel| u64::from(*pixel)).sum::<u64>();
    let md5 = |picture: &Picture| format!("{:x}", md5::compute(&picture.pixels));
    Ok(Filtered {
        original: answers::picture(picture),
        pooled: smaller.as_ref().map(answers::picture),
        sums: OfOutput { output: sum(&output), pooled: smaller.as_ref().map(sum) },
        md5: OfOutput { output: md5(&output), pooled: smaller.as_ref().map(md5) },
        output: answers::picture(&output),
    })
}

/// No larger than what a page can filter while a number is typed.
fn resized_to_limit(picture: &Picture) -> Picture {
    let longest = picture.width.max(picture.height);
    if longest <= LARGEST_SIDE {
        return picture.gray();
    }
    let side = |side: usize| (side * LARGEST_SIDE / longest).max(1);
    picture.resized(side(picture.width), side(picture.height)).gray()
}
