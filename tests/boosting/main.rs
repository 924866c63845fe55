//! What holds for the boosting lesson, a module for each concept. Memory has a program of its own: its allocator counts.

#[cfg(feature = "trees")]
#[path = "../common/mod.rs"]
mod common;

mod batch;
mod code;
mod fuzz;
mod lab;
mod looks;
mod models;
mod own_tables;
mod parity;
mod python;
#[cfg(feature = "trees")]
mod support;
