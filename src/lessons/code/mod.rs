//! Programs for the reader to take away: templates that the labs fill with their settings.

pub(super) mod python;
#[cfg(any(feature = "recommenders", feature = "sequences"))]
pub(super) mod tables;
pub(super) mod template;

#[cfg(feature = "tensors")]
use crate::{controls::RateChanges, error::LabError};
use serde::Serialize;

/// A program for the reader to take away.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Program {
    /// Name of its file.
    pub file: String,
    /// What to install: the lines of Cargo.toml, or the command.
    pub install: String,
    /// The program.
    pub text: String,
}

/// Refuses runs whose learning rate changes on the way: the programs train with one.
///
/// # Errors
/// `rate_changed`.
#[cfg(feature = "tensors")]
pub(super) fn with_one_rate(changes: &RateChanges) -> Result<(), LabError> {
    if changes.is_empty() {
        return Ok(());
    }
    Err(LabError::new(
        "rate_changed",
        "The programs train with one learning rate: without `learning_rate_changes` they stand here.",
    ))
}

/// The same program in each language.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Programs {
    /// With burn, or with a crate for the model.
    pub rust: Program,
    /// With the document's own framework, or one of its kind.
    pub python: Program,
}
