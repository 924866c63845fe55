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
//! Adam has burn's form, in which ε stands a little differently from the page's.

use burn::module::{Module, Param};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::MaxPool2dConfig;
use burn::nn::{Linear, LinearConfig};
use burn::optim::{AdamConfig, GradientsParams};
use burn::tensor::activation::{log_sigmoid, log_softmax, relu, sigmoid, softmax};
use burn::tensor::{Device, Tensor, TensorData};
use image::{DynamicImage, ImageDecoder, ImageReader};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use safetensors::{Dtype, SafeTensors};

const SEED: u64 = 1;
const SIDE: usize = 28;
const CHANNELS: usize = 1;
const TRAIN_SIZE: usize = 10000;
const FILTERS: [usize; 1] = [16];
const KERNEL_SIZE: usize = 3;
const DENSE_UNITS: usize = 128;
/// One output where there are two classes: the logit of the second.
const OUTPUTS: usize = 10;
const LEARNING_RATE: f64 = 0.001;
const BATCH_SIZE: usize = 32;
const EPOCHS: usize = 20;
const STOP_AT_ACCURACY: f64 = 0.998;
const CLASSES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

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

/// The four files of MNIST, unpacked, as they are published: in the folder `mnist` beside Cargo.toml.
const FILES: [[&str; 2]; 2] = [
    ["mnist/train-images-idx3-ubyte", "mnist/train-labels-idx1-ubyte"],
    ["mnist/t10k-images-idx3-ubyte", "mnist/t10k-labels-idx1-ubyte"],
];

/// Training pictures, of which the first `TRAIN_SIZE` are taken, and the test pictures.
fn read_dataset() -> [Pictures; 2] {
    let read = |file: &str, header: usize| {
        let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        bytes[header..].to_vec()
    };
    let [mut train, test] = FILES.map(|[images, labels]| Pictures {
        pixels: read(images, 16),
        labels: read(labels, 8).into_iter().map(usize::from).collect(),
    });
    train.labels.truncate(TRAIN_SIZE);
    train.pixels.truncate(train.labels.len() * SIDE * SIDE);
    [train, test]
}

/// The ink of a digit fits into a square of so many pixels.
const INK: usize = 20;
/// Values below it count as paper.
const FAINT: u8 = 24;

/// Gray values, row by row.
struct Gray {
    width: usize,
    height: usize,
    values: Vec<u8>,
}

/// A picture as the network sees it: a digit drawn or photographed, made like those of MNIST.
fn seen(picture: &Picture) -> Vec<u8> {
    // In the whole numbers of Pillow's mode `L`.
    let gray = picture.pixels.iter().map(|pixel| {
        let [red, green, blue] = over_white(*pixel).map(u32::from);
        ((19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16) as u8
    });
    let gray = Gray { width: picture.width, height: picture.height, values: gray.collect() };
    centred(&light_on_dark(gray))
}

/// Bright ink on black: turned over where the border is bright; what is no brighter than the paper, which is the
/// median of the border, becomes black.
fn light_on_dark(mut gray: Gray) -> Gray {
    let (width, height) = (gray.width, gray.height);
    let border = |values: &[u8]| -> Vec<u8> {
        let on_border = |index: usize| {
            let (row, column) = (index / width, index % width);
            row == 0 || column == 0 || row + 1 == height || column + 1 == width
        };
        (0..values.len()).filter(|index| on_border(*index)).map(|index| values[index]).collect()
    };
    let around = border(&gray.values);
    if around.iter().map(|value| u64::from(*value)).sum::<u64>() > 127 * around.len() as u64 {
        gray.values.iter_mut().for_each(|value| *value = 255 - *value);
    }
    let mut around = border(&gray.values);
    around.sort_unstable();
    let paper = u32::from(around[around.len() / 2]);
    let room = (255 - paper).max(1);
    for value in &mut gray.values {
        *value = ((u32::from(*value).saturating_sub(paper) * 255 + room / 2) / room) as u8;
    }
    gray
}

/// The ink with its centre of mass in the middle, as MNIST's makers prepared theirs.
fn centred(gray: &Gray) -> Vec<u8> {
    let mut digit = vec![0; SIDE * SIDE];
    let inked = || (0..gray.values.len()).filter(|&index| gray.values[index] >= FAINT);
    let ends =
        |place: &dyn Fn(usize) -> usize| Some((inked().map(place).min()?, inked().map(place).max()? + 1));
    let (Some(rows), Some(columns)) = (ends(&|index| index / gray.width), ends(&|index| index % gray.width))
    else {
        return digit;
    };
    let ink = scaled(gray, rows, columns);
    let mass: f64 = ink.values.iter().map(|value| f64::from(*value)).sum::<f64>().max(1.0);
    let corner = |place: &dyn Fn(usize) -> usize, size: usize| {
        let moments =
            ink.values.iter().enumerate().map(|(index, value)| f64::from(*value) * place(index) as f64);
        let wanted = (SIDE as f64 / 2.0 - moments.sum::<f64>() / mass - 0.5).ceil().max(0.0) as usize;
        wanted.min(SIDE - size)
    };
    let row = corner(&|index| index / ink.width, ink.height);
    let column = corner(&|index| index % ink.width, ink.width);
    for (y, line) in ink.values.chunks(ink.width).enumerate() {
        let start = (row + y) * SIDE + column;
        digit[start..start + ink.width].copy_from_slice(line);
    }
    digit
}

/// The ink within `INK` by `INK` pixels, its proportions kept, each pixel the mean of what it covers.
fn scaled(gray: &Gray, rows: (usize, usize), columns: (usize, usize)) -> Gray {
    let (old_height, old_width) = (rows.1 - rows.0, columns.1 - columns.0);
    let longest = old_height.max(old_width);
    let [height, width] = [old_height, old_width].map(|old| ((old * INK + longest / 2) / longest).max(1));
    let mut values = Vec::new();
    for row in 0..height {
        for column in 0..width {
            let (mut sum, mut area) = (0.0, 0.0);
            for (y, tall) in covered(row, old_height, height) {
                for (x, wide) in covered(column, old_width, width) {
                    let value = gray.values[(rows.0 + y) * gray.width + columns.0 + x];
                    sum += f64::from(value) * tall * wide;
                    area += tall * wide;
                }
            }
            values.push((sum / area + 0.5) as u8);
        }
    }
    Gray { width, height, values }
}

/// Which of `old` pixels one of `new` covers, and how much of each.
fn covered(index: usize, old: usize, new: usize) -> impl Iterator<Item = (usize, f64)> {
    let ratio = old as f64 / new as f64;
    let (begin, end) = (index as f64 * ratio, (index + 1) as f64 * ratio);
    let pixels = begin as usize..(end.ceil() as usize).min(old);
    pixels
        .map(move |pixel| (pixel, end.min((pixel + 1) as f64) - begin.max(pixel as f64)))
        .filter(|(_, share)| *share > 0.0)
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
    let mut optimizer = AdamConfig::new().with_epsilon(1e-7).init();
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
