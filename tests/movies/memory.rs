//! EASE is solved for in the place of one matrix. (The bench measures a whole page in a browser.)

#![cfg(feature = "tensors")]

#[path = "../common/counting.rs"]
mod counting;
mod generated_ratings;

use counting::{Counting, in_use, most_in_use};
use emberbook::classic::recommend::ease::{EaseConfig, EaseFit, taking_part};
use emberbook::data::ratings::Interactions;
use emberbook::lessons::{Accepts, Own};
use generated_ratings::ml_1m;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// More users than films, as in ml-1m: there the matrix of its films has 46 MB.
#[test]
fn solving_for_ease_needs_little_beside_one_matrix_of_films_by_films() {
    let files = ml_1m(1_500, 1_000, 60_000, 1);
    let Own::Ratings(own) = Accepts::Ratings.read_ratings("ml-1m.zip", &files.named()).unwrap() else {
        panic!("ratings are no others")
    };
    let rows: Vec<u32> = (0..own.table.len() as u32).collect();
    let train = Interactions::new(&own.table, &rows);
    let films = taking_part(&train, EaseConfig::default()).len();
    let matrix = films * films * size_of::<f32>();
    assert!(films > 800 && films < train.users());
    most_in_use();
    let before = in_use();
    let mut fit = EaseFit::new(&train, EaseConfig::default());
    assert!(in_use() - before < matrix / 4, "no matrix is there before the first step");
    while fit.step() {}
    let model = fit.finish();
    let (most, after) = (most_in_use() - before, in_use() - before);
    assert!(model.weight(0, 1).is_finite());
    assert!(after >= matrix, "{after} bytes stay, the matrix has {matrix}");
    // Beside it there are blocks of 64 rows, a twelfth of this small matrix each, and the ratings by user.
    assert!(most < 2 * matrix, "{most} bytes at most, the matrix has {matrix}");
}
