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

use super::{Chapter, Lesson, Needs, SiteFile, SiteSource};
use settings::BoostingSettings;

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "boosting",
    chapter: Some(Chapter {
        leading: Some("dataset"),
        controls: settings::controls,
        presets: settings::presets,
        site_files: &[
            SiteFile { name: "bank.bin", source: SiteSource::Committed("bank-uci.csv.gz") },
            SiteFile { name: "adult.bin", source: SiteSource::Committed("adult-uci.csv.gz") },
        ],
        needs: |settings| Needs {
            files: settings.read::<BoostingSettings>().dataset.file().into_iter().collect(),
            pictures: None,
        },
        accepts: dataset::ACCEPTS,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::open,
        #[cfg(all(test, feature = "flex"))]
        looks: |types| types.add(looks::LOOKS),
    }),
};
