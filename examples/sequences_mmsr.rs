//! The item that comes next, by MMSR, in Rust with burn.
//!
//! Cargo.toml:
//!
//! ```toml
//! [dependencies]
//! burn = { version = "=0.22.1", default-features = false, features = ["std", "optim", "flex", "simd"] }
//! csv = "1.4"
//! rand = "0.10"
//! safetensors = "0.8"
//! ```
//!
//! Beside it lie the files that the page saves ("Save the files"): histories.csv, what each user took in order; codes.csv,
//! the codes of each item's picture and words; start.safetensors, the weights that the page begins with.
//!
//! `cargo run --release` trains, and judges the weights that were best on the validation items. `cargo run --release --
//! weights.safetensors` judges weights exported from the page. With a file of minibatches behind it (`… --
//! start.safetensors batches.txt`, a line of numbers of training examples for each) it trains on them without dropout
//! and prints the loss of each step.
//!
//! The random numbers are not the page's: minibatches and what dropout leaves out are another draw.

use burn::module::{Module, Param};
use burn::nn::DropoutConfig;
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::activation::{leaky_relu, log_softmax, relu, sigmoid};
use burn::tensor::{Device, IndexingUpdateOp, Int, Tensor, TensorData};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use safetensors::SafeTensors;
use std::collections::{BTreeMap, HashMap};

const SEED: u64 = 1;
/// Layers; they share their weights.
const LAYERS: usize = 1;
/// Items of a history that are looked at, the last ones.
const MAX_HISTORY: usize = 50;
const LEARNING_RATE: f64 = 0.002;
const BATCH_SIZE: usize = 128;
const EPOCHS: usize = 30;
/// Probability with which a number of a state is left out of a training step.
const DROPOUT: f64 = 0.4;
/// Probability with which an edge is.
const ATTENTION_DROPOUT: f64 = 0.2;
/// What a score below 0 is multiplied by.
const SLOPE: f64 = 0.1;
/// How long the list is that is judged.
const TOP: usize = 20;

/// Histories and codes, with items numbered in the order of codes.csv.
#[derive(Default)]
struct Data {
    histories: Vec<Vec<usize>>,
    /// Of each item the codes of its picture and those of its words.
    codes: Vec<[Vec<usize>; 2]>,
}

fn table(file: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    reader.records().map(|row| row.unwrap_or_else(|error| panic!("{file}: {error}"))).collect()
}

fn read() -> Data {
    let mut data = Data::default();
    let mut place = HashMap::new();
    for row in table("codes.csv") {
        let codes = |column: usize| row[column].split_whitespace().map(|code| code.parse().expect("a code"));
        place.insert(row[0].to_string(), data.codes.len());
        data.codes.push([codes(1).collect(), codes(2).collect()]);
    }
    let mut users = HashMap::new();
    for row in table("histories.csv") {
        let user = *users.entry(row[0].to_string()).or_insert(data.histories.len());
        data.histories.resize(users.len(), Vec::new());
        data.histories[user].push(place[&row[1]]);
    }
    data
}

/// An item to be predicted from those before it: its user, and its place in the history.
type Example = (usize, usize);

/// Examples to learn from, to choose weights with and to judge them by: of each history the last fifth judges, and as much
/// before it chooses.
fn examples(data: &Data) -> [Vec<Example>; 3] {
    let mut parts = [const { Vec::new() }; 3];
    for (user, history) in data.histories.iter().enumerate() {
        let held_out = if history.len() < 3 { 0 } else { (history.len() / 5).max(1) };
        let ends = [2, 1].map(|times| history.len() - times * held_out);
        for at in 1..history.len() {
            parts[ends.iter().filter(|end| at >= **end).count()].push((user, at));
        }
    }
    parts
}

/// Relations of a node to itself, to one that comes right after it, right before it, and both ways.
const SELF: usize = 1;
const OUT: usize = 2;
const IN: usize = 3;
const BOTH: usize = 4;
/// Relations of a node of one kind (row) to one of another (column) of the same item.
const BETWEEN: [[usize; 3]; 3] = [[0, 5, 7], [6, 0, 9], [8, 10, 0]];

/// A node: its kind, its history and its number. Sorted so, the nodes of a kind stand together.
type Node = (usize, usize, usize);
/// The relation of one node to another.
type Relations = BTreeMap<[Node; 2], usize>;

/// Whether there is nothing to add: the nodes are one, or each comes before the other already.
fn settled(relations: &Relations, from: Node, to: Node) -> bool {
    from == to || relations.get(&[from, to]) == Some(&BOTH)
}

/// One node comes right before another.
fn follow(relations: &mut Relations, from: Node, to: Node) {
    if !settled(relations, from, to) {
        let returns = relations.get(&[to, from]) == Some(&OUT);
        let (there, back) = if returns { (BOTH, BOTH) } else { (OUT, IN) };
        relations.insert([from, to], there);
        relations.insert([to, from], back);
    }
}

fn indices(numbers: impl Iterator<Item = usize>, device: &Device) -> Tensor<1, Int> {
    let numbers: Vec<i32> = numbers.map(|number| number as i32).collect();
    Tensor::from_data(TensorData::new(numbers.clone(), [numbers.len()]), device)
}

/// The rows at these places.
fn at(rows: &Tensor<2>, places: &Tensor<1, Int>) -> Tensor<2> {
    rows.clone().select(0, places.clone())
}

/// Rows that hear of rows: who hears, of whom, and by which relation (counted from 0).
struct Edges {
    nodes: usize,
    node: Tensor<1, Int>,
    neighbour: Tensor<1, Int>,
    relation: Tensor<1, Int>,
}

impl Edges {
    fn new(nodes: usize, edges: impl Iterator<Item = [usize; 3]>, device: &Device) -> Self {
        let edges: Vec<[usize; 3]> = edges.collect();
        let column = |column: usize| indices(edges.iter().map(|edge| edge[column]), device);
        Self { nodes, node: column(0), neighbour: column(1), relation: column(2) }
    }

    /// What each node hears, added up; a row of `heard` for each edge.
    fn sum(&self, heard: Tensor<2>) -> Tensor<2> {
        let zeros = Tensor::zeros([self.nodes, heard.dims()[1]], &heard.device());
        zeros.select_assign(0, self.node.clone(), heard, IndexingUpdateOp::Add)
    }

    /// How many edges each node has.
    fn degree(&self) -> Tensor<2> {
        self.sum(Tensor::ones([self.node.dims()[0], 1], &self.node.device()))
    }

    /// The mean of what each node hears; zeros where it hears nothing.
    fn mean(&self, rows: &Tensor<2>) -> Tensor<2> {
        self.sum(at(rows, &self.neighbour)) / self.degree().clamp_min(1.0)
    }
}

/// The graphs of several histories side by side: one graph whose pieces do not touch.
struct Batch {
    /// The numbers of the nodes of each kind.
    numbers: [Tensor<1, Int>; 3],
    /// Between nodes of a kind.
    within: Edges,
    /// Between nodes of two kinds, and of each to itself.
    between: Edges,
    /// Nodes and their positions.
    positions: Edges,
    /// Each history and the nodes that stand for it.
    pooled: Edges,
    /// The items to be predicted.
    targets: Tensor<1, Int>,
}

fn batch(data: &Data, examples: &[Example], device: &Device) -> Batch {
    let mut relations = Relations::new();
    let mut pooled = Vec::new();
    let mut positions = Vec::new();
    for (graph, (user, end)) in examples.iter().enumerate() {
        let history = &data.histories[*user][end.saturating_sub(MAX_HISTORY)..*end];
        // The nodes of each step, by kind.
        let nodes = |item: &usize| {
            let [images, texts] = &data.codes[*item];
            let of = |kind, numbers: &[usize]| numbers.iter().map(|number| (kind, graph, *number)).collect();
            [of(0, &[*item]), of(1, images), of(2, texts)]
        };
        let steps: Vec<[Vec<Node>; 3]> = history.iter().map(nodes).collect();
        for node in steps.iter().flatten().flatten() {
            relations.insert([*node, *node], SELF);
        }
        for (position, step) in steps.iter().enumerate() {
            positions.extend(step.iter().flatten().map(|node| (*node, position)));
        }
        // Items follow each other, and so do the codes of their pictures and of their words.
        for pair in steps.windows(2) {
            for (before, after) in pair[0].iter().zip(&pair[1]) {
                for from in before {
                    after.iter().for_each(|to| follow(&mut relations, *from, *to));
                }
            }
        }
        // An item, the codes of its picture and those of its words belong together.
        for step in &steps {
            for (one, other) in [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)] {
                for node in &step[one] {
                    for neighbour in &step[other] {
                        relations.insert([*node, *neighbour], BETWEEN[one][other]);
                    }
                }
            }
        }
        pooled.extend(steps[steps.len() - 1..].iter().map(|step| (graph, step[0][0])));
    }
    let loops = relations.keys().filter(|[one, other]| one == other);
    let nodes: Vec<Node> = loops.map(|[node, _]| *node).collect();
    let place: HashMap<Node, usize> = nodes.iter().copied().zip(0..).collect();
    let edges = |has: fn(usize) -> bool| {
        let edges = relations.iter().filter(|(_, relation)| has(**relation));
        let edges = edges.map(|([one, other], relation)| [place[one], place[other], relation - 1]);
        Edges::new(nodes.len(), edges, device)
    };
    let of_kind = |kind: usize| nodes.iter().filter(move |node| node.0 == kind).map(|node| node.2);
    Batch {
        numbers: [0, 1, 2].map(|kind| indices(of_kind(kind), device)),
        within: edges(|relation| relation <= BOTH),
        between: edges(|relation| relation == SELF || relation > BOTH),
        positions: Edges::new(nodes.len(), positions.iter().map(|(node, at)| [place[node], *at, 0]), device),
        pooled: Edges::new(examples.len(), pooled.iter().map(|(at, node)| [*at, place[node], 0]), device),
        targets: indices(examples.iter().map(|(user, at)| data.histories[*user][*at]), device),
    }
}

/// The weights by name, all of them matrices: biases have one row.
#[derive(Module, Debug)]
struct Weights {
    list: Vec<Param<Tensor<2>>>,
    #[module(skip)]
    names: Vec<String>,
    /// Whether training leaves numbers and edges out.
    #[module(skip)]
    drops: bool,
}

/// The weights of a file.
fn load(path: &str, device: &Device) -> Weights {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
    let mut weights = Weights { list: Vec::new(), names: Vec::new(), drops: true };
    for (name, view) in file.iter() {
        let (values, _) = view.data().as_chunks();
        let values: Vec<f32> = values.iter().copied().map(f32::from_le_bytes).collect();
        let columns = *view.shape().last().expect("a shape");
        let values = TensorData::new(values.clone(), [values.len() / columns, columns]);
        weights.list.push(Param::from_data(values, device));
        weights.names.push(name.trim_start_matches("Graph.").to_string());
    }
    weights
}

impl Weights {
    fn get(&self, name: &str) -> Tensor<2> {
        let place = self.names.iter().position(|known| known == name).expect("a weight of that name");
        self.list[place].val()
    }

    fn dropout(&self, values: Tensor<2>, probability: f64) -> Tensor<2> {
        // burn's leaves nothing out where there is no backward pass.
        if self.drops { DropoutConfig::new(probability).init().forward(values) } else { values }
    }

    /// Each row times the matrix of its kind.
    fn by_kind(&self, name: &str, rows: &Tensor<2>, batch: &Batch) -> Tensor<2> {
        let (mut first, mut products) = (0, Vec::new());
        for (kind, numbers) in ["item", "image", "text"].iter().zip(&batch.numbers) {
            let end = first + numbers.dims()[0];
            if end > first {
                products.push(rows.clone().slice(first..end).matmul(self.get(&format!("{name}.{kind}"))));
            }
            first = end;
        }
        Tensor::cat(products, 0)
    }

    /// Softmax over the neighbours of each node by a score for each edge, and the sum of their values by it.
    fn attend(&self, edges: &Edges, scores: Tensor<2>, values: &Tensor<2>) -> Tensor<2> {
        let scores = leaky_relu(scores, SLOPE);
        // The largest score of a node is taken off: that changes nothing, and `exp` stays finite.
        let least = Tensor::full([edges.nodes, 1], f32::MIN, &scores.device());
        let known = scores.clone().detach();
        let largest = least.select_assign(0, edges.node.clone(), known, IndexingUpdateOp::Max);
        let weights = (scores - at(&largest, &edges.node)).exp();
        let shares = weights.clone() / at(&edges.sum(weights), &edges.node);
        edges.sum(self.dropout(shares, ATTENTION_DROPOUT) * at(values, &edges.neighbour))
    }

    /// The scores of all items for each history.
    fn forward(&self, batch: &Batch) -> Tensor<2> {
        let tables = ["nodes.items.table", "nodes.images.Codes.table", "nodes.texts.Codes.table"];
        let own = tables.iter().zip(&batch.numbers).map(|(table, numbers)| at(&self.get(table), numbers));
        let own = Tensor::cat(own.collect(), 0);
        let kinds = (0..3).flat_map(|kind| std::iter::repeat_n(kind, batch.numbers[kind].dims()[0]));
        let kinds = at(&self.get("nodes.kinds.table"), &indices(kinds, &batch.targets.device()));
        let positions = batch.positions.mean(&self.get("nodes.positions.table"));
        let mut states = Tensor::cat(vec![own, kinds, positions], 1).matmul(self.get("nodes.mix"));
        for layer in 0..LAYERS {
            if layer > 0 {
                states = self.dropout(states, DROPOUT);
            }
            states = self.layer(&states, batch);
        }
        self.dropout(batch.pooled.mean(&states), DROPOUT).matmul(self.get("nodes.items.table").transpose())
    }

    /// HAN-GNN: attention within kinds and attention between kinds.
    fn layer(&self, states: &Tensor<2>, batch: &Batch) -> Tensor<2> {
        let query = |rows: &Tensor<2>| self.by_kind("layer.Han.query", rows, batch);
        let key = |rows: &Tensor<2>| self.by_kind("layer.Han.key", rows, batch);
        let value = |rows: &Tensor<2>| self.by_kind("layer.Han.value", rows, batch);
        let between = |queries: &Tensor<2>, keys: &Tensor<2>, values: &Tensor<2>| {
            let edges = &batch.between;
            let products = at(queries, &edges.node) * at(keys, &edges.neighbour);
            self.attend(edges, products.sum_dim(1), values)
        };
        let within = |compared: &Tensor<2>, values: &Tensor<2>| {
            let edges = &batch.within;
            let products = at(compared, &edges.node) * at(compared, &edges.neighbour);
            let by_relation = at(&self.get("layer.Han.relations"), &edges.relation);
            self.attend(edges, (products * by_relation).sum_dim(1), values)
        };
        let score = |rows: &Tensor<2>| {
            let hidden = rows.clone().matmul(self.get("layer.Han.gate.hidden.weight"));
            let hidden = relu(hidden + self.get("layer.Han.gate.hidden.bias"));
            hidden.matmul(self.get("layer.Han.gate.score.weight")) + self.get("layer.Han.gate.score.bias")
        };
        let values = value(states);
        // The second phase of each order passes on the values of the layer's input: it is not invasive.
        // First within kinds, then between them.
        let ho = within(&values, &values);
        let hohe = between(&query(&ho), &key(&ho), &values);
        // First between kinds, then within them.
        let he = between(&query(states), &key(states), &values);
        let heho = within(&value(&he), &values);
        // The gate of each node: softmax over two scores is the sigmoid of their difference.
        let share = sigmoid(score(&hohe) - score(&heho));
        heho.clone() + share * (hohe - heho)
    }
}

/// One step of Adam: the weights after it, and the loss before.
fn step(weights: Weights, adam: &mut ModuleOptimizer, data: &Data, examples: &[Example]) -> (Weights, f64) {
    let batch = batch(data, examples, &Device::flex().autodiff());
    let logarithms = log_softmax(weights.forward(&batch), 1);
    let loss = -logarithms.gather(1, batch.targets.unsqueeze_dim(1)).mean();
    let value = f64::from(loss.clone().inner().into_scalar::<f32>());
    let gradients = GradientsParams::from_grads(loss.backward(), &weights);
    (adam.step(LEARNING_RATE, weights, gradients), value)
}

/// Hit rate, MRR and NDCG of the right items among all; equal scores could stand in any order.
fn judge(weights: &Weights, data: &Data, examples: &[Example]) -> [f64; 3] {
    let (weights, device) = (weights.valid(), Device::flex());
    let mut sums = [0.0; 3];
    for examples in examples.chunks(256) {
        let scores = weights.forward(&batch(data, examples, &device));
        let scores: Vec<f32> = scores.into_data().try_into_vec().expect("scores");
        for ((user, at), scores) in examples.iter().zip(scores.chunks(data.codes.len())) {
            let right = scores[data.histories[*user][*at]];
            let above = scores.iter().filter(|score| **score > right).count();
            let level = scores.iter().filter(|score| **score == right).count();
            for rank in (above + 1..=above + level).take_while(|rank| *rank <= TOP) {
                let figures = [1.0, 1.0 / rank as f64, 1.0 / (rank as f64 + 1.0).log2()];
                sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure / level as f64);
            }
        }
    }
    sums.map(|sum| sum / examples.len() as f64)
}

/// Trains, and gives the weights that were best on the validation items.
fn trained(data: &Data, learned: &[Example], valid: &[Example], device: &Device) -> Weights {
    let mut random = StdRng::seed_from_u64(SEED);
    device.seed(SEED);
    let mut weights = load("start.safetensors", device);
    let mut adam = AdamConfig::new().with_epsilon(1e-8).init();
    let (mut best, mut highest) = (weights.clone(), f64::NEG_INFINITY);
    for epoch in 1..=EPOCHS {
        let (mut order, mut sum) = (learned.to_vec(), 0.0);
        order.shuffle(&mut random);
        for examples in order.chunks(BATCH_SIZE) {
            let loss;
            (weights, loss) = step(weights, &mut adam, data, examples);
            sum += loss * examples.len() as f64;
        }
        let [hit_rate, mrr, ndcg] = judge(&weights, data, valid);
        println!(
            "epoch {epoch} of {EPOCHS}: loss {:.4}, validation HR@{TOP} {hit_rate:.4}, MRR@{TOP} {mrr:.4}, NDCG@{TOP} {ndcg:.4}",
            sum / learned.len() as f64
        );
        if mrr > highest {
            (best, highest) = (weights.clone(), mrr);
        }
    }
    best
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (data, device) = (read(), Device::flex().autodiff());
    let [learned, valid, test] = examples(&data);
    let weights = match &arguments[..] {
        [path, batches, ..] => {
            let mut weights = Weights { drops: false, ..load(path, &device) };
            let mut adam = AdamConfig::new().with_epsilon(1e-8).init();
            for line in std::fs::read_to_string(batches).expect("a file of minibatches").lines() {
                let example = |number: &str| learned[number.parse::<usize>().expect("a number")];
                let examples: Vec<Example> = line.split_whitespace().map(example).collect();
                let loss;
                (weights, loss) = step(weights, &mut adam, &data, &examples);
                println!("loss {loss:.9}");
            }
            return;
        }
        [path] => load(path, &device),
        [] => trained(&data, &learned, &valid, &device),
    };
    for (name, figure) in ["HR", "MRR", "NDCG"].iter().zip(judge(&weights, &data, &test)) {
        println!("test {name}@{TOP} {figure:.6}");
    }
}
