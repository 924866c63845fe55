//! Pictures and convolutional networks: filters, MNIST, horse or human, happy or sad, and what the layers see
//! (document 004).

mod describe;
mod experiments;
#[cfg(feature = "networks")]
mod lab;
#[cfg(feature = "networks")]
mod looks;
mod needs;
mod settings;
mod task;
mod usual;

use super::{Accepts, Lesson, LessonDefinition, Module, OpenLab, SiteFile, SiteSource};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "vision",
    definition: Some(LessonDefinition {
        leading: Some("task"),
        controls: settings::controls,
        understand: None,
        presets: settings::presets,
        site_files: &[
            SiteFile::committed(task::ASCENT),
            SiteFile::committed(task::HORSES_HUMANS),
            SiteFile::committed(task::FACES),
            SiteFile { name: task::MNIST_10K, source: SiteSource::Mnist { train: 10_000, test: 2_000 } },
            SiteFile { name: task::MNIST_ALL, source: SiteSource::Mnist { train: 60_000, test: 10_000 } },
        ],
        needs: needs::needs,
        accepts: Accepts::Pictures,
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
            types.add(looks::FILTER_LOOKS);
            types.prediction::<lab::predict::Prediction>();
        },
    }),
};
