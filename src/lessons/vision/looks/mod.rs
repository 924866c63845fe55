//! Looks inside the run.

pub(super) mod inspect;
pub(super) mod maps;
