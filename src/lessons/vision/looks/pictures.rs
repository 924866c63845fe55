//! Pictures of a split with their classes.

use super::super::lab::run::VisionRun;
use crate::error::LabError;
use crate::lessons::run::answers::{self, PictureAnswer};
use serde::{Deserialize, Serialize};

/// Most pictures that are sent at once.
pub const MOST_PICTURES: usize = 64;

/// Which pictures are sent.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PicturesOptions {
    /// A split, as `evaluate` takes it.
    split: String,
    /// Place of the first one.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    from: usize,
    /// How many, 64 at most; 16 where nothing is said.
    #[serde(default = "sixteen")]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    count: usize,
    /// In which order they are taken.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Order>"))]
    order: Order,
}

/// An order of pictures.
#[derive(Deserialize, Default, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum Order {
    /// As they stand.
    #[default]
    Order,
    /// As many of each class, one class after the other, as in the document's four by four.
    Classes,
}

/// As many pictures as stand in the document's four by four.
pub fn sixteen() -> usize {
    16
}

/// Pictures of a split.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Pictures {
    /// How many pictures the split has.
    total: usize,
    counts: Counts,
    pictures: Vec<LabelledPicture>,
}

/// Pictures of each class.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Counts {
    train: Vec<u32>,
    test: Vec<u32>,
}

/// A picture and its class.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LabelledPicture {
    #[serde(flatten)]
    picture: PictureAnswer,
    /// Place in the split.
    index: usize,
    label: u32,
    /// Icon or path it comes from; empty where there is none.
    origin: String,
}

/// Pictures of a split with their classes, and how many of each class there are.
///
/// # Errors
/// `unknown_split`, `bad_input`.
pub fn pictures(run: &VisionRun, options: PicturesOptions) -> Result<Pictures, LabError> {
    let PicturesOptions { split, from, count, order } = options;
    let rows = run.split_rows(&split)?;
    check_count(count)?;
    let shown: Vec<usize> = match order {
        Order::Order => rows.iter().skip(from).take(count).copied().collect(),
        Order::Classes => of_each_class(run, &rows, from, count),
    };
    let pictures = shown.iter().map(|&row| LabelledPicture {
        picture: answers::picture(&run.pictures.picture(row)),
        index: row - rows[0],
        label: run.pictures.labels[row],
        origin: origin(run, row),
    });
    Ok(Pictures {
        total: rows.len(),
        counts: Counts { train: counts(run, "train")?, test: counts(run, "test")? },
        pictures: pictures.collect(),
    })
}

/// Refuses more pictures than are sent at once.
///
/// # Errors
/// `bad_input`.
pub fn check_count(count: usize) -> Result<(), LabError> {
    if count > MOST_PICTURES {
        return Err(LabError::bad_input(format!("at most {MOST_PICTURES} pictures")).with("option", "count"));
    }
    Ok(())
}

/// Icon or path a picture comes from.
pub fn origin(run: &VisionRun, row: usize) -> String {
    run.pictures.origins.get(row).cloned().unwrap_or_default()
}

fn of_each_class(run: &VisionRun, rows: &[usize], from: usize, count: usize) -> Vec<usize> {
    let each = (count / run.classes.len()).max(1);
    let first = from / run.classes.len();
    (0..run.classes.len() as u32)
        .flat_map(|class| {
            let of_class = rows.iter().filter(move |row| run.pictures.labels[**row] == class);
            of_class.skip(first).take(each).copied()
        })
        .collect()
}

fn counts(run: &VisionRun, split: &str) -> Result<Vec<u32>, LabError> {
    let mut counts = vec![0; run.classes.len()];
    run.split_rows(split)?.iter().for_each(|row| counts[run.pictures.labels[*row] as usize] += 1);
    Ok(counts)
}
