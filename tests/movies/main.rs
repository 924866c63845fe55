//! What holds for the movies lesson, a module for each concept.

#[cfg(feature = "tensors")]
#[path = "../common/mod.rs"]
mod common;

mod answers;
mod asking;
mod choosing;
mod code;
mod data;
mod figures;
mod fusion;
mod generated_ratings;
mod lab;
mod oracle;
mod own;
mod packed_ratings;
mod parity;
mod shown_settings;
mod splits;
mod support;
mod words;
mod youtube;
