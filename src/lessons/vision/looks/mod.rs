//! Looks inside: the tables that `inspect` answers from.

mod confusion;
mod filter;
mod filters;
mod judged;
mod maps;
mod mistakes;
mod pictures;
mod replay;
mod summary;

use super::lab::bench::FilterBench;
use super::lab::code;
use super::lab::run::VisionRun;
use crate::lessons::run::looks::{Look, look};

/// What can be looked at in a run of a network.
pub const LOOKS: &[Look<VisionRun>] = &[
    look!("summary", summary::summary),
    look!("pictures", pictures::pictures),
    look!("mistakes", async mistakes::mistakes),
    look!("confusion", async confusion::confusion),
    look!("maps", async maps::maps, with picture),
    look!("filters", async filters::filters),
    look!("replay", async replay::replay),
    look!("code", code::code),
];

/// What can be looked at where filters are chosen by hand.
pub const FILTER_LOOKS: &[Look<FilterBench>] = &[look!("filter", filter::filter, with picture)];
