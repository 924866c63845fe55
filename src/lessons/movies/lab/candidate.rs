//! YouTube's candidate network as a run.

use super::rows::{Rows, too_few_ratings};
use super::vectors::Vectors;
use crate::data::ratings::circumstances::Circumstances;
use crate::data::ratings::invented::Profiles;
use crate::data::ratings::{Demographics, Ratings};
use crate::error::LabError;
use crate::lessons::movies::networks::candidate::{Candidate, CandidateConfig};
use crate::lessons::movies::networks::next_film::{Background, NextFilm};
use crate::lessons::movies::networks::watches::{LONGEST_HISTORY, Task, Watches};
use crate::lessons::movies::settings::{AdamForm, FilmTables, MoviesSettings, Searches, WatchTask};
use crate::nn::layers::parameters::floats;
use crate::nn::objective::item_softmax::ItemSoftmax;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::runner::{Cadence, KeepBest, Runner, RunnerConfig, Weights, device_lost};
use crate::random::{Purpose, Random};
use burn::module::Module;
use burn::tensor::Device;
use std::rc::Rc;

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
    let searches = settings.searches == Searches::Invented;
    let mut watches = Watches::new(ratings, &rows.fit);
    if searches {
        watches = watches.searching(&ratings.films.title_words, settings.seed);
    }
    let mut random = Random::new(settings.seed, Purpose::Watches);
    let task = task(settings);
    let examples = watches.examples(settings.user_examples, task, &mut random);
    if examples.is_empty() {
        return Err(too_few_ratings(rows.fit.len(), rows.test.len()));
    }
    let learned = &rows.learned;
    let pair = |row: &u32| (ratings.users[*row as usize], ratings.rated[*row as usize]);
    Ok(NextFilm {
        watches: Rc::new(watches),
        examples,
        held_out: rows.valid.iter().map(pair).collect(),
        task,
        searches,
        users: Rc::new(known(settings, ratings, demographics, &rows.fit)),
        background: Rc::new(Background::new((0..learned.films()).map(|film| learned.film(film).len()))),
        negatives: settings.negatives,
        dropout: settings.history_dropout,
        seed: settings.seed,
    })
}

/// Which films stand beside the one that is to be predicted.
fn task(settings: &MoviesSettings) -> Task {
    match settings.task {
        WatchTask::Future => Task::Future,
        WatchTask::HeldOut => Task::HeldOut,
    }
}

/// What else is known of each user as numbers from 0 to 1: gender, age, occupation; region, device and whether somebody is
/// signed in, which are always invented, from the ratings that are learned from.
pub(super) fn known(
    settings: &MoviesSettings,
    ratings: &Ratings,
    demographics: Option<&Demographics>,
    fit: &[u32],
) -> Vec<Vec<f32>> {
    let users = ratings.user_ids.len();
    let Some(known) = demographics else { return vec![Vec::new(); users] };
    let profiles = Profiles::of_genres(ratings, fit);
    let circumstances = Circumstances::invent(&profiles, settings.demographic_effect, settings.seed);
    let of = |user: usize| {
        let mut numbers = vec![f32::from(known.genders[user] as u8), f32::from(known.ages[user]) / 6.0];
        let occupations = 0..known.occupations.len();
        numbers.extend(occupations.map(|job| f32::from(u8::from(usize::from(known.jobs[user]) == job))));
        numbers.extend(circumstances.numbers(user));
        numbers
    };
    (0..users).map(of).collect()
}

/// Sizes of the network.
pub fn config(settings: &MoviesSettings, examples: &NextFilm, ratings: &Ratings) -> CandidateConfig {
    CandidateConfig {
        films: ratings.films.len(),
        words: if examples.searches { ratings.films.words.len() } else { 0 },
        context: examples.context(),
        tied: settings.film_tables == FilmTables::One,
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
        rate_changes: settings.learning_rate_changes.clone(),
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
    let all: Vec<u32> = (0..run.examples().users.len() as u32).collect();
    let mut users = Vec::new();
    for chunk in all.chunks(USERS_AT_ONCE) {
        users.extend(user_vectors(run, chunk).await?);
    }
    let films = run.network(Weights::BestDev).valid().films();
    let [_, width] = films.dims();
    let films = floats(films.into_data_async().await.map_err(device_lost)?);
    Ok(Vectors::new(width, users, films, None))
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
    let input = examples.watching(user.map(|user| user as u32), histories, device);
    Ok(floats(network.users(input).into_data_async().await.map_err(device_lost)?))
}

/// The vectors of some users, by their latest histories.
///
/// # Errors
/// `device_lost`.
pub async fn user_vectors(run: &Runner<Candidate, NextFilm>, users: &[u32]) -> Result<Vec<f32>, LabError> {
    let network = run.network(Weights::BestDev).valid();
    let input = run.examples().serving(users, run.device());
    Ok(floats(network.users(input).into_data_async().await.map_err(device_lost)?))
}
