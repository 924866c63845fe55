//! The lab of the iris lesson: the document's run, step by step.

use super::{code, inspect};
use crate::controls::Settings;
use crate::data::iris::iris;
use crate::data::scale::MinMax;
use crate::data::split::Split;
use crate::data::table::LabelledTable;
use crate::lab::{Budget, GoalStatus, Lab, LabError, Progress};
use crate::nn::container::Container;
use crate::nn::examples::Rows;
use crate::nn::mlp::{Activation, Mlp, MlpConfig, from_state_dict, to_state_dict};
use crate::nn::optimizer::Rule;
use crate::nn::parameters::{self, NamedTensor};
use crate::nn::runner::{Runner, RunnerConfig, Weights, device_lost};
use crate::nn::weights;
use crate::random::{Purpose, Random};
use async_trait::async_trait;
use burn::tensor::{Device, Tensor, TensorData};
use serde_json::{Value, json};

/// Most rows one call of `predict` takes.
const MOST_ROWS_TO_PREDICT: usize = 100_000;
/// The goal `test_accuracy`: 14 of 15 flowers.
const TEST_ACCURACY_GOAL: f64 = 0.93;
/// The goal `plateau`: the mean loss of an epoch that ends by this step is below this figure.
const PLATEAU_GOAL: (u64, f64) = (200, 0.9);

/// Builds the lab on a device.
pub fn open(settings: Settings, device: Device) -> Result<Box<dyn Lab>, LabError> {
    Ok(Box::new(IrisLab::new(settings, device)))
}

/// One run of a network on iris.
pub(super) struct IrisLab {
    pub(super) settings: Settings,
    /// The chosen columns, in centimetres.
    pub(super) table: LabelledTable,
    pub(super) scale: MinMax,
    pub(super) split: Split,
    pub(super) config: MlpConfig,
    pub(super) runner: Runner<Mlp, Rows>,
    device: Device,
    test_accuracy: Option<f64>,
}

impl IrisLab {
    fn new(settings: Settings, device: Device) -> Self {
        let seed = settings.count("seed") as u64;
        let table = iris().select(&settings.names("features"));
        // As the document has it: the ranges of all rows, before they are split.
        let scale = MinMax::of(&table.rows);
        let mut random = Random::new(seed, Purpose::Split);
        let split = match settings.text("split") {
            "as_written" => Split::as_written(table.rows.len(), &mut random),
            _ => Split::disjoint(table.rows.len(), &mut random),
        };
        let config = MlpConfig {
            inputs: table.features.len(),
            hidden: settings.counts("hidden"),
            classes: table.classes.len(),
            activation: Activation::named(settings.text("activation")).expect("a declared option"),
            init_std: settings.number("init_std"),
            init_bias: settings.number("init_bias"),
        };
        let network = config.init(seed, &device.clone().autodiff());
        let runner = start(&settings, &table, &scale, &split, network, &device);
        Self { settings, table, scale, split, config, runner, device, test_accuracy: None }
    }

    /// Which weights results are judged by.
    pub(super) fn weights(&self) -> Weights {
        match self.settings.text("checkpoint") {
            "best_dev" => Weights::BestDev,
            _ => Weights::Last,
        }
    }

    /// Class probabilities of rows given in centimetres, row-major, one column for each class.
    pub(super) async fn probabilities(&self, rows: &[Vec<f32>]) -> Result<Vec<f32>, LabError> {
        let scaled: Vec<f32> = rows.iter().flat_map(|row| self.scale.scale(row)).collect();
        let data = TensorData::new(scaled, [rows.len(), self.table.features.len()]);
        let input = Tensor::<2>::from_data(data, self.runner.device());
        let (logits, columns) = self.runner.predict(input, self.weights()).await.map_err(device_lost)?;
        Ok(logits.chunks_exact(columns).flat_map(softmax).collect())
    }

    fn split_rows(&self, split: &str) -> Result<&[usize], LabError> {
        match split {
            "train" => Ok(&self.split.train),
            "dev" => Ok(&self.split.dev),
            "test" => Ok(&self.split.test),
            other => Err(LabError::new(
                "unknown_split",
                format!("There is no split called `{other}`. Use train, dev or test."),
            )
            .with("split", other)),
        }
    }

    /// Rows of numbers in centimetres from the reader: the chosen features, or all four of the table.
    fn read_rows(&self, input: &Value) -> Result<Vec<Vec<f32>>, LabError> {
        let all = crate::data::iris::FEATURES;
        let chosen = &self.table.features;
        let bad = |row: usize, column: usize, expected: String| {
            LabError::new("bad_input", format!("Row {row}, column {column}: {expected} was expected."))
                .with("row", row)
                .with("column", column)
                .with("expected", expected)
        };
        let columns = format!("{} numbers ({})", chosen.len(), chosen.join(", "));
        let rows = input.as_array().ok_or_else(|| bad(1, 1, format!("a list of rows of {columns}")))?;
        if rows.is_empty() || rows.len() > MOST_ROWS_TO_PREDICT {
            return Err(bad(rows.len(), 1, format!("1 to {MOST_ROWS_TO_PREDICT} rows")));
        }
        let mut read = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let cells = row.as_array().ok_or_else(|| bad(index + 1, 1, format!("a row of {columns}")))?;
            if cells.len() != chosen.len() && cells.len() != all.len() {
                return Err(bad(index + 1, cells.len(), columns));
            }
            let mut values = Vec::with_capacity(cells.len());
            for (column, cell) in cells.iter().enumerate() {
                let number = cell.as_f64().map(|v| v as f32).filter(|v| v.is_finite());
                values.push(number.ok_or_else(|| bad(index + 1, column + 1, "a number".into()))?);
            }
            if cells.len() != chosen.len() {
                let keep = |name: &String| all.iter().position(|f| f == name).expect("a declared feature");
                values = chosen.iter().map(|name| values[keep(name)]).collect();
            }
            read.push(values);
        }
        Ok(read)
    }

    async fn weights_from_file(&self, file: &[u8]) -> Result<Vec<NamedTensor>, String> {
        let tensors = if weights::is_safetensors(file) {
            from_state_dict(Container::from_bytes(file)?.tensors(""))
        } else {
            weights::from_burnpack(file, self.config.init(0, &Device::flex())).await?
        };
        parameters::check_finite(&tensors)?;
        Ok(tensors)
    }
}

fn start(
    settings: &Settings,
    table: &LabelledTable,
    scale: &MinMax,
    split: &Split,
    network: Mlp,
    device: &Device,
) -> Runner<Mlp, Rows> {
    let scaled: Vec<Vec<f32>> = table.rows.iter().map(|row| scale.scale(row)).collect();
    let examples = Rows::new(&scaled, &table.labels, table.classes.len());
    let config = RunnerConfig {
        epochs: settings.count("epochs"),
        batch_size: settings.count("batch_size"),
        eval_steps: settings.count("eval_steps"),
        rule: Rule::named(settings.text("optimizer")).expect("a declared option"),
        learning_rate: settings.number("learning_rate"),
        seed: settings.count("seed") as u64,
    };
    Runner::new(network, examples, split.train.clone(), split.dev.clone(), config, device)
}

/// `e^z / Σ e^z`, shifted by the largest so that nothing overflows.
fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|z| (z - largest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[async_trait(?Send)]
impl Lab for IrisLab {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn progress(&self) -> Progress {
        self.runner.progress()
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        let progress = self.runner.train(budget).await?;
        if progress.finished && !progress.diverged && self.test_accuracy.is_none() {
            let result = self.runner.evaluate(&self.split.test, self.weights()).await.map_err(device_lost)?;
            self.test_accuracy = Some(result.accuracy);
        }
        Ok(progress)
    }

    fn history(&self, from: u64) -> Vec<Value> {
        self.runner.history(from)
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        let rows = self.split_rows(split)?;
        let result = self.runner.evaluate(rows, self.weights()).await.map_err(device_lost)?;
        Ok(json!(result))
    }

    async fn predict(&mut self, input: Value) -> Result<Value, LabError> {
        let rows = self.read_rows(&input)?;
        let classes = &self.table.classes;
        let probabilities = self.probabilities(&rows).await?;
        let probabilities: Vec<&[f32]> = probabilities.chunks_exact(classes.len()).collect();
        let names: Vec<&String> =
            probabilities.iter().map(|row| &classes[crate::nn::metric::largest(row)]).collect();
        Ok(json!({ "classes": names, "probabilities": probabilities }))
    }

    async fn inspect(&mut self, what: &str, options: Value) -> Result<Value, LabError> {
        match what {
            "data" => Ok(inspect::data(self)),
            "network" => inspect::network(self).await,
            "regions" => inspect::regions(self, &options).await,
            "replay" => inspect::replay(self, options).await,
            "code" => Ok(code::code(self)),
            other => Err(LabError::new(
                "unknown_inspection",
                format!("There is nothing called `{other}` to look at. Use data, network, regions, replay or code."),
            )
            .with("what", other)),
        }
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        Ok(self.runner.checkpoint().await.map_err(device_lost)?.to_bytes())
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let bad = |reason: String| {
            LabError::new("bad_checkpoint", format!("This checkpoint does not fit this run: {reason}."))
                .with("reason", reason)
        };
        let container = Container::from_bytes(checkpoint).map_err(bad)?;
        self.runner.restore(&container).map_err(bad)?;
        self.test_accuracy = None;
        if self.runner.finished() {
            self.train(Budget::steps(0)).await?;
        }
        Ok(())
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        let network = self.runner.network(self.weights());
        let tensors = parameters::read(network).await.map_err(device_lost)?;
        match format {
            "safetensors" => {
                let note =
                    json!({ "lesson": "iris", "settings": self.settings, "step": self.progress().step });
                Ok(weights::to_safetensors(to_state_dict(tensors), note.to_string()))
            }
            "burnpack" => {
                let failed =
                    |error| LabError::new("unknown_format", format!("burnpack cannot be written: {error}"));
                let network = self.config.init(0, &Device::flex());
                weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
            }
            other => Err(LabError::new(
                "unknown_format",
                format!("Weights cannot be written as `{other}`. Use {}.", weights::FORMATS.join(" or ")),
            )
            .with("format", other)),
        }
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<(), LabError> {
        let bad = |reason: String| {
            LabError::new("bad_model", format!("These weights do not fit this network: {reason}."))
                .with("reason", reason)
        };
        let tensors = self.weights_from_file(file).await.map_err(bad)?;
        let network = self.config.init(0, &self.device.clone().autodiff());
        let network = parameters::write(network, &tensors).map_err(bad)?;
        self.runner = start(&self.settings, &self.table, &self.scale, &self.split, network, &self.device);
        self.test_accuracy = None;
        Ok(())
    }

    fn goals(&self) -> Vec<GoalStatus> {
        let steps_per_epoch = self.split.train.len().div_ceil(self.settings.count("batch_size")) as u64;
        let early = self
            .runner
            .epoch_losses()
            .zip(1u64..)
            .take_while(|(_, epoch)| epoch * steps_per_epoch <= PLATEAU_GOAL.0)
            .map(|(loss, _)| loss)
            .fold(None, |least: Option<f64>, loss| Some(least.map_or(loss, |l| l.min(loss))));
        vec![
            GoalStatus {
                id: "test_accuracy".into(),
                passed: self.test_accuracy.is_some_and(|accuracy| accuracy >= TEST_ACCURACY_GOAL),
                value: self.test_accuracy,
            },
            GoalStatus {
                id: "plateau".into(),
                passed: early.is_some_and(|loss| loss < PLATEAU_GOAL.1),
                value: early,
            },
        ]
    }
}
