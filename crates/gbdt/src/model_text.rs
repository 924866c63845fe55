//! LightGBM's model file: written as version 4, read as 3 or 4.
//!
//! A file from outside is hostile until read: every count is checked, every child must hang below its parent once, and
//! every column must be named.

mod read;
mod write;

pub use read::{MOST_BYTES, parse};
pub use write::{parameter_section, to_text};

#[cfg(test)]
mod tests;
