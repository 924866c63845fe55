//! LightGBM's model file: written as version 4; read is what LightGBM 2.2 to 4.7 writes, save linear trees.
//!
//! A file from outside is hostile until read: every count is checked, every child must hang below its parent once, and
//! every column must be named.

mod read;
mod write;

pub use read::{MOST_BYTES, parse};
pub use write::{parameter_section, to_text};

#[cfg(test)]
mod tests;
