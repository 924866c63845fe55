//! Whose histories are learned from.

use crate::lessons::Material;
use serde::Deserialize;

/// The file of the site with the words of the emoji.
pub const EMOJI: &str = "emoji-items.tsv";
/// The file of the site with their pictures.
pub const EMOJI_SHEET: &str = "emoji.png";
/// The file of the site with MovieLens latest-small, which the movies lesson ships.
pub const LATEST_SMALL: &str = "latest-small.bin";

/// Whose histories are learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dataset {
    /// Emoji, taken by made users.
    Emoji,
    /// MovieLens latest-small by time.
    Movielens,
    /// The reader's own histories.
    Own,
}

impl Dataset {
    /// Names of the options, the default first.
    pub fn options(material: &Material) -> Vec<&'static str> {
        let mut options = vec!["emoji", "movielens"];
        options.insert(if material.sequences().is_some() { 0 } else { options.len() }, "own");
        options
    }

    /// The files of the site it needs.
    pub fn files(self) -> Vec<&'static str> {
        match self {
            Self::Emoji => vec![EMOJI, EMOJI_SHEET],
            Self::Movielens => vec![LATEST_SMALL],
            Self::Own => Vec::new(),
        }
    }
}
