//! Gradient boosting as LightGBM does it: who buys when asked (document 002).
//!
//! The algorithm is the crate [`gbdt`]; this is the lesson around it.

mod dataset;
mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod looks;
mod settings;

use super::{Chapter, Lesson, Needs, Tables};
use settings::BoostingSettings;

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "boosting",
    chapter: Some(Chapter {
        leading: Some("dataset"),
        controls: settings::controls,
        presets: settings::presets,
        needs: |settings| Needs {
            files: settings.read::<BoostingSettings>().dataset.file().into_iter().collect(),
            picture_side: None,
        },
        tables: Tables::Mixed,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::open,
        #[cfg(all(test, feature = "flex"))]
        looks: |types| types.add(looks::LOOKS),
    }),
};
