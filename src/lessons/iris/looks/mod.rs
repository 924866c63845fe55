//! Looks inside a run: the table that `inspect` answers from.

mod activations;
mod comparison;
mod confusion;
mod data;
mod dynamics;
mod network;
mod plane;
mod regions;
mod replay;
mod sample;
mod vectors;

use super::lab::code;
use super::lab::run::IrisRun;
use crate::lessons::run::looks::{Look, look};

/// What can be looked at.
pub const LOOKS: &[Look<IrisRun>] = &[
    look!("data", data::data),
    look!("network", async network::network),
    look!("activations", async activations::activations),
    look!("dynamics", async dynamics::dynamics),
    look!("regions", async regions::regions),
    look!("confusion", async confusion::confusion),
    look!("sample", async sample::sample),
    look!("comparison", async comparison::comparison),
    look!("vectors", vectors::vectors),
    look!("replay", async replay::replay),
    look!("code", code::code),
];
