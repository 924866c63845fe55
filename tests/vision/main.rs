//! What holds for the vision lesson, a module for each concept. Memory has a program of its own: its allocator counts.

#[cfg(feature = "tensors")]
#[path = "../common/mod.rs"]
mod common;

mod answers;
mod code;
mod decode;
mod filters;
mod gradients;
mod lab;
#[cfg(feature = "tensors")]
mod own;
mod parity;
mod quick;
mod real_digits;
#[cfg(feature = "tensors")]
mod sheets;
mod training;
mod weights;
