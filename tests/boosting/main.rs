//! What holds for the boosting lesson, a module for each concept. Memory has a program of its own: its allocator counts.

#[cfg(feature = "trees")]
#[path = "../common/mod.rs"]
mod common;

mod code;
mod fuzz;
mod lab;
mod models;
mod parity;
mod python;
