//! What a layer computes, in lines that both languages share: Rust as it stands, Python by [`LayerText::python`].

use crate::lessons::sequences::lab::network::han_form;
use crate::lessons::sequences::networks::han::{HanForm, Mode, Order};
use crate::lessons::sequences::settings::{Model, SequencesSettings};

/// A layer.
pub struct LayerText {
    /// What the model is called.
    pub model: &'static str,
    /// What the layer does, as a sentence.
    pub says: &'static str,
    /// Path of its weights in the file.
    pub path: &'static str,
    /// What is computed of `states`; the last line is the result.
    pub body: Vec<String>,
}

impl LayerText {
    /// The layer of a network over graphs.
    pub fn new(settings: &SequencesSettings) -> Self {
        let (model, says, path, body) = match settings.model {
            Model::Gcn => (
                "a graph convolution",
                "Neighbours added up, each divided by the root of both nodes' degrees.",
                "layer.Convolution.layer",
                "let heard = normalised_sum(states);\nrelu(linear(&heard))",
            ),
            Model::GcnPlain => (
                "a graph convolution",
                "Neighbours added up, each counting 1.",
                "layer.Convolution.layer",
                "let heard = plain_sum(states);\nrelu(linear(&heard))",
            ),
            Model::Gat => (
                "graph attention",
                "Attention by a vector for nodes and one for their neighbours.",
                "layer.Gat",
                "let values = project(states);\nrelu(among_pairs(&values))",
            ),
            Model::Rgat => (
                "attention by relation",
                "Attention by a vector for each of the ten relations.",
                "layer.Rgat",
                "let values = project(states);\nby_relation(&values)",
            ),
            Model::KeyValue | Model::FullAttention => (
                "key-value attention",
                "Attention by queries and keys.",
                "layer.KeyValue",
                "among_all(&query(states), &key(states), &value(states))",
            ),
            _ => return Self::han(han_form(settings)),
        };
        Self { model, says, path, body: body.lines().map(str::to_string).collect() }
    }

    /// The lines in Python.
    pub fn python(&self) -> Vec<String> {
        let result = self.body.len() - 1;
        let line = |(number, line): (usize, &String)| {
            let line = line.replace("//", "#").replace(['&', ';'], "").replace(".clone()", "");
            let line = line.strip_prefix("let ").unwrap_or(&line);
            if number == result { format!("return {line}") } else { line.to_string() }
        };
        self.body.iter().enumerate().map(line).collect()
    }

    fn han(form: HanForm) -> Self {
        let mut body = Vec::new();
        let mut add = |line: &str| body.push(line.to_string());
        let (is_paper, is_gate) = (form.mode == Mode::Paper, form.order == Order::Gate);
        // What each phase attends by: the second by the states of the first, in the program by the layer's input again.
        let (by_input, by_first) = if is_paper {
            add("let values = value(states);");
            ("&query(states), &key(states)", "&query(&ho), &key(&ho)")
        } else {
            add("// As in the authors' program one set of matrices stands for queries, keys and values.");
            add("let values = query(states);");
            ("&values, &values", "&values, &values")
        };
        let within = "let ho = within(&values, &values);";
        let between = format!("let he = between({by_input}, &values);");
        let passed = |first: &str| match (form.invasive, is_paper) {
            (false, _) => "&values".to_string(),
            (true, true) => format!("&value(&{first})"),
            (true, false) => format!("&{first}"),
        };
        if form.order == Order::Concat {
            [within, &between, "join(&ho, &he)"].into_iter().for_each(&mut add);
        } else {
            add(if form.invasive {
                "// The second phase of each order passes on the states of the first."
            } else {
                "// The second phase of each order passes on the values of the layer's input: it is not invasive."
            });
        }
        if matches!(form.order, Order::Gate | Order::HomogeneousFirst) {
            add("// First within kinds, then between them.");
            if is_paper || form.invasive {
                add(within);
            } else {
                add("// The authors' program does not use what the first phase gives: it is left out here.");
            }
            let hohe = format!("between({by_first}, {})", passed("ho"));
            add(&if is_gate { format!("let hohe = {hohe};") } else { hohe });
        }
        if matches!(form.order, Order::Gate | Order::HeterogeneousFirst) {
            add("// First between kinds, then within them.");
            add(&between);
            let compared = if is_paper { "&value(&he)" } else { "&he" };
            let heho = format!("within({compared}, {})", passed("he"));
            add(&if is_gate { format!("let heho = {heho};") } else { heho });
        }
        if is_gate {
            add("// The gate of each node: softmax over two scores is the sigmoid of their difference.");
            add("let share = sigmoid(score(&hohe) - score(&heho));");
            add("heho.clone() + share * (hohe - heho)");
        }
        let is_concat = form.order == Order::Concat;
        Self {
            model: if is_concat { "HAN-GNN's two attentions side by side" } else { "MMSR" },
            says: "HAN-GNN: attention within kinds and attention between kinds.",
            path: "layer.Han",
            body,
        }
    }
}
