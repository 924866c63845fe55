//! One run of a model on a table: the document's, step by step.

use super::super::settings::{CheckpointKind, IrisSettings, ModelKind, SplitWay};
use super::super::table;
use super::classical::{ClassicalConfig, ClassicalRun, Examples, Fitted};
use crate::classic;
use crate::classic::softmax::softmax_f32;
use crate::classic::svm::Kernel;
use crate::controls::Settings;
use crate::data::scale::MinMax;
use crate::data::split::Split;
use crate::data::table::{LabelledTable, TypedTable};
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::run::refit::Refit;
use crate::nn::models::mlp::{Activation, Mlp, MlpConfig};
use crate::nn::objective::classification::Classification;
use crate::nn::objective::metric::largest;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::examples::Rows;
use crate::nn::run::runner::{Cadence, KeepBest, Runner, RunnerConfig, Weights, device_lost};
use crate::progress::Budget;
use crate::random::{Purpose, Random};
use burn::tensor::{Device, Tensor, TensorData};
use std::rc::Rc;

/// Rows of train the models for comparison are fitted to: a picture must not wait long for them.
const MOST_COMPANION_ROWS: usize = 1_000;
/// The model a run fits.
pub enum Model {
    /// A feed-forward network, trained on minibatches.
    Network(Box<Runner<Mlp, Rows>>),
    /// Softmax regression or a support vector machine.
    Classical(Box<Refit<ClassicalRun>>),
}

/// One run of a model on a table of flowers, or on the reader's own.
pub struct IrisRun {
    /// The settings as they were declared, for the page and for files.
    pub declared: Settings,
    pub settings: IrisSettings,
    /// The chosen columns in their own units.
    pub table: LabelledTable,
    /// The reader's own file, if the table comes from it.
    pub own: Option<Rc<TypedTable>>,
    /// Names of the columns a row to predict may have: those chosen, or all of the flowers.
    pub all_features: Vec<String>,
    pub scale: MinMax,
    /// What stands in each column where the file has no value and such rows are kept.
    pub stand_ins: Vec<f64>,
    pub split: Split,
    pub config: MlpConfig,
    pub model: Model,
    pub examples: Examples,
    pub device: Device,
    /// Models fitted beside the lab's own, for comparison, once they are asked for.
    companions: Vec<(ModelKind, Refit<ClassicalRun>)>,
}

impl IrisRun {
    pub fn new(declared: Settings, device: Device, material: &Material) -> Result<Self, LabError> {
        let settings = declared.read::<IrisSettings>();
        let seed = settings.seed;
        let mut table = table::table(&settings.features, &settings.label_column, settings.gaps, material)?;
        let all_features = match material.table() {
            None => crate::data::iris::FEATURES.map(String::from).to_vec(),
            Some(_) => table.features.clone(),
        };
        let mut random = Random::new(seed, Purpose::Split);
        let mut split = match settings.split {
            SplitWay::AsWritten => Split::as_written(table.rows.len(), &mut random),
            SplitWay::Disjoint => Split::disjoint(table.rows.len(), &mut random),
        };
        split.keep_train(settings.train_size);
        let stand_ins = table.fill_gaps(&split.train);
        // As the document has it: the ranges of all rows, not of train alone.
        let scale = MinMax::of(&table.rows);
        let config = MlpConfig {
            inputs: table.features.len(),
            hidden: settings.hidden.clone(),
            classes: table.classes.len(),
            activation: Activation::named(&settings.activation).expect("a declared option"),
            init_std: settings.init_std,
            init_bias: settings.init_bias,
        };
        let scaled = table.rows.iter().flat_map(|row| scale.scale(row)).map(f64::from).collect();
        let examples = Examples {
            rows: Rc::new(classic::rows::Rows::new(scaled, table.features.len())?),
            labels: Rc::new(table.labels.clone()),
            classes: table.classes.len(),
        };
        let model = match ClassicalConfig::of(&settings, settings.model) {
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
            declared,
            settings,
            table,
            own: material.table().cloned(),
            all_features,
            scale,
            stand_ins,
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

    /// The kernel of a support vector machine.
    pub fn kernel(&self) -> Option<Kernel> {
        match &self.model {
            Model::Classical(run) => match run.fitted() {
                Fitted::Svm(machine) => Some(machine.kernel()),
                Fitted::Softmax(_) => None,
            },
            Model::Network(_) => None,
        }
    }

    /// Which weights results are judged by.
    pub fn weights(&self) -> Weights {
        match self.settings.checkpoint {
            CheckpointKind::BestDev => Weights::BestDev,
            CheckpointKind::Last => Weights::Last,
        }
    }

    /// How sure the model is of each class, for rows in the table's own units: row-major, one column for each class.
    /// Probabilities where the model has some.
    pub async fn certainty(&self, rows: &[Vec<f64>]) -> Result<Vec<f32>, LabError> {
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
            Model::Network(_) if rows.is_empty() => Ok((Some(f64::NAN), f64::NAN)),
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
        for model in [ModelKind::Softmax, ModelKind::Svm] {
            let config = ClassicalConfig::of(&self.settings, model).expect("one of the classical models");
            let (train, dev) = (&self.split.train[..most], &self.split.dev);
            let mut run = Refit::new(ClassicalRun::new(config, self.examples.clone(), train, dev));
            run.train(Budget::steps(u64::MAX));
            self.companions.push((model, run));
        }
    }

    /// What [`IrisRun::fit_companions`] fitted; the lab's own model in the place of the same one.
    pub fn companions(&self) -> Vec<(ModelKind, &ClassicalRun)> {
        let chosen = |model, run| match &self.model {
            Model::Classical(current) if model == self.settings.model => &**current,
            _ => run,
        };
        self.companions.iter().map(|(model, run)| (*model, &**chosen(*model, run))).collect()
    }

    /// Accuracy on test where one column is missing and its mean over the training rows stands in for it.
    pub async fn accuracy_without(&self, column: usize) -> Result<f64, LabError> {
        let train = &self.split.train;
        let mean = train.iter().map(|&row| self.table.rows[row][column]).sum::<f64>() / train.len() as f64;
        let rows: Vec<Vec<f64>> = self
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
        Ok(right as f64 / rows.len() as f64)
    }

    /// Row numbers of a part of the table.
    ///
    /// # Errors
    /// `unknown_split`.
    pub fn split_rows(&self, split: &str) -> Result<&[usize], LabError> {
        match split {
            "train" => Ok(&self.split.train),
            // `dev` is the document's name of it.
            "valid" | "dev" => Ok(&self.split.dev),
            "test" => Ok(&self.split.test),
            other => Err(LabError::unknown_split(other, &["train", "valid", "test"])),
        }
    }
}

pub fn start(
    settings: &IrisSettings,
    table: &LabelledTable,
    scale: &MinMax,
    split: &Split,
    network: Mlp,
    device: &Device,
) -> Runner<Mlp, Rows> {
    let scaled: Vec<Vec<f32>> = table.rows.iter().map(|row| scale.scale(row)).collect();
    let examples = Rows::new(&scaled, &table.labels, table.classes.len());
    let config = RunnerConfig {
        epochs: settings.epochs,
        batch_size: settings.batch_size,
        rule: Rule::named(&settings.optimizer).expect("a declared option"),
        constants: Constants::Torch,
        learning_rate: settings.learning_rate,
        rate_changes: settings.learning_rate_changes.clone(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EverySteps(settings.eval_steps),
        evaluation_metrics: &["dev_loss", "dev_accuracy"],
        keep_best: Some(KeepBest { metric: "accuracy", largest: true, beyond: 0.0 }),
        running: &["accuracy"],
        stop: None,
        seed: settings.seed,
    };
    let (train, dev) = (split.train.clone(), split.dev.clone());
    Runner::new(network, Classification::CrossEntropy, examples, train, dev, config, device)
}

/// [`ClassicalRun::certainty`] of scaled rows, row-major.
pub fn certainty_of(run: &ClassicalRun, scaled: &[f32], columns: usize) -> Vec<f32> {
    scaled.chunks_exact(columns).flat_map(|row| run.certainty(&doubles(row))).collect()
}

/// The same numbers as doubles.
pub fn doubles(row: &[f32]) -> Vec<f64> {
    row.iter().map(|value| f64::from(*value)).collect()
}

/// What only a network has was asked of another model.
pub fn no_network() -> LabError {
    LabError::new("no_network", "This is offered for the network only: choose the model `mlp` first.")
}
