//! The lesson at work.

mod code;
mod features;
mod goals;
#[expect(clippy::module_inception, reason = "the implementation of `Lab` stands beside what it is made of")]
mod lab;
mod looks;
mod predict;
mod tables;

pub use lab::open;
