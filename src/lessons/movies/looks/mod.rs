//! Looks inside a run: the table that `inspect` answers from.

mod cold_start;
mod data;
mod films;
mod first_lists;
mod funnel;
mod layers;
mod map;
mod moved;
mod nearest;
mod samples;
mod tables;
#[cfg(test)]
pub(super) mod test_support;
mod title;
mod user;
mod without;
mod world;

use super::lab::code;
use super::lab::run::MoviesRun;
use crate::lessons::run::looks::{Look, look};

/// What can be looked at.
pub const LOOKS: &[Look<MoviesRun>] = &[
    look!("cold_start", async cold_start::cold_start),
    look!("data", data::data),
    look!("films", films::films),
    look!("first_lists", async first_lists::first_lists),
    look!("funnel", async funnel::funnel),
    look!("layers", layers::layers),
    look!("map", async map::map),
    look!("moved", async moved::moved),
    look!("nearest", async nearest::nearest),
    look!("samples", samples::samples),
    look!("user", user::user),
    look!("without", async without::without),
    look!("tables", tables::tables),
    look!("title", async title::title),
    look!("world", async world::world),
    look!("code", code::code),
];
