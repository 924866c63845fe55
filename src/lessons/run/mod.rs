//! What the labs of several lessons have in common.

pub mod refit;
