//! Data: read it, check it, scale it, split it, batch it. Nothing here knows tensors.

pub mod batch;
pub mod iris;
pub mod order;
pub mod pictures;
pub mod ragged;
pub mod ratings;
pub mod scale;
pub mod sequences;
pub mod split;
pub mod table;
pub mod unseen;
