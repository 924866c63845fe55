//! Gradient boosting as LightGBM does it: who buys when asked (document 002).
//!
//! [`engine`] is the algorithm, usable by itself; the rest is the lesson around it.

#[cfg(feature = "flex")]
mod answers;
#[cfg(feature = "flex")]
mod batch;
mod campaign;
#[cfg(feature = "flex")]
mod code;
mod controls;
mod describe;
#[cfg(feature = "flex")]
pub mod engine;
#[cfg(feature = "flex")]
mod exact_search;
mod experiments;
#[cfg(feature = "flex")]
mod features;
#[cfg(feature = "flex")]
mod goals;
#[cfg(feature = "flex")]
mod growth;
#[cfg(feature = "flex")]
mod inspect;
#[cfg(feature = "flex")]
mod job;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod predict;
#[cfg(feature = "flex")]
mod replay;
#[cfg(feature = "flex")]
mod rules;
#[cfg(feature = "flex")]
mod tables;

use super::{Chapter, Lesson, Needs};
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
            pictures: None,
        },
        accepts: campaign::ACCEPTS,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::open,
    }),
};
