//! The four tasks of the document, and the data each learns from.

use serde::Deserialize;

/// What the lesson does at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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

    /// Whether a network is trained.
    pub fn trains(self) -> bool {
        self != Self::Filters
    }

    /// Whether the reader's own pictures can take the place of the lesson's.
    pub fn takes_own(self) -> bool {
        matches!(self, Self::HorseOrHuman | Self::HappyOrSad)
    }
}
