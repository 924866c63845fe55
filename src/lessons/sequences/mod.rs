//! MMSR: histories of items with pictures and words as graphs (CIKM'23; `spec/sequences.md`).

pub mod graph;
pub mod modality;
pub mod networks;
pub mod picture_features;
pub mod preparation;
