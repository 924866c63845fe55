//! Looks inside the run.

pub(super) mod inspect;
pub(super) mod judgement;
pub(super) mod network_inside;
