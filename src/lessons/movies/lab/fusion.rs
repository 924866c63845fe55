//! The document's network as a run.

use super::rows::Rows;
use super::vectors::Vectors;
use crate::data::ratings::{Demographics, Ratings};
use crate::error::LabError;
use crate::lessons::movies::networks::examples::{Label, RatedPairs};
use crate::lessons::movies::networks::fusion::{Fusion, FusionConfig, SCALE};
use crate::lessons::movies::networks::rated_stars::RatedStars;
use crate::lessons::movies::settings::{Activation, AdamForm, LabelForm, MoviesSettings, TitlePooling};
use crate::nn::layers::embedding::numbers;
use crate::nn::layers::parameters::floats;
use crate::nn::layers::text_conv::Pooling;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::runner::{Cadence, KeepBest, Runner, RunnerConfig, Weights, device_lost};
use burn::module::Module;
use burn::tensor::{Device, Tensor};
use std::rc::Rc;

/// Rows whose vectors are computed at once.
pub(super) const ROWS_AT_ONCE: usize = 1_024;

/// Sizes and switches of the network.
pub fn config(
    settings: &MoviesSettings,
    ratings: &Ratings,
    demographics: Option<&Demographics>,
) -> FusionConfig {
    FusionConfig {
        users: ratings.user_ids.len(),
        demographics: demographics.map(|known| [2, 7, known.occupations.len()]),
        films: ratings.films.len(),
        genres: ratings.films.genres.len(),
        words: ratings.films.words.len(),
        embedding: settings.embedding_size,
        hidden: settings.hidden_size,
        tanh: settings.activation == Activation::Tanh,
        pooling: match settings.pooling {
            TitlePooling::Max => Pooling::Max,
            TitlePooling::Sum => Pooling::Sum,
        },
    }
}

/// What a rating becomes.
pub fn label(settings: &MoviesSettings) -> Label {
    match settings.label {
        LabelForm::Paddle => Label::Paddle,
        LabelForm::AsRead => Label::AsRead,
        LabelForm::Stars => Label::Stars,
    }
}

/// A run from some weights.
pub fn start(
    settings: &MoviesSettings,
    ratings: &Rc<Ratings>,
    demographics: Option<Rc<Demographics>>,
    rows: &Rows,
    network: Fusion,
    device: &Device,
) -> Runner<Fusion, RatedPairs> {
    let label = label(settings);
    let examples = RatedPairs { ratings: ratings.clone(), demographics, label };
    let config = RunnerConfig {
        epochs: settings.passes,
        batch_size: settings.batch_size,
        rule: Rule::Adam,
        constants: Constants::Paddle,
        learning_rate: settings.learning_rate,
        rate_changes: settings.learning_rate_changes.clone(),
        lazy_tables: settings.adam == AdamForm::Sparse,
        shuffle_buffer: settings.shuffle_buffer,
        evaluation: Cadence::EverySteps(settings.eval_steps),
        evaluation_metrics: &["valid_loss", "valid_rmse", "valid_mae"],
        keep_best: Some(KeepBest { metric: "rmse", largest: false, beyond: f64::INFINITY }),
        running: &[],
        stop: None,
        seed: settings.seed,
    };
    let numbers = |rows: &[u32]| rows.iter().map(|row| *row as usize).collect();
    let (fit, valid) = (numbers(&rows.fit), numbers(&rows.valid));
    Runner::new(network, RatedStars(label), examples, fit, valid, config, device)
}

/// The vectors whose cosine is the answer; those of users are 5 long, those of films 1.
///
/// # Errors
/// `device_lost`.
pub async fn vectors(run: &Runner<Fusion, RatedPairs>) -> Result<Vectors, LabError> {
    let network = run.network(Weights::BestDev).valid();
    let (examples, device) = (run.examples(), run.device());
    let table = &examples.ratings;
    let (mut users, mut films) = (Vec::new(), Vec::new());
    for chunk in numbers_of(table.user_ids.len()).chunks(ROWS_AT_ONCE) {
        let vectors = network.users(numbers(chunk.iter().copied(), device), examples.known(chunk, device));
        users.extend(unit(vectors, SCALE).await?);
    }
    for chunk in numbers_of(table.films.len()).chunks(ROWS_AT_ONCE) {
        let (genres, titles) = (examples.genres(chunk, device), examples.titles(chunk, device));
        let vectors = network.films(numbers(chunk.iter().copied(), device), genres, titles);
        films.extend(unit(vectors, 1.0).await?);
    }
    let width = films.len() / table.films.len().max(1);
    Ok(Vectors::new(width, users, films, Some(examples.label)))
}

pub(super) fn numbers_of(count: usize) -> Vec<u32> {
    (0..count as u32).collect()
}

/// Vectors brought to a length.
pub(super) async fn unit(vectors: Tensor<2>, length: f64) -> Result<Vec<f32>, LabError> {
    let squares = (vectors.clone() * vectors.clone()).sum_dim(1).add_scalar(1e-12);
    let scaled = vectors / squares.sqrt() * length;
    Ok(floats(scaled.into_data_async().await.map_err(device_lost)?))
}
