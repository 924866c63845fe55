//! What has to be fetched for a task.

use super::settings::VisionSettings;
use super::task::{ASCENT, FACES, HORSES_HUMANS, MNIST_10K, MNIST_ALL, SMALL_MNIST, Task};
use crate::controls::Settings;
use crate::lessons::{Needs, PictureForm};

/// The file these settings need, or how the reader's own pictures are read.
pub fn needs(settings: &Settings) -> Needs {
    let settings = settings.read::<VisionSettings>();
    if settings.is_own() {
        let form = PictureForm { side: settings.side, seed: settings.seed };
        return Needs { files: Vec::new(), pictures: Some(form) };
    }
    Needs { files: vec![file(&settings)], pictures: None }
}

/// The file of the site that a task learns from.
pub fn file(settings: &VisionSettings) -> &'static str {
    match settings.task {
        Task::Filters => ASCENT,
        Task::Mnist if settings.train_size > SMALL_MNIST => MNIST_ALL,
        Task::Mnist => MNIST_10K,
        Task::HorseOrHuman => HORSES_HUMANS,
        Task::HappyOrSad => FACES,
    }
}
