//! Looks inside a run: the table that `inspect` answers from.

mod codes;
mod cost;
mod data;
mod disturbed;
mod graph;
mod items;
mod pooling;
mod secret;
mod tables;

use super::lab::code::code;
use super::lab::run::SequencesRun;
use crate::lessons::run::looks::{Look, look};

/// What can be looked at.
pub const LOOKS: &[Look<SequencesRun>] = &[
    look!("code", code),
    look!("codes", codes::codes),
    look!("cost", async cost::cost),
    look!("data", data::data),
    look!("disturbed", async disturbed::disturbed),
    look!("graph", async graph::graph),
    look!("item_pictures", items::item_pictures),
    look!("items", items::items),
    look!("pooling", async pooling::pooling),
    look!("secret", secret::judge),
    look!("tables", async tables::tables),
];
