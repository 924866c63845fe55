//! What networks over steps compute, in words that both languages share.

use crate::lessons::sequences::settings::{EncoderName, Model, SequencesSettings};

/// A network over steps.
pub struct StepsText {
    /// What the model is called.
    pub model: &'static str,
    /// Whether pictures and words are in it.
    pub has_modalities: bool,
    /// Whether its sequence model is a gated recurrent unit.
    pub is_recurrent: bool,
    /// What becomes of the vectors of items, pictures and words: the name of what is computed, the function and its
    /// arguments.
    lines: Vec<(&'static str, &'static str, &'static str)>,
}

impl StepsText {
    /// Early and late fusion, and items alone.
    pub fn new(settings: &SequencesSettings) -> Self {
        let join = |name| (name, "join", "items, images, texts");
        let (model, lines) = match settings.model {
            Model::Early => {
                ("early fusion", vec![join("joined"), ("histories", "encode", "\"encoders.0\", joined")])
            }
            Model::Late => (
                "late fusion",
                vec![
                    ("items", "encode", "\"encoders.0\", items"),
                    ("images", "encode", "\"encoders.1\", images"),
                    ("texts", "encode", "\"encoders.2\", texts"),
                    join("histories"),
                ],
            ),
            _ => ("a sequence model of items", vec![("histories", "encode", "\"encoders.0\", items")]),
        };
        Self {
            model,
            has_modalities: settings.model.has_modalities(),
            is_recurrent: settings.encoder == EncoderName::Gru,
            lines,
        }
    }

    /// The lines in Rust.
    pub fn rust(&self) -> String {
        let line = |(name, function, arguments): &(&str, &str, &str)| {
            let arguments = match *function {
                "join" => format!("vec![{arguments}]"),
                _ => format!("{arguments}, batch"),
            };
            format!("        let {name} = self.{function}({arguments});\n")
        };
        self.lines.iter().map(line).collect()
    }

    /// The lines in Python.
    pub fn python(&self) -> String {
        let line = |(name, function, arguments): &(&str, &str, &str)| {
            format!("    {name} = {function}({arguments})\n")
        };
        self.lines.iter().map(line).collect()
    }
}
