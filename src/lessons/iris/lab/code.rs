//! The same run as code, with the current settings in it, in Rust and in Python.
//!
//! The texts are templates in `code/rust` and `code/python`; see `lessons::code::template`. `examples/` holds the Rust programs of
//! the default settings, which `tests/iris/code.rs` compares and runs.

mod own;
mod python;
mod run;
mod rust;

use super::run::IrisRun;
use crate::error::LabError;
use crate::lessons::code::Programs;
use crate::lessons::run::looks::NoOptions;
use run::Run;

/// A program by language.
pub fn code(lab: &IrisRun, _: NoOptions) -> Result<Programs, LabError> {
    let run = Run::of(lab);
    Ok(Programs { rust: rust::program(&run), python: python::program(&run) })
}
