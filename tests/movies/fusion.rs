//! The fusion network on latest-small.

#![cfg(feature = "tensors")]

use crate::support::latest_small;
use burn::tensor::Device;
use emberbook::controls::RateChanges;
use emberbook::data::ratings::{RatingSplit, Ratings, SplitRule};
use emberbook::lessons::movies::networks::examples::{Label, RatedPairs};
use emberbook::lessons::movies::networks::fusion::{Fusion, FusionConfig};
use emberbook::nn::layers::text_conv::Pooling;
use emberbook::nn::objective::regression::SquaredError;
use emberbook::nn::optim::optimizer::{Constants, Rule};
use emberbook::nn::run::runner::{Cadence, Runner, RunnerConfig};
use emberbook::progress::Budget;
use emberbook::random::{Purpose, Random};
use pollster::block_on;
use std::rc::Rc;

fn rows(list: &[u32]) -> Vec<usize> {
    list.iter().map(|row| *row as usize).collect()
}

/// A network for a table, and a run of it that learns from `fit` and is judged by `valid`.
fn run(ratings: &Rc<Ratings>, split: &RatingSplit, passes: usize, seed: u64) -> Runner<Fusion, RatedPairs> {
    let config = FusionConfig {
        users: ratings.user_ids.len(),
        demographics: None,
        films: ratings.films.len(),
        genres: ratings.films.genres.len(),
        words: ratings.films.words.len(),
        embedding: 32,
        hidden: 200,
        tanh: true,
        pooling: Pooling::Max,
    };
    let device = Device::flex().autodiff();
    let examples = RatedPairs { ratings: ratings.clone(), demographics: None, label: Label::Paddle };
    let plan = RunnerConfig {
        epochs: passes,
        batch_size: 256,
        rule: Rule::Adam,
        constants: Constants::Paddle,
        learning_rate: 1e-3,
        rate_changes: RateChanges::default(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["valid_loss", "valid_rmse", "valid_mae"],
        keep_best: None,
        running: &[],
        stop: None,
        seed,
    };
    let network = config.init(seed, &device);
    Runner::new(network, SquaredError, examples, rows(&split.fit), rows(&split.valid), plan, &device)
}

#[test]
fn one_pass_brings_it_below_the_mean_and_near_the_averages_of_users_and_films() {
    let ratings = Rc::new(latest_small().clone());
    let split = RatingSplit::new(&ratings, SplitRule::Random, &mut Random::new(1, Purpose::Split));
    let mut runner = run(&ratings, &split, 1, 1);
    block_on(runner.train(Budget::steps(u64::MAX))).unwrap();
    let losses: Vec<f64> = runner.losses().column(0).collect();
    assert_eq!(losses.len(), split.fit.len().div_ceil(256));
    // An answer of 0 costs the mean square of the labels: 8.83 over all ratings.
    assert!((7.0..10.5).contains(&losses[0]), "{}", losses[0]);
    // In stars, of which a label has two: the mean gives 1.05, averages of users and films .886.
    let rmse = runner.evaluations().column(1).next_back().unwrap() / 2.0;
    println!("validation RMSE after one pass: {rmse:.4} stars");
    assert!((0.8..0.92).contains(&rmse), "{rmse}");
}
