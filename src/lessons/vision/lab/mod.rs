//! The runs of the lesson: with tensors, but for the filters.

pub(super) mod answers;
pub(super) mod bench;
pub(super) mod code;
pub(super) mod cost;
pub(super) mod filter;
pub(super) mod goals;
pub(super) mod run;
pub(super) mod source;
