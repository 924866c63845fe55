//! The run of a network as code, with the current settings in it, in Rust with burn and in Python with JAX.
//!
//! The texts are templates in `code/rust` and `code/python`: a frame that all share, and pieces for networks over graphs and
//! over steps. What a layer, or a network over steps, computes is written once for both languages ([`layer`], [`steps`]), in
//! terms of functions that each defines in its own way. `examples/sequences_mmsr.rs` is the Rust program of the default
//! settings, which `tests/sequences/code.rs` compares and runs.

mod layer;
mod python;
mod rust;
mod steps;

use super::run::SequencesRun;
use crate::error::LabError;
use crate::lessons::code::template::Values;
use crate::lessons::code::{Programs, with_one_rate};
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::settings::SequencesSettings;
use layer::LayerText;
use steps::StepsText;

/// A program by language.
///
/// # Errors
/// `no_program` where [`SequencesSettings::has_program`] says so, `rate_changed`.
pub fn code(run: &SequencesRun, _: NoOptions) -> Result<Programs, LabError> {
    let settings = &run.settings;
    if !settings.has_program() {
        return Err(no_program());
    }
    with_one_rate(&settings.learning_rate_changes)?;
    if settings.model.has_graph() {
        let layer = LayerText::new(settings);
        let values = common(settings, layer.model, layer.says);
        return Ok(Programs {
            rust: rust::of_graphs(settings, &layer, values.clone()),
            python: python::of_graphs(settings, &layer, values),
        });
    }
    let text = StepsText::new(settings);
    let values = common(settings, text.model, "");
    Ok(Programs {
        rust: rust::of_steps(settings, &text, values.clone()),
        python: python::of_steps(settings, &text, values),
    })
}

/// Which settings have programs.
pub fn no_program() -> LabError {
    LabError::new(
        "no_program",
        "There are programs of networks over graphs, of early and late fusion and of items alone, with all sorts of \
         edges and no history changed by hand.",
    )
}

/// The values that both languages write the same way.
fn common(settings: &SequencesSettings, model: &str, says: &str) -> Values {
    let mut values = Values::from([
        ("model", model.to_string()),
        ("layer_says", says.to_string()),
        ("learning_rate", format!("{:?}", settings.learning_rate)),
        ("dropout", format!("{:?}", settings.dropout)),
        ("seed", settings.seed.to_string()),
    ]);
    for (name, value) in [
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
