//! What burn does not have in the documents' form: the runner, accuracy accumulated over
//! batches, optimisers whose state can be put away, weights by name.
//!
//! One code path serves both devices: nothing here blocks on a read, because a browser's GPU cannot.

pub mod container;
pub mod conv_net;
pub mod examples;
pub mod initializer;
pub mod loss;
pub mod metric;
pub mod mlp;
pub mod operations;
pub mod optimizer;
pub mod parameters;
pub mod picture_examples;
pub mod picture_replay;
pub mod runner;
pub mod weights;
