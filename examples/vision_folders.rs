//! Pictures told apart by a convolutional network, in Rust with burn.
//!
//! Cargo.toml:
//!
//! ```toml
//! [dependencies]
//! burn = { version = "=0.22.1", default-features = false, features = ["std", "optim", "flex", "simd"] }
//! image = "0.25"
//! rand = "0.10"
//! safetensors = "0.8"
//! ```
//!
//! `cargo run --release` trains. `cargo run --release -- weights.safetensors` takes weights exported from the
//! page in place of training, and predicts the pictures held out. With pictures of yours behind it
//! (`… -- weights.safetensors one.png two.png`) it predicts those, prepared and answered as on the page.
//!
//! The class of each picture goes to `predictions.txt`, the probabilities of all classes, in the order of
//! `CLASSES`, to `probabilities.txt`. The file of weights holds float32 tensors in Keras' names and layout:
//! `conv2d.kernel [rows, columns, inputs, outputs]`, `conv2d.bias`, `dense.kernel [inputs, outputs]`,
//! `dense.bias` and so on.
//!
//! The random numbers are not the page's: initial weights and batches are another draw of the experiment.

use burn::module::{Module, Param};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::MaxPool2dConfig;
use burn::nn::{Linear, LinearConfig};
use burn::optim::{GradientsParams, RmsPropConfig};
use burn::tensor::activation::{log_sigmoid, log_softmax, relu, sigmoid, softmax};
use burn::tensor::{Device, Tensor, TensorData};
use image::{DynamicImage, ImageDecoder, ImageReader};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use safetensors::{Dtype, SafeTensors};

const SEED: u64 = 1;
const SIDE: usize = 128;
const CHANNELS: usize = 3;
const TRAIN_SIZE: usize = 1024;
const FILTERS: [usize; 5] = [16, 32, 64, 64, 64];
const KERNEL_SIZE: usize = 3;
const DENSE_UNITS: usize = 512;
/// One output where there are two classes: the logit of the second.
const OUTPUTS: usize = 1;
const LEARNING_RATE: f64 = 0.001;
const BATCH_SIZE: usize = 128;
const EPOCHS: usize = 15;
const STOP_AT_ACCURACY: f64 = 1.0;
const CLASSES: [&str; 2] = ["horses", "humans"];

/// Pictures as the network sees them, in bytes, row by row, channels interleaved, each with a class.
#[derive(Default)]
struct Pictures {
    pixels: Vec<u8>,
    labels: Vec<usize>,
}

/// A picture as it stands in a file: red, green, blue and opacity of each pixel, row by row.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

/// A picture, upright; of sixteen bits the upper eight.
fn read_file(file: &std::path::Path) -> Picture {
    let read = || {
        let mut decoder = ImageReader::open(file)?.with_guessed_format()?.into_decoder()?;
        let orientation = decoder.orientation()?;
        let mut picture = DynamicImage::from_decoder(decoder)?;
        picture.apply_orientation(orientation);
        Ok::<DynamicImage, image::ImageError>(picture)
    };
    let picture = read().unwrap_or_else(|error| panic!("{}: {error}", file.display())).into_rgba16();
    let pixels = picture.pixels().map(|pixel| pixel.0.map(|color| (color >> 8) as u8)).collect();
    Picture { width: picture.width() as usize, height: picture.height() as usize, pixels }
}

/// Red, green and blue; what shines through is white.
fn over_white([red, green, blue, alpha]: [u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    [red, green, blue].map(|color| ((u32::from(color) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

/// Folders beside Cargo.toml, each with a folder of pictures for each class: `train/horses/1.png` and so on.
const FOLDERS: [&str; 2] = ["train", "validation"];

/// Pictures to train on, of which `TRAIN_SIZE` are taken class by class in turn, and those held out. Labels
/// come from the names of the folders.
fn read_dataset() -> [Pictures; 2] {
    let [mut train, validation] = FOLDERS.map(|folder| {
        let mut files: Vec<(usize, usize, std::path::PathBuf)> = Vec::new();
        for (label, class) in CLASSES.iter().enumerate() {
            let path = std::path::Path::new(folder).join(class);
            let listed =
                std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let mut of_class: Vec<_> = listed.map(|entry| entry.expect("a file").path()).collect();
            of_class.sort();
            files.extend(of_class.into_iter().enumerate().map(|(place, file)| (place, label, file)));
        }
        files.sort();
        files
    });
    train.truncate(TRAIN_SIZE);
    [train, validation].map(|files| {
        let mut pictures = Pictures::default();
        for (_, label, file) in files {
            pictures.pixels.extend(seen(&read_file(&file)));
            pictures.labels.push(label);
        }
        pictures
    })
}

/// A picture as the network sees it: red, green and blue at its size, each pixel the nearest one.
fn seen(picture: &Picture) -> Vec<u8> {
    // Which of the old rows or columns stands for a new one: the one at its middle.
    let nearest = |new: usize, old: usize| (2 * new + 1) * old / (2 * SIDE);
    let places = (0..SIDE).flat_map(|row| (0..SIDE).map(move |column| (row, column)));
    let pixels = places.map(|(row, column)| {
        picture.pixels[nearest(row, picture.height) * picture.width + nearest(column, picture.width)]
    });
    pixels.flat_map(over_white).collect()
}

/// Convolution, ReLU and 2 × 2 max pooling for each entry of `FILTERS`, then two dense layers.
#[derive(Module, Debug)]
struct Network {
    convolutions: Vec<Conv2d>,
    dense: Vec<Linear>,
}

impl Network {
    fn forward(&self, input: Tensor<4>) -> Tensor<2> {
        let pool = MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init();
        // burn keeps pictures as [N, channels, rows, columns].
        let mut value = input.permute([0, 3, 1, 2]);
        for convolution in &self.convolutions {
            value = pool.forward(relu(convolution.forward(value)));
        }
        // Keras flattens [rows, columns, channels], and so does the page.
        let value: Tensor<2> = value.permute([0, 2, 3, 1]).flatten(1, 3);
        self.dense[1].forward(relu(self.dense[0].forward(value)))
    }
}

/// Numbers a kernel with Glorot's limits: uniform within ±√(6 / (inputs + outputs)).
fn glorot(count: usize, inputs: usize, outputs: usize, random: &mut StdRng) -> Vec<f32> {
    let limit = (6.0 / (inputs + outputs) as f32).sqrt();
    (0..count).map(|_| (random.random::<f32>() * 2.0 - 1.0) * limit).collect()
}

/// The network with weights from `kernel(name, shape)` and biases from `bias(name, length)`, in Keras' layout.
fn network(
    device: &Device,
    mut kernel: impl FnMut(&str, &[usize]) -> Vec<f32>,
    mut bias: impl FnMut(&str, usize) -> Vec<f32>,
) -> Network {
    let numbered = |name: &str, number: usize| match number {
        0 => name.to_string(),
        _ => format!("{name}_{number}"),
    };
    let (mut side, mut channels) = (SIDE, CHANNELS);
    let mut convolutions = Vec::new();
    for (number, &filters) in FILTERS.iter().enumerate() {
        let name = numbered("conv2d", number);
        let shape = [KERNEL_SIZE, KERNEL_SIZE, channels, filters];
        let weight = Tensor::<4>::from_data(TensorData::new(kernel(&name, &shape), shape), device);
        let mut layer = Conv2dConfig::new([channels, filters], [KERNEL_SIZE, KERNEL_SIZE]).init(device);
        layer.weight = Param::from_tensor(weight.permute([3, 2, 0, 1]));
        layer.bias = Some(Param::from_data(TensorData::new(bias(&name, filters), [filters]), device));
        convolutions.push(layer);
        (side, channels) = ((side + 1 - KERNEL_SIZE) / 2, filters);
    }
    let mut inputs = side * side * channels;
    let mut dense = Vec::new();
    for (number, outputs) in [DENSE_UNITS, OUTPUTS].into_iter().enumerate() {
        let name = numbered("dense", number);
        let weight = TensorData::new(kernel(&name, &[inputs, outputs]), [inputs, outputs]);
        let mut layer = LinearConfig::new(inputs, outputs).init(device);
        layer.weight = Param::from_data(weight, device);
        layer.bias = Some(Param::from_data(TensorData::new(bias(&name, outputs), [outputs]), device));
        dense.push(layer);
        inputs = outputs;
    }
    Network { convolutions, dense }
}

fn initial_network(random: &mut StdRng, device: &Device) -> Network {
    let kernel = |_: &str, shape: &[usize]| {
        let [inputs, outputs] = match *shape {
            [rows, columns, inputs, outputs] => [rows * columns * inputs, rows * columns * outputs],
            _ => [shape[0], shape[1]],
        };
        glorot(shape.iter().product(), inputs, outputs, random)
    };
    network(device, kernel, |_, length| vec![0.0; length])
}

/// Weights exported from the page.
fn load(path: &str) -> Network {
    let bytes = std::fs::read(path).expect("the exported weights");
    let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
    let floats = |name: String, shape: &[usize]| -> Vec<f32> {
        let view = file.tensor(&name).unwrap_or_else(|_| panic!("the file has no {name}"));
        assert_eq!(view.dtype(), Dtype::F32, "{name} holds float32 values");
        assert_eq!(view.shape(), shape, "the shape of {name}");
        let (values, _) = view.data().as_chunks();
        values.iter().copied().map(f32::from_le_bytes).collect()
    };
    network(
        &Device::flex(),
        |name, shape| floats(format!("{name}.kernel"), shape),
        |name, length| floats(format!("{name}.bias"), &[length]),
    )
}

/// The pixels of some pictures.
fn pixels(pictures: &Pictures, rows: &[usize]) -> Vec<u8> {
    let size = SIDE * SIDE * CHANNELS;
    rows.iter().flat_map(|&row| &pictures.pixels[row * size..(row + 1) * size]).copied().collect()
}

/// Bytes as the network takes them.
fn batch(pixels: Vec<u8>, divisor: f32, device: &Device) -> Tensor<4> {
    let pictures = pixels.len() / (SIDE * SIDE * CHANNELS);
    let values: Vec<f32> = pixels.into_iter().map(|byte| f32::from(byte) / divisor).collect();
    Tensor::from_data(TensorData::new(values, [pictures, SIDE, SIDE, CHANNELS]), device)
}

/// The mean over the pictures of `-log p[class]`.
fn cross_entropy(logits: Tensor<2>, labels: &[usize]) -> Tensor<1> {
    let [rows, _] = logits.dims();
    let device = logits.device();
    let mut targets = vec![0.0_f32; rows * OUTPUTS];
    for (row, &label) in labels.iter().enumerate() {
        if OUTPUTS == 1 {
            targets[row] = label as f32;
        } else {
            targets[row * OUTPUTS + label] = 1.0;
        }
    }
    let targets = Tensor::<2>::from_data(TensorData::new(targets, [rows, OUTPUTS]), &device);
    let likelihood = if OUTPUTS == 1 {
        let other = targets.clone().mul_scalar(-1.0).add_scalar(1.0);
        targets * log_sigmoid(logits.clone()) + other * log_sigmoid(logits.neg())
    } else {
        targets * log_softmax(logits, 1)
    };
    likelihood.sum().mul_scalar(-1.0 / rows as f64)
}

/// The probability of each class, one row for each row of logits.
fn probabilities(logits: Tensor<2>) -> Vec<Vec<f32>> {
    let output = if OUTPUTS == 1 { sigmoid(logits) } else { softmax(logits, 1) };
    let output: Vec<f32> = output.into_data().try_into_vec().expect("probabilities");
    output
        .chunks(OUTPUTS)
        .map(|row| if OUTPUTS == 1 { vec![1.0 - row[0], row[0]] } else { row.to_vec() })
        .collect()
}

/// The most probable class; of equal ones the first.
fn largest(row: &[f32]) -> usize {
    (0..row.len()).fold(0, |best, class| if row[class] > row[best] { class } else { best })
}

fn train(pictures: &Pictures, validation: &Pictures, random: &mut StdRng) -> Network {
    let device = Device::flex().autodiff();
    let mut network = initial_network(random, &device);
    let mut optimizer = RmsPropConfig::new().with_alpha(0.9).with_epsilon(1e-7).with_momentum(0.0).init();
    let mut order: Vec<usize> = (0..pictures.labels.len()).collect();
    for epoch in 1..=EPOCHS {
        order.shuffle(random);
        let (mut right, mut loss_sum) = (0, 0.0);
        for rows in order.chunks(BATCH_SIZE) {
            let labels: Vec<usize> = rows.iter().map(|&row| pictures.labels[row]).collect();
            let logits = network.forward(batch(pixels(pictures, rows), 255.0, &device));
            let predicted = probabilities(logits.clone().inner());
            right += predicted.iter().zip(&labels).filter(|(row, label)| largest(row) == **label).count();
            let loss = cross_entropy(logits, &labels);
            loss_sum += f64::from(loss.clone().inner().into_scalar::<f32>()) * rows.len() as f64;
            let gradients = GradientsParams::from_grads(loss.backward(), &network);
            network = optimizer.step(LEARNING_RATE, network, gradients);
        }
        let validated = accuracy(validation, &predict(&network, validation, 255.0));
        let (accuracy, loss) = (right as f64 / order.len() as f64, loss_sum / order.len() as f64);
        println!(
            "epoch {epoch:2} of {EPOCHS}: loss {loss:.4}, accuracy {accuracy:.4}, validation {validated:.4}"
        );
        if accuracy > STOP_AT_ACCURACY {
            break;
        }
    }
    network
}

/// The probability of each class for each picture, a hundred at a time.
fn predict(network: &Network, pictures: &Pictures, divisor: f32) -> Vec<Vec<f32>> {
    let (network, device) = (network.valid(), Device::flex());
    let pixels = pictures.pixels.chunks(100 * SIDE * SIDE * CHANNELS);
    let predicted =
        pixels.map(|pixels| probabilities(network.forward(batch(pixels.to_vec(), divisor, &device))));
    predicted.flatten().collect()
}

fn accuracy(pictures: &Pictures, predicted: &[Vec<f32>]) -> f64 {
    let right = pictures.labels.iter().zip(predicted).filter(|(label, row)| **label == largest(row));
    right.count() as f64 / predicted.len() as f64
}

/// Writes what the pictures are taken for.
fn answer(network: &Network, pictures: &Pictures) {
    let predicted = predict(network, pictures, 255.0);
    let names: Vec<&str> = predicted.iter().map(|row| CLASSES[largest(row)]).collect();
    let lines: Vec<String> = predicted
        .iter()
        .map(|row| row.iter().map(f32::to_string).collect::<Vec<String>>().join(" "))
        .collect();
    for (file, lines) in [("predictions.txt", names.join("\n")), ("probabilities.txt", lines.join("\n"))] {
        std::fs::write(file, lines).expect("a folder that can be written to");
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [weights, files @ ..] = &arguments[..]
        && !files.is_empty()
    {
        let mut pictures = Pictures::default();
        for file in files {
            pictures.pixels.extend(seen(&read_file(file.as_ref())));
        }
        return answer(&load(weights), &pictures);
    }
    let [train_pictures, test_pictures] = read_dataset();
    let validation = &test_pictures;
    let network = match arguments.first() {
        Some(path) => load(path),
        None => train(&train_pictures, validation, &mut StdRng::seed_from_u64(SEED)),
    };
    let predicted = predict(&network, &test_pictures, 255.0);
    println!("test accuracy {:.4}", accuracy(&test_pictures, &predicted));
    answer(&network, &test_pictures);
}
