//! The lesson's networks, and examples as they learn from them.

pub mod candidate;
pub mod document_names;
pub mod examples;
pub mod fusion;
pub mod impressions;
pub mod next_film;
pub mod quantiles;
pub mod ranking_net;
pub mod rated_stars;
pub mod tower;
pub mod user_tower;
pub mod watches;
