//! The lab of the boosting lesson: one table, one run of boosting.

use super::batch::{self, BatchFile};
use super::campaign::CampaignTable;
use super::controls::PARAMETERS;
use super::describe::{Told, recorded};
use super::features::{Features, Parts, engine_error};
use super::{code, goals, inspect, predict, tables};
use crate::controls::Settings;
use crate::error::LabError;
use crate::history::{Track, points};
use crate::lab::Lab;
use crate::lessons::Material;
use crate::progress::{Budget, GoalStatus, Progress};
use async_trait::async_trait;
use gbdt::{Booster, Dataset, EarlyStopping, Metric, Model, Parameters, Table, model_text};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use web_time::Instant;

/// Parts of the rows.
pub(super) const SPLITS: [&str; 3] = ["train", "valid", "test"];
/// Formats of a model.
const FORMATS: [&str; 1] = ["lightgbm"];

/// Builds the lab.
///
/// # Errors
/// `data_missing`, `bad_table`, `no_features`, and what is wrong with the parameters.
pub fn open(settings: Settings, material: &Material) -> Result<Box<dyn Lab>, LabError> {
    Ok(Box::new(BoostingLab::new(settings, material)?))
}

/// One run of boosting on one table.
pub(super) struct BoostingLab {
    pub(super) settings: Settings,
    pub(super) told: Told,
    pub(super) data: CampaignTable,
    pub(super) features: Features,
    pub(super) parts: Parts,
    pub(super) parameters: Parameters,
    /// What is being trained; for a model that was loaded, nothing more is.
    pub(super) booster: Booster,
    /// A model that was loaded in place of a trained one.
    pub(super) loaded: Option<Model>,
    track: Track,
    stopping: EarlyStopping,
    milliseconds: f64,
    /// The file that batch transforms run over, once one was chosen.
    batch_file: Option<BatchFile>,
}

/// What a checkpoint holds. Training is quick and repeats to the bit, so that its rounds are simply made again.
#[derive(Serialize, Deserialize)]
struct Checkpoint {
    settings: Value,
    rounds: usize,
    loaded: Option<String>,
}

impl BoostingLab {
    fn new(settings: Settings, material: &Material) -> Result<Self, LabError> {
        let told = Told::of(&settings, material);
        let data = tables::table(&settings, material)?;
        let features = Features::new(&settings, &data)?;
        let parts = Parts::new(&settings, &data);
        if [&parts.train, &parts.valid, &parts.test].iter().any(|part| part.is_empty()) {
            let rows = data.labels.len();
            let message =
                format!("With {rows} rows a part of the split stays empty: five rows of a class are needed.");
            return Err(LabError::new("too_few_rows", message).with("rows", rows));
        }
        let parameters = parameters(&settings, told, data.classes.len())?;
        let booster = start(&parameters, &features.table, &data.labels, &parts, &settings)?;
        let (track, stopping) = (Track::new(&recorded(told)), watch(&parameters, told));
        Ok(Self {
            settings,
            told,
            data,
            features,
            parts,
            parameters,
            booster,
            loaded: None,
            track,
            stopping,
            milliseconds: 0.0,
            batch_file: None,
        })
    }

    /// The model in use: the loaded one, or as far as training has come.
    pub(super) fn model(&self) -> Model {
        let mut model = self.loaded.clone().unwrap_or_else(|| self.booster.model().clone());
        // As LightGBM's own prediction: of a run that was watched, the best round counts.
        if let Some(best) = self.best_round().filter(|_| self.loaded.is_none() && self.is_over()) {
            model.truncate(best);
        }
        if model.pandas_categorical.is_none() && self.loaded.is_none() {
            let texts = self.features.table.columns().iter().zip(&self.features.texts);
            let lists: Vec<Vec<String>> = texts
                .filter(|(column, _)| column.categorical)
                .filter_map(|(_, texts)| texts.clone())
                .collect();
            model.pandas_categorical = (!lists.is_empty()).then_some(lists);
        }
        model
    }

    /// Row numbers of a part.
    ///
    /// # Errors
    /// `unknown_split`.
    pub(super) fn rows(&self, split: &str) -> Result<&[usize], LabError> {
        self.parts.of(split).ok_or_else(|| LabError::unknown_split(split, &SPLITS))
    }

    /// Features and labels of a part.
    ///
    /// # Errors
    /// `unknown_split`.
    pub(super) fn part(&self, split: &str) -> Result<(Table, Vec<f32>), LabError> {
        let rows = self.rows(split)?;
        let labels = rows.iter().map(|row| self.data.labels[*row]).collect();
        Ok((self.features.table.selected(rows), labels))
    }

    /// Metrics of a part by LightGBM's names.
    pub(super) fn figures(&self, split: &str) -> Result<Map<String, Value>, LabError> {
        let (table, labels) = self.part(split)?;
        let model = self.model();
        let scores = model.raw_scores(&table);
        let mut figures = Map::new();
        for metric in Metric::of(self.parameters.objective) {
            let value = metric.measure(self.parameters.objective, model.sigmoid, &scores, &labels, None);
            figures.insert(metric.name().into(), json!(value));
        }
        figures.insert("rows".into(), json!(labels.len()));
        Ok(figures)
    }

    fn rounds(&self) -> usize {
        self.parameters.num_iterations as usize
    }

    /// Whether the run has come to its end.
    pub(super) fn is_over(&self) -> bool {
        self.loaded.is_some()
            || self.stopping.stopped()
            || self.booster.finished()
            || self.booster.round() >= self.rounds()
    }

    /// Makes a round and records what it brought.
    fn train_one_round(&mut self) {
        if !self.booster.train_one_round() {
            return;
        }
        let round = self.booster.round();
        let [first, second] = self.told.metrics().map(|name| Metric::named(name).expect("a known name"));
        let values = [
            self.booster.train_metric(first),
            self.booster.valid_metric(0, first),
            self.booster.train_metric(second),
            self.booster.valid_metric(0, second),
        ];
        // Steps are counted from 0: the one that made this tree.
        self.track.push(round as u64 - 1, round as u64 - 1, &values);
        // The document judges by the very rows it stops by.
        let judge = self.booster.valids().len() - 1;
        self.stopping.watch(round, &[self.booster.valid_metric(judge, first)]);
    }

    /// The best round where training may stop early.
    pub(super) fn best_round(&self) -> Option<usize> {
        (self.parameters.early_stopping_round > 0).then(|| self.stopping.best_round()).flatten()
    }

    /// The file that batch transforms run over.
    ///
    /// # Errors
    /// `bad_input` where none was chosen.
    pub(super) fn batch_file(&self) -> Result<&BatchFile, LabError> {
        self.batch_file.as_ref().ok_or_else(|| LabError::bad_input("a file, chosen by `batch_file`,"))
    }

    fn choose_batch_file(&mut self, options: Value) -> Result<Value, LabError> {
        let (file, told) = batch::choose_file(self, options)?;
        self.batch_file = Some(file);
        Ok(told)
    }

    /// Milliseconds that training has taken.
    pub(super) fn milliseconds(&self) -> f64 {
        self.milliseconds
    }

    fn begin_again(&mut self) -> Result<(), LabError> {
        self.booster =
            start(&self.parameters, &self.features.table, &self.data.labels, &self.parts, &self.settings)?;
        self.track = Track::new(&recorded(self.told));
        self.stopping = watch(&self.parameters, self.told);
        (self.loaded, self.milliseconds) = (None, 0.0);
        Ok(())
    }

    fn load(&mut self, text: &str) -> Result<(), LabError> {
        let model = model_text::parse(text).map_err(engine_error)?;
        model.check_columns(&self.features.table).map_err(engine_error)?;
        if model.objective != self.parameters.objective
            || model.trees_per_round != self.parameters.trees_per_round()
        {
            return Err(LabError::bad_model("it tells something else than this table's label".into()));
        }
        self.begin_again()?;
        self.loaded = Some(model);
        Ok(())
    }
}

/// Early stopping by the first metric.
fn watch(parameters: &Parameters, told: Told) -> EarlyStopping {
    let [first, _] = told.metrics();
    EarlyStopping::new(parameters, &[Metric::named(first).expect("a known name")])
}

/// LightGBM's parameters of these settings.
///
/// # Errors
/// `bad_parameter`, `contradictory_parameters`.
pub(super) fn parameters(settings: &Settings, told: Told, classes: usize) -> Result<Parameters, LabError> {
    let text = |name: &str| match settings.value(name) {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut pairs: Vec<(&str, String)> = PARAMETERS.iter().map(|name| (*name, text(name))).collect();
    pairs.push(("objective", told.objective().into()));
    pairs.push(("seed", text("seed")));
    if told == Told::Multiclass {
        pairs.push(("num_class", classes.to_string()));
    }
    Parameters::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str()))).map_err(engine_error)
}

fn start(
    parameters: &Parameters,
    table: &Table,
    labels: &[f32],
    parts: &Parts,
    settings: &Settings,
) -> Result<Booster, LabError> {
    let labels_of = |rows: &[usize]| rows.iter().map(|row| labels[*row]).collect::<Vec<f32>>();
    let data = Dataset::new(table.part(&parts.train), labels_of(&parts.train), None, parameters);
    let mut booster = Booster::new(data.map_err(engine_error)?, parameters.clone()).map_err(engine_error)?;
    booster.add_valid(table.part(&parts.valid), labels_of(&parts.valid), None);
    if settings.text("early_stopping_on") == "as_written" {
        booster.add_valid(table.part(&parts.test), labels_of(&parts.test), None);
    }
    Ok(booster)
}

#[async_trait(?Send)]
impl Lab for BoostingLab {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn progress(&self) -> Progress {
        let (step, total) = (self.booster.round() as u64, self.rounds() as u64);
        let mut metrics = Map::new();
        if let Some((_, values)) = self.track.last() {
            for (name, value) in self.track.metrics.iter().zip(values) {
                metrics.insert(name.to_string(), json!(value));
            }
        }
        Progress {
            step,
            total_steps: if self.is_over() { step } else { total },
            epoch: step.max(1),
            total_epochs: total,
            metrics,
            finished: self.is_over(),
            diverged: false,
        }
    }

    async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        let begin = Instant::now();
        let spent = || begin.elapsed().as_secs_f64() * 1000.0;
        let mut made = 0;
        while made < budget.steps && !self.is_over() && (made == 0 || spent() < budget.milliseconds) {
            self.train_one_round();
            made += 1;
        }
        self.milliseconds += spent();
        Ok(self.progress())
    }

    fn history(&self, from: u64) -> Vec<Value> {
        points(&[&self.track], from)
    }

    async fn evaluate(&mut self, split: &str) -> Result<Value, LabError> {
        self.figures(split).map(Value::Object)
    }

    async fn predict(&mut self, input: Value) -> Result<Value, LabError> {
        predict::predict(self, input)
    }

    async fn inspect(&mut self, what: &str, options: Value) -> Result<Value, LabError> {
        match what {
            "code" => Ok(code::code(self)),
            "batch_file" => self.choose_batch_file(options),
            "batch" => {
                if self.batch_file.is_none() {
                    self.choose_batch_file(json!({ "source": "test" }))?;
                }
                batch::batch(self, options)
            }
            _ => inspect::inspect(self, what, options),
        }
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, LabError> {
        let checkpoint = Checkpoint {
            settings: json!(self.settings),
            rounds: self.booster.round(),
            loaded: self.loaded.as_ref().map(model_text::to_text),
        };
        serde_json::to_vec(&checkpoint).map_err(|error| LabError::bad_checkpoint(error.to_string()))
    }

    async fn restore(&mut self, checkpoint: &[u8]) -> Result<(), LabError> {
        let read: Checkpoint = serde_json::from_slice(checkpoint)
            .map_err(|error| LabError::bad_checkpoint(error.to_string()))?;
        if read.settings != json!(self.settings) {
            return Err(LabError::bad_checkpoint("it was taken with other settings".into()));
        }
        if read.rounds > self.rounds() {
            return Err(LabError::bad_checkpoint("it has more rounds than the run".into()));
        }
        if let Some(text) = &read.loaded {
            return self.load(text);
        }
        // Forwards the rounds missing are made, backwards all of them: the same trees either way.
        if read.rounds < self.booster.round() || self.loaded.is_some() {
            self.begin_again()?;
        }
        while self.booster.round() < read.rounds && !self.booster.finished() {
            self.train_one_round();
        }
        Ok(())
    }

    async fn export_model(&mut self, format: &str) -> Result<Vec<u8>, LabError> {
        if !FORMATS.contains(&format) {
            return Err(LabError::unknown_format(format, &FORMATS));
        }
        Ok(model_text::to_text(&self.model()).into_bytes())
    }

    async fn import_model(&mut self, file: &[u8]) -> Result<(), LabError> {
        let text = std::str::from_utf8(file).map_err(|_| LabError::bad_model("it is not text".into()))?;
        self.load(text)
    }

    fn goals(&self) -> Vec<GoalStatus> {
        goals::goals(self)
    }
}
