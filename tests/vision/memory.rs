//! Thousands of steps leave nothing behind but their history. (The bench measures the same in a browser, with the
//! buffers of a GPU.)

#![cfg(feature = "tensors")]

#[path = "../common/mod.rs"]
mod common;

use common::bars::idx;
use common::counting::{Counting, in_use};
use common::open_lesson;
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::json;
use std::rc::Rc;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A recorded step: its number, its epoch, its loss, and the room a growing list keeps in reserve.
const BYTES_OF_A_STEP: usize = 3 * (4 + 4 + 8);

#[test]
fn two_thousand_further_steps_need_no_more_memory() {
    let some = |range: std::ops::Range<usize>| range.map(|i| (i * 7 % 10, i)).collect::<Vec<_>>();
    let pack = [idx(&some(0..300)), idx(&some(300..400))].concat().concat();
    let material = Material::default();
    material.files.add("mnist_10k.bin", Content::Bytes(Rc::new(pack)));
    let settings = json!({
        "task": "mnist", "train_size": 100, "filters": [4], "dense_units": 8, "epochs": 200, "batch_size": 5,
        "stop_at_accuracy": 1.0
    });
    let mut lab = open_lesson("vision", settings, &material).unwrap();
    let mut train = |steps: u64| {
        block_on(lab.train(Budget::steps(steps))).unwrap();
        (lab.progress().step, in_use())
    };
    let (first, before) = train(200);
    let (last, after) = train(2_000);
    assert_eq!(last - first, 2_000);
    let allowed = before / 20 + 2_000 * BYTES_OF_A_STEP;
    assert!(after <= before + allowed, "{before} bytes in use, then {after}; {allowed} more are allowed");
}
