//! What has to be fetched and read before a lab can be opened.

use serde::Serialize;

/// What has to be fetched before a lab can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Needs {
    /// Names of files in the folder `data/` of the site.
    pub files: Vec<&'static str>,
    /// How the reader's own pictures are read, where they are learned from.
    pub pictures: Option<PictureForm>,
}

/// How the reader's own pictures are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PictureForm {
    /// Width and height they are resized to.
    pub side: usize,
    /// Seed of the split into pictures for training and pictures held out.
    pub seed: u64,
}
