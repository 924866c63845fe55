//! One run of a convolutional network on the pictures of a task.

use super::super::describe;
use super::super::settings::{OnOff, Validation, VisionSettings};
use super::super::task::Task;
use super::network::network;
use super::source;
use crate::classic::softmax::softmax_f32;
use crate::controls::Settings;
use crate::data::pictures::{LabelledPictures, Picture, digit};
use crate::error::LabError;
use crate::lessons::Material;
use crate::nn::models::conv_net::{ConvNet, ConvNetConfig};
use crate::nn::objective::classification::Classification;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::picture_examples::{PictureExamples, picture_tensor};
use crate::nn::run::runner::{Cadence, Runner, RunnerConfig, StopRule, Weights, device_lost};
use burn::tensor::{Device, Tensor};
use std::rc::Rc;

/// Parts of the pictures.
const SPLITS: [&str; 2] = ["train", "valid"];
/// Pictures that go through the network at once when they are asked about: bounds the memory, not the answer.
const PICTURES_AT_ONCE: usize = 32;

/// One run of a network on the pictures of a task.
pub struct VisionRun {
    /// The settings as they were declared, for the page and for files.
    pub declared: Settings,
    pub settings: VisionSettings,
    /// Names of the classes, as the pictures are labelled.
    pub classes: Vec<String>,
    pub pictures: Rc<LabelledPictures>,
    pub config: ConvNetConfig,
    pub runner: Runner<ConvNet, PictureExamples>,
    pub device: Device,
}

impl VisionRun {
    /// # Errors
    /// `picture_too_small`, `data_missing`, and whatever is wrong with the pictures.
    pub fn new(declared: Settings, device: Device, material: &Material) -> Result<Self, LabError> {
        let settings = declared.read::<VisionSettings>();
        let classes = describe::classes(&settings, material);
        let config = network(&settings, classes.len());
        // Before anything large is made.
        config.check()?;
        let pictures = source::pictures(&settings, material)?;
        let network = config.init(settings.seed, &device.clone().autodiff());
        let runner = start(&settings, &pictures, &config, network, &device);
        Ok(Self { declared, settings, classes, pictures, config, runner, device })
    }

    /// Row numbers of a part of the pictures.
    ///
    /// # Errors
    /// `unknown_split`.
    pub fn split_rows(&self, split: &str) -> Result<Vec<usize>, LabError> {
        match split {
            "train" => Ok((0..train_rows(&self.settings, &self.pictures)).collect()),
            // What the `validation_…` of the history are measured on.
            "valid" | "test" => Ok((self.pictures.train..self.pictures.len()).collect()),
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
    pub async fn probabilities<'a>(
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
        match self.settings.task {
            Task::Mnist => digit::centred(&digit::light_on_dark(picture.gray())),
            _ => picture.rgb().resized(self.config.width, self.config.height),
        }
    }
}

/// Training pictures in use: a folder of the reader's may have more than are asked for.
fn train_rows(settings: &VisionSettings, pictures: &LabelledPictures) -> usize {
    settings.train_size.min(pictures.train)
}

/// A run that has not begun.
pub fn start(
    settings: &VisionSettings,
    pictures: &Rc<LabelledPictures>,
    config: &ConvNetConfig,
    network: ConvNet,
    device: &Device,
) -> Runner<ConvNet, PictureExamples> {
    let seed = settings.seed;
    let train: Vec<usize> = (0..train_rows(settings, pictures)).collect();
    let as_written = settings.task == Task::HorseOrHuman && settings.validation == Validation::AsWritten;
    let validation = if as_written { train.clone() } else { (pictures.train..pictures.len()).collect() };
    let examples = PictureExamples {
        pictures: pictures.clone(),
        outputs: config.outputs,
        augment: (settings.augment == OnOff::On).then_some(seed),
        flip: settings.task != Task::Mnist,
    };
    let stop = settings.stop_at_accuracy;
    let objective = Classification::of_outputs(config.outputs);
    let config = RunnerConfig {
        epochs: settings.epochs,
        batch_size: settings.batch_size,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["validation_loss", "validation_accuracy"],
        keep_best: None,
        rule: Rule::named(&settings.optimizer).expect("a declared option"),
        constants: Constants::Keras,
        learning_rate: settings.learning_rate,
        rate_changes: settings.learning_rate_changes.clone(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
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
