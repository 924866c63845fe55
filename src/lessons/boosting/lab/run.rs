//! One run of boosting on one table: what is trained, and what looks read.

use super::batch_file::BatchFile;
use super::features::{Features, Splits, engine_error};
use super::rounds::{Rounds, labels_of, metrics};
use super::tables;
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::boosting::dataset::{Dataset, LabelledTable};
use crate::lessons::boosting::describe::Target;
use crate::lessons::boosting::settings::BoostingSettings;
use crate::lessons::run::refit::{Refit, Steps};
use gbdt::{Booster, Link, Metric, Model, Parameters, Table, model_text};
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
    /// The rounds made so far, and what they recorded.
    pub training: Refit<Rounds>,
    /// The file of the last batch transform, so that its next requests need not bring it again.
    pub batch_file: Option<BatchFile>,
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
        let rounds = Rounds::new(&settings, &parameters, target, &features, &data.labels, &splits)?;
        let training = Refit::new(rounds);
        Ok(Self { settings, target, data, features, splits, parameters, training, batch_file: None })
    }

    /// The model in use: the loaded one, or as far as training has come.
    pub fn model(&self) -> Model {
        let loaded = &self.training.loaded;
        let mut model = loaded.as_ref().unwrap_or_else(|| self.booster().model()).clone();
        // As LightGBM's own prediction: of a run that was watched, the best round counts.
        if let Some(best) = self.best_round().filter(|_| loaded.is_none() && self.training.finished()) {
            model.truncate(best);
        }
        if model.pandas_categorical.is_none() && loaded.is_none() {
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
        let link = self.link(&model);
        for metric in Metric::of(link.objective) {
            let value = metric.measure(link, &scores, &labels, None);
            figures.insert(metric.name().into(), json!(value));
        }
        figures.insert("rows".into(), json!(labels.len()));
        Ok(figures)
    }

    /// How the scores of a model are read.
    pub fn link(&self, model: &Model) -> Link {
        Link { sigmoid: model.sigmoid, ..Link::from(&self.parameters) }
    }

    /// The metric on the first chart.
    pub fn first_metric(&self) -> Metric {
        metrics(self.target)[0]
    }

    /// What is being trained.
    pub fn booster(&self) -> &Booster {
        &self.training.booster
    }

    /// The best round where training may stop early.
    pub fn best_round(&self) -> Option<usize> {
        (self.parameters.early_stopping_round > 0).then(|| self.training.best_round()).flatten()
    }

    /// Values of the first metric on the validation rows, round by round.
    pub fn valid_values(&self) -> impl ExactSizeIterator<Item = f64> {
        self.training.track().column(1).collect::<Vec<f64>>().into_iter()
    }

    /// Goes to a number of rounds: forwards those missing are made, backwards all of them; the same trees either way.
    ///
    /// # Errors
    /// `bad_checkpoint` where the run ends before; it is then as it was.
    pub fn go_to(&mut self, rounds: u64) -> Result<(), LabError> {
        if self.training.loaded.is_none() {
            let Self { settings, target, data, features, splits, parameters, training, .. } = self;
            let anew = || Rounds::new(settings, parameters, *target, features, &data.labels, splits);
            return training.go_to(rounds, anew);
        }
        let mut training = Refit::new(self.anew()?);
        training.go_to(rounds, || self.anew())?;
        self.training = training;
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
        let mut rounds = self.anew()?;
        rounds.loaded = Some(model);
        self.training = Refit::new(rounds);
        Ok(())
    }

    /// Rounds of which none has been made.
    fn anew(&self) -> Result<Rounds, LabError> {
        let Self { settings, target, data, features, splits, parameters, .. } = self;
        Rounds::new(settings, parameters, *target, features, &data.labels, splits)
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
    pairs.push(("objective", objective(settings, target)?.into()));
    pairs.push(("seed", settings.seed.to_string()));
    if target == Target::Multiclass {
        pairs.push(("num_class", classes.to_string()));
    }
    Parameters::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str()))).map_err(engine_error)
}

/// What is minimised: what the settings name, where the label is of its kind, or what the label asks for.
///
/// # Errors
/// `contradictory_parameters`.
pub fn objective(settings: &BoostingSettings, target: Target) -> Result<&'static str, LabError> {
    let fitting = target.objectives();
    if settings.objective == "auto" {
        return Ok(fitting[0]);
    }
    fitting.iter().copied().find(|name| *name == settings.objective).ok_or_else(|| {
        let message =
            format!("`{}` does not fit this label; {} does.", settings.objective, fitting.join(" or "));
        LabError::new("contradictory_parameters", message).with("parameters", "objective, label_column")
    })
}
