//! Programs for the reader to take away: templates that the labs fill with their settings.

pub(super) mod python;
pub(super) mod template;

use serde::Serialize;

/// A program for the reader to take away.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Program {
    /// Name of its file.
    pub(super) file: String,
    /// What to install: the lines of Cargo.toml, or the command.
    pub(super) install: String,
    /// The program.
    pub(super) text: String,
}
