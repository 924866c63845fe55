//! Iris flowers told apart by a support vector machine, in Rust with libsvm-rs.
//!
//! Cargo.toml:
//!
//! ```toml
//! [dependencies]
//! libsvm-rs = "0.9"
//! rand = "0.10"
//! safetensors = "0.8"
//! ```
//!
//! The table is `data/iris/iris_fisher150.csv`: the file `sklearn/datasets/data/iris.csv` of scikit-learn, whose
//! first line holds no flower.
//!
//! `cargo run --release` trains. `cargo run --release -- weights.safetensors` takes a machine exported from the
//! page in place of training, and writes the class it predicts for each row to `predictions.txt`. The file holds
//! float32 tensors: `support_vectors [vectors, features]`, and for each pair of classes a < b
//! `pairs.<a>_<b>.coefficients [vectors]`, 0 where a vector does not belong to the pair, and
//! `pairs.<a>_<b>.intercept [1]`.
//!
//! The random numbers are not the page's: the split is another draw of the same experiment.

use libsvm_rs::train::svm_train;
use libsvm_rs::{KernelType, SvmNode, SvmParameter, SvmProblem};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use safetensors::{Dtype, SafeTensors};

const SEED: u64 = 1;
const TRAIN_SIZE: usize = 120;
/// Price of a row on the wrong side of its margin.
const C: f64 = 1.0;
/// `1 / (features · variance)` over the page's training rows.
const GAMMA: f64 = 3.6776481177709357;

const FILE: &str = "data/iris/iris_fisher150.csv";
/// Columns of the file: 0 sepal length, 1 sepal width, 2 petal length, 3 petal width.
const FEATURES: [usize; 4] = [0, 1, 2, 3];
const CLASSES: [&str; 3] = ["setosa", "versicolor", "virginica"];

/// Smallest and largest value of each column, over all rows of the page's table.
const LOW: [f64; FEATURES.len()] = [4.3, 2.0, 1.0, 0.1];
const HIGH: [f64; FEATURES.len()] = [7.9, 4.4, 6.9, 2.5];

/// Rows of scaled features, and the class of each.
struct Table {
    rows: Vec<Vec<f32>>,
    labels: Vec<usize>,
}

fn read_table() -> Table {
    let text = std::fs::read_to_string(FILE).expect(FILE);
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for line in text.lines().skip(1) {
        let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
        rows.push(FEATURES.iter().map(|column| cells[*column]).collect());
        labels.push(cells[4] as usize);
    }
    Table { rows: scaled(rows), labels }
}

/// Min-max scaling: each column to 0…1, by its range on the page. A column that never changed there becomes 0.
fn scaled(rows: Vec<Vec<f64>>) -> Vec<Vec<f32>> {
    let scale = |(column, value): (usize, f64)| {
        let width = HIGH[column] - LOW[column];
        if width > 0.0 { ((value - LOW[column]) / width) as f32 } else { 0.0 }
    };
    rows.into_iter().map(|row| row.into_iter().enumerate().map(scale).collect()).collect()
}

/// Row numbers of train, dev and test: 80, 10 and 10 % of one permutation; of train the first `TRAIN_SIZE`.
fn split(rows: usize, random: &mut StdRng) -> [Vec<usize>; 3] {
    let held_out = rows / 10;
    let order = shuffled(rows, random);
    let (rest, test) = order.split_at(rows - held_out);
    let (train, dev) = rest.split_at(rest.len() - held_out);
    [train[..TRAIN_SIZE].to_vec(), dev.to_vec(), test.to_vec()]
}

fn shuffled(rows: usize, random: &mut StdRng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    order.shuffle(random);
    order
}

/// The machine that tells two classes apart: a decision above 0 speaks for the first.
struct Pair {
    classes: [usize; 2],
    support_vectors: Vec<Vec<f32>>,
    coefficients: Vec<f64>,
    intercept: f64,
}

impl Pair {
    fn decision(&self, row: &[f32]) -> f64 {
        let vectors = self.support_vectors.iter().zip(&self.coefficients);
        vectors.map(|(vector, coefficient)| coefficient * kernel(vector, row)).sum::<f64>() + self.intercept
    }
}

/// `exp(-γ ‖x - y‖²)`: how alike two rows are.
fn kernel(left: &[f32], right: &[f32]) -> f64 {
    let squares = left.iter().zip(right).map(|(x, y)| (f64::from(*x) - f64::from(*y)).powi(2));
    (-GAMMA * squares.sum::<f64>()).exp()
}

/// One machine for each pair of classes.
fn train(table: &Table, rows: &[usize]) -> Vec<Pair> {
    libsvm_rs::set_quiet(true);
    pairs().map(|classes| train_pair(table, rows, classes)).collect()
}

fn pairs() -> impl Iterator<Item = [usize; 2]> {
    (0..CLASSES.len()).flat_map(|first| (first + 1..CLASSES.len()).map(move |second| [first, second]))
}

fn train_pair(table: &Table, rows: &[usize], classes: [usize; 2]) -> Pair {
    // Rows of the first class stand first, so that LIBSVM counts them as positive.
    let members = classes.map(|class| rows.iter().copied().filter(move |&row| table.labels[row] == class));
    let [first, second] = members.map(|rows| rows.collect::<Vec<usize>>());
    if first.is_empty() || second.is_empty() {
        // Nothing to tell apart: the class that has rows wins.
        let intercept = if second.is_empty() { 1.0 } else { -1.0 };
        return Pair { classes, support_vectors: Vec::new(), coefficients: Vec::new(), intercept };
    }
    let labels = [vec![1.0; first.len()], vec![-1.0; second.len()]].concat();
    let rows: Vec<&Vec<f32>> = first.iter().chain(&second).map(|&row| &table.rows[row]).collect();
    let node = |(index, &x): (i32, &f32)| SvmNode { index, value: x.into() };
    let instances = rows.iter().map(|row| (1..).zip(*row).map(node).collect()).collect();
    let problem = SvmProblem { labels, instances };
    let parameter = SvmParameter { c: C, kernel_type: KernelType::Rbf, gamma: GAMMA, ..Default::default() };
    let model = svm_train(&problem, &parameter);
    Pair {
        classes,
        // LIBSVM counts rows from 1.
        support_vectors: model.sv_indices.iter().map(|index| rows[index - 1].clone()).collect(),
        coefficients: model.sv_coef[0].clone(),
        intercept: -model.rho[0],
    }
}

/// A machine exported from the page.
fn load(path: &str) -> Vec<Pair> {
    let bytes = std::fs::read(path).expect("the exported weights");
    let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
    let count = file.tensor("support_vectors").expect("support vectors").shape()[0];
    let values = floats(&file, "support_vectors", &[count, FEATURES.len()]);
    let vectors: Vec<Vec<f32>> = values.chunks(FEATURES.len()).map(<[f32]>::to_vec).collect();
    let load_pair = |classes: [usize; 2]| {
        let name = format!("pairs.{}_{}", classes[0], classes[1]);
        let coefficients = floats(&file, &format!("{name}.coefficients"), &[count]);
        Pair {
            classes,
            support_vectors: vectors.clone(),
            coefficients: coefficients.into_iter().map(f64::from).collect(),
            intercept: floats(&file, &format!("{name}.intercept"), &[1])[0].into(),
        }
    };
    pairs().map(load_pair).collect()
}

/// The numbers of a tensor in the file, row by row.
fn floats(file: &SafeTensors, name: &str, shape: &[usize]) -> Vec<f32> {
    let tensor = file.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!((tensor.dtype(), tensor.shape()), (Dtype::F32, shape), "{name} belongs to another model");
    tensor.data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

/// The class with the most votes of the machines, for each row.
fn predict(machines: &[Pair], table: &Table, rows: &[usize]) -> Vec<usize> {
    let vote = |&row: &usize| {
        let mut votes = [0; CLASSES.len()];
        for pair in machines {
            let [first, second] = pair.classes;
            votes[if pair.decision(&table.rows[row]) > 0.0 { first } else { second }] += 1;
        }
        largest(&votes)
    };
    rows.iter().map(vote).collect()
}

/// The place of the largest value; of equal ones the first.
fn largest<T: PartialOrd>(values: &[T]) -> usize {
    (1..values.len()).fold(0, |best, place| if values[place] > values[best] { place } else { best })
}

/// The share of rows whose class was predicted.
fn accuracy(table: &Table, rows: &[usize], predicted: &[usize]) -> f64 {
    let right = rows.iter().zip(predicted).filter(|(row, class)| table.labels[**row] == **class);
    right.count() as f64 / rows.len() as f64
}

fn main() {
    let table = read_table();
    if let Some(path) = std::env::args().nth(1) {
        let all: Vec<usize> = (0..table.rows.len()).collect();
        let predicted = predict(&load(&path), &table, &all);
        println!("accuracy over all rows {:.3}", accuracy(&table, &all, &predicted));
        let names: Vec<&str> = predicted.iter().map(|class| CLASSES[*class]).collect();
        std::fs::write("predictions.txt", names.join("\n")).expect("a folder that can be written to");
        return;
    }
    let mut random = StdRng::seed_from_u64(SEED);
    let [train_rows, dev, test] = split(table.rows.len(), &mut random);
    let model = train(&table, &train_rows);
    println!("dev accuracy {:.3}", accuracy(&table, &dev, &predict(&model, &table, &dev)));
    println!("test accuracy {:.3}", accuracy(&table, &test, &predict(&model, &table, &test)));
}
