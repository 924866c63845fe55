//! YouTube's candidate network as a run.

use super::rows::{Rows, too_few_ratings};
use super::vectors::Vectors;
use crate::data::ratings::{Demographics, Ratings};
use crate::error::LabError;
use crate::lessons::movies::networks::candidate::{Candidate, CandidateConfig};
use crate::lessons::movies::networks::next_film::{Background, NextFilm};
use crate::lessons::movies::networks::watches::{LONGEST_HISTORY, Task, Watches};
use crate::lessons::movies::settings::{AdamForm, MoviesSettings};
use crate::nn::layers::parameters::floats;
use crate::nn::objective::item_softmax::ItemSoftmax;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::runner::{Cadence, KeepBest, Runner, RunnerConfig, Weights, device_lost};
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::tensor::Device;
use std::rc::Rc;

/// Examples that each user gives, so that those who rated much do not count for more (Covington et al. 2016, §3.4).
const EXAMPLES_OF_A_USER: usize = 50;
/// Users whose vectors are computed at once.
const USERS_AT_ONCE: usize = 512;

/// Histories and the films that came next.
///
/// # Errors
/// `too_few_ratings` where no user has two films.
pub fn examples(
    settings: &MoviesSettings,
    ratings: &Ratings,
    demographics: Option<&Demographics>,
    rows: &Rows,
) -> Result<NextFilm, LabError> {
    let watches = Watches::new(ratings, &rows.fit);
    let mut random = Random::new(settings.seed, Purpose::Watches);
    let examples = watches.examples(EXAMPLES_OF_A_USER, Task::Future, &mut random);
    if examples.is_empty() {
        return Err(too_few_ratings(rows.fit.len(), rows.test.len()));
    }
    let learned = &rows.learned;
    let pair = |row: &u32| (ratings.users[*row as usize], ratings.rated[*row as usize]);
    Ok(NextFilm {
        watches: Rc::new(watches),
        examples,
        held_out: rows.valid.iter().map(pair).collect(),
        task: Task::Future,
        searches: None,
        users: Rc::new(known(ratings.user_ids.len(), demographics)),
        background: Rc::new(Background::new((0..learned.films()).map(|film| learned.film(film).len()))),
        negatives: settings.negatives,
        seed: settings.seed,
    })
}

/// What else is known of each user, from 0 to 1: gender, age.
fn known(users: usize, demographics: Option<&Demographics>) -> Vec<Vec<f32>> {
    let of = |known: &Demographics, user: usize| {
        vec![f32::from(known.genders[user] as u8), f32::from(known.ages[user]) / 6.0]
    };
    (0..users).map(|user| demographics.map_or_else(Vec::new, |known| of(known, user))).collect()
}

/// Sizes of the network.
pub fn config(settings: &MoviesSettings, examples: &NextFilm, ratings: &Ratings) -> CandidateConfig {
    CandidateConfig {
        films: ratings.films.len(),
        words: 0,
        context: examples.context(),
        embedding: settings.embedding_size,
        tower: settings.tower.clone(),
    }
}

/// A run from some weights.
pub fn start(
    settings: &MoviesSettings,
    examples: NextFilm,
    network: Candidate,
    device: &Device,
) -> Runner<Candidate, NextFilm> {
    let config = RunnerConfig {
        epochs: settings.passes,
        batch_size: settings.batch_size,
        rule: Rule::Adam,
        constants: Constants::Keras,
        learning_rate: settings.learning_rate,
        lazy_tables: settings.adam == AdamForm::Sparse,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["valid_loss", "valid_accuracy"],
        keep_best: Some(KeepBest { metric: "loss", largest: false, beyond: f64::INFINITY }),
        running: &[],
        stop: None,
        seed: settings.seed,
    };
    let fit = examples.examples.len();
    let (fit, valid) = ((0..fit).collect(), (fit..fit + examples.held_out.len()).collect());
    Runner::new(network, ItemSoftmax, examples, fit, valid, config, device)
}

/// Vectors whose dot products are the logits, by the latest history of each user.
///
/// # Errors
/// `device_lost`.
pub async fn vectors(run: &Runner<Candidate, NextFilm>) -> Result<Vectors, LabError> {
    let network = run.network(Weights::BestDev).valid();
    let (examples, device) = (run.examples(), run.device());
    let all: Vec<u32> = (0..examples.users.len() as u32).collect();
    let mut users = Vec::new();
    for chunk in all.chunks(USERS_AT_ONCE) {
        let histories: Vec<Vec<u32>> =
            chunk.iter().map(|user| examples.watches.latest(*user as usize).to_vec()).collect();
        let input = examples.users(chunk, &histories, &vec![0.0; chunk.len()], device);
        users.extend(floats(network.users(input).into_data_async().await.map_err(device_lost)?));
    }
    let films = network.films();
    let [_, width] = films.dims();
    let films = floats(films.into_data_async().await.map_err(device_lost)?);
    Ok(Vectors::new(width, &users, &films, None))
}

/// The vectors of a user, or of somebody new, with these histories, row-major: by the latest films of each.
///
/// # Errors
/// `device_lost`.
pub async fn watching(
    run: &Runner<Candidate, NextFilm>,
    user: Option<usize>,
    histories: &[Vec<u32>],
) -> Result<Vec<f32>, LabError> {
    let network = run.network(Weights::BestDev).valid();
    let latest = |films: &Vec<u32>| films[films.len().saturating_sub(LONGEST_HISTORY)..].to_vec();
    let histories: Vec<Vec<u32>> = histories.iter().map(latest).collect();
    let (examples, device) = (run.examples(), run.device());
    let input = match user {
        Some(user) => {
            let rows = histories.len();
            examples.users(&vec![user as u32; rows], &histories, &vec![0.0; rows], device)
        }
        None => examples.somebody_new(&histories, device),
    };
    Ok(floats(network.users(input).into_data_async().await.map_err(device_lost)?))
}
