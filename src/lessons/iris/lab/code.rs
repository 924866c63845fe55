//! The same run as code, with the current settings in it, in Rust and in Python.
//!
//! The texts are templates in `code/rust` and `code/python`; see `lessons::code::template`. `examples/` holds the Rust programs of
//! the default settings, which `tests/iris/code.rs` compares and runs.

mod own;
mod python;
mod run;
mod rust;

use super::super::settings::ModelKind;
use super::run::IrisRun;
use crate::error::LabError;
use crate::lessons::code::{Programs, with_one_rate};
use crate::lessons::run::looks::NoOptions;
use run::Run;

/// A program by language.
///
/// # Errors
/// `rate_changed`.
pub fn code(lab: &IrisRun, _: NoOptions) -> Result<Programs, LabError> {
    if lab.settings.model == ModelKind::Mlp {
        with_one_rate(&lab.settings.learning_rate_changes)?;
    }
    let run = Run::of(lab);
    Ok(Programs { rust: rust::program(&run), python: python::program(&run) })
}
