//! The runner on a small problem: what is recorded when, when it ends, and that a checkpoint forgets nothing.

use super::*;
use crate::controls::RateChanges;
use crate::nn::layers::parameters;
use crate::nn::models::mlp::{Activation, Mlp, MlpConfig};
use crate::nn::objective::classification::Classification;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::examples::Rows;
use crate::progress::Budget;
use crate::random::{Purpose, Random};
use burn::tensor::TensorData;
use pollster::block_on;

const ROWS: usize = 22;
const TRAIN: usize = 17;
const BATCH: usize = 5;
/// 5, 5, 5 and 2 rows.
const STEPS_PER_EPOCH: u64 = 4;

fn config() -> RunnerConfig {
    RunnerConfig {
        epochs: 6,
        batch_size: BATCH,
        rule: Rule::Adam,
        constants: Constants::Keras,
        learning_rate: 0.01,
        rate_changes: RateChanges::default(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["validation_loss", "validation_accuracy"],
        keep_best: None,
        running: &["accuracy"],
        stop: None,
        seed: 4,
    }
}

/// Points in the plane, of class 1 above a line; every seventh is of the other class.
fn data() -> (Vec<Vec<f32>>, Vec<u32>) {
    let mut random = Random::new(2, Purpose::Split);
    (0..ROWS)
        .map(|row| {
            let [x, y] = [(); 2].map(|()| random.uniform(-1.0, 1.0));
            (vec![x as f32, y as f32], u32::from((x + y > 0.2) != (row % 7 == 0)))
        })
        .unzip()
}

fn more_accurate_than(bound: f64) -> Option<StopRule> {
    Some(StopRule { metric: "accuracy", larger: true, bound })
}

fn begin(config: RunnerConfig) -> Runner<Mlp, Rows> {
    let (rows, labels) = data();
    let network = MlpConfig {
        inputs: 2,
        hidden: vec![4],
        classes: 2,
        activation: Activation::Tanh,
        init_std: 0.5,
        init_bias: 0.0,
    };
    let device = Device::flex().autodiff();
    let examples = Rows::new(&rows, &labels, 2);
    let (train, held_out) = ((0..TRAIN).collect(), (TRAIN..ROWS).collect());
    let objective = Classification::CrossEntropy;
    Runner::new(network.init(1, &device), objective, examples, train, held_out, config, &device)
}

fn train(runner: &mut Runner<Mlp, Rows>, steps: u64) -> Progress {
    block_on(runner.train(Budget::steps(steps))).unwrap()
}

#[test]
fn an_epoch_ends_with_its_running_accuracy_and_its_evaluation() {
    let mut runner = begin(config());
    let progress = train(&mut runner, u64::MAX);
    assert!(progress.finished && !runner.stopped());
    assert_eq!(progress.step, 6 * STEPS_PER_EPOCH);
    let history = runner.history(0);
    assert_eq!(history.len(), 6 * (4 + 2));
    for (epoch, points) in history.chunks_exact(6).enumerate() {
        let last = (epoch as u64 + 1) * STEPS_PER_EPOCH - 1;
        let names = |point: &Value| point.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert!(points.iter().all(|point| point["epoch"] == epoch));
        assert!(points[..4].iter().all(|point| names(point) == ["step", "epoch", "loss"]));
        assert_eq!(names(&points[4]), ["step", "epoch", "accuracy"]);
        assert_eq!(names(&points[5]), ["step", "epoch", "validation_loss", "validation_accuracy"]);
        assert!(points[3..].iter().all(|point| point["step"] == last));
    }
    let names: Vec<&String> = progress.metrics.keys().collect();
    assert_eq!(names, ["loss", "accuracy", "validation_loss", "validation_accuracy"]);
}

/// What the page does when the learning rate is changed in mid-run: the run so far is taken up by one whose settings hold
/// the change.
#[test]
fn a_rate_changed_in_mid_run_is_that_of_a_run_that_knew_of_it_from_the_start() {
    let changed = || RunnerConfig { rate_changes: RateChanges::read("7:0.5 12:0.001").unwrap(), ..config() };
    let mut plain = begin(config());
    train(&mut plain, 7);
    let checkpoint = block_on(plain.checkpoint()).unwrap();
    let mut taken_up = begin(changed());
    taken_up.restore(&checkpoint).unwrap();
    let mut known = begin(changed());
    for runner in [&mut plain, &mut taken_up, &mut known] {
        train(runner, u64::MAX);
    }
    assert_eq!(taken_up.history(0), known.history(0));
    let differs = |step: usize| plain.losses().values()[step] != known.losses().values()[step];
    // The loss of step 7 is that of weights made with the rate of step 6.
    assert_eq!([differs(6), differs(7), differs(8)], [false, false, true]);
}

#[test]
fn a_step_that_is_tried_has_the_rate_of_the_step_that_comes() {
    let rows: Vec<usize> = (0..TRAIN).collect();
    let longest = |changes: &str| {
        let mut runner =
            begin(RunnerConfig { rate_changes: RateChanges::read(changes).unwrap(), ..config() });
        train(&mut runner, 3);
        let tried = block_on(runner.trial_step(&rows)).unwrap();
        let moved = tried.after.iter().zip(&tried.before).flat_map(|(after, before)| {
            after.values.iter().zip(&before.values).map(|(after, before)| (after - before).abs())
        });
        moved.fold(0.0, f32::max)
    };
    let (plain, changed) = (longest(""), longest("3:0.1"));
    assert!((changed / plain - 10.0).abs() < 1e-2, "ten times the rate moves {changed} in place of {plain}");
    assert_eq!(longest("4:0.1"), plain);
}

#[test]
fn running_accuracy_counts_each_row_with_the_weights_its_loss_was_read_with() {
    let (rows, labels) = data();
    let mut runner = begin(config());
    let mut loader = DataLoader::shuffled((0..TRAIN).collect(), BATCH, config().seed);
    let mut expected = Vec::new();
    for _ in 0..6 {
        let mut correct = 0;
        for _ in 0..STEPS_PER_EPOCH {
            for &row in loader.next_batch() {
                let input = TensorData::new(rows[row].clone(), [1, 2]);
                let input = Tensor::<2>::from_data(input, runner.device());
                let (logits, _) = block_on(runner.predict(input, Weights::Last)).unwrap();
                correct += usize::from(u32::from(logits[1] > logits[0]) == labels[row]);
            }
            train(&mut runner, 1);
        }
        expected.push(correct as f64 / TRAIN as f64);
    }
    assert_eq!(runner.running_figures().values(), expected);
    assert!(expected[5] > expected[0], "it learns: {expected:?}");
}

#[test]
fn a_run_ends_after_the_first_epoch_with_more_than_the_accuracy_asked_for() {
    let mut free = begin(config());
    train(&mut free, u64::MAX);
    let accuracies = free.running_figures().values().to_vec();
    let (first, last) = (accuracies[0], accuracies[5]);
    let rises = accuracies.iter().position(|accuracy| *accuracy > first).unwrap() as u64;
    for running in [&["accuracy"][..], &[]] {
        let asked = |accuracy| RunnerConfig { stop: more_accurate_than(accuracy), running, ..config() };
        // Just as much is not more.
        let mut runner = begin(asked(first));
        let progress = train(&mut runner, u64::MAX);
        assert!(progress.finished && runner.stopped() && !progress.diverged);
        assert_eq!(progress.step, (rises + 1) * STEPS_PER_EPOCH);
        assert_eq!(runner.evaluations().len() as u64, rises + 1, "the last epoch is evaluated too");
        assert_eq!(runner.running_figures().len() as u64, if running.is_empty() { 0 } else { rises + 1 });
        assert_eq!(train(&mut runner, 10).step, progress.step, "a finished run stays where it is");
        let mut runner = begin(asked(last.max(first)));
        assert_eq!(train(&mut runner, u64::MAX).step, 6 * STEPS_PER_EPOCH);
    }
    // A run that is evaluated every so many steps is evaluated after its last step as well.
    let evaluation = Cadence::EverySteps(3);
    let mut runner = begin(RunnerConfig { stop: more_accurate_than(0.0), evaluation, ..config() });
    train(&mut runner, u64::MAX);
    assert_eq!(runner.evaluations().steps(), [3]);
}

#[test]
fn evaluation_every_so_many_steps_leaves_the_first_out_and_takes_the_last_in() {
    let mut runner = begin(RunnerConfig { evaluation: Cadence::EverySteps(10), ..config() });
    train(&mut runner, u64::MAX);
    assert_eq!(runner.evaluations().steps(), [10, 20, 23]);
}

#[test]
fn the_best_weights_are_kept_only_where_that_is_asked_for() {
    let keep = Some(KeepBest { metric: "accuracy", largest: true, beyond: 0.0 });
    for keep_best in [None, keep] {
        let mut runner = begin(RunnerConfig { keep_best, ..config() });
        train(&mut runner, u64::MAX);
        assert_eq!(runner.best().is_some(), keep_best.is_some());
    }
}

#[test]
fn a_run_resumed_anywhere_equals_the_uninterrupted_one() {
    let keep_best = Some(KeepBest { metric: "loss", largest: false, beyond: f64::INFINITY });
    let config = RunnerConfig { stop: more_accurate_than(0.999), keep_best, ..config() };
    let mut whole = begin(config.clone());
    train(&mut whole, u64::MAX);
    let weights =
        |runner: &Runner<Mlp, Rows>| block_on(parameters::read(runner.network(Weights::Last))).unwrap();
    for steps in [0, 1, 6, 8, 15, 24] {
        let mut first = begin(config.clone());
        train(&mut first, steps);
        let bytes = block_on(first.checkpoint()).unwrap().to_bytes();
        let mut second = begin(config.clone());
        second.restore(&crate::nn::run::container::Container::from_bytes(&bytes).unwrap()).unwrap();
        assert_eq!(second.progress(), first.progress());
        train(&mut second, u64::MAX);
        assert_eq!(second.history(0), whole.history(0), "from step {steps}");
        assert_eq!(weights(&second), weights(&whole), "from step {steps}");
        assert_eq!(second.best(), whole.best());
    }
}

#[test]
fn a_run_that_has_stopped_stays_finished_when_it_is_taken_up_again() {
    let config = RunnerConfig { stop: more_accurate_than(0.0), ..config() };
    let mut first = begin(config.clone());
    train(&mut first, u64::MAX);
    let mut second = begin(config);
    second.restore(&block_on(first.checkpoint()).unwrap()).unwrap();
    assert!(second.stopped() && second.finished());
    assert_eq!(train(&mut second, 5).step, STEPS_PER_EPOCH);
}

#[test]
fn a_replay_of_the_runs_own_batches_is_the_run() {
    let mut runner = begin(config());
    let initial = block_on(parameters::read(runner.network(Weights::Last))).unwrap();
    let mut loader = DataLoader::shuffled((0..TRAIN).collect(), BATCH, config().seed);
    let batches: Vec<Vec<usize>> = (0..24).map(|_| loader.next_batch().to_vec()).collect();
    let replay = block_on(runner.replay(&initial, &batches, ROWS)).unwrap();
    assert_eq!(runner.progress().step, 0);
    train(&mut runner, u64::MAX);
    assert_eq!(replay.losses, runner.losses().values());
    assert_eq!(&replay.running, runner.running_figures());
    assert_eq!(replay.weights, block_on(parameters::read(runner.network(Weights::Last))).unwrap());
}

#[test]
fn a_checkpoint_that_counts_correct_rows_only_is_still_taken_up() {
    let mut first = begin(config());
    train(&mut first, 6);
    let mut container = block_on(first.checkpoint()).unwrap();
    let mut note: Value = serde_json::from_str(&container.note).unwrap();
    // Loss and accuracy of the second epoch's first two minibatches.
    let accuracy = note["running"][1].clone();
    assert_eq!(accuracy[1], 10.0);
    note["running"] = accuracy;
    container.note = note.to_string();
    let mut second = begin(config());
    second.restore(&container).unwrap();
    train(&mut first, u64::MAX);
    train(&mut second, u64::MAX);
    assert_eq!(second.history(0), first.history(0));
    note["running"] = serde_json::json!([[1.0, 10.0]]);
    container.note = note.to_string();
    assert!(begin(config()).restore(&container).is_err(), "one figure is not two");
}

#[test]
#[should_panic(expected = "no figure `auc`")]
fn a_figure_that_the_objective_does_not_have_is_refused_at_the_beginning() {
    begin(RunnerConfig { running: &["auc"], ..config() });
}
