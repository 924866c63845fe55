//! What the labs of several lessons have in common.

#[cfg(feature = "tensors")]
pub mod answers;
pub mod confusion;
pub mod looks;
pub mod maybe;
pub mod model_note;
mod options;
pub mod refit;
