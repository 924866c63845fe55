//! Pictures and convolutional networks: filters, MNIST, horse or human, happy or sad, and what the layers see
//! (document 004).

mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod looks;
mod settings;
mod task;

use super::{Chapter, Lesson, Tables};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "vision",
    chapter: Some(Chapter {
        leading: Some("task"),
        controls: settings::controls,
        presets: settings::presets,
        needs: task::needs,
        tables: Tables::None,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::run::open,
        #[cfg(all(test, feature = "flex"))]
        looks: |types| types.add(lab::bench::LOOKS),
    }),
};
