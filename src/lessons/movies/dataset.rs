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
}

impl Dataset {
    /// Names of the options, the default first.
    pub fn options(_material: &Material) -> Vec<&'static str> {
        vec!["latest_small", "made"]
    }

    /// The file of the site it needs.
    pub fn file(self) -> Option<&'static str> {
        match self {
            Self::LatestSmall => Some(LATEST_SMALL),
            Self::Made => None,
        }
    }
}
