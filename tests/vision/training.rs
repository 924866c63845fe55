//! Training on pictures: a run that is taken up again in the middle of an epoch equals the uninterrupted one to the bit,
//! though its pictures are changed at random, and it learns.

#![cfg(feature = "tensors")]

use burn::tensor::Device;
use emberbook::controls::RateChanges;
use emberbook::data::pictures::LabelledPictures;
use emberbook::nn::layers::parameters;
use emberbook::nn::models::conv_net::{ConvNet, ConvNetConfig};
use emberbook::nn::objective::classification::Classification;
use emberbook::nn::optim::optimizer::{Constants, Rule};
use emberbook::nn::run::container::Container;
use emberbook::nn::run::picture_examples::PictureExamples;
use emberbook::nn::run::runner::{Cadence, Runner, RunnerConfig, Weights};
use emberbook::progress::Budget;
use emberbook::random::{Purpose, Random};
use pollster::block_on;
use std::rc::Rc;

const SIDE: usize = 12;
const TRAIN: usize = 26;
const ROWS: usize = 36;

/// Noise with a bright bar, lying in class 0 and standing in class 1, somewhere in the middle.
fn bars() -> LabelledPictures {
    let mut random = Random::new(8, Purpose::Split);
    let mut pixels = Vec::new();
    let labels: Vec<u32> = (0..ROWS as u32).map(|row| row % 2).collect();
    for &label in &labels {
        let middle = 4 + random.below(4);
        for y in 0..SIDE {
            for x in 0..SIDE {
                let bar = if label == 0 { y } else { x } == middle;
                pixels.push((random.below(60) + if bar { 150 } else { 0 }) as u8);
            }
        }
    }
    LabelledPictures {
        height: SIDE,
        width: SIDE,
        channels: 1,
        pixels,
        labels,
        classes: vec!["lying".into(), "standing".into()],
        origins: vec![],
        train: TRAIN,
    }
}

fn begin(outputs: usize, rule: Rule, augment: Option<u64>) -> Runner<ConvNet, PictureExamples> {
    let network = ConvNetConfig {
        height: SIDE,
        width: SIDE,
        channels: 1,
        filters: vec![6],
        kernel_size: 3,
        dense_units: 12,
        outputs,
    };
    let config = RunnerConfig {
        epochs: 12,
        batch_size: 8,
        rule,
        constants: Constants::Keras,
        learning_rate: 0.005,
        rate_changes: RateChanges::default(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &["validation_loss", "validation_accuracy"],
        keep_best: None,
        running: &["accuracy"],
        stop: None,
        seed: 2,
    };
    let device = Device::flex().autodiff();
    let examples = PictureExamples { pictures: Rc::new(bars()), outputs, augment, flip: true };
    let (train, held_out) = ((0..TRAIN).collect(), (TRAIN..ROWS).collect());
    let objective = Classification::of_outputs(outputs);
    Runner::new(network.init(1, &device), objective, examples, train, held_out, config, &device)
}

fn train(runner: &mut Runner<ConvNet, PictureExamples>, steps: u64) {
    block_on(runner.train(Budget::steps(steps))).unwrap();
}

#[test]
fn a_resumed_run_equals_the_uninterrupted_one() {
    for (outputs, rule) in [(1, Rule::RmsProp), (2, Rule::Adam)] {
        let mut whole = begin(outputs, rule, Some(5));
        train(&mut whole, u64::MAX);
        // In the middle of the second epoch of four steps.
        let mut first = begin(outputs, rule, Some(5));
        train(&mut first, 6);
        let bytes = block_on(first.checkpoint()).unwrap().to_bytes();
        let mut second = begin(outputs, rule, Some(5));
        second.restore(&Container::from_bytes(&bytes).unwrap()).unwrap();
        train(&mut second, u64::MAX);
        assert_eq!(second.history(0), whole.history(0));
        let weights =
            |runner: &Runner<_, _>| block_on(parameters::read(runner.network(Weights::Last))).unwrap();
        assert_eq!(weights(&second), weights(&whole));
        let mut other = begin(outputs, rule, Some(6));
        train(&mut other, u64::MAX);
        assert_ne!(other.history(0), whole.history(0), "the seed of the changes matters");
    }
}

#[test]
fn pictures_are_told_apart_and_the_record_agrees_with_an_evaluation() {
    for (outputs, rule) in [(1, Rule::RmsProp), (2, Rule::Adam)] {
        let mut runner = begin(outputs, rule, None);
        train(&mut runner, u64::MAX);
        let held_out: Vec<usize> = (TRAIN..ROWS).collect();
        let found = block_on(runner.evaluate(&held_out, Weights::Last)).unwrap();
        let (_, recorded) = runner.evaluations().last().unwrap();
        assert_eq!(recorded, found.iter().map(|(_, value)| value).collect::<Vec<f64>>());
        assert!(found.value("accuracy").unwrap() >= 0.9, "{outputs} outputs: {found:?}");
        let (_, running) = runner.running_figures().last().unwrap();
        assert!(running[0] > 0.9, "{outputs} outputs: {running:?}");
    }
}
