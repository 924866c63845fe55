//! Thousands of steps leave nothing behind but their history. (The bench measures the same in a browser, with the
//! buffers of a GPU.)

#![cfg(feature = "flex")]

mod common;

use common::bars::idx;
use common::open_lesson;
use emberbook::lab::Budget;
use emberbook::lessons::{Content, Material};
use pollster::block_on;
use serde_json::json;
use std::alloc::{GlobalAlloc, Layout, System};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts what is in use.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is handed on to the system's allocator as it comes.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the rules of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the pointer came from `alloc` above, which is the system's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

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
        (lab.progress().step, IN_USE.load(Ordering::Relaxed))
    };
    let (first, before) = train(200);
    let (last, after) = train(2_000);
    assert_eq!(last - first, 2_000);
    let allowed = before / 20 + 2_000 * BYTES_OF_A_STEP;
    assert!(after <= before + allowed, "{before} bytes in use, then {after}; {allowed} more are allowed");
}
