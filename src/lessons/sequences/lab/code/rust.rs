//! The program in Rust.

mod steps;

use super::layer::LayerText;
use super::steps::StepsText;
use super::{called, only};
use crate::lessons::code::Program;
use crate::lessons::code::template::{Values, fill};
use crate::lessons::sequences::graph::Rule;
use crate::lessons::sequences::lab::network::as_graphs;
use crate::lessons::sequences::lab::prepared::has_features;
use crate::lessons::sequences::settings::{Model, NodeInfoName, PoolingName, ScoreScale, SequencesSettings};

const FRAME: &str = include_str!("rust/frame.rs.txt");
const EDGES: &str = include_str!("rust/edges.rs.txt");
const NODES: &str = include_str!("rust/graphs/nodes.rs.txt");
const BATCH: &str = include_str!("rust/graphs/batch.rs.txt");
const FORWARD: &str = include_str!("rust/graphs/forward.rs.txt");
const TABLES: &str = include_str!("rust/graphs/tables.rs.txt");
const FEATURES: &str = include_str!("rust/graphs/features.rs.txt");
const READ_FEATURES: &str = include_str!("rust/graphs/read_features.rs.txt");
const DEPENDENCIES: &str = include_str!("rust/dependencies.toml.txt");

/// What programs differ in beside names and numbers.
struct Pieces {
    nodes: String,
    has_edges: bool,
    has_mean: bool,
    has_features: bool,
    batch: String,
    forward: String,
}

/// The program around its pieces.
fn frame(file: String, activations: &[&str], pieces: Pieces, mut values: Values) -> Program {
    let install = DEPENDENCIES.trim_end().to_string();
    let commented: Vec<String> = install.lines().map(|line| format!("//! {line}")).collect();
    values.extend([
        ("dependencies", commented.join("\n")),
        ("activations", braced(activations)),
        ("update", only(pieces.has_edges, "IndexingUpdateOp, ")),
        ("nodes", pieces.nodes),
        ("mean", only(pieces.has_mean, MEAN)),
        ("features_say", only(pieces.has_features, FEATURES_SAY)),
        ("features_field", only(pieces.has_features, FEATURES_FIELD)),
        ("read_features", only(pieces.has_features, READ_FEATURES)),
    ]);
    let edges = only(pieces.has_edges, &fill(EDGES, &values));
    values.extend([("edges", edges), ("batch", pieces.batch), ("forward", pieces.forward)]);
    Program { file, install, text: fill(FRAME, &values) }
}

/// The program of a network over steps.
pub fn of_steps(settings: &SequencesSettings, text: &StepsText, values: Values) -> Program {
    steps::program(settings, text, values)
}

/// The program of a network over graphs.
pub fn of_graphs(settings: &SequencesSettings, layer: &LayerText, mut values: Values) -> Program {
    let mut lines = called(&layer.body.join("\n"), &functions(settings, layer.path));
    lines.extend(layer.body.iter().map(|line| format!("        {line}\n")));
    let lines = lines.concat();
    let has = |name: &str| lines.contains(name);
    let is_told = |info| [info, NodeInfoName::Both].contains(&settings.node_info);
    let (position, kind) = (is_told(NodeInfoName::Position), is_told(NodeInfoName::Type));
    let attends = has("attend(");
    let has_features = has_features(settings);
    let mut activations = vec!["log_softmax"];
    activations.extend(["relu", "sigmoid"].iter().filter(|name| has(&format!("{name}("))));
    if attends {
        activations.insert(0, "leaky_relu");
    }
    let edge_sets = ["within", "between", "all"].map(|set| (set, has(&format!("batch.{set}"))));
    let chosen = |of: [&'static str; 3]| {
        let lines = edge_sets.iter().zip(of).filter(|((_, used), _)| *used);
        lines.map(|(_, line)| line).collect::<String>()
    };
    values.extend([
        ("prefix", "Graph".into()),
        ("dropped", "a state".into()),
        ("left_out", "numbers and edges".into()),
        (
            "layers",
            format!("/// Layers; they share their weights.\nconst LAYERS: usize = {};\n", settings.layers),
        ),
        ("collections", "{BTreeMap, HashMap}".into()),
        ("own", if has_features { FEATURES } else { TABLES }.into()),
        ("features_of_nodes", only(has_features, FEATURES_OF_NODES)),
        ("features_set", only(has_features, FEATURES_SET)),
        (
            "width",
            only(
                has("WIDTH"),
                &format!("/// Numbers of each vector.\nconst WIDTH: usize = {};\n", settings.dim),
            ),
        ),
        (
            "attention_dropout",
            only(
                attends,
                &format!(
                    "/// Probability with which an edge is.\n\
                     const ATTENTION_DROPOUT: f64 = {:?};\n\
                     /// What a score below 0 is multiplied by.\n\
                     const SLOPE: f64 = {};\n",
                    settings.attention_dropout,
                    if settings.model == Model::Gat { 0.2 } else { 0.1 }
                ),
            ),
        ),
        ("relation_field", only(has(".relation)"), "    relation: Tensor<1, Int>,\n")),
        ("relation_column", only(has(".relation)"), ", relation: column(2)")),
        ("attend", only(attends, &attend("&self, ", LEAKY, DROPPED))),
        (
            "edge_fields",
            chosen([
                "    /// Between nodes of a kind.\n    within: Edges,\n",
                "    /// Between nodes of two kinds, and of each to itself.\n    between: Edges,\n",
                "    /// All edges.\n    all: Edges,\n",
            ]),
        ),
        ("position_field", only(position, "    /// Nodes and their positions.\n    positions: Edges,\n")),
        ("positions", only(position, "    let mut positions = Vec::new();\n")),
        (
            "step_positions",
            only(
                position,
                "        for (position, step) in steps.iter().enumerate() {\n            \
                     positions.extend(step.iter().flatten().map(|node| (*node, position)));\n        \
                 }\n",
            ),
        ),
        (
            "edge_sets",
            chosen([
                "        within: edges(|relation| relation <= BOTH),\n",
                "        between: edges(|relation| relation == SELF || relation > BOTH),\n",
                "        all: edges(|_| true),\n",
            ]) + &only(
                position,
                "        positions: Edges::new(nodes.len(), positions.iter().map(|(node, at)| [place[node], *at, 0]), device),\n",
            ),
        ),
        (
            "skip",
            only(
                as_graphs(settings).rule == Rule::SkipsRepeated,
                "            // As in the authors' program: what skips the edge of the items skips the step's codes, too.\n            \
                 if settled(&relations, pair[0][0][0], pair[1][0][0]) {\n                \
                     continue;\n            \
                 }\n",
            ),
        ),
        (
            "complete",
            only(
                settings.model == Model::FullAttention,
                "        // Whatever else two nodes have to do with each other.\n        \
                 for node in steps.iter().flatten().flatten() {\n            \
                     for other in steps.iter().flatten().flatten() {\n                \
                         relations.entry([*node, *other]).or_insert(SELF);\n            \
                     }\n        \
                 }\n",
            ),
        ),
        (
            "pooled",
            match settings.pooling {
                PoolingName::Last => "steps[steps.len() - 1..]",
                PoolingName::Mean => "steps",
            }
            .into(),
        ),
        ("by_kind", only(has("by_kind("), BY_KIND)),
        (
            "node_info",
            only(
                kind,
                "        let kinds = (0..3).flat_map(|kind| std::iter::repeat_n(kind, batch.numbers[kind].dims()[0]));\n        \
                 let kinds = at(&self.get(\"nodes.kinds.table\"), &indices(kinds, &batch.targets.device()));\n",
            ) + &only(
                position,
                "        let positions = batch.positions.mean(&self.get(\"nodes.positions.table\"));\n",
            ),
        ),
        ("told", only(kind, ", kinds") + &only(position, ", positions")),
        ("layer", lines),
    ]);
    let pieces = Pieces {
        nodes: NODES.into(),
        has_edges: true,
        has_mean: true,
        has_features,
        batch: fill(BATCH, &values),
        forward: fill(FORWARD, &values),
    };
    frame("sequences_mmsr.rs".into(), &activations, pieces, values)
}

/// Names for an import.
fn braced(names: &[&str]) -> String {
    if names.len() == 1 { names[0].into() } else { format!("{{{}}}", names.join(", ")) }
}

const FEATURES_SAY: &str = " features.safetensors has the
//! features of pictures and words; in codes.csv stand the numbers of the items that have some.";
const FEATURES_FIELD: &str = "    /// Of each item the features of its picture and those of its words.
    features: [Vec<Vec<f32>>; 2],
";
const FEATURES_OF_NODES: &str = "    /// The features of the nodes of pictures, and of those of words.
    features: [Tensor<2>; 2],
";
const FEATURES_SET: &str = "        features: [1, 2].map(|kind| {
            let of = &data.features[kind - 1];
            let values: Vec<f32> = of_kind(kind).flat_map(|item| of[item].clone()).collect();
            Tensor::from_data(TensorData::new(values, [of_kind(kind).count(), of[0].len()]), device)
        }),
";
const LEAKY: &str = "        let scores = leaky_relu(scores, SLOPE);\n";
const DROPPED: &str = "self.dropout(shares, ATTENTION_DROPOUT)";
const MEAN: &str = "
    /// How many edges each node has.
    fn degree(&self) -> Tensor<2> {
        self.sum(Tensor::ones([self.node.dims()[0], 1], &self.node.device()))
    }

    /// The mean of what each node hears; zeros where it hears nothing.
    fn mean(&self, rows: &Tensor<2>) -> Tensor<2> {
        self.sum(at(rows, &self.neighbour)) / self.degree().clamp_min(1.0)
    }
";

/// Attention along edges, by scores that a line may change first, with shares of which some may be left out by
/// the receiver.
fn attend(receiver: &str, line: &str, shares: &str) -> String {
    format!(
        "
    /// Softmax over the neighbours of each node by a score for each edge, and the sum of their values by it.
    fn attend({receiver}edges: &Edges, scores: Tensor<2>, values: &Tensor<2>) -> Tensor<2> {{
{line}        // The largest score of a node is taken off: that changes nothing, and `exp` stays finite.
        let least = Tensor::full([edges.nodes, 1], f32::MIN, &scores.device());
        let known = scores.clone().detach();
        let largest = least.select_assign(0, edges.node.clone(), known, IndexingUpdateOp::Max);
        let weights = (scores - at(&largest, &edges.node)).exp();
        let shares = weights.clone() / at(&edges.sum(weights), &edges.node);
        edges.sum({shares} * at(values, &edges.neighbour))
    }}
"
    )
}

const BY_KIND: &str = "
    /// Each row times the matrix of its kind.
    fn by_kind(&self, name: &str, rows: &Tensor<2>, batch: &Batch) -> Tensor<2> {
        let (mut first, mut products) = (0, Vec::new());
        for (kind, numbers) in [\"item\", \"image\", \"text\"].iter().zip(&batch.numbers) {
            let end = first + numbers.dims()[0];
            if end > first {
                products.push(rows.clone().slice(first..end).matmul(self.get(&format!(\"{name}.{kind}\"))));
            }
            first = end;
        }
        Tensor::cat(products, 0)
    }
";

/// What a layer's lines are written in, by name.
fn functions(settings: &SequencesSettings, path: &str) -> Vec<(&'static str, String)> {
    let scale = if settings.score_scale == ScoreScale::Root { " / (WIDTH as f64).sqrt()" } else { "" };
    let mut functions: Vec<(&str, String)> = Vec::new();
    for name in ["query", "key", "value"] {
        let text = format!(
            "        let {name} = |rows: &Tensor<2>| self.by_kind(\"{path}.{name}\", rows, batch);\n"
        );
        functions.push((name, text));
    }
    for (name, set, scale) in [("between", "between", scale), ("among_all", "all", "")] {
        let text = format!(
            "        let {name} = |queries: &Tensor<2>, keys: &Tensor<2>, values: &Tensor<2>| {{\n            \
                 let edges = &batch.{set};\n            \
                 let products = at(queries, &edges.node) * at(keys, &edges.neighbour);\n            \
                 self.attend(edges, products.sum_dim(1){scale}, values)\n        \
             }};\n"
        );
        functions.push((name, text));
    }
    functions.extend([
        (
            "within",
            format!(
                "        let within = |compared: &Tensor<2>, values: &Tensor<2>| {{\n            \
                     let edges = &batch.within;\n            \
                     let products = at(compared, &edges.node) * at(compared, &edges.neighbour);\n            \
                     let by_relation = at(&self.get(\"{path}.relations\"), &edges.relation);\n            \
                     self.attend(edges, (products * by_relation).sum_dim(1), values)\n        \
                 }};\n"
            ),
        ),
        (
            "score",
            format!(
                "        let score = |rows: &Tensor<2>| {{\n            \
                     let hidden = rows.clone().matmul(self.get(\"{path}.gate.hidden.weight\"));\n            \
                     let hidden = relu(hidden + self.get(\"{path}.gate.hidden.bias\"));\n            \
                     hidden.matmul(self.get(\"{path}.gate.score.weight\")) + self.get(\"{path}.gate.score.bias\")\n        \
                 }};\n"
            ),
        ),
        (
            "join",
            format!(
                "        let join = |one: &Tensor<2>, other: &Tensor<2>| {{\n            \
                     let both = Tensor::cat(vec![one.clone(), other.clone()], 1);\n            \
                     both.matmul(self.get(\"{path}.concat.weight\")) + self.get(\"{path}.concat.bias\")\n        \
                 }};\n"
            ),
        ),
        (
            "normalised_sum",
            "        let normalised_sum = |rows: &Tensor<2>| {\n            \
                 let edges = &batch.all;\n            \
                 let degree = edges.degree();\n            \
                 let both = at(&degree, &edges.node) * at(&degree, &edges.neighbour);\n            \
                 edges.sum(at(rows, &edges.neighbour) / both.sqrt())\n        \
             };\n"
            .into(),
        ),
        (
            "plain_sum",
            "        let plain_sum = |rows: &Tensor<2>| batch.all.sum(at(rows, &batch.all.neighbour));\n".into(),
        ),
        (
            "linear",
            format!(
                "        let linear = |rows: &Tensor<2>| {{\n            \
                     rows.clone().matmul(self.get(\"{path}.weight\")) + self.get(\"{path}.bias\")\n        \
                 }};\n"
            ),
        ),
        (
            "project",
            format!(
                "        let project = |rows: &Tensor<2>| rows.clone().matmul(self.get(\"{path}.weight\"));\n"
            ),
        ),
        (
            "among_pairs",
            format!(
                "        let among_pairs = |values: &Tensor<2>| {{\n            \
                     let edges = &batch.all;\n            \
                     let scores = values.clone().matmul(self.get(\"{path}.attention\"));\n            \
                     let of_node = at(&scores, &edges.node).slice_dim(1, 0..1);\n            \
                     let of_neighbour = at(&scores, &edges.neighbour).slice_dim(1, 1..2);\n            \
                     self.attend(edges, of_node + of_neighbour, values)\n        \
                 }};\n"
            ),
        ),
        (
            "by_relation",
            format!(
                "        let by_relation = |values: &Tensor<2>| {{\n            \
                     let edges = &batch.all;\n            \
                     let relations = self.get(\"{path}.relations\") * self.get(\"{path}.multipliers\");\n            \
                     let products = at(values, &edges.node) * at(values, &edges.neighbour);\n            \
                     self.attend(edges, (products * at(&relations, &edges.relation)).sum_dim(1), values)\n        \
                 }};\n"
            ),
        ),
    ]);
    functions
}
