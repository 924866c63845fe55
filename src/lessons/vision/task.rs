//! The four tasks of the document, and the data each learns from.

use crate::controls::Settings;
use crate::lessons::{Needs, PictureForm};

/// What the lesson does at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// One filter on one picture (the document's first section); nothing is trained.
    Filters,
    /// Handwritten digits (its exercise).
    Mnist,
    /// Two classes of composed pictures, or the reader's own folder.
    HorseOrHuman,
    /// Faces, or the reader's own folder.
    HappyOrSad,
}

/// Files of the site, by their names in its folder `data/`.
pub const ASCENT: &str = "ascent.png";
/// 10,000 training and 2,000 test pictures.
pub const MNIST_10K: &str = "mnist_10k.bin";
/// All 60,000 and 10,000.
pub const MNIST_ALL: &str = "mnist_all.bin";
/// Figures the pictures of horse or human are composed of.
pub const HORSES_HUMANS: &str = "horses_humans.png";
/// Faces of several emoji sets.
pub const FACES: &str = "faces.png";

/// Training pictures in the small file of digits.
pub const SMALL_MNIST: usize = 10_000;
/// Composed pictures held out, as many as the official validation set of the document's data has.
pub const HELD_OUT_FIGURES: usize = 256;
/// Faces held out.
pub const HELD_OUT_FACES: usize = 64;

impl Task {
    /// All of them by their names in the settings, in the document's order.
    pub const NAMES: [&str; 4] = ["filters", "mnist", "horse_or_human", "happy_or_sad"];

    /// The task with this name; the first for any other.
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some("mnist") => Self::Mnist,
            Some("horse_or_human") => Self::HorseOrHuman,
            Some("happy_or_sad") => Self::HappyOrSad,
            _ => Self::Filters,
        }
    }

    /// The task of these settings.
    pub fn of(settings: &Settings) -> Self {
        Self::named(Some(settings.text("task")))
    }

    /// Whether a network is trained.
    pub fn trains(self) -> bool {
        self != Self::Filters
    }

    /// Whether the reader's own pictures can take the place of the lesson's.
    pub fn takes_own(self) -> bool {
        matches!(self, Self::HorseOrHuman | Self::HappyOrSad)
    }
}

/// Width and height of the pictures in these settings.
pub fn side(settings: &Settings) -> usize {
    settings.text("image_size").parse().expect("the options of image_size are numbers")
}

/// Whether the reader's own pictures are learned from.
pub fn is_own(settings: &Settings) -> bool {
    Task::of(settings).takes_own() && settings.text("dataset") == "own"
}

/// The file these settings need, or how the reader's own pictures are read.
pub fn needs(settings: &Settings) -> Needs {
    if is_own(settings) {
        let form = PictureForm { side: side(settings), seed: settings.count("seed") as u64 };
        return Needs { files: Vec::new(), pictures: Some(form) };
    }
    let file = match Task::of(settings) {
        Task::Filters => ASCENT,
        Task::Mnist if settings.count("train_size") > SMALL_MNIST => MNIST_ALL,
        Task::Mnist => MNIST_10K,
        Task::HorseOrHuman => HORSES_HUMANS,
        Task::HappyOrSad => FACES,
    };
    Needs { files: vec![file], pictures: None }
}
