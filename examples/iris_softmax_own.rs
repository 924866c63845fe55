//! Rows of a table told apart by softmax regression, in Rust with basin's L-BFGS.
//!
//! Cargo.toml:
//!
//! ```toml
//! [dependencies]
//! basin = { version = "3.2", default-features = false }
//! csv = "1"
//! rand = "0.10"
//! safetensors = "0.8"
//! ```
//!
//! The table is the file named below, beside Cargo.toml: UTF-8 text with a header.
//!
//! `cargo run --release` trains. `cargo run --release -- weights.safetensors` takes weights exported from the page
//! in place of training, and writes the class they predict for each row to `predictions.txt`. The file holds
//! float32 tensors: `linear.weight [classes, features]` and `linear.bias [classes]`.
//!
//! The random numbers are not the page's: the split is another draw of the same experiment.

use basin::{CostFunction, Executor, FirstOrderState, Gradient, Lbfgs};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use safetensors::{Dtype, SafeTensors};
use std::convert::Infallible;

const SEED: u64 = 1;
const TRAIN_SIZE: usize = 24;
/// Strength of the data against the penalty.
const C: f64 = 100.0;

const FILE: &str = "untidy.csv";
const DELIMITER: u8 = b';';
const LABEL: &str = "klasse";
const FEATURES: [&str; 2] = ["fläche", "preis"];
const CLASSES: [&str; 3] = ["0", "1", "2"];

/// Rows of scaled features, and the class of each.
struct Table {
    rows: Vec<Vec<f32>>,
    labels: Vec<usize>,
}

fn read_table() -> Table {
    let text = std::fs::read_to_string(FILE).expect(FILE);
    let text = text.trim_start_matches('\u{feff}');
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(DELIMITER).trim(csv::Trim::All).has_headers(true);
    let mut reader = builder.from_reader(text.as_bytes());
    let header = trimmed(reader.headers().expect("a first line"));
    let place = |name: &str| header.iter().position(|column| column == name).expect(name);
    let (label, features) = (place(LABEL), FEATURES.map(place));
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for line in reader.records().map(|line| line.expect("a row as long as the first")) {
        let line = trimmed(&line);
        if let Some(class) = class(&line[label]) {
            let row: Vec<f64> = features.iter().map(|&place| number(&line[place])).collect();
            if row.iter().all(|value| value.is_finite()) {
                rows.push(row);
                labels.push(class);
            }
        }
    }
    Table { rows: scaled(rows), labels }
}

/// A record without blanks and signs of no width at the ends of its cells.
fn trimmed(record: &csv::StringRecord) -> csv::StringRecord {
    let unseen = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];
    record.iter().map(|cell| cell.trim_matches(unseen).trim()).collect()
}

/// The number in a cell (decimal comma, separated thousands, other signs), NaN where there is none.
fn number(cell: &str) -> f64 {
    let cell = cell.replace(|sign: char| "$€£¥￥元%％ '’\u{a0}\u{202f}".contains(sign), "");
    let cell = cell.replace('.', "").replace(',', ".");
    cell.parse().unwrap_or(f64::NAN)
}

/// The place of a class; of numbers 1 and 1.0 are the same. None where the cell names none.
fn class(cell: &str) -> Option<usize> {
    CLASSES.iter().position(|name| name.parse() == Ok(number(cell)))
}

/// Min-max scaling: each column to 0…1, by its smallest and largest value over all rows.
fn scaled(mut rows: Vec<Vec<f64>>) -> Vec<Vec<f32>> {
    for column in 0..FEATURES.len() {
        let values = rows.iter().map(|row| row[column]);
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        // A column that never changes becomes 0.
        let width = if high > low { high - low } else { 1.0 };
        rows.iter_mut().for_each(|row| row[column] = (row[column] - low) / width);
    }
    rows.into_iter().map(|row| row.into_iter().map(|value| value as f32).collect()).collect()
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

/// The parameters of `softmax(W x + b)`: for each class its weights, then its bias.
type Parameters = Vec<f64>;

/// `W x + b`, one value for each class.
fn logits(parameters: &Parameters, row: &[f32]) -> Vec<f64> {
    let classes = parameters.chunks(FEATURES.len() + 1);
    let products = classes.map(|class| inputs(row).zip(class).map(|(input, weight)| input * weight).sum());
    products.collect()
}

/// The features of a row, then the 1 that the bias is multiplied by.
fn inputs(row: &[f32]) -> impl Iterator<Item = f64> {
    row.iter().map(|value| f64::from(*value)).chain([1.0])
}

/// What is minimised: the mean cross-entropy, plus half the sum of all squared weights divided by `C` and the
/// number of rows. Biases are not penalised.
struct Objective<'a> {
    table: &'a Table,
    rows: &'a [usize],
}

impl Objective<'_> {
    fn evaluate(&self, parameters: &Parameters) -> (f64, Vec<f64>) {
        let count = self.rows.len() as f64;
        let mut cost = 0.0;
        let mut gradient = vec![0.0; parameters.len()];
        for &row in self.rows {
            let (x, label) = (&self.table.rows[row], self.table.labels[row]);
            let logits = logits(parameters, x);
            // Shifted by the largest, so that no power overflows.
            let shift = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = logits.iter().map(|logit| (logit - shift).exp()).sum();
            cost += (shift + sum.ln() - logits[label]) / count;
            for (class, slopes) in gradient.chunks_mut(FEATURES.len() + 1).enumerate() {
                let probability = (logits[class] - shift).exp() / sum;
                let error = (probability - f64::from(class == label)) / count;
                slopes.iter_mut().zip(inputs(x)).for_each(|(slope, input)| *slope += error * input);
            }
        }
        for (place, weight) in parameters.iter().enumerate() {
            if place % (FEATURES.len() + 1) < FEATURES.len() {
                cost += 0.5 * weight * weight / (C * count);
                gradient[place] += weight / (C * count);
            }
        }
        (cost, gradient)
    }
}

impl CostFunction for Objective<'_> {
    type Param = Parameters;
    type Output = f64;
    type Error = Infallible;

    fn cost(&self, parameters: &Parameters) -> Result<f64, Infallible> {
        Ok(self.evaluate(parameters).0)
    }
}

impl Gradient for Objective<'_> {
    type Gradient = Vec<f64>;

    fn gradient(&self, parameters: &Parameters) -> Result<Vec<f64>, Infallible> {
        Ok(self.evaluate(parameters).1)
    }
}

fn train(table: &Table, rows: &[usize]) -> Parameters {
    let start = FirstOrderState::new(vec![0.0; CLASSES.len() * (FEATURES.len() + 1)]);
    let solver = Lbfgs::new().unbounded().with_absolute_gradient_tolerance(1e-8);
    let Ok(result) = Executor::new(Objective { table, rows }, solver, start).max_iter(1000).run();
    println!("mean loss with its penalty {:.5} after {} iterations", result.cost(), result.iter());
    result.param().clone()
}

/// Weights exported from the page.
fn load(path: &str) -> Parameters {
    let bytes = std::fs::read(path).expect("the exported weights");
    let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
    let weight = floats(&file, "linear.weight", &[CLASSES.len(), FEATURES.len()]);
    let bias = floats(&file, "linear.bias", &[CLASSES.len()]);
    let classes = weight.chunks(FEATURES.len()).zip(&bias);
    classes.flat_map(|(weights, bias)| [weights, &[*bias]].concat()).map(f64::from).collect()
}

/// The numbers of a tensor in the file, row by row.
fn floats(file: &SafeTensors, name: &str, shape: &[usize]) -> Vec<f32> {
    let tensor = file.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!((tensor.dtype(), tensor.shape()), (Dtype::F32, shape), "{name} belongs to another model");
    tensor.data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

/// The class with the largest logit, for each row.
fn predict(parameters: &Parameters, table: &Table, rows: &[usize]) -> Vec<usize> {
    rows.iter().map(|&row| largest(&logits(parameters, &table.rows[row]))).collect()
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
