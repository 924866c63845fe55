//! Iris with a feed-forward network: NNDL experiment 5 (document 003).

mod describe;
mod experiments;
#[cfg(feature = "networks")]
mod lab;
#[cfg(feature = "networks")]
mod looks;
mod settings;
mod table;

use super::{Lesson, LessonDefinition, Module, Needs, OpenLab};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "iris",
    definition: Some(LessonDefinition {
        leading: None,
        controls: |material, _| settings::controls(material),
        understand: None,
        presets: |_| settings::presets(),
        // The table is part of the module: it is smaller than a request.
        site_files: &[],
        needs: |_| Needs::default(),
        accepts: table::ACCEPTS,
        describe: describe::describe,
        inside: &describe::INSIDE,
        module: Module::Cpu,
        open: cfg_select! {
            feature = "networks" => { OpenLab::OnDevice(lab::open) }
            _ => { OpenLab::Declared }
        },
        #[cfg(all(test, feature = "lessons"))]
        looks: |types| {
            types.add(looks::LOOKS);
            types.prediction::<lab::predict::Prediction>();
        },
    }),
};
