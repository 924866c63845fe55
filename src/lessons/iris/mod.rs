//! Iris with a feed-forward network: NNDL experiment 5 (document 003).

mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod looks;
mod settings;
mod table;

use super::{Chapter, Lesson, Needs, Tables};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "iris",
    chapter: Some(Chapter {
        leading: None,
        controls: |material, _| settings::controls(material),
        presets: |_| settings::presets(),
        needs: |_| Needs::default(),
        tables: Tables::Numbers,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::open,
        #[cfg(all(test, feature = "flex"))]
        looks: |types| types.add(looks::LOOKS),
    }),
};
