//! Data: read it, check it, scale it, split it, batch it. Nothing here knows tensors.

pub mod batch;
pub mod iris;
pub mod pictures;
pub mod scale;
pub mod split;
pub mod table;
pub mod unseen;
