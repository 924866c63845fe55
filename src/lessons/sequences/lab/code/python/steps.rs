//! The program of a network over steps.

use super::{Pieces, frame};
use crate::lessons::code::Program;
use crate::lessons::code::template::{Values, fill};
use crate::lessons::sequences::lab::code::only;
use crate::lessons::sequences::lab::code::steps::StepsText;
use crate::lessons::sequences::settings::SequencesSettings;

const BATCH: &str = include_str!("steps/batch.py.txt");
const FORWARD: &str = include_str!("steps/forward.py.txt");
const GRU: &str = include_str!("steps/gru.py.txt");
const SELF_ATTENTION: &str = include_str!("steps/self_attention.py.txt");

/// The program.
pub fn program(settings: &SequencesSettings, text: &StepsText, mut values: Values) -> Program {
    let (codes, recurrent) = (text.has_modalities, text.is_recurrent);
    values.extend([
        ("prefix", "Steps".into()),
        ("dropped", "what stands for a history".into()),
        ("width", format!("WIDTH = {}  # numbers of each vector\n", settings.dim)),
        ("layers", String::new()),
        ("attention_dropout", String::new()),
        ("itertools", "\n".into()),
        ("segments", only(codes, "from jax.ops import segment_sum\n")),
        ("activations", if recurrent { "sigmoid" } else { "relu, softmax" }.into()),
        ("codes", only(codes, CODES)),
        ("code_sets", only(codes, "        \"images\": coded(0),\n        \"texts\": coded(1),\n")),
        ("encode", if recurrent { GRU } else { SELF_ATTENTION }.into()),
        ("functions", only(codes, FUNCTIONS)),
        (
            "fused",
            only(codes, "    images, texts = (mean_code(channel) for channel in (\"images\", \"texts\"))\n")
                + &text.python(),
        ),
    ]);
    let pieces = Pieces {
        relations: "",
        nodes: "",
        has_mean: codes,
        has_features: false,
        batch: fill(BATCH, &values),
        forward: FORWARD,
    };
    frame(format!("sequences_{}.py", settings.model.name()), pieces, values)
}

const CODES: &str = "
    def coded(channel):
        found = [
            (number * steps.shape[1] + at, code, 0)
            for number, history in enumerate(taken)
            for at, item in enumerate(history)
            for code in codes[item][channel]
        ]
        # Behind the last step stands one more, to which the edges belong that are filled up.
        return tuple(filled((channel, len(rows)), found, (steps.size, 0, 0)).T)

";
const FUNCTIONS: &str = "    def mean_code(channel):
        \"\"\"The mean vector of the codes of each step.\"\"\"
        rows = mean(weights[f\"{channel}.table\"], batch[channel], count * length + 1)[:-1]
        return rows.reshape(count, length, WIDTH)

    def join(*channels):
        return jnp.tanh(linear(\"join\", jnp.concatenate(channels, -1)))

";
