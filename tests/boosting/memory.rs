//! What training takes of memory, beside the table as 32-bit numbers.

#![cfg(feature = "trees")]

#[path = "../common/mod.rs"]
mod common;

use common::counting::{Counting, in_use, most_in_use};
use common::{open_lesson, own_table};
use emberbook::lessons::{Material, Own};
use emberbook::progress::Budget;
use emberbook::random::{Purpose, Random};
use gbdt::{Booster, Column, Dataset, Parameters, Table};
use pollster::block_on;
use serde_json::json;
use std::sync::Mutex;

#[global_allocator]
static ALLOCATOR: Counting = Counting;
/// The counts are of the whole program: one test at a time.
static ONE: Mutex<()> = Mutex::new(());

const ROWS: usize = 30_000;
const COLUMNS: usize = 28;
/// The table as 32-bit numbers.
const RAW: usize = ROWS * COLUMNS * 4;
const LEAVES: usize = 31;
/// Histograms of all leaves, and one for each that is being made.
const HISTOGRAMS: usize = (LEAVES + 2) * COLUMNS * 256 * 16;

fn columns() -> Vec<Vec<f64>> {
    let mut random = Random::new(3, Purpose::Split);
    (0..COLUMNS).map(|_| (0..ROWS).map(|_| random.below(100_000) as f64 / 8.0).collect()).collect()
}

fn label(columns: &[Vec<f64>], row: usize) -> f32 {
    f32::from(columns[0][row] + columns[1][row] > 12_500.0)
}

#[test]
fn the_engine_trains_within_three_times_the_table() {
    let _one = ONE.lock().unwrap();
    let values = columns();
    let labels: Vec<f32> = (0..ROWS).map(|row| label(&values, row)).collect();
    most_in_use();
    // With the engine's own copy of the table, in 64 bits.
    let before = in_use() - ROWS * COLUMNS * 8;
    let columns = values.into_iter().enumerate();
    let table =
        Table::new(columns.map(|(index, values)| Column::numeric(&index.to_string(), values)).collect())
            .unwrap();
    let parameters = Parameters::from_pairs([("objective", "binary")]).unwrap();
    let data = Dataset::new(&table, labels, None, &parameters).unwrap();
    let mut booster = Booster::new(data, parameters).unwrap();
    (0..5).for_each(|_| assert!(booster.train_one_round()));
    let most = most_in_use() - before;
    println!(
        "{:.2} times the table and {HISTOGRAMS} bytes of histograms",
        (most - HISTOGRAMS) as f64 / RAW as f64
    );
    assert!(most <= 3 * RAW + HISTOGRAMS, "{most} bytes for a table of {RAW}");
}

#[test]
fn the_lab_trains_within_three_times_the_table() {
    let _one = ONE.lock().unwrap();
    let values = columns();
    let mut text = (0..COLUMNS).map(|column| format!("c{column},")).collect::<String>() + "label\n";
    for row in 0..ROWS {
        values.iter().for_each(|column| text.push_str(&format!("{},", column[row])));
        text.push_str(&format!("{}\n", label(&values, row)));
    }
    drop(values);
    most_in_use();
    let before = in_use();
    let table = own_table("boosting", "own.csv", text.as_bytes()).unwrap();
    let reading = most_in_use() - before;
    let material = Material { own: Some(Own::Table(table)), ..Material::default() };
    let mut lab = open_lesson("boosting", json!({ "num_iterations": 5 }), &material).unwrap();
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    let most = most_in_use() - before;
    let times = |bytes: usize| bytes as f64 / RAW as f64;
    println!(
        "reading {:.2}, training {:.2} times the table and histograms",
        times(reading),
        times(most - HISTOGRAMS)
    );
    assert!(reading <= 3 * RAW, "{reading} bytes for a table of {RAW}");
    assert!(most <= 3 * RAW + HISTOGRAMS, "{most} bytes for a table of {RAW}");
}

/// A file of 2 MB in which 60,000 splits share one set of 60,000 words.
#[test]
fn a_model_is_read_and_written_in_memory_of_the_size_of_its_file() {
    let _one = ONE.lock().unwrap();
    let (nodes, words) = (60_000, 60_000);
    let text = splits_with_one_set(nodes, words);
    most_in_use();
    let before = in_use();
    let model = gbdt::model_text::parse(&text).unwrap();
    let written = gbdt::model_text::to_text(&model);
    let most = most_in_use() - before;
    println!("{most} bytes for a file of {}", text.len());
    assert!(most < 40 * text.len(), "{most} bytes for a file of {}", text.len());
    assert!(written.len() < 2 * text.len());
    assert_eq!(gbdt::model_text::parse(&written).unwrap().trees, model.trees);
}

fn splits_with_one_set(nodes: usize, words: usize) -> String {
    let leaves = nodes + 1;
    let child = |place: usize| if place < nodes { place as i64 } else { !((place - nodes) as i64) };
    let listed = |count: usize, of: &dyn Fn(usize) -> i64| {
        (0..count).map(|index| of(index).to_string()).collect::<Vec<_>>().join(" ")
    };
    let (zeros, ones) = (|count| listed(count, &|_| 0), |count| listed(count, &|_| 1));
    format!(
        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=0\n\
         objective=binary sigmoid:1\nfeature_names=a\nfeature_infos=-1:0\ntree_sizes=1\n\nTree=0\n\
         num_leaves={leaves}\nnum_cat=1\nsplit_feature={}\nthreshold={}\ndecision_type={}\nleft_child={}\n\
         right_child={}\nleaf_value={}\ncat_boundaries=0 {words}\ncat_threshold={}\n\nend of trees\n",
        zeros(nodes),
        zeros(nodes),
        ones(nodes),
        listed(nodes, &|node| child(2 * node + 1)),
        listed(nodes, &|node| child(2 * node + 2)),
        zeros(leaves),
        ones(words),
    )
}
