//! Sequences: who took which item after which, and what is known of the items: titles and tags, pictures, vectors.

pub mod behaviour;
pub mod emoji;
pub mod histories;
pub mod items;
pub mod movielens;
pub mod own;
pub mod pictures;
pub mod vectors;
pub mod words;

pub use histories::{Histories, HistoryPart, Place};
pub use items::{Item, Items, Kind, Modality, Words};
pub use pictures::ItemPictures;
pub use vectors::Vectors;

/// Items, and who took them in which order.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequences {
    /// The items, numbered from 0.
    pub items: Items,
    /// What each user is called.
    pub user_ids: Vec<String>,
    /// What each user took, in order.
    pub histories: Histories,
}
