//! The settings of the sequences lesson.

mod choices;
mod controls;
mod model;

pub use choices::{
    CodeDistance, EncoderName, ModalityForm, ModeName, NodeInfoName, OrderName, PoolingName, ScoreScale,
    Signals, Switch,
};
pub use controls::{controls, presets};
pub use model::Model;

use super::dataset::Dataset;
use crate::controls::RateChanges;
use serde::Deserialize;

/// The settings of a lab, as they were declared by [`controls`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "sequences"), allow(dead_code, reason = "the lab reads most of them"))]
pub struct SequencesSettings {
    pub seed: u64,
    pub dataset: Dataset,
    pub users: usize,
    pub signals: Signals,
    pub order_strength: f64,
    pub image_strength: f64,
    pub text_strength: f64,
    pub max_history: usize,
    /// Share of the items whose picture is missing, and of those whose words are.
    pub missing: f64,
    pub model: Model,
    pub dim: usize,
    pub layers: usize,
    pub pooling: PoolingName,
    pub modality: ModalityForm,
    pub node_info: NodeInfoName,
    /// Sorts of edges that graphs are built without.
    pub left_out: Vec<String>,
    /// What the reader changed in a history to learn from, as [`super::edited`] reads it.
    pub edited: String,
    pub mode: ModeName,
    pub order: OrderName,
    pub invasive: Switch,
    pub score_scale: ScoreScale,
    pub encoder: EncoderName,
    pub clusters: usize,
    pub codes_per_item: usize,
    pub code_distance: CodeDistance,
    pub encoder_epochs: usize,
    pub learning_rate: f64,
    pub learning_rate_changes: RateChanges,
    pub batch_size: usize,
    pub epochs: usize,
    pub dropout: f64,
    /// Probability with which an edge is left out of a training step.
    pub attention_dropout: f64,
}

#[cfg(feature = "sequences")]
impl SequencesSettings {
    /// Whether the run can be written as a program: of networks over graphs with all sorts of edges, of early and late
    /// fusion and of items alone; with nothing changed by hand.
    pub fn has_program(&self) -> bool {
        let has_all_edges = self.left_out.is_empty();
        self.edited.is_empty() && (self.model.has_encoder() || self.model.has_graph() && has_all_edges)
    }
}
