//! The movies lesson: the document's fusion recommender, YouTube's two networks, and what came before them.

pub mod networks;
