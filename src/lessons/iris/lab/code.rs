//! The same run as code, with the current settings in it, in Rust and in Python.
//!
//! The texts are templates in `code/rust` and `code/python`; see `lessons::code::template`. `examples/` holds the Rust programs of
//! the default settings, which `tests/iris/code.rs` compares and runs.

mod python;
mod run;
mod rust;

use super::run::IrisLab;
use run::Run;
use serde_json::{Value, json};

/// A program by language.
pub fn code(lab: &IrisLab) -> Value {
    let run = Run::of(lab);
    json!({ "rust": rust::program(&run), "python": python::program(&run) })
}
