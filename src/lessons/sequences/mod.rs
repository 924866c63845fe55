//! MMSR: histories of items with pictures and words as graphs (CIKM'23; `spec/sequences.md`).

mod dataset;
mod describe;
#[cfg(feature = "sequences")]
mod edited;
#[cfg(feature = "sequences")]
mod edits;
mod experiments;
#[cfg(feature = "sequences")]
pub mod graph;
#[cfg(feature = "sequences")]
mod lab;
#[cfg(feature = "sequences")]
mod looks;
#[cfg(feature = "sequences")]
pub mod modality;
#[cfg(feature = "sequences")]
pub mod networks;
#[cfg(feature = "sequences")]
pub mod node_name;
#[cfg(feature = "sequences")]
pub mod picture_features;
#[cfg(feature = "sequences")]
pub mod preparation;
mod settings;

use super::{Accepts, Lesson, LessonDefinition, Module, Needs, OpenLab, SiteFile, SiteSource};
use settings::SequencesSettings;

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "sequences",
    definition: Some(LessonDefinition {
        leading: Some("model"),
        controls: settings::controls,
        understand: None,
        presets: settings::presets,
        site_files: &[
            SiteFile { name: dataset::EMOJI, source: SiteSource::Committed("items.tsv") },
            SiteFile::committed(dataset::EMOJI_SHEET),
        ],
        needs: |settings| Needs {
            files: settings.read::<SequencesSettings>().dataset.files(),
            pictures: None,
        },
        accepts: Accepts::Sequences,
        describe: describe::describe,
        inside: &describe::INSIDE,
        module: Module::Sequences,
        open: cfg_select! {
            feature = "sequences" => { OpenLab::OnDevice(lab::open) }
            _ => { OpenLab::Declared }
        },
        #[cfg(all(test, feature = "lessons"))]
        looks: |types| {
            types.add(looks::LOOKS);
            types.prediction::<lab::predict::Prediction>();
        },
    }),
};
