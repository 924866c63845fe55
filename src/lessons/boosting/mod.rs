//! Gradient boosting as LightGBM does it: who buys when asked (document 002).
//!
//! The algorithm is the crate [`gbdt`]; this is the lesson around it.

mod dataset;
mod describe;
mod experiments;
#[cfg(feature = "trees")]
mod lab;
#[cfg(feature = "trees")]
mod looks;
mod settings;
#[cfg(feature = "trees")]
mod understand;

use super::{Lesson, LessonDefinition, Module, Needs, OpenLab, SiteFile, SiteSource};
use settings::BoostingSettings;

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "boosting",
    definition: Some(LessonDefinition {
        leading: Some("dataset"),
        controls: settings::controls,
        understand: cfg_select! {
            feature = "trees" => { Some(understand::understand) }
            _ => { None }
        },
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
        inside: &describe::INSIDE,
        module: Module::Trees,
        open: cfg_select! {
            feature = "trees" => { OpenLab::Plain(lab::open) }
            _ => { OpenLab::Declared }
        },
        #[cfg(all(test, feature = "lessons"))]
        looks: |types| {
            types.add(looks::LOOKS);
            types.prediction::<lab::predict::Predicted<'_>>();
        },
    }),
};
