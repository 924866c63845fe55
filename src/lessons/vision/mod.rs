//! Pictures and convolutional networks: filters, MNIST, horse or human, happy or sad, and what the layers see
//! (document 004).

#[cfg(feature = "flex")]
mod answers;
#[cfg(feature = "flex")]
mod bench;
#[cfg(feature = "flex")]
mod code;
mod controls;
#[cfg(feature = "flex")]
mod cost;
mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod filter;
#[cfg(feature = "flex")]
mod goals;
#[cfg(feature = "flex")]
mod inspect;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod maps;
#[cfg(feature = "flex")]
mod source;
mod task;

use super::{Accepts, Chapter, Lesson};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "vision",
    chapter: Some(Chapter {
        leading: Some("task"),
        controls: controls::controls,
        presets: controls::presets,
        needs: task::needs,
        accepts: Accepts::Pictures,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::open,
    }),
};
