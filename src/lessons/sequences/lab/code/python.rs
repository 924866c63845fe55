//! The program in Python.

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

const FRAME: &str = include_str!("python/frame.py.txt");
const MEAN: &str = include_str!("python/mean.py.txt");
const DROPOUT: &str = include_str!("python/dropout.py.txt");
const RELATIONS: &str = include_str!("python/graphs/relations.py.txt");
const NODES: &str = include_str!("python/graphs/nodes.py.txt");
const BATCH: &str = include_str!("python/graphs/batch.py.txt");
const FORWARD: &str = include_str!("python/graphs/forward.py.txt");
const TABLES: &str = include_str!("python/graphs/tables.py.txt");
const FEATURES: &str = include_str!("python/graphs/features.py.txt");
const FEATURES_SAY: &str = " features.safetensors has the
features of pictures and words; in codes.csv stand the numbers of the items that have some.";
const READ_FEATURES: &str = "features = {name: jnp.asarray(values) for name, values in load_file(\"features.safetensors\").items()}\n";

/// What programs differ in beside names and numbers.
struct Pieces {
    relations: &'static str,
    nodes: &'static str,
    has_mean: bool,
    has_features: bool,
    batch: String,
    forward: &'static str,
}

/// The program around its pieces.
fn frame(file: String, pieces: Pieces, mut values: Values) -> Program {
    let install = "pip install jax numpy safetensors".to_string();
    values.extend([
        ("dependencies", install.clone()),
        ("program", file.clone()),
        ("relations", pieces.relations.into()),
        ("nodes", pieces.nodes.into()),
        ("mean", only(pieces.has_mean, MEAN)),
        ("features_say", only(pieces.has_features, FEATURES_SAY)),
        ("read_features", only(pieces.has_features, READ_FEATURES)),
        ("drop", DROPOUT.into()),
        ("batch", pieces.batch),
    ]);
    values.insert("forward", fill(pieces.forward, &values));
    Program { file, install, text: fill(FRAME, &values) }
}

/// The program of a network over steps.
pub fn of_steps(settings: &SequencesSettings, text: &StepsText, values: Values) -> Program {
    steps::program(settings, text, values)
}

/// The program of a network over graphs.
pub fn of_graphs(settings: &SequencesSettings, layer: &LayerText, mut values: Values) -> Program {
    let functions = called(&layer.body.join("\n"), &functions(settings, layer.path)).concat();
    let body: String = layer.python().iter().map(|line| format!("        {line}\n")).collect();
    let lines = functions.clone() + &body;
    let has = |name: &str| lines.contains(name);
    let is_told = |info| [info, NodeInfoName::Both].contains(&settings.node_info);
    let (position, kind) = (is_told(NodeInfoName::Position), is_told(NodeInfoName::Type));
    let attends = has("attend(");
    let has_features = has_features(settings);
    let activations = ["leaky_relu", "relu", "sigmoid", "log_softmax"];
    let activations: Vec<&str> = activations
        .into_iter()
        .filter(|name| *name == "log_softmax" || has(&format!(" {name}(")) || has(&format!("({name}(")))
        .collect();
    let mut edge_sets = String::new();
    for (name, is_related) in
        [("within", "of <= BOTH"), ("between", "of == SELF or of > BOTH"), ("all", "True")]
    {
        let line = format!("        \"{name}\": related(\"{name}\", lambda of: {is_related}),\n");
        edge_sets += &only(has(&format!("batch[\"{name}\"]")), &line);
    }
    values.extend([
        ("prefix", "Graph".into()),
        ("own", if has_features { FEATURES } else { TABLES }.into()),
        ("dropped", "a state".into()),
        ("layers", format!("LAYERS = {}  # they share their weights\n", settings.layers)),
        ("itertools", "from itertools import permutations, product\n\n".into()),
        ("width", only(has("WIDTH"), &format!("WIDTH = {}  # numbers of each vector\n", settings.dim))),
        ("activations", activations.join(", ")),
        (
            "segments",
            format!("from jax.ops import {}segment_sum\n", if attends { "segment_max, " } else { "" }),
        ),
        (
            "attention_dropout",
            only(
                attends,
                &format!(
                    "ATTENTION_DROPOUT = {:?}  # of edges\n\
                     SLOPE = {}  # what a score below 0 is multiplied by\n",
                    settings.attention_dropout,
                    if settings.model == Model::Gat { 0.2 } else { 0.1 }
                ),
            ),
        ),
        (
            "skip",
            only(
                as_graphs(settings).rule == Rule::SkipsRepeated,
                "            # As in the authors' program: what skips the edge of the items skips the step's codes, too.\n            \
                 if settled(relations, step[0][0], following[0][0]):\n                \
                     continue\n",
            ),
        ),
        (
            "complete",
            only(
                settings.model == Model::FullAttention,
                "        # Whatever else two nodes have to do with each other.\n        \
                 for pair in product([node for step in steps for nodes in step for node in nodes], repeat=2):\n            \
                     relations.setdefault(pair, SELF)\n",
            ),
        ),
        (
            "pooled",
            match settings.pooling {
                PoolingName::Last => "steps[-1:]",
                PoolingName::Mean => "steps",
            }
            .into(),
        ),
        (
            "edge_sets",
            edge_sets
                + &only(
                    position,
                    "        \"positions\": edges(\n            \
                         \"positions\", [(place[node], at, 0) for node in positions for at in positions[node]], (nodes - 1, 0, 0)\n        \
                     ),\n",
                ),
        ),
        ("functions", functions),
        ("layer", body),
        (
            "node_info",
            only(
                kind,
                "    told.append(weights[\"nodes.kinds.table\"][np.repeat(np.arange(3), counts)])\n",
            ) + &only(
                position,
                "    told.append(mean(weights[\"nodes.positions.table\"], batch[\"positions\"], nodes))\n",
            ),
        ),
    ]);
    let pieces = Pieces {
        relations: RELATIONS,
        nodes: NODES,
        has_mean: true,
        has_features,
        batch: fill(BATCH, &values),
        forward: FORWARD,
    };
    frame("sequences_mmsr.py".into(), pieces, values)
}

/// What a layer's lines are written in, by name; those that others call stand before them.
fn functions(settings: &SequencesSettings, path: &str) -> Vec<(&'static str, String)> {
    let scale = if settings.score_scale == ScoreScale::Root { " / WIDTH**0.5" } else { "" };
    let mut functions: Vec<(&str, String)> = vec![
        (
            "by_kind",
            "    def by_kind(name, rows):\n        \
                 \"\"\"Each row times the matrix of its kind.\"\"\"\n        \
                 kinds, pieces = [\"item\", \"image\", \"text\"], jnp.split(rows, np.cumsum(counts)[:-1])\n        \
                 return jnp.concatenate([piece @ weights[f\"{name}.{kind}\"] for piece, kind in zip(pieces, kinds)])\n\n"
                .into(),
        ),
        (
            "attend",
            "    def attend(scores, values, node, neighbour):\n        \
                 \"\"\"Softmax over the neighbours of each node by a score for each edge, and the sum of their values by it.\"\"\"\n        \
                 scores = leaky_relu(scores, SLOPE)\n        \
                 # The largest score of a node is taken off: that changes nothing, and `exp` stays finite.\n        \
                 largest = segment_max(jax.lax.stop_gradient(scores), node, nodes)\n        \
                 shares = jnp.exp(scores - largest[node])\n        \
                 shares = dropout(shares / segment_sum(shares, node, nodes)[node], ATTENTION_DROPOUT)\n        \
                 return segment_sum(shares[:, None] * values[neighbour], node, nodes)\n\n"
                .into(),
        ),
    ];
    for name in ["query", "key", "value"] {
        let text = format!("    def {name}(rows):\n        return by_kind(\"{path}.{name}\", rows)\n\n");
        functions.push((name, text));
    }
    for (name, set, scale) in [("between", "between", scale), ("among_all", "all", "")] {
        let text = format!(
            "    def {name}(queries, keys, values):\n        \
                 node, neighbour, _ = batch[\"{set}\"]\n        \
                 return attend((queries[node] * keys[neighbour]).sum(1){scale}, values, node, neighbour)\n\n"
        );
        functions.push((name, text));
    }
    functions.extend([
        (
            "within",
            format!(
                "    def within(compared, values):\n        \
                     node, neighbour, relation = batch[\"within\"]\n        \
                     products = compared[node] * compared[neighbour] * weights[\"{path}.relations\"][relation]\n        \
                     return attend(products.sum(1), values, node, neighbour)\n\n"
            ),
        ),
        (
            "score",
            format!(
                "    def score(rows):\n        \
                     hidden = relu(rows @ weights[\"{path}.gate.hidden.weight\"] + weights[\"{path}.gate.hidden.bias\"])\n        \
                     return hidden @ weights[\"{path}.gate.score.weight\"] + weights[\"{path}.gate.score.bias\"]\n\n"
            ),
        ),
        (
            "join",
            format!(
                "    def join(one, other):\n        \
                     both = jnp.concatenate([one, other], 1)\n        \
                     return both @ weights[\"{path}.concat.weight\"] + weights[\"{path}.concat.bias\"]\n\n"
            ),
        ),
        (
            "normalised_sum",
            "    def normalised_sum(rows):\n        \
                 node, neighbour, _ = batch[\"all\"]\n        \
                 degree = segment_sum(jnp.ones(len(node)), node, nodes)\n        \
                 both = degree[node] * degree[neighbour]\n        \
                 return segment_sum(rows[neighbour] / jnp.sqrt(both)[:, None], node, nodes)\n\n"
                .into(),
        ),
        (
            "plain_sum",
            "    def plain_sum(rows):\n        \
                 node, neighbour, _ = batch[\"all\"]\n        \
                 return segment_sum(rows[neighbour], node, nodes)\n\n"
                .into(),
        ),
        (
            "linear",
            format!(
                "    def linear(rows):\n        \
                     return rows @ weights[\"{path}.weight\"] + weights[\"{path}.bias\"]\n\n"
            ),
        ),
        (
            "project",
            format!("    def project(rows):\n        return rows @ weights[\"{path}.weight\"]\n\n"),
        ),
        (
            "among_pairs",
            format!(
                "    def among_pairs(values):\n        \
                     node, neighbour, _ = batch[\"all\"]\n        \
                     scores = values @ weights[\"{path}.attention\"]\n        \
                     return attend(scores[node, 0] + scores[neighbour, 1], values, node, neighbour)\n\n"
            ),
        ),
        (
            "by_relation",
            format!(
                "    def by_relation(values):\n        \
                     node, neighbour, relation = batch[\"all\"]\n        \
                     relations = weights[\"{path}.relations\"] * weights[\"{path}.multipliers\"]\n        \
                     products = values[node] * values[neighbour] * relations[relation]\n        \
                     return attend(products.sum(1), values, node, neighbour)\n\n"
            ),
        ),
    ]);
    functions
}
