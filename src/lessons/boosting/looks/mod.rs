//! Looks inside: the table, a tree as it grows, what matters, and why a row has its score.

mod answers;
mod batch;
mod contributions;
mod data;
mod exact_search;
mod form;
mod growth;
mod importance;
mod job;
mod ranking;
mod replay;
mod rules;
mod table_csv;
mod tree_nodes;
mod trees;

use super::lab::code;
use super::lab::run::BoostingRun;
use crate::lessons::run::looks::{Look, look};

/// What can be looked at.
pub const LOOKS: &[Look<BoostingRun>] = &[
    look!("data", data::data),
    look!("growth", growth::growth),
    look!("importance", importance::importance),
    look!("answers", answers::answers),
    look!("contributions", contributions::contributions),
    look!("trees", trees::trees),
    look!("rules", rules::rules),
    look!("ranking", ranking::ranking),
    look!("form", form::form),
    look!("batch_file", batch::batch_file),
    look!("batch", batch::batch),
    look!("job", job::job),
    look!("exact_search", exact_search::exact_search),
    look!("replay", replay::replay),
    look!("model_text", trees::model_text),
    look!("table_csv", table_csv::table_csv),
    look!("code", code::code),
];
