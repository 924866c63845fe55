//! What the programs are written from: the settings and the table of a lab.

use super::super::classical::MOST_SUPPORT_VECTOR_ROWS;
use super::super::run::{IrisLab, Model};
use crate::classic::rows::Rows;
use crate::classic::svm::gamma_scale;
use crate::controls::Settings;
use crate::data::iris::FEATURES;
use crate::lessons::code::template::Values;

/// A run as far as a program repeats it.
pub(super) struct Run<'lab> {
    pub(super) settings: &'lab Settings,
    pub(super) features: &'lab [String],
    pub(super) classes: &'lab [String],
    /// Name of the reader's own file, if it is the table of the run.
    pub(super) own_file: Option<&'lab str>,
    /// Rows the model is fitted to.
    pub(super) train_rows: usize,
    /// `γ` of a support vector machine with radial basis functions.
    pub(super) gamma: Option<f64>,
}

impl<'lab> Run<'lab> {
    pub(super) fn of(lab: &'lab IrisLab) -> Self {
        let train_rows = match &lab.model {
            Model::Network(_) => &lab.split.train,
            Model::Classical(run) => run.train_rows(),
        };
        let settings = &lab.settings;
        let is_radial = settings.text("model") == "svm" && settings.text("kernel") == "rbf";
        Self {
            settings,
            features: &lab.table.features,
            classes: &lab.table.classes,
            own_file: lab.own_file.as_deref(),
            train_rows: train_rows.len(),
            gamma: is_radial.then(|| gamma(lab, train_rows)),
        }
    }

    /// The model by the name its program has.
    pub(super) fn model(&self) -> &'static str {
        match self.settings.text("model") {
            "softmax" => "softmax",
            "svm" => "svm",
            _ => "network",
        }
    }

    /// Whether the machine sees fewer rows than the settings give it.
    pub(super) fn is_cut(&self) -> bool {
        self.model() == "svm" && self.settings.count("train_size") > MOST_SUPPORT_VECTOR_ROWS
    }

    /// Whether the weights are those of the best evaluation on dev.
    pub(super) fn keeps_best(&self) -> bool {
        self.settings.text("checkpoint") == "best_dev"
    }

    /// Whether `γ` is found from the rows and not set.
    pub(super) fn has_found_gamma(&self) -> bool {
        self.settings.number("gamma") == 0.0
    }

    /// What parts the columns of the reader's file, as far as its name tells.
    pub(super) fn delimiter(&self) -> char {
        let is_parted_by_tabs = self.own_file.is_some_and(|file| file.to_lowercase().ends_with(".tsv"));
        if is_parted_by_tabs { '\t' } else { ',' }
    }

    /// The values that both languages write the same way.
    pub(super) fn common_values(&self) -> Values {
        let settings = self.settings;
        let mut values = Values::from([
            ("subject", if self.own_file.is_some() { "Rows of a table" } else { "Iris flowers" }.to_string()),
            ("columns", list(self.columns())),
            ("train_size", self.train_rows.to_string()),
            ("hidden", list(settings.counts("hidden"))),
            ("c", format!("{:?}", settings.number("C"))),
        ]);
        for name in ["init_std", "init_bias", "learning_rate"] {
            values.insert(name, format!("{:?}", settings.number(name)));
        }
        for name in ["seed", "batch_size", "epochs", "eval_steps"] {
            values.insert(name, settings.integer(name).to_string());
        }
        values
    }

    /// Columns of the file of flowers that the features stand in.
    fn columns(&self) -> Vec<usize> {
        let place = |name: &String| FEATURES.iter().position(|feature| feature == name);
        self.features.iter().filter_map(place).collect()
    }
}

/// `γ` as it is set, or found from the rows the machine is fitted to.
fn gamma(lab: &IrisLab, rows: &[usize]) -> f64 {
    let chosen = lab.settings.number("gamma");
    if chosen > 0.0 {
        return chosen;
    }
    let values = rows.iter().flat_map(|&row| lab.examples.rows.row(row)).copied().collect();
    let rows = Rows::new(values, lab.examples.rows.columns());
    gamma_scale(&rows.expect("rows of a table that was checked when the lab was opened"))
}

fn list(values: Vec<usize>) -> String {
    values.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}
