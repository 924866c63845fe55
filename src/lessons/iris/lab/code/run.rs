//! What the programs are written from: the settings and the table of a lab.

use super::super::super::settings::{CheckpointKind, IrisSettings, ModelKind};
use super::super::classical::MOST_SUPPORT_VECTOR_ROWS;
use super::super::run::{IrisRun, Model};
use super::own::OwnFile;
use crate::classic::svm::Kernel;
use crate::data::iris::FEATURES;
use crate::data::scale::MinMax;
use crate::data::table::Gaps;
use crate::lessons::code::template::{Values, list_of_numbers};

/// A run as far as a program repeats it.
pub(super) struct Run<'lab> {
    pub(super) settings: &'lab IrisSettings,
    pub(super) features: &'lab [String],
    pub(super) classes: &'lab [String],
    /// The reader's own file, if it is the table of the run.
    pub(super) own: Option<OwnFile<'lab>>,
    /// The range of each feature.
    scale: &'lab MinMax,
    /// Rows the model is fitted to.
    pub(super) train_rows: usize,
    /// `γ` of a support vector machine with radial basis functions.
    pub(super) gamma: Option<f64>,
}

impl<'lab> Run<'lab> {
    pub(super) fn of(lab: &'lab IrisRun) -> Self {
        let train_rows = match &lab.model {
            Model::Network(_) => &lab.split.train,
            Model::Classical(run) => run.train_rows(),
        };
        let settings = &lab.settings;
        Self {
            settings,
            features: &lab.table.features,
            classes: &lab.table.classes,
            own: lab.own.as_ref().map(|table| {
                let left_out = lab.table.kept.is_some();
                let stand_ins = (settings.gaps == Gaps::TrainMean).then_some(&*lab.stand_ins);
                OwnFile::of(table, &settings.label_column, &lab.table.features, left_out, stand_ins)
            }),
            scale: &lab.scale,
            train_rows: train_rows.len(),
            gamma: match lab.kernel() {
                Some(Kernel::Rbf { gamma }) => Some(gamma),
                _ => None,
            },
        }
    }

    /// The model by the name its program has.
    pub(super) fn model(&self) -> &'static str {
        match self.settings.model {
            ModelKind::Softmax => "softmax",
            ModelKind::Svm => "svm",
            ModelKind::Mlp => "network",
        }
    }

    /// Whether the machine sees fewer rows than the settings give it.
    pub(super) fn is_cut(&self) -> bool {
        self.model() == "svm" && self.settings.train_size > MOST_SUPPORT_VECTOR_ROWS
    }

    /// Whether the weights are those of the best evaluation on dev.
    pub(super) fn keeps_best(&self) -> bool {
        self.settings.checkpoint == CheckpointKind::BestDev
    }

    /// Whether `γ` is found from the rows and not set.
    pub(super) fn has_found_gamma(&self) -> bool {
        self.settings.gamma == 0.0
    }

    /// Name of the reader's own file; empty where there is none.
    pub(super) fn file(&self) -> &str {
        self.own.as_ref().map_or("", |own| &own.table.file)
    }

    /// What separates the columns of the reader's file.
    pub(super) fn delimiter(&self) -> char {
        self.own.as_ref().map_or(',', |own| own.table.found.delimiter)
    }

    /// The values that both languages write the same way.
    pub(super) fn common_values(&self) -> Values {
        let settings = self.settings;
        let mut values = Values::from([
            ("subject", if self.own.is_some() { "Rows of a table" } else { "Iris flowers" }.to_string()),
            ("columns", list(self.columns())),
            ("train_size", self.train_rows.to_string()),
            ("hidden", list(settings.hidden.clone())),
            ("c", format!("{:?}", settings.c)),
        ]);
        let IrisSettings { init_std, init_bias, learning_rate, .. } = settings;
        for (name, value) in
            [("init_std", init_std), ("init_bias", init_bias), ("learning_rate", learning_rate)]
        {
            values.insert(name, format!("{value:?}"));
        }
        values.insert("seed", settings.seed.to_string());
        let IrisSettings { batch_size, epochs, eval_steps, .. } = settings;
        for (name, value) in [("batch_size", batch_size), ("epochs", epochs), ("eval_steps", eval_steps)] {
            values.insert(name, value.to_string());
        }
        values
    }

    /// Both ends of each feature's range, as lists of numbers that are read back to the last bit: a table of few rows
    /// to predict has ranges of its own.
    pub(super) fn ranges(&self, room: usize) -> Values {
        let list = |ends| list_of_numbers(ends, room);
        Values::from([("low", list(&self.scale.min)), ("high", list(&self.scale.max))])
    }

    /// Columns of the file of flowers that the features stand in.
    fn columns(&self) -> Vec<usize> {
        let place = |name: &String| FEATURES.iter().position(|feature| feature == name);
        self.features.iter().filter_map(place).collect()
    }
}

fn list(values: Vec<usize>) -> String {
    values.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}
