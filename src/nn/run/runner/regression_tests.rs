//! The runner with another objective than telling classes apart: a plane through noisy points, by squared error.

use super::*;
use crate::controls::RateChanges;
use crate::nn::models::mlp::{Activation, Mlp, MlpConfig};
use crate::nn::objective::regression::{Numbers, SquaredError};
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::container::Container;
use crate::nn::run::examples::Minibatch;
use crate::progress::Budget;
use crate::random::{Purpose, Random};
use burn::tensor::TensorData;
use pollster::block_on;

const ROWS: usize = 60;
const TRAIN: usize = 45;
const PLANE: ([f64; 2], f64) = ([1.5, -0.8], 0.3);
const NOISE: f64 = 0.05;

/// Points of a plane, each moved a little up or down.
#[derive(Clone)]
struct Points {
    inputs: Vec<[f32; 2]>,
    heights: Vec<f32>,
}

impl Points {
    fn new() -> Self {
        let mut random = Random::new(3, Purpose::Split);
        let ([a, b], c) = PLANE;
        let (inputs, heights) = (0..ROWS)
            .map(|_| {
                let [x, y] = [(); 2].map(|()| random.uniform(-1.0, 1.0));
                let height = a * x + b * y + c + random.normal(0.0, NOISE);
                ([x as f32, y as f32], height as f32)
            })
            .unzip();
        Self { inputs, heights }
    }
}

impl Examples for Points {
    type Input = Tensor<2>;
    type Target = Numbers;

    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<Tensor<2>, Numbers> {
        let values = rows.iter().flat_map(|row| self.inputs[*row]).collect::<Vec<f32>>();
        let heights = rows.iter().map(|row| self.heights[*row]).collect();
        Minibatch {
            input: Tensor::from_data(TensorData::new(values, [rows.len(), 2]), device),
            target: Numbers::new(heights, 1, device),
        }
    }

    /// Evaluations go through several chunks, the last of them smaller.
    fn rows_at_once(&self) -> usize {
        4
    }
}

fn config() -> RunnerConfig {
    RunnerConfig {
        epochs: 80,
        batch_size: 10,
        rule: Rule::Adam,
        constants: Constants::Torch,
        learning_rate: 0.05,
        rate_changes: RateChanges::default(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["valid_loss", "valid_rmse", "valid_mae"],
        keep_best: Some(KeepBest { metric: "rmse", largest: false, beyond: f64::INFINITY }),
        running: &["rmse", "mae"],
        stop: Some(StopRule { metric: "rmse", larger: false, bound: 2.0 * NOISE }),
        seed: 4,
    }
}

fn begin() -> Runner<Mlp, Points> {
    let network = MlpConfig {
        inputs: 2,
        hidden: vec![],
        classes: 1,
        activation: Activation::Tanh,
        init_std: 0.5,
        init_bias: 0.0,
    };
    let device = Device::flex().autodiff();
    let (train, held_out) = ((0..TRAIN).collect(), (TRAIN..ROWS).collect());
    Runner::new(network.init(1, &device), SquaredError, Points::new(), train, held_out, config(), &device)
}

fn train(runner: &mut Runner<Mlp, Points>, steps: u64) {
    block_on(runner.train(Budget::steps(steps))).unwrap();
}

#[test]
fn it_finds_the_plane_stops_by_its_error_and_records_its_figures_by_name() {
    let mut runner = begin();
    train(&mut runner, u64::MAX);
    assert!(runner.stopped());
    let names: Vec<String> = runner.progress().metrics.keys().cloned().collect();
    assert_eq!(names, ["loss", "rmse", "mae", "valid_loss", "valid_rmse", "valid_mae"]);
    let running: Vec<f64> = runner.running_figures().column(0).collect();
    let (last, before) = running.split_last().unwrap();
    assert!(*last < 2.0 * NOISE && before.iter().all(|rmse| *rmse >= 2.0 * NOISE), "{running:?}");
    let (step, smallest) = runner.best().unwrap();
    let valid: Vec<f64> = runner.evaluations().column(1).collect();
    let best = valid.iter().position(|rmse| *rmse == smallest).unwrap();
    assert_eq!(step, u64::from(runner.evaluations().steps()[best]));
    assert!(valid.iter().all(|rmse| *rmse >= smallest) && smallest < 2.0 * NOISE, "{valid:?}");
}

#[test]
fn an_evaluation_in_chunks_is_that_of_the_formulas() {
    let mut runner = begin();
    train(&mut runner, 12);
    let rows: Vec<usize> = (TRAIN..ROWS).collect();
    let figures = block_on(runner.evaluate(&rows, Weights::Last)).unwrap();
    let (mut squares, mut absolute) = (0.0, 0.0);
    for row in &rows {
        let batch = runner.examples().minibatch(&[*row], runner.device());
        let (output, _) = block_on(runner.predict(batch.input, Weights::Last)).unwrap();
        let error = f64::from(output[0]) - f64::from(runner.examples().heights[*row]);
        squares += error * error / rows.len() as f64;
        absolute += error.abs() / rows.len() as f64;
    }
    for (name, expected) in [("loss", squares), ("rmse", squares.sqrt()), ("mae", absolute)] {
        let found = figures.value(name).unwrap();
        assert!((found - expected).abs() < 1e-6, "{name}: {found} for {expected}");
    }
}

#[test]
fn a_resumed_run_equals_the_uninterrupted_one() {
    let mut whole = begin();
    train(&mut whole, u64::MAX);
    let mut first = begin();
    // In the middle of an epoch of five steps.
    train(&mut first, 12);
    let bytes = block_on(first.checkpoint()).unwrap().to_bytes();
    let mut second = begin();
    second.restore(&Container::from_bytes(&bytes).unwrap()).unwrap();
    train(&mut second, u64::MAX);
    assert_eq!(second.history(0), whole.history(0));
    assert_eq!(second.best(), whole.best());
}
