//! Looks inside a run: the table that `inspect` answers from.

mod data;
mod films;
mod moved;
mod nearest;
mod tables;
mod user;
mod without;

use super::lab::code;
use super::lab::run::MoviesRun;
use crate::lessons::run::looks::{Look, look};

/// What can be looked at.
pub const LOOKS: &[Look<MoviesRun>] = &[
    look!("data", data::data),
    look!("films", films::films),
    look!("moved", async moved::moved),
    look!("nearest", async nearest::nearest),
    look!("user", user::user),
    look!("without", async without::without),
    look!("tables", tables::tables),
    look!("code", code::code),
];
