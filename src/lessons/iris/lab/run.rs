//! The lab of the iris lesson: the document's run, step by step.

use super::super::looks::{inspect, judgement, network_inside};
use super::super::table;
use super::classical::{ClassicalConfig, ClassicalRun, Examples, Fitted};
use super::code;
use crate::classic;
use crate::classic::softmax::softmax_f32;
use crate::controls::Settings;
use crate::data::scale::MinMax;
use crate::data::split::Split;
use crate::data::table::LabelledTable;
use crate::error::LabError;
use crate::history::Track;
use crate::lab::{Ask, Lab};
use crate::lessons::Material;
use crate::lessons::run::refit::Refit;
use crate::nn::layers::parameters::{self, NamedTensor};
use crate::nn::models::mlp::{Activation, Mlp, MlpConfig, from_state_dict, to_state_dict};
use crate::nn::objective::classification::Classification;
use crate::nn::objective::metric::largest;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::container::Container;
use crate::nn::run::examples::Rows;
use crate::nn::run::runner::{Cadence, KeepBest, Runner, RunnerConfig, Weights, device_lost};
use crate::nn::run::weights;
use crate::progress::{Budget, GoalStatus, Progress};
use crate::random::{Purpose, Random};
use async_trait::async_trait;
use burn::tensor::{Device, Tensor, TensorData};
use serde_json::{Value, json};
use std::rc::Rc;

/// Most rows one call of `predict` takes.
const MOST_ROWS_TO_PREDICT: usize = 100_000;
/// Rows of train the models for comparison are fitted to: a picture must not wait long for them.
const MOST_COMPANION_ROWS: usize = 1_000;
/// What can be looked at.
const INSPECTIONS: [&str; 11] = [
    "data",
    "network",
    "activations",
    "dynamics",
    "regions",
    "confusion",
    "sample",
    "comparison",
    "vectors",
    "replay",
    "code",
];
/// The goal `plateau`: the mean loss of an epoch that ends by this step is below this figure.
const PLATEAU_GOAL: (u64, f64) = (200, 0.9);

/// Builds the lab on a device.
pub fn open(settings: Settings, device: Device, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    Ok(Box::new(IrisLab::new(settings, device, material)?))
}

/// The model a run fits.
pub enum Model {
    /// A feed-forward network, trained on minibatches.
    Network(Box<Runner<Mlp, Rows>>),
    /// Softmax regression or a support vector machine.
    Classical(Box<Refit<ClassicalRun>>),
}

/// One run of a model on a table of flowers, or on the reader's own.
pub struct IrisLab {
    pub settings: Settings,
    /// The chosen columns in their own units.
    pub table: LabelledTable,
    /// Name of the reader's own file, if the table comes from it.
    pub own_file: Option<String>,
    /// Names of the columns a row to predict may have: those chosen, or all of the flowers.
    all_features: Vec<String>,
    pub scale: MinMax,
    pub split: Split,
    pub config: MlpConfig,
    pub model: Model,
    pub examples: Examples,
    device: Device,
    /// Models fitted beside the lab's own, for comparison, once they are asked for.
    companions: Vec<(&'static str, Refit<ClassicalRun>)>,
}

impl IrisLab {
    fn new(settings: Settings, device: Device, material: &Material) -> Result<Self, LabError> {
        let seed = settings.count("seed") as u64;
        let table = table::table(&settings, material)?;
        let all_features = match material.table() {
            None => crate::data::iris::FEATURES.map(String::from).to_vec(),
            Some(_) => table.features.clone(),
        };
        // As the document has it: the ranges of all rows, before they are split.
        let scale = MinMax::of(&table.rows);
        let mut random = Random::new(seed, Purpose::Split);
        let mut split = match settings.text("split") {
            "as_written" => Split::as_written(table.rows.len(), &mut random),
            _ => Split::disjoint(table.rows.len(), &mut random),
        };
        split.keep_train(settings.count("train_size"));
        let config = MlpConfig {
            inputs: table.features.len(),
            hidden: settings.counts("hidden"),
            classes: table.classes.len(),
            activation: Activation::named(settings.text("activation")).expect("a declared option"),
            init_std: settings.number("init_std"),
            init_bias: settings.number("init_bias"),
        };
        let scaled = table.rows.iter().flat_map(|row| scale.scale(row)).map(f64::from).collect();
        let examples = Examples {
            rows: Rc::new(classic::rows::Rows::new(scaled, table.features.len())?),
            labels: Rc::new(table.labels.clone()),
            classes: table.classes.len(),
        };
        let model = match ClassicalConfig::of(&settings, settings.text("model")) {
            Some(config) => {
                let run = ClassicalRun::new(config, examples.clone(), &split.train, &split.dev);
                Model::Classical(Box::new(Refit::new(run)))
            }
            None => {
                let network = config.init(seed, &device.clone().autodiff());
                Model::Network(Box::new(start(&settings, &table, &scale, &split, network, &device)))
            }
        };
        Ok(Self {
            settings,
            table,
            own_file: material.table().map(|table| table.file.clone()),
            all_features,
            scale,
            split,
            config,
            model,
            examples,
            device,
            companions: Vec::new(),
        })
    }

    /// The run of the network.
    ///
    /// # Errors
    /// `no_network` where another model is fitted.
    pub fn network(&self) -> Result<&Runner<Mlp, Rows>, LabError> {
        match &self.model {
            Model::Network(runner) => Ok(runner),
            Model::Classical(_) => Err(no_network()),
        }
    }

    /// Which weights results are judged by.
    pub fn weights(&self) -> Weights {
        match self.settings.text("checkpoint") {
            "best_dev" => Weights::BestDev,
            _ => Weights::Last,
        }
    }

    /// How sure the model is of each class, for rows in the table's own units: row-major, one column for each class.
    /// Probabilities where the model has some.
    pub async fn certainty(&self, rows: &[Vec<f32>]) -> Result<Vec<f32>, LabError> {
        let scaled: Vec<f32> = rows.iter().flat_map(|row| self.scale.scale(row)).collect();
        match &self.model {
            Model::Classical(run) => Ok(certainty_of(run, &scaled, self.table.features.len())),
            Model::Network(runner) => {
                let data = TensorData::new(scaled, [rows.len(), self.table.features.len()]);
                let input = Tensor::<2>::from_data(data, runner.device());
                let (mut values, columns) =
                    runner.predict(input, self.weights()).await.map_err(device_lost)?;
                for row in values.chunks_exact_mut(columns) {
                    softmax_f32(row);
                }
                Ok(values)
            }
        }
    }

    /// Loss (where the model has one) and accuracy over rows of the table.
    pub async fn figures(&self, rows: &[usize]) -> Result<(Option<f64>, f64), LabError> {
        match &self.model {
            Model::Classical(run) => Ok(run.evaluate(rows)),
            Model::Network(runner) => {
                let result = runner.evaluate(rows, self.weights()).await.map_err(device_lost)?;
                Ok((result.value("loss"), result.value("accuracy").expect("classes are told apart")))
            }
        }
    }

    /// Fits softmax regression and a support vector machine to the rows of this lab, unless that has been done.
    pub fn fit_companions(&mut self) {
        if !self.companions.is_empty() {
            return;
        }
        let most = self.split.train.len().min(MOST_COMPANION_ROWS);
        for name in ["softmax", "svm"] {
            let config = ClassicalConfig::of(&self.settings, name).expect("one of the classical models");
            let (train, dev) = (&self.split.train[..most], &self.split.dev);
            let mut run = Refit::new(ClassicalRun::new(config, self.examples.clone(), train, dev));
            run.train(Budget::steps(u64::MAX));
            self.companions.push((name, run));
        }
    }

    /// What [`IrisLab::fit_companions`] fitted; the lab's own model in the place of the same one.
    pub fn companions(&self) -> Vec<(&'static str, &ClassicalRun)> {
        let own = self.settings.text("model");
        let chosen = |name, run| match &self.model {
            Model::Classical(current) if name == own => &**current,
            _ => run,
        };
        self.companions.iter().map(|(name, run)| (*name, &**chosen(*name, run))).collect()
    }

    /// Accuracy on test where one column is missing and its mean over the training rows stands in for it.
    pub async fn accuracy_without(&self, column: usize) -> Result<f64, LabError> {
        let train = &self.split.train;
        let mean = train.iter().map(|&row| self.table.rows[row][column]).sum::<f32>() / train.len() as f32;
        let rows: Vec<Vec<f32>> = self
            .split
            .test
            .iter()
            .map(|&row| {
                let mut values = self.table.rows[row].clone();
                values[column] = mean;
                values
            })
            .collect();
        let certainty = self.certainty(&rows).await?;
        let right = certainty
            .chunks_exact(self.table.classes.len())
            .zip(&self.split.test)
            .filter(|(row, test)| largest(row) == self.table.labels[**test] as usize)
            .count();
        Ok(right as f64 / rows.len().max(1) as f64)
    }

    /// Row numbers of a part of the table.
    ///
    /// # Errors
    /// `unknown_split`.
    pub fn split_rows(&self, split: &str) -> Result<&[usize], LabError> {
        match split {
            "train" => Ok(&self.split.train),
            "dev" => Ok(&self.split.dev),
            "test" => Ok(&self.split.test),
            other => Err(LabError::unknown_split(other, &["train", "dev", "test"])),
        }
    }

    /// Rows of numbers in the table's own units from the reader: the chosen features, or all four of the flowers.
    fn read_rows(&self, input: &Value) -> Result<Vec<Vec<f32>>, LabError> {
        let all = &self.all_features;
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
        rule: Rule::named(settings.text("optimizer")).expect("a declared option"),
        constants: Constants::Torch,
        learning_rate: settings.number("learning_rate"),
        evaluation: Cadence::EverySteps(settings.count("eval_steps")),
        evaluation_metrics: &["dev_loss", "dev_accuracy"],
        keep_best: Some(KeepBest { metric: "accuracy", largest: true, beyond: 0.0 }),
        running: &[],
        stop: None,
        seed: settings.count("seed") as u64,
    };
    let (train, dev) = (split.train.clone(), split.dev.clone());
    Runner::new(network, Classification::CrossEntropy, examples, train, dev, config, device)
}

/// [`ClassicalRun::certainty`] of scaled rows, row-major.
pub fn certainty_of(run: &ClassicalRun, scaled: &[f32], columns: usize) -> Vec<f32> {
    scaled.chunks_exact(columns).flat_map(|row| run.certainty(&doubles(row))).collect()
}

fn doubles(row: &[f32]) -> Vec<f64> {
    row.iter().map(|value| f64::from(*value)).collect()
}

fn no_network() -> LabError {
    LabError::new("no_network", "This is offered for the network only: choose the model `mlp` first.")
}

#[async_trait(?Send)]
impl Lab for IrisLab {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn progress(&self) -> Progress {
        match &self.model {
            Model::Network(runner) => runner.progress(),
            Model::Classical(run) => run.progress(),
        }
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        match &mut self.model {
            Model::Network(runner) => runner.train(budget).await,
            Model::Classical(run) => Ok(run.train(budget)),
        }
    }

    fn tracks(&self) -> Vec<&Track> {
        match &self.model {
            Model::Network(runner) => runner.tracks().to_vec(),
            Model::Classical(run) => vec![run.track()],
        }
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        let rows = self.split_rows(split)?;
        let (loss, accuracy) = self.figures(rows).await?;
        Ok(match loss {
            Some(loss) => json!({ "loss": loss, "accuracy": accuracy, "rows": rows.len() }),
            None => json!({ "accuracy": accuracy, "rows": rows.len() }),
        })
    }

    async fn predict(&mut self, input: Ask) -> Result<Value, LabError> {
        let rows = self.read_rows(&input.value)?;
        let classes = &self.table.classes;
        let certainty = self.certainty(&rows).await?;
        let certainty: Vec<&[f32]> = certainty.chunks_exact(classes.len()).collect();
        let names: Vec<&String> = certainty.iter().map(|row| &classes[largest(row)]).collect();
        let Model::Classical(run) = &self.model else {
            return Ok(json!({ "classes": names, "probabilities": certainty }));
        };
        match run.fitted() {
            Fitted::Softmax(_) => Ok(json!({ "classes": names, "probabilities": certainty })),
            Fitted::Svm(model) => {
                let decisions: Vec<Vec<f64>> =
                    rows.iter().map(|row| model.decisions(&doubles(&self.scale.scale(row)))).collect();
                let pairs: Vec<[&String; 2]> = model
                    .pairs
                    .iter()
                    .map(|pair| [&classes[pair.classes.0], &classes[pair.classes.1]])
                    .collect();
                Ok(json!({ "classes": names, "decisions": decisions, "pairs": pairs }))
            }
        }
    }

    async fn inspect(&mut self, what: &str, ask: Ask) -> Result<Value, LabError> {
        let options = ask.value;
        match what {
            "data" => Ok(inspect::data(self)),
            "network" => inspect::network(self).await,
            "activations" => network_inside::activations(self).await,
            "dynamics" => network_inside::dynamics(self).await,
            "confusion" => judgement::confusion(self, options).await,
            "sample" => judgement::sample(self, options).await,
            "comparison" => inspect::comparison(self, &options).await,
            "vectors" => inspect::vectors(self),
            "regions" => inspect::regions(self, &options).await,
            "replay" => inspect::replay(self, options).await,
            "code" => Ok(code::code(self)),
            other => Err(LabError::unknown_inspection(other, &INSPECTIONS)),
        }
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        match &mut self.model {
            Model::Network(runner) => Ok(runner.checkpoint().await.map_err(device_lost)?.to_bytes()),
            Model::Classical(run) => Ok(Container::new(run.checkpoint()).to_bytes()),
        }
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let bad = LabError::bad_checkpoint;
        let container = Container::from_bytes(checkpoint).map_err(bad)?;
        match &mut self.model {
            Model::Network(runner) => runner.restore(&container).map_err(bad)?,
            Model::Classical(run) => {
                let config = ClassicalConfig::of(&self.settings, self.settings.text("model"))
                    .expect("a classical model has its settings");
                let (train, dev) = (&self.split.train, &self.split.dev);
                let anew = || Ok(ClassicalRun::new(config, self.examples.clone(), train, dev));
                run.restore(&container.note, anew)?;
            }
        }
        Ok(())
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        if !weights::FORMATS.contains(&format) {
            return Err(LabError::unknown_format(format, &weights::FORMATS));
        }
        let note = json!({ "lesson": "iris", "settings": self.settings, "step": self.progress().step });
        match &self.model {
            Model::Classical(run) if format == "safetensors" => {
                Ok(weights::to_safetensors(run.tensors(), note.to_string()))
            }
            Model::Classical(_) => Err(no_network()),
            Model::Network(runner) => {
                let tensors = parameters::read(runner.network(self.weights())).await.map_err(device_lost)?;
                if format == "safetensors" {
                    return Ok(weights::to_safetensors(to_state_dict(tensors), note.to_string()));
                }
                let failed =
                    |error| LabError::new("unknown_format", format!("burnpack cannot be written: {error}"));
                let network = self.config.init(0, &Device::flex());
                weights::to_burnpack(parameters::write(network, &tensors).map_err(failed)?).map_err(failed)
            }
        }
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<(), LabError> {
        self.network()?;
        let bad = LabError::bad_model;
        let tensors = self.weights_from_file(file).await.map_err(bad)?;
        let network = self.config.init(0, &self.device.clone().autodiff());
        let network = parameters::write(network, &tensors).map_err(bad)?;
        let runner = start(&self.settings, &self.table, &self.scale, &self.split, network, &self.device);
        self.model = Model::Network(Box::new(runner));
        Ok(())
    }

    fn goals(&self) -> Vec<GoalStatus> {
        let steps_per_epoch = self.split.train.len().div_ceil(self.settings.count("batch_size")) as u64;
        let early = self.network().ok().and_then(|runner| {
            runner
                .epoch_losses()
                .zip(1u64..)
                .take_while(|(_, epoch)| epoch * steps_per_epoch <= PLATEAU_GOAL.0)
                .map(|(loss, _)| loss)
                .reduce(f64::min)
        });
        vec![GoalStatus {
            id: "plateau".into(),
            passed: early.is_some_and(|loss| loss < PLATEAU_GOAL.1),
            value: early,
        }]
    }
}
