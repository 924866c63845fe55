//! The rounds of a run: each adds the trees of one round, is judged, and may be the last.

use super::features::{Features, Splits, engine_error};
use super::loaded::Loaded;
use crate::error::LabError;
use crate::lessons::boosting::describe::{Target, recorded};
use crate::lessons::boosting::settings::{BoostingSettings, StoppingRows};
use crate::lessons::run::refit::Steps;
use gbdt::{Booster, Dataset, EarlyStopping, Metric, Parameters};

/// What is being trained, or a model that was loaded in its place.
pub struct Rounds {
    /// What is being trained; for a model that was loaded, nothing more is.
    pub booster: Booster,
    /// A model that was loaded in place of a trained one.
    pub loaded: Option<Loaded>,
    target: Target,
    stopping: EarlyStopping,
    rounds: usize,
}

impl Rounds {
    /// Rounds of which none has been made. Each is judged by the validation rows; early stopping watches these, or the
    /// test rows where the settings ask for it.
    ///
    /// # Errors
    /// What the engine says of rows and parameters.
    pub fn new(
        settings: &BoostingSettings,
        parameters: &Parameters,
        target: Target,
        features: &Features,
        labels: &[f32],
        splits: &Splits,
    ) -> Result<Self, LabError> {
        let table = &features.table;
        let train = labels_of(labels, &splits.train);
        let data = Dataset::new(table.part(&splits.train), train, None, parameters).map_err(engine_error)?;
        let mut booster = Booster::new(data, parameters.clone()).map_err(engine_error)?;
        let mut judged_by = vec![&splits.valid];
        if settings.early_stopping_on == StoppingRows::AsWritten {
            judged_by.push(&splits.test);
        }
        for rows in judged_by {
            booster.add_valid(table.part(rows), labels_of(labels, rows), None).map_err(engine_error)?;
        }
        Ok(Self {
            booster,
            loaded: None,
            target,
            stopping: EarlyStopping::new(parameters, &metrics(target)[..1]),
            rounds: parameters.num_iterations as usize,
        })
    }

    /// The best round so far by the metric that early stopping watches.
    pub fn best_round(&self) -> Option<usize> {
        self.stopping.best_round()
    }
}

impl Steps for Rounds {
    fn metrics(&self) -> Vec<&'static str> {
        recorded(self.target).to_vec()
    }

    fn made(&self) -> u64 {
        self.booster.round() as u64
    }

    fn finished(&self) -> bool {
        self.loaded.is_some()
            || self.stopping.stopped()
            || self.booster.finished()
            || self.booster.round() >= self.rounds
    }

    fn most_steps(&self) -> u64 {
        self.rounds as u64
    }

    fn step(&mut self) -> Option<Vec<f64>> {
        let booster = &mut self.booster;
        // A round without a tree counts where the next may draw other rows or columns.
        if !booster.train_one_round() && booster.finished() {
            return None;
        }
        let [first, second] = metrics(self.target);
        let values = vec![
            booster.train_metric(first),
            booster.valid_metric(0, first),
            booster.train_metric(second),
            booster.valid_metric(0, second),
        ];
        // The document judges by the very rows it stops by.
        let judge = booster.valids().len() - 1;
        self.stopping.watch(booster.round(), &[booster.valid_metric(judge, first)]);
        Some(values)
    }
}

/// The metrics recorded in each round.
pub fn metrics(target: Target) -> [Metric; 2] {
    target.metrics().map(|name| Metric::named(name).expect("a known name"))
}

/// Labels of some rows.
pub fn labels_of(labels: &[f32], rows: &[usize]) -> Vec<f32> {
    rows.iter().map(|row| labels[*row]).collect()
}
