//! Gradient boosting as LightGBM does it: who buys when asked (document 002).
//!
//! The algorithm is the crate [`gbdt`]; this is the lesson around it.

#[cfg(feature = "trees")]
mod answers;
#[cfg(feature = "trees")]
mod batch;
mod campaign;
#[cfg(feature = "trees")]
mod code;
mod controls;
mod describe;
#[cfg(feature = "trees")]
mod exact_search;
mod experiments;
#[cfg(feature = "trees")]
mod features;
#[cfg(feature = "trees")]
mod goals;
#[cfg(feature = "trees")]
mod growth;
#[cfg(feature = "trees")]
mod inspect;
#[cfg(feature = "trees")]
mod job;
#[cfg(feature = "trees")]
mod lab;
#[cfg(feature = "trees")]
mod predict;
#[cfg(feature = "trees")]
mod replay;
#[cfg(feature = "trees")]
mod rules;
#[cfg(feature = "trees")]
mod tables;

use super::{Chapter, Lesson, Module, Needs, OpenLab, Tables};
use campaign::Campaign;

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "boosting",
    chapter: Some(Chapter {
        leading: Some("dataset"),
        controls: controls::controls,
        presets: controls::presets,
        needs: |settings| Needs {
            files: Campaign::of(settings).file().into_iter().collect(),
            picture_side: None,
        },
        tables: Tables::Mixed,
        describe: describe::describe,
        module: Module::Trees,
        open: cfg_select! {
            feature = "trees" => { OpenLab::Plain(lab::open) }
            _ => { OpenLab::Declared }
        },
    }),
};
