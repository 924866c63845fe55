//! One run of boosting on one table: what is trained, and what looks read.

use super::batch_file::BatchFile;
use super::features::{Features, Splits, engine_error};
use super::tables;
use crate::error::LabError;
use crate::history::{Track, points};
use crate::lessons::Material;
use crate::lessons::boosting::dataset::{Dataset, LabelledTable};
use crate::lessons::boosting::describe::{Target, recorded};
use crate::lessons::boosting::settings::{BoostingSettings, StoppingRows};
use gbdt::{Booster, EarlyStopping, Metric, Model, Parameters, Table, model_text};
use serde_json::{Map, Value, json};

/// Names of the splits.
pub const SPLITS: [&str; 3] = ["train", "valid", "test"];

/// One run on one table.
pub struct BoostingRun {
    pub settings: BoostingSettings,
    pub target: Target,
    pub data: LabelledTable,
    pub features: Features,
    pub splits: Splits,
    pub parameters: Parameters,
    /// What is being trained; for a model that was loaded, nothing more is.
    pub booster: Booster,
    /// A model that was loaded in place of a trained one.
    pub loaded: Option<Model>,
    /// Milliseconds that training has taken.
    pub milliseconds: f64,
    /// The file of the last batch transform, so that its next requests need not bring it again.
    pub batch_file: Option<BatchFile>,
    track: Track,
    stopping: EarlyStopping,
}

impl BoostingRun {
    /// A run that has made no round yet.
    ///
    /// # Errors
    /// `data_missing`, `bad_table`, `no_features`, `too_few_rows`, and what is wrong with the parameters.
    pub fn new(settings: BoostingSettings, material: &Material) -> Result<Self, LabError> {
        let target = Target::of(&settings, material);
        let data = tables::table(&settings, material)?;
        let features = Features::new(&settings, &data)?;
        let splits = Splits::new(&settings, &data);
        if [&splits.train, &splits.valid, &splits.test].iter().any(|split| split.is_empty()) {
            let rows = data.labels.len();
            let message =
                format!("With {rows} rows a part of the split stays empty: five rows of a class are needed.");
            return Err(LabError::new("too_few_rows", message).with("rows", rows));
        }
        let parameters = parameters(&settings, target, data.classes.len())?;
        let booster = start(&parameters, &features.table, &data.labels, &splits, &settings)?;
        let (track, stopping) = (Track::new(&recorded(target)), watch(&parameters, target));
        Ok(Self {
            settings,
            target,
            data,
            features,
            splits,
            parameters,
            booster,
            loaded: None,
            milliseconds: 0.0,
            batch_file: None,
            track,
            stopping,
        })
    }

    /// The model in use: the loaded one, or as far as training has come.
    pub fn model(&self) -> Model {
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

    /// Row numbers of a split.
    ///
    /// # Errors
    /// `unknown_split`.
    pub fn rows(&self, split: &str) -> Result<&[usize], LabError> {
        self.splits.of(split).ok_or_else(|| LabError::unknown_split(split, &SPLITS))
    }

    /// Features and labels of a split.
    ///
    /// # Errors
    /// `unknown_split`.
    pub fn split(&self, split: &str) -> Result<(Table, Vec<f32>), LabError> {
        let rows = self.rows(split)?;
        Ok((self.features.table.selected(rows), self.labels_of(rows)))
    }

    /// Labels of some rows.
    pub fn labels_of(&self, rows: &[usize]) -> Vec<f32> {
        labels_of(&self.data.labels, rows)
    }

    /// Metrics of a split by LightGBM's names.
    ///
    /// # Errors
    /// `unknown_split`.
    pub fn figures(&self, split: &str) -> Result<Map<String, Value>, LabError> {
        let (table, labels) = self.split(split)?;
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

    /// The metric on the first chart.
    pub fn first_metric(&self) -> Metric {
        metrics(self.target)[0]
    }

    /// Rounds of the whole run.
    pub fn rounds(&self) -> usize {
        self.parameters.num_iterations as usize
    }

    /// Whether the run has come to its end.
    pub fn is_over(&self) -> bool {
        self.loaded.is_some()
            || self.stopping.stopped()
            || self.booster.finished()
            || self.booster.round() >= self.rounds()
    }

    /// Makes a round and records what it brought.
    pub fn train_one_round(&mut self) {
        if !self.booster.train_one_round() {
            return;
        }
        let round = self.booster.round();
        let [first, second] = metrics(self.target);
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
    pub fn best_round(&self) -> Option<usize> {
        (self.parameters.early_stopping_round > 0).then(|| self.stopping.best_round()).flatten()
    }

    /// What was recorded last, by the names of the metrics.
    pub fn last_figures(&self) -> Map<String, Value> {
        let values = self.track.last().map(|(_, values)| values).unwrap_or_default();
        self.track.metrics.iter().zip(values).map(|(name, value)| (name.to_string(), json!(value))).collect()
    }

    /// Recorded points from a step on.
    pub fn history(&self, from: u64) -> Vec<Value> {
        points(&[&self.track], from)
    }

    /// Values of the first metric on the validation rows, round by round.
    pub fn valid_values(&self) -> impl ExactSizeIterator<Item = f64> {
        self.track.column(1).collect::<Vec<f64>>().into_iter()
    }

    /// Goes to a number of rounds: forwards those missing are made, backwards all of them; the same trees either way.
    ///
    /// # Errors
    /// What the engine says of a start that went well before.
    pub fn go_to(&mut self, rounds: usize) -> Result<(), LabError> {
        if rounds < self.booster.round() || self.loaded.is_some() {
            self.begin_again()?;
        }
        while self.booster.round() < rounds && !self.booster.finished() {
            self.train_one_round();
        }
        Ok(())
    }

    /// Takes a model of LightGBM's in place of a trained one.
    ///
    /// # Errors
    /// `bad_model_file`, `columns_do_not_fit`, `bad_model`; the run is then as it was.
    pub fn load(&mut self, text: &str) -> Result<(), LabError> {
        let model = model_text::parse(text).map_err(engine_error)?;
        model.check_columns(&self.features.table).map_err(engine_error)?;
        if model.objective != self.parameters.objective
            || model.trees_per_round != self.parameters.trees_per_round()
        {
            return Err(LabError::bad_model("it predicts something else than this table's label".into()));
        }
        self.begin_again()?;
        self.loaded = Some(model);
        Ok(())
    }

    fn begin_again(&mut self) -> Result<(), LabError> {
        self.booster =
            start(&self.parameters, &self.features.table, &self.data.labels, &self.splits, &self.settings)?;
        self.track = Track::new(&recorded(self.target));
        self.stopping = watch(&self.parameters, self.target);
        (self.loaded, self.milliseconds) = (None, 0.0);
        Ok(())
    }

    /// The text of a cell of the table.
    pub fn cell_text(&self, column: usize, row: usize) -> String {
        let column = &self.data.table.columns[column];
        column.text(column.values[row])
    }

    /// The label of a row: the name of its class, or the number.
    pub fn label_text(&self, row: usize) -> String {
        let label = self.data.labels[row];
        self.data.classes.get(label as usize).cloned().unwrap_or_else(|| label.to_string())
    }

    /// Whether people are asked one by one for a product.
    pub fn has_products(&self) -> bool {
        self.settings.dataset == Dataset::Products
    }

    /// For looks that weigh one class against the other.
    ///
    /// # Errors
    /// `bad_input` where the label is not one of two classes.
    pub fn needs_two_classes(&self) -> Result<(), LabError> {
        match self.target {
            Target::Binary => Ok(()),
            _ => Err(LabError::bad_input("a label of two classes")),
        }
    }
}

/// The metrics recorded in each round.
fn metrics(target: Target) -> [Metric; 2] {
    target.metrics().map(|name| Metric::named(name).expect("a known name"))
}

/// Early stopping by the first metric.
fn watch(parameters: &Parameters, target: Target) -> EarlyStopping {
    EarlyStopping::new(parameters, &metrics(target)[..1])
}

fn labels_of(labels: &[f32], rows: &[usize]) -> Vec<f32> {
    rows.iter().map(|row| labels[*row]).collect()
}

/// LightGBM's parameters of these settings.
///
/// # Errors
/// `bad_parameter`, `contradictory_parameters`.
fn parameters(settings: &BoostingSettings, target: Target, classes: usize) -> Result<Parameters, LabError> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let mut pairs: Vec<(&str, String)> =
        settings.parameters().into_iter().map(|(name, value)| (name, text(value))).collect();
    pairs.push(("objective", target.objective().into()));
    pairs.push(("seed", settings.seed.to_string()));
    if target == Target::Multiclass {
        pairs.push(("num_class", classes.to_string()));
    }
    Parameters::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str()))).map_err(engine_error)
}

fn start(
    parameters: &Parameters,
    table: &Table,
    labels: &[f32],
    splits: &Splits,
    settings: &BoostingSettings,
) -> Result<Booster, LabError> {
    let train = labels_of(labels, &splits.train);
    let data =
        gbdt::Dataset::new(table.part(&splits.train), train, None, parameters).map_err(engine_error)?;
    let mut booster = Booster::new(data, parameters.clone()).map_err(engine_error)?;
    booster.add_valid(table.part(&splits.valid), labels_of(labels, &splits.valid), None);
    if settings.early_stopping_on == StoppingRows::AsWritten {
        booster.add_valid(table.part(&splits.test), labels_of(labels, &splits.test), None);
    }
    Ok(booster)
}
