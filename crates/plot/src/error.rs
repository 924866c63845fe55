//! Why a chart could not be drawn.

use std::fmt;

/// A sentence, in English, for whoever wrote the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotError {
    message: String,
}

impl PlotError {
    /// An error with its sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for PlotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chart cannot be drawn: {}", self.message)
    }
}

impl std::error::Error for PlotError {}
