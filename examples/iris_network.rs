//! Iris flowers told apart by a feed-forward network, in Rust with burn.
//!
//! Cargo.toml:
//!
//! ```toml
//! [dependencies]
//! burn = { version = "=0.22.1", default-features = false, features = ["std", "optim", "flex", "simd"] }
//! rand = "0.10"
//! rand_distr = "0.6"
//! safetensors = "0.8"
//! ```
//!
//! The table is `data/iris/iris_fisher150.csv`: the file `sklearn/datasets/data/iris.csv` of scikit-learn, whose
//! first line holds no flower.
//!
//! `cargo run --release` trains. `cargo run --release -- weights.safetensors` takes weights exported from the page
//! in place of training, and writes the class they predict for each row to `predictions.txt`. The file holds
//! float32 tensors in PyTorch's names and layout: `fc1.weight [outputs, inputs]`, `fc1.bias [outputs]`,
//! `fc2.weight` and so on.
//!
//! The random numbers are not the page's: split, initial weights and batches are another draw of the experiment.

use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::optim::{GradientsParams, SgdConfig};
use burn::tensor::activation::{log_softmax, sigmoid};
use burn::tensor::{Device, Tensor, TensorData};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, Normal};
use safetensors::{Dtype, SafeTensors};

const SEED: u64 = 1;
const TRAIN_SIZE: usize = 120;
const HIDDEN: [usize; 1] = [6];
const INIT_STD: f64 = 0.01;
const INIT_BIAS: f32 = 1.0;
const LEARNING_RATE: f64 = 0.2;
const BATCH_SIZE: usize = 16;
const EPOCHS: usize = 150;
const EVAL_STEPS: usize = 50;

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

/// Fully connected layers with an activation between them. What comes out is logits, one for each class.
#[derive(Module, Debug)]
struct Network {
    layers: Vec<Linear>,
}

impl Network {
    fn forward(&self, input: Tensor<2>) -> Tensor<2> {
        let (last, hidden) = self.layers.split_last().expect("one layer at least");
        let value = hidden.iter().fold(input, |value, layer| sigmoid(layer.forward(value)));
        last.forward(value)
    }
}

/// Units of each layer, from the features to the classes.
fn sizes() -> Vec<usize> {
    [&[FEATURES.len()], &HIDDEN[..], &[CLASSES.len()]].concat()
}

/// Initial weights: normal numbers; all biases are the same.
fn initial_network(random: &mut StdRng, device: &Device) -> Network {
    let normal = Normal::new(0.0, INIT_STD).expect("a standard deviation");
    let sizes = sizes();
    let layers = sizes.windows(2).map(|pair| {
        let [inputs, outputs] = [pair[0], pair[1]];
        let weight: Vec<f32> = (0..inputs * outputs).map(|_| normal.sample(random) as f32).collect();
        Linear {
            weight: Param::from_data(TensorData::new(weight, [inputs, outputs]), device),
            bias: Some(Param::from_data(TensorData::new(vec![INIT_BIAS; outputs], [outputs]), device)),
        }
    });
    Network { layers: layers.collect() }
}

/// Weights exported from the page. PyTorch keeps them as [outputs, inputs], burn as [inputs, outputs].
fn load(path: &str) -> Network {
    let bytes = std::fs::read(path).expect("the exported weights");
    let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
    let (sizes, device) = (sizes(), Device::flex());
    let layers = sizes.windows(2).zip(1..).map(|(pair, number)| {
        let [inputs, outputs] = [pair[0], pair[1]];
        let weight = floats(&file, &format!("fc{number}.weight"), &[outputs, inputs]);
        let weight = Tensor::<2>::from_data(TensorData::new(weight, [outputs, inputs]), &device);
        let bias = floats(&file, &format!("fc{number}.bias"), &[outputs]);
        Linear {
            weight: Param::from_tensor(weight.transpose()),
            bias: Some(Param::from_data(TensorData::new(bias, [outputs]), &device)),
        }
    });
    Network { layers: layers.collect() }
}

/// The numbers of a tensor in the file, row by row.
fn floats(file: &SafeTensors, name: &str, shape: &[usize]) -> Vec<f32> {
    let tensor = file.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!((tensor.dtype(), tensor.shape()), (Dtype::F32, shape), "{name} belongs to another model");
    tensor.data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

/// Features and one-hot classes of some rows, as tensors of one row for each.
fn batch(table: &Table, rows: &[usize], device: &Device) -> (Tensor<2>, Tensor<2>) {
    let x: Vec<f32> = rows.iter().flat_map(|&row| table.rows[row].iter().copied()).collect();
    let mut y = vec![0.0_f32; rows.len() * CLASSES.len()];
    for (place, &row) in rows.iter().enumerate() {
        y[place * CLASSES.len() + table.labels[row]] = 1.0;
    }
    (
        Tensor::from_data(TensorData::new(x, [rows.len(), FEATURES.len()]), device),
        Tensor::from_data(TensorData::new(y, [rows.len(), CLASSES.len()]), device),
    )
}

/// The mean over the rows of `-log p[class]`.
fn cross_entropy(logits: Tensor<2>, y: Tensor<2>) -> Tensor<1> {
    let [rows, _] = logits.dims();
    (log_softmax(logits, 1) * y).sum().mul_scalar(-1.0 / rows as f64)
}

fn train(table: &Table, train_rows: &[usize], dev: &[usize], random: &mut StdRng) -> Network {
    let device = Device::flex();
    let mut network = initial_network(random, &device.clone().autodiff());
    let mut optimizer = SgdConfig::new().init();
    let mut order = train_rows.to_vec();
    let steps = EPOCHS * order.len().div_ceil(BATCH_SIZE);
    let mut step = 0;
    for _ in 0..EPOCHS {
        order.shuffle(random);
        for rows in order.chunks(BATCH_SIZE) {
            let (x, y) = batch(table, rows, &device);
            let loss = cross_entropy(network.forward(x), y);
            let gradients = GradientsParams::from_grads(loss.backward(), &network);
            network = optimizer.step(LEARNING_RATE, network, gradients);
            step += 1;
            if step == steps || step.is_multiple_of(EVAL_STEPS) {
                let loss: f32 = loss.inner().into_scalar();
                let dev_accuracy = accuracy(table, dev, &predict(&network, table, dev));
                println!("step {step:5} of {steps}: loss {loss:.5}, dev accuracy {dev_accuracy:.3}");
            }
        }
    }
    network
}

/// The class with the largest logit, for each row.
fn predict(network: &Network, table: &Table, rows: &[usize]) -> Vec<usize> {
    let (x, _) = batch(table, rows, &Device::flex());
    let logits: Vec<f32> = network.valid().forward(x).into_data().try_into_vec().expect("logits");
    logits.chunks(CLASSES.len()).map(largest).collect()
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
    let model = train(&table, &train_rows, &dev, &mut random);
    println!("dev accuracy {:.3}", accuracy(&table, &dev, &predict(&model, &table, &dev)));
    println!("test accuracy {:.3}", accuracy(&table, &test, &predict(&model, &table, &test)));
}
