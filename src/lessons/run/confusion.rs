//! Which classes a model takes for which.

use super::maybe::MaybeNan;
use serde::{Deserialize, Serialize};

/// Which rows are judged.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ConfusionOptions {
    /// A split, as `evaluate` takes it.
    pub split: String,
}

/// Counts of the rows of a split by their true and their predicted class, and the misclassified rows.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Confusion {
    /// The split, as it was asked for.
    pub split: String,
    /// Rows of the split.
    pub rows: usize,
    /// `counts[true][predicted]`.
    pub counts: Vec<Vec<u32>>,
    /// How many rows are misclassified.
    pub mistakes: usize,
    /// Of these rows those the model was surest of, where the lesson lists rows; the surest first.
    pub mistaken_rows: Vec<MistakenRow>,
    /// What `certainty` is.
    pub certainty_is: CertaintyKind,
}

/// A row that the model takes for another class than its own.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MistakenRow {
    /// Its number in the table.
    pub row: usize,
    /// Its features in their own units.
    pub features: Vec<f64>,
    /// Its class.
    pub label: u32,
    /// The class predicted.
    pub predicted: usize,
    /// How sure the model was of that class.
    pub certainty: MaybeNan<f32>,
}

/// What a model is sure by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CertaintyKind {
    /// The probability of the class predicted.
    Probability,
    /// How near to its margin the row stands, for a model without probabilities.
    Margin,
}
