//! The movies lesson: the document's fusion recommender, YouTube's two networks, and what came before them.

pub mod candidate;
pub mod examples;
pub mod fusion;
pub mod next_film;
pub mod quantiles;
pub mod ranking_net;
pub mod tower;
pub mod watches;
