//! The run of the lesson: with tensors.

pub(super) mod classical;
pub(super) mod code;
pub(super) mod run;
