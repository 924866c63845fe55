//! What the labs of several lessons have in common.

pub mod looks;
pub mod maybe;
mod options;
pub mod refit;
