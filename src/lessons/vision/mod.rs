//! Pictures and convolutional networks: filters, MNIST, horse or human, happy or sad, and what the layers see
//! (document 004).

mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod looks;
mod needs;
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
        needs: needs::needs,
        tables: Tables::None,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::open,
        #[cfg(all(test, feature = "flex"))]
        looks: |types| {
            types.add(looks::LOOKS);
            types.add(looks::FILTER_LOOKS);
        },
    }),
};
