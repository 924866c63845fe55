//! The settings of the movies lesson.

mod choices;
mod controls;
mod model;

pub use choices::{
    Activation, AdamForm, FilmTables, LabelForm, Searches, SplitName, TitlePooling, UserFeatures, ValidRows,
    WatchTask, WatchWeight,
};
pub use controls::{controls, presets};
pub use model::Model;

use super::dataset::Dataset;
use crate::controls::RateChanges;
#[cfg(feature = "recommenders")]
use crate::data::ratings::made::WorldConfig;
use serde::Deserialize;

/// The settings of a lab, as they were declared by [`controls`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "recommenders"), allow(dead_code, reason = "the lab reads most of them"))]
pub struct MoviesSettings {
    pub seed: u64,
    pub dataset: Dataset,
    pub users: usize,
    pub films: usize,
    pub tastes: usize,
    pub taste_strength: f64,
    pub noise: f64,
    pub density: f64,
    pub popularity_skew: f64,
    pub choosiness: f64,
    pub demographics: UserFeatures,
    pub demographic_effect: f64,
    pub split: SplitName,
    pub model: Model,
    pub embedding_size: usize,
    pub hidden_size: usize,
    pub activation: Activation,
    pub pooling: TitlePooling,
    /// Units of each hidden layer.
    pub tower: Vec<usize>,
    pub neighbours: usize,
    pub label: LabelForm,
    pub learning_rate: f64,
    pub learning_rate_changes: RateChanges,
    pub batch_size: usize,
    pub passes: usize,
    pub adam: AdamForm,
    pub shuffle_buffer: usize,
    pub searches: Searches,
    pub task: WatchTask,
    pub film_tables: FilmTables,
    /// Examples that each user gives at most, so that those who rated much do not count for more (Covington et al. 2016,
    /// §3.4).
    pub user_examples: usize,
    /// Share of a history that is left out of a training step.
    pub history_dropout: f64,
    /// 0 for a softmax over all films.
    pub negatives: usize,
    pub watch_weight: WatchWeight,
    /// Units of each hidden layer of the ranking network.
    pub ranking_tower: Vec<usize>,
    pub ranking_passes: usize,
    pub valid: ValidRows,
    pub eval_steps: usize,
}

#[cfg(feature = "recommenders")]
impl MoviesSettings {
    /// The made world of these settings.
    pub fn world(&self) -> WorldConfig {
        WorldConfig {
            users: self.users,
            films: self.films,
            tastes: self.tastes,
            taste_strength: self.taste_strength,
            noise: self.noise,
            density: self.density,
            popularity_skew: self.popularity_skew,
            choosiness: self.choosiness,
            demographic_effect: self.demographic_effect,
        }
    }
}
