//! Whose ratings are learned from.

use crate::lessons::Material;
use serde::Deserialize;

/// The file of the site with MovieLens latest-small.
pub const LATEST_SMALL: &str = "latest-small.bin";

/// Whose ratings are learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dataset {
    /// MovieLens latest-small.
    LatestSmall,
    /// A made world.
    Made,
    /// The reader's own ratings.
    Own,
}

impl Dataset {
    /// Names of the options, the default first.
    pub fn options(material: &Material) -> Vec<&'static str> {
        let mut options = vec!["latest_small", "made"];
        options.insert(if material.ratings().is_some() { 0 } else { options.len() }, "own");
        options
    }

    /// The file of the site it needs.
    pub fn file(self) -> Option<&'static str> {
        match self {
            Self::LatestSmall => Some(LATEST_SMALL),
            Self::Made | Self::Own => None,
        }
    }
}
