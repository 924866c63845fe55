//! Looks inside a run: the table that `inspect` answers from.

mod data;
mod films;
mod funnel;
mod world;

use super::lab::run::MoviesRun;
use crate::lessons::run::looks::{Look, look};

/// What can be looked at.
pub const LOOKS: &[Look<MoviesRun>] = &[
    look!("data", data::data),
    look!("films", films::films),
    look!("funnel", async funnel::funnel),
    look!("world", async world::world),
];
