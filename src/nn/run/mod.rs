//! A run: examples, the runner with its checkpoints, and weights as files.

pub mod container;
pub mod examples;
pub mod picture_examples;
pub mod picture_replay;
pub mod runner;
pub mod weights;
