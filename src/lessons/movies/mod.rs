//! The movies lesson: the document's fusion recommender, YouTube's two networks, and what came before them (document 000).

mod dataset;
mod describe;
mod experiments;
#[cfg(feature = "recommenders")]
mod lab;
#[cfg(feature = "recommenders")]
mod looks;
#[cfg(feature = "recommenders")]
pub mod networks;
mod settings;

use super::{Accepts, Lesson, LessonDefinition, Module, Needs, OpenLab, SiteFile, SiteSource};
use settings::MoviesSettings;

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "movies",
    definition: Some(LessonDefinition {
        leading: Some("model"),
        controls: settings::controls,
        understand: None,
        presets: settings::presets,
        site_files: &[SiteFile {
            name: dataset::LATEST_SMALL,
            source: SiteSource::Committed("latest-small.bin.gz"),
        }],
        needs: |settings| Needs {
            files: settings.read::<MoviesSettings>().dataset.file().into_iter().collect(),
            pictures: None,
        },
        accepts: Accepts::Ratings,
        describe: describe::describe,
        inside: &describe::INSIDE,
        module: Module::Recommenders,
        open: cfg_select! {
            feature = "recommenders" => { OpenLab::OnDevice(lab::open) }
            _ => { OpenLab::Declared }
        },
        #[cfg(all(test, feature = "lessons"))]
        looks: |types| {
            types.add(looks::LOOKS);
            types.prediction::<lab::predict::Prediction>();
        },
    }),
};
