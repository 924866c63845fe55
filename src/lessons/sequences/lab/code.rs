//! The run of a network over graphs as code, with the current settings in it, in Rust with burn and in Python with JAX.
//!
//! The texts are templates in `code/rust` and `code/python`, which hold what all layers share. What a layer computes is
//! written once for both languages ([`layer`]), in terms of functions that each defines in its own way.
//! `examples/sequences_mmsr.rs` is the Rust program of the default settings, which `tests/sequences/code.rs` compares and
//! runs.

mod layer;
mod python;
mod rust;

use super::run::SequencesRun;
use crate::error::LabError;
use crate::lessons::code::Programs;
use crate::lessons::code::template::Values;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::settings::SequencesSettings;
use layer::LayerText;

/// A program by language.
///
/// # Errors
/// `no_program` for models that are not networks over graphs, where features stand for themselves, and where a sort of edges is left
/// out.
pub fn code(run: &SequencesRun, _: NoOptions) -> Result<Programs, LabError> {
    let settings = &run.settings;
    if !settings.has_program() {
        return Err(LabError::new(
            "no_program",
            "There are programs of networks over graphs of codes with all sorts of edges.",
        ));
    }
    let layer = LayerText::new(settings);
    let common = common(settings, &layer);
    Ok(Programs {
        rust: rust::program(settings, &layer, common.clone()),
        python: python::program(settings, &layer, common),
    })
}

/// The values that both languages write the same way.
fn common(settings: &SequencesSettings, layer: &LayerText) -> Values {
    let mut values = Values::from([
        ("model", layer.model.to_string()),
        ("layer_says", layer.says.to_string()),
        ("learning_rate", format!("{:?}", settings.learning_rate)),
        ("dropout", format!("{:?}", settings.dropout)),
        ("seed", settings.seed.to_string()),
    ]);
    for (name, value) in [
        ("layers", settings.layers),
        ("max_history", settings.max_history),
        ("batch_size", settings.batch_size),
        ("epochs", settings.epochs),
    ] {
        values.insert(name, value.to_string());
    }
    values
}

/// Of functions in the order in which they are defined those that a text calls, be it through others.
fn called(text: &str, functions: &[(&'static str, String)]) -> Vec<String> {
    let (mut seen, mut found) = (text.to_string(), Vec::new());
    for (name, function) in functions.iter().rev() {
        if seen.contains(&format!("{name}(")) {
            seen += function;
            found.push(function.clone());
        }
    }
    found.reverse();
    found
}

/// A text where something is so.
fn only(is_so: bool, text: &str) -> String {
    if is_so { text.into() } else { String::new() }
}
