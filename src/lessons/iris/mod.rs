//! Iris with a feed-forward network: NNDL experiment 5 (document 003).

mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod looks;
mod settings;
mod table;

use super::{Chapter, Lesson, Needs};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "iris",
    chapter: Some(Chapter {
        leading: None,
        controls: |material, _| settings::controls(material),
        presets: |_| settings::presets(),
        // The table is part of the module: it is smaller than a request.
        site_files: &[],
        needs: |_| Needs::default(),
        accepts: table::ACCEPTS,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::run::open,
        #[cfg(all(test, feature = "flex"))]
        looks: |_| {},
    }),
};
