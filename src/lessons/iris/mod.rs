//! Iris with a feed-forward network: NNDL experiment 5 (document 003).

#[cfg(feature = "flex")]
mod classical;
#[cfg(feature = "flex")]
mod code;
mod controls;
mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod inspect;
#[cfg(feature = "flex")]
mod judgement;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod network_inside;
mod table;

use super::{Chapter, Lesson, Needs};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "iris",
    chapter: Some(Chapter {
        leading: None,
        controls: |material, _| controls::controls(material),
        presets: |_| controls::presets(),
        needs: |_| Needs::default(),
        accepts: table::ACCEPTS,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::open,
    }),
};
