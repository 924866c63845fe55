//! Pictures and convolutional networks: filters, MNIST, horse or human, happy or sad, and what the layers see
//! (document 004).

mod describe;
mod experiments;
#[cfg(feature = "flex")]
mod lab;
#[cfg(feature = "flex")]
mod looks;
mod settings;
mod task;

use super::{Accepts, Chapter, Lesson, SiteFile, SiteSource};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "vision",
    chapter: Some(Chapter {
        leading: Some("task"),
        controls: settings::controls,
        presets: settings::presets,
        site_files: &[
            SiteFile::committed(task::ASCENT),
            SiteFile::committed(task::HORSES_HUMANS),
            SiteFile::committed(task::FACES),
            SiteFile { name: task::MNIST_10K, source: SiteSource::Mnist { train: 10_000, test: 2_000 } },
            SiteFile { name: task::MNIST_ALL, source: SiteSource::Mnist { train: 60_000, test: 10_000 } },
        ],
        needs: task::needs,
        accepts: Accepts::Pictures,
        describe: describe::describe,
        #[cfg(feature = "flex")]
        open: lab::run::open,
        #[cfg(all(test, feature = "flex"))]
        looks: |types| types.add(lab::bench::LOOKS),
    }),
};
