//! The program of a network over steps.

use super::{Pieces, attend, frame};
use crate::lessons::code::Program;
use crate::lessons::code::template::{Values, fill};
use crate::lessons::sequences::lab::code::only;
use crate::lessons::sequences::lab::code::steps::StepsText;
use crate::lessons::sequences::settings::SequencesSettings;

const BATCH: &str = include_str!("steps/batch.rs.txt");
const FORWARD: &str = include_str!("steps/forward.rs.txt");
const GRU: &str = include_str!("steps/gru.rs.txt");
const SELF_ATTENTION: &str = include_str!("steps/self_attention.rs.txt");

/// The program.
pub fn program(settings: &SequencesSettings, text: &StepsText, mut values: Values) -> Program {
    let (codes, recurrent) = (text.has_modalities, text.is_recurrent);
    let mut activations = vec!["log_softmax"];
    activations.extend(if recurrent { &["sigmoid"][..] } else { &["relu"] });
    if codes || recurrent {
        activations.push("tanh");
    }
    values.extend([
        ("prefix", "Steps".into()),
        ("dropped", "what stands for a history".into()),
        ("left_out", "numbers".into()),
        ("width", format!("/// Numbers of each vector.\nconst WIDTH: usize = {};\n", settings.dim)),
        ("layers", String::new()),
        ("attention_dropout", String::new()),
        ("collections", "HashMap".into()),
        ("relation_field", String::new()),
        ("relation_column", String::new()),
        (
            "code_fields",
            only(codes, "    /// Steps and the codes of their pictures, and those of their words.\n    images: Edges,\n    texts: Edges,\n"),
        ),
        (
            "codes",
            only(
                codes,
                "    let codes = |channel: usize| {\n        \
                     let of = |(step, item): (usize, &usize)| {\n            \
                         data.codes[*item][channel].iter().map(move |code| [step, *code, 0])\n        \
                     };\n        \
                     Edges::new(items.len(), items.iter().enumerate().flat_map(of), device)\n    \
                 };\n",
            ),
        ),
        ("code_sets", only(codes, "        images: codes(0),\n        texts: codes(1),\n")),
        ("encoder_fields", if recurrent { TURN_FIELD } else { ATTENTION_FIELDS }.into()),
        ("turns", only(recurrent, TURNS)),
        ("encoder_sets", if recurrent { TURN_SET } else { ATTENTION_SETS }.into()),
        ("attend", only(!recurrent, &attend("", "", "shares"))),
        ("encode", if recurrent { GRU } else { SELF_ATTENTION }.into()),
        ("join", only(codes, JOIN)),
        (
            "fused",
            only(
                codes,
                "        let images = batch.images.mean(&self.get(\"images.table\"));\n        \
                 let texts = batch.texts.mean(&self.get(\"texts.table\"));\n",
            ) + &text.rust(),
        ),
    ]);
    let pieces = Pieces {
        nodes: String::new(),
        has_edges: codes || !recurrent,
        has_mean: codes,
        has_features: false,
        batch: fill(BATCH, &values),
        forward: fill(FORWARD, &values),
    };
    frame(format!("sequences_{}.rs", settings.model.name()), &activations, pieces, values)
}

const TURN_FIELD: &str = "    /// For each turn the row of each history's step, and 1 where the history still has one.\n    \
                          turns: Vec<(Tensor<1, Int>, Tensor<2>)>,\n";
const TURNS: &str = "    let longest = histories.iter().map(|history| history.len()).max().unwrap_or(0);
    let turn = |turn: usize| {
        let each = first.iter().zip(&histories);
        let rows = each.map(|(first, history)| first + turn.min(history.len() - 1));
        let goes_on = histories.iter().map(|history| if turn < history.len() { 1.0 } else { 0.0 });
        let goes_on = TensorData::new(goes_on.collect::<Vec<f32>>(), [histories.len(), 1]);
        (indices(rows, device), Tensor::from_data(goes_on, device))
    };
";
const TURN_SET: &str = "        turns: (0..longest).map(turn).collect(),\n";
const ATTENTION_FIELDS: &str = "    /// How many steps come behind each in its history.
    from_end: Tensor<1, Int>,
    /// Each step and those up to it.
    before: Edges,
    /// The last step of each history.
    last: Tensor<1, Int>,
";
const ATTENTION_SETS: &str =
    "        from_end: indices(histories.iter().flat_map(|history| (0..history.len()).rev()), device),
        before: Edges::new(
            items.len(),
            first.iter().zip(&histories).flat_map(|(first, history)| {
                let steps = move |step| (0..=step).map(move |before| [first + step, first + before, 0]);
                (0..history.len()).flat_map(steps)
            }),
            device,
        ),
        last: indices(first.iter().zip(&histories).map(|(first, history)| first + history.len() - 1), device),
";
const JOIN: &str = "
    fn join(&self, channels: Vec<Tensor<2>>) -> Tensor<2> {
        tanh(self.linear(\"join\", Tensor::cat(channels, 1)))
    }
";
