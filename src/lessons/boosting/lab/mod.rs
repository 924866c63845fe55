//! The lesson at work: a run, and what is made of it.

pub mod batch_file;
pub mod code;
pub mod features;
mod goals;
#[expect(clippy::module_inception, reason = "the implementation of `Lab` is one of the parts of the lab")]
mod lab;
pub mod loaded;
mod mapped;
pub mod predict;
mod rounds;
pub mod run;
mod tables;

pub use lab::open;
