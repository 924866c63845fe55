//! One run of boosting on one table: what is trained, and what looks read.

use super::batch_file::BatchFile;
use super::features::{Features, Splits, engine_error};
use super::loaded::{self, Loaded};
use super::mapped::Mapped;
use super::rounds::{Rounds, labels_of, metrics};
use super::tables;
use crate::data::table::TypedTable;
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::boosting::dataset::{Dataset, LabelledTable};
use crate::lessons::boosting::describe::Target;
use crate::lessons::boosting::settings::BoostingSettings;
use crate::lessons::run::refit::{Refit, Steps};
use gbdt::{Booster, Category, Link, Metric, Model, Parameters, Table, Transform, model_text};
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
        let mut model =
            loaded.as_ref().map_or_else(|| self.booster().model(), |loaded| &loaded.model).clone();
        // As LightGBM's own prediction: of a run that was watched, the best round counts.
        if let Some(best) = self.best_round().filter(|_| loaded.is_none() && self.training.finished()) {
            model.truncate(best);
        }
        if model.pandas_categorical.is_none() && loaded.is_none() {
            let texts = self.features.table.columns().iter().zip(&self.features.texts);
            let list = |texts: &Vec<String>| texts.iter().cloned().map(Category::Text).collect();
            let lists: Vec<Vec<Category>> = texts
                .filter(|(column, _)| column.categorical)
                .filter_map(|(_, texts)| texts.as_ref().map(list))
                .collect();
            model.pandas_categorical = (!lists.is_empty()).then_some(lists);
        }
        model
    }

    /// The table as the model in use sees it.
    ///
    /// # Errors
    /// Why a loaded model cannot look at it.
    pub fn table(&self) -> Result<&Table, LabError> {
        match &self.training.loaded {
            Some(loaded) => loaded.table.as_ref().map_err(LabError::clone),
            None => Ok(&self.features.table),
        }
    }

    /// Rows of another table as the model in use sees them.
    ///
    /// # Errors
    /// `columns_do_not_fit`, `no_category_lists`.
    pub fn mapped(&self, table: &TypedTable) -> Result<Mapped, LabError> {
        match &self.training.loaded {
            Some(loaded) => loaded::map(&loaded.model, table, &self.data.table),
            None => self.features.of(&self.data, table),
        }
    }

    /// Names of the classes that a model tells apart; none of a model of something else than the table's label.
    pub fn classes_of(&self, model: &Model) -> &[String] {
        if self.is_of_the_label(model) { &self.data.classes } else { &[] }
    }

    /// The place in the lab's table of a column of the model in use.
    pub fn column_of(&self, model: &Model, index: usize) -> Option<usize> {
        if self.training.loaded.is_none() {
            return self.features.from.get(index).copied();
        }
        let name = &model.feature_names[index];
        self.data.table.columns.iter().position(|column| loaded::same_name(&column.name, name))
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
        Ok((self.table()?.selected(rows), self.labels_of(rows)))
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
        let scores = model.judged_scores(&table);
        let mut figures = Map::new();
        let link = self.link(&model);
        for metric in Metric::of(self.parameters.objective) {
            let value = metric.measure(link, &scores, &labels, None);
            figures.insert(metric.name().into(), json!(value));
        }
        figures.insert("rows".into(), json!(labels.len()));
        Ok(figures)
    }

    /// How the scores of a model are read.
    pub fn link(&self, model: &Model) -> Link {
        Link { objective: model.objective, sigmoid: model.sigmoid, ..Link::from(&self.parameters) }
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

    /// Takes a model of LightGBM's in place of a trained one. It works alone: whether it fits the table of the lab
    /// counts only where rows of that table are asked for.
    ///
    /// # Errors
    /// `bad_model_file`, `linear_tree`; the run is then as it was.
    pub fn load(&mut self, text: &str) -> Result<(), LabError> {
        let model = model_text::parse(text).map_err(engine_error)?;
        let table = if self.is_of_the_label(&model) {
            loaded::map(&model, &self.data.table, &self.data.table).map(|mapped| mapped.table)
        } else {
            Err(LabError::bad_model("it predicts something else than this table's label".into()))
        };
        let mut rounds = self.anew()?;
        rounds.loaded = Some(Loaded { model, table });
        self.training = Refit::new(rounds);
        Ok(())
    }

    /// Whether a model's answers can be compared with the labels of the table.
    fn is_of_the_label(&self, model: &Model) -> bool {
        let (trained, own) = (model.objective, self.parameters.objective);
        let of_label = match &model.foreign {
            None => {
                trained.has_classes() == own.has_classes() && trained.is_probability() == own.is_probability()
            }
            Some(foreign) => {
                let is_probability = matches!(foreign.transform, Transform::Logistic(_));
                is_probability == (own.has_classes() || own.is_probability())
            }
        };
        let one = model.trees_per_round == 1 || model.foreign.is_none();
        of_label && one && model.trees_per_round == self.parameters.trees_per_round()
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
    pairs.push(("seed", settings.lightgbm_seed().to_string()));
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
