//! The lab of the vision lesson: a convolutional network on pictures.

use super::super::describe;
use super::super::looks::{inspect, maps};
use super::super::task::{self, Task};
use super::bench::FilterBench;
use super::{code, goals, source};
use crate::classic::softmax::softmax_f32;
use crate::controls::Settings;
use crate::data::pictures::{LabelledPictures, Picture, digit};
use crate::error::LabError;
use crate::history::Track;
use crate::lab::{Ask, Lab};
use crate::lessons::Material;
use crate::nn::layers::parameters::{self, NamedTensor};
use crate::nn::models::conv_net::{ConvNet, ConvNetConfig, from_keras_dict, to_keras_dict};
use crate::nn::objective::classification::Classification;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::container::Container;
use crate::nn::run::picture_examples::{PictureExamples, picture_tensor};
use crate::nn::run::picture_replay;
use crate::nn::run::runner::{Cadence, Runner, RunnerConfig, StopRule, Weights, device_lost};
use crate::nn::run::weights;
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use burn::tensor::{Device, Tensor};
use serde_json::{Value, json};
use std::rc::Rc;

/// Parts of the pictures.
pub const SPLITS: [&str; 2] = ["train", "test"];
/// What can be looked at.
const INSPECTIONS: [&str; 8] =
    ["summary", "pictures", "mistakes", "confusion", "maps", "filters", "replay", "code"];
/// Most pictures one call of `predict` takes.
const MOST_PICTURES_TO_PREDICT: usize = 64;
/// Pictures that go through the network at once when they are asked about: bounds the memory, not the answer.
const PICTURES_AT_ONCE: usize = 32;
/// A picture whose border is brighter than this has dark ink on light paper; digits are light on dark.
const LIGHT_PAPER: u64 = 127;

/// Builds the lab of a task on a device.
pub fn open(settings: Settings, device: Device, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    match Task::of(&settings) {
        Task::Filters => Ok(Box::new(FilterBench::new(settings, material)?)),
        _ => Ok(Box::new(VisionLab::new(settings, device, material)?)),
    }
}

/// The network these settings describe; one output where there are two classes.
pub fn network(settings: &Settings, classes: usize) -> ConvNetConfig {
    let side = task::side(settings);
    ConvNetConfig {
        height: side,
        width: side,
        channels: if Task::of(settings) == Task::Mnist { 1 } else { 3 },
        filters: settings.counts("filters"),
        kernel_size: settings.count("kernel_size"),
        dense_units: settings.count("dense_units"),
        outputs: if classes == 2 { 1 } else { classes },
    }
}

/// One run of a network on the pictures of a task.
pub struct VisionLab {
    pub settings: Settings,
    pub task: Task,
    /// Names of the classes, as the pictures are labelled.
    pub classes: Vec<String>,
    pub pictures: Rc<LabelledPictures>,
    pub config: ConvNetConfig,
    pub runner: Runner<ConvNet, PictureExamples>,
    device: Device,
}

impl VisionLab {
    fn new(settings: Settings, device: Device, material: &Material) -> Result<Self, LabError> {
        let classes = describe::classes(&settings, material);
        let config = network(&settings, classes.len());
        // Before anything large is made.
        config.check()?;
        let pictures = source::pictures(&settings, material)?;
        let network = config.init(settings.count("seed") as u64, &device.clone().autodiff());
        let runner = start(&settings, &pictures, &config, network, &device);
        Ok(Self { task: Task::of(&settings), settings, classes, pictures, config, runner, device })
    }

    /// Row numbers of a part of the pictures.
    ///
    /// # Errors
    /// `unknown_split`.
    pub fn split_rows(&self, split: &str) -> Result<Vec<usize>, LabError> {
        match split {
            "train" => Ok((0..train_rows(&self.settings, &self.pictures)).collect()),
            "test" => Ok((self.pictures.train..self.pictures.len()).collect()),
            other => Err(LabError::unknown_split(other, &SPLITS)),
        }
    }

    /// Probabilities of each class for rows of the pictures: row-major, one column for each class.
    pub async fn certainty(&self, rows: &[usize]) -> Result<Vec<f32>, LabError> {
        let mut certainty = Vec::with_capacity(rows.len() * self.classes.len());
        for rows in rows.chunks(PICTURES_AT_ONCE) {
            let bytes = rows.iter().map(|&row| self.pictures.bytes(row));
            certainty.extend(self.probabilities(bytes, 255.0).await?);
        }
        Ok(certainty)
    }

    /// Probabilities for pictures of the network's own size; their bytes are divided by `scale`.
    async fn probabilities<'a>(
        &self,
        pictures: impl ExactSizeIterator<Item = &'a [u8]>,
        scale: f32,
    ) -> Result<Vec<f32>, LabError> {
        let input = self.input(pictures, scale);
        let (logits, columns) = self.runner.predict(input, Weights::Last).await.map_err(device_lost)?;
        Ok(logits.chunks_exact(columns).flat_map(probabilities).collect())
    }

    /// Bytes of pictures as the network's input, `[N, height, width, channels]`.
    pub fn input<'a>(&self, pictures: impl ExactSizeIterator<Item = &'a [u8]>, scale: f32) -> Tensor<4> {
        let shape = [self.config.height, self.config.width, self.config.channels];
        picture_tensor(pictures, shape, scale, self.runner.device())
    }

    /// A picture of the reader's as the network sees it.
    pub fn seen(&self, picture: &Picture) -> Picture {
        match self.task {
            Task::Mnist => digit::centred(&light_on_dark(picture.gray())),
            _ => picture.rgb().resized(self.config.width, self.config.height),
        }
    }

    /// Names of the classes as predictions are told: the document takes `p > 0.5` for happy, though folders are
    /// numbered in the order of their names, and sad comes second.
    fn told_classes(&self) -> Vec<&String> {
        let as_written = self.task == Task::HappyOrSad && self.settings.text("labels") == "as_written";
        if as_written { self.classes.iter().rev().collect() } else { self.classes.iter().collect() }
    }

    /// What the pixels of a picture to predict are divided by: the document forgets to.
    fn prediction_scale(&self) -> f32 {
        let as_written = self.task.takes_own() && self.settings.text("rescale_at_prediction") == "as_written";
        if as_written { 1.0 } else { 255.0 }
    }

    async fn weights_from_file(&self, file: &[u8]) -> Result<Vec<NamedTensor>, String> {
        let tensors = if weights::is_safetensors(file) {
            from_keras_dict(Container::from_bytes(file)?.tensors(""))
        } else {
            weights::from_burnpack(file, self.config.init(0, &Device::flex())).await?
        };
        parameters::check_finite(&tensors)?;
        Ok(tensors)
    }
}

/// Training pictures in use: a folder of the reader's may have more than are asked for.
fn train_rows(settings: &Settings, pictures: &LabelledPictures) -> usize {
    settings.count("train_size").min(pictures.train)
}

fn start(
    settings: &Settings,
    pictures: &Rc<LabelledPictures>,
    config: &ConvNetConfig,
    network: ConvNet,
    device: &Device,
) -> Runner<ConvNet, PictureExamples> {
    let seed = settings.count("seed") as u64;
    let train: Vec<usize> = (0..train_rows(settings, pictures)).collect();
    let as_written = Task::of(settings) == Task::HorseOrHuman && settings.text("validation") == "as_written";
    let validation = if as_written { train.clone() } else { (pictures.train..pictures.len()).collect() };
    let examples = PictureExamples {
        pictures: pictures.clone(),
        outputs: config.outputs,
        augment: (settings.text("augment") == "on").then_some(seed),
        flip: Task::of(settings) != Task::Mnist,
    };
    let stop = settings.number("stop_at_accuracy");
    let objective = Classification::of_outputs(config.outputs);
    let config = RunnerConfig {
        epochs: settings.count("epochs"),
        batch_size: settings.count("batch_size"),
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["validation_loss", "validation_accuracy"],
        keep_best: None,
        rule: Rule::named(settings.text("optimizer")).expect("a declared option"),
        constants: Constants::Keras,
        learning_rate: settings.number("learning_rate"),
        running: &["accuracy"],
        stop: (stop < 1.0).then_some(StopRule { metric: "accuracy", larger: true, bound: stop }),
        seed,
    };
    Runner::new(network, objective, examples, train, validation, config, device)
}

/// Probabilities of all classes from one row of logits; a single logit is that of the second class.
pub fn probabilities(logits: &[f32]) -> Vec<f32> {
    if let [logit] = logits {
        let second = 1.0 / (1.0 + (-logit).exp());
        return vec![1.0 - second, second];
    }
    let mut probabilities = logits.to_vec();
    softmax_f32(&mut probabilities);
    probabilities
}

/// A gray picture with bright ink: one whose border is bright is turned over.
fn light_on_dark(mut gray: Picture) -> Picture {
    let (width, height) = (gray.width, gray.height);
    let on_border = |index: usize| {
        let (row, column) = (index / width, index % width);
        row == 0 || column == 0 || row + 1 == height || column + 1 == width
    };
    let border: Vec<u64> =
        gray.pixels.iter().enumerate().filter(|(i, _)| on_border(*i)).map(|(_, p)| u64::from(*p)).collect();
    if border.iter().sum::<u64>() > LIGHT_PAPER * border.len() as u64 {
        gray.pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
    }
    gray
}

#[async_trait(?Send)]
impl Lab for VisionLab {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn progress(&self) -> Progress {
        self.runner.progress()
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        self.runner.train(budget).await
    }

    fn tracks(&self) -> Vec<&Track> {
        self.runner.tracks().to_vec()
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        let rows = self.split_rows(split)?;
        let figures = self.runner.evaluate(&rows, Weights::Last).await.map_err(device_lost)?;
        let mut answer = figures.to_map();
        answer.insert("rows".into(), json!(rows.len()));
        Ok(Value::Object(answer))
    }

    async fn predict(&mut self, input: Ask) -> Result<Value, LabError> {
        let pictures = input.attachments;
        if pictures.is_empty() || pictures.len() > MOST_PICTURES_TO_PREDICT {
            return Err(LabError::bad_input(format!("1 to {MOST_PICTURES_TO_PREDICT} pictures")));
        }
        let names = self.told_classes();
        let (mut classes, mut probabilities, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        for named in &pictures {
            // One after the other: a phone has no room for many large ones at once.
            let picture = self.seen(&named.picture);
            let bytes = std::iter::once(&picture.pixels[..]);
            let certainty = self.probabilities(bytes, self.prediction_scale()).await?;
            classes.push(names[crate::nn::objective::metric::largest(&certainty)].clone());
            probabilities.push(certainty);
            seen.push(super::answers::picture(&picture));
        }
        if names.first() != self.classes.first().as_ref() {
            // Told in the order of the classes, whatever the names are taken for.
            probabilities.iter_mut().for_each(|row| row.reverse());
        }
        Ok(json!({ "classes": classes, "probabilities": probabilities, "seen": seen }))
    }

    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError> {
        let options = ask.value;
        match (what, ask.attachments.into_iter().next()) {
            ("summary", None) => Ok(inspect::summary(self)),
            ("pictures", None) => inspect::pictures(self, options),
            ("mistakes", None) => inspect::mistakes(self, options).await,
            ("confusion", None) => inspect::confusion(self, options).await,
            ("maps", None) => maps::maps_of_row(self, options).await,
            ("maps", Some(picture)) => maps::maps_of_picture(self, options, &picture.picture).await,
            ("filters", None) => maps::filters(self).await,
            ("replay", None) => {
                picture_replay::replay(options, self.runner.device()).await.map_err(LabError::bad_input)
            }
            ("code", None) => Ok(code::code(self)),
            (other, _) => Err(LabError::unknown_inspection(other, &INSPECTIONS)),
        }
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        Ok(self.runner.checkpoint().await.map_err(device_lost)?.to_bytes())
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let container = Container::from_bytes(checkpoint).map_err(LabError::bad_checkpoint)?;
        self.runner.restore(&container).map_err(LabError::bad_checkpoint)
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        if !weights::FORMATS.contains(&format) {
            return Err(LabError::unknown_format(format, &weights::FORMATS));
        }
        let tensors = parameters::read(self.runner.network(Weights::Last)).await.map_err(device_lost)?;
        if format == "safetensors" {
            let note = json!({ "lesson": "vision", "settings": self.settings, "step": self.progress().step });
            return Ok(weights::to_safetensors(to_keras_dict(tensors), note.to_string()));
        }
        let failed = |error| LabError::new("unknown_format", format!("burnpack cannot be written: {error}"));
        let network = self.config.init(0, &Device::flex());
        weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<(), LabError> {
        let tensors = self.weights_from_file(file).await.map_err(LabError::bad_model)?;
        let network = self.config.init(0, &self.device.clone().autodiff());
        let network = parameters::write(network, &tensors).map_err(LabError::bad_model)?;
        self.runner = start(&self.settings, &self.pictures, &self.config, network, &self.device);
        Ok(())
    }

    fn goals(&self) -> Vec<GoalStatus> {
        goals::goals(&self.settings, self.runner.running_figures(), self.runner.evaluations())
    }
}
