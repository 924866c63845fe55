//! The item that comes next, by early fusion, in Rust with burn.
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
use burn::tensor::activation::{log_softmax, relu, tanh};
use burn::tensor::{Device, IndexingUpdateOp, Int, Tensor, TensorData};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use safetensors::SafeTensors;
use std::collections::HashMap;

const SEED: u64 = 1;
/// Numbers of each vector.
const WIDTH: usize = 64;
/// Items of a history that are looked at, the last ones.
const MAX_HISTORY: usize = 50;
const LEARNING_RATE: f64 = 0.002;
const BATCH_SIZE: usize = 128;
const EPOCHS: usize = 30;
/// Probability with which a number of what stands for a history is left out of a training step.
const DROPOUT: f64 = 0.4;
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
}

impl Edges {
    fn new(nodes: usize, edges: impl Iterator<Item = [usize; 3]>, device: &Device) -> Self {
        let edges: Vec<[usize; 3]> = edges.collect();
        let column = |column: usize| indices(edges.iter().map(|edge| edge[column]), device);
        Self { nodes, node: column(0), neighbour: column(1) }
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

/// The steps of several histories, one history behind the other.
struct Batch {
    /// The item of each step.
    items: Tensor<1, Int>,
    /// Steps and the codes of their pictures, and those of their words.
    images: Edges,
    texts: Edges,
    /// How many steps come behind each in its history.
    from_end: Tensor<1, Int>,
    /// Each step and those up to it.
    before: Edges,
    /// The last step of each history.
    last: Tensor<1, Int>,
    /// The items to be predicted.
    targets: Tensor<1, Int>,
}

fn batch(data: &Data, examples: &[Example], device: &Device) -> Batch {
    let history = |(user, end): &Example| &data.histories[*user][end.saturating_sub(MAX_HISTORY)..*end];
    let histories: Vec<&[usize]> = examples.iter().map(history).collect();
    let items = histories.concat();
    // The row of the first step of each history.
    let mut first = vec![0];
    for history in &histories {
        first.push(first[first.len() - 1] + history.len());
    }
    let codes = |channel: usize| {
        let of = |(step, item): (usize, &usize)| {
            data.codes[*item][channel].iter().map(move |code| [step, *code, 0])
        };
        Edges::new(items.len(), items.iter().enumerate().flat_map(of), device)
    };
    Batch {
        images: codes(0),
        texts: codes(1),
        from_end: indices(histories.iter().flat_map(|history| (0..history.len()).rev()), device),
        before: Edges::new(
            items.len(),
            first.iter().zip(&histories).flat_map(|(first, history)| {
                let steps = move |step| (0..=step).map(move |before| [first + step, first + before, 0]);
                (0..history.len()).flat_map(steps)
            }),
            device,
        ),
        last: indices(first.iter().zip(&histories).map(|(first, history)| first + history.len() - 1), device),
        targets: indices(examples.iter().map(|(user, at)| data.histories[*user][*at]), device),
        items: indices(items.into_iter(), device),
    }
}

/// The weights by name, all of them matrices: biases have one row.
#[derive(Module, Debug)]
struct Weights {
    list: Vec<Param<Tensor<2>>>,
    #[module(skip)]
    names: Vec<String>,
    /// Whether training leaves numbers out.
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
        weights.names.push(name.trim_start_matches("Steps.").to_string());
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

    fn linear(&self, name: &str, rows: Tensor<2>) -> Tensor<2> {
        rows.matmul(self.get(&format!("{name}.weight"))) + self.get(&format!("{name}.bias"))
    }

    /// Softmax over the neighbours of each node by a score for each edge, and the sum of their values by it.
    fn attend(edges: &Edges, scores: Tensor<2>, values: &Tensor<2>) -> Tensor<2> {
        // The largest score of a node is taken off: that changes nothing, and `exp` stays finite.
        let least = Tensor::full([edges.nodes, 1], f32::MIN, &scores.device());
        let known = scores.clone().detach();
        let largest = least.select_assign(0, edges.node.clone(), known, IndexingUpdateOp::Max);
        let weights = (scores - at(&largest, &edges.node)).exp();
        let shares = weights.clone() / at(&edges.sum(weights), &edges.node);
        edges.sum(shares * at(values, &edges.neighbour))
    }

    /// A block of causal self-attention: what it makes of the last step of each history.
    fn encode(&self, name: &str, rows: Tensor<2>, batch: &Batch) -> Tensor<2> {
        let block = format!("{name}.attention.block");
        let norm = |name: &str, rows: &Tensor<2>| {
            let of = |what: &str| self.get(&format!("{block}.{name}.{what}"));
            let centred = rows.clone() - rows.clone().mean_dim(1);
            let variance = (centred.clone() * centred.clone()).mean_dim(1);
            centred / (variance + 1e-5).sqrt() * of("scale") + of("shift")
        };
        let rows = rows + at(&self.get(&format!("{name}.attention.places.table")), &batch.from_end);
        let normed = norm("before_attention", &rows);
        let times = |name: &str, rows: &Tensor<2>| rows.clone().matmul(self.get(&format!("{block}.{name}")));
        let [queries, keys, values] = ["query", "key", "value"].map(|name| times(name, &normed));
        let products = at(&queries, &batch.before.node) * at(&keys, &batch.before.neighbour);
        let heard = Self::attend(&batch.before, products.sum_dim(1) / (WIDTH as f64).sqrt(), &values);
        let seen = rows + times("output", &heard);
        let hidden = relu(self.linear(&format!("{block}.hidden"), norm("before_hidden", &seen)));
        let states = norm("behind", &(seen + self.linear(&format!("{block}.back"), hidden)));
        at(&states, &batch.last)
    }

    fn join(&self, channels: Vec<Tensor<2>>) -> Tensor<2> {
        tanh(self.linear("join", Tensor::cat(channels, 1)))
    }

    /// The scores of all items for each history.
    fn forward(&self, batch: &Batch) -> Tensor<2> {
        let items = at(&self.get("items.table"), &batch.items);
        let images = batch.images.mean(&self.get("images.table"));
        let texts = batch.texts.mean(&self.get("texts.table"));
        let joined = self.join(vec![items, images, texts]);
        let histories = self.encode("encoders.0", joined, batch);
        self.dropout(histories, DROPOUT).matmul(self.get("items.table").transpose())
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
