//! Damaged model files and tables: each is refused with its code, or usable; nothing panics and nothing hangs.

#![cfg(feature = "trees")]

use crate::common::own_table;
use emberbook::random::{Purpose, Random};
use flate2::read::GzDecoder;
use gbdt::{Column, Table, model_text};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Files made of each whole one.
const ROUNDS: usize = 150;
/// What is put into them beside single bytes.
const PIECES: [&str; 14] = [
    "\n",
    "=",
    " ",
    "-1",
    "99999999999999999999",
    "nan",
    "inf",
    "\u{feff}",
    "\"",
    ",",
    "Tree=",
    "end of trees",
    "\0",
    "张",
];

fn damaged(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(5) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = random.below(256) as u8,
            2 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
            3 => {
                let end = (at + random.below(200)).min(bytes.len());
                bytes.drain(at..end);
                if bytes.is_empty() {
                    bytes.push(b'x');
                }
            }
            _ => {
                let end = (at + random.below(80)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, copy);
            }
        }
    }
    bytes
}

fn models() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/boosting");
    ["few_categories", "three_classes", "small", "pandas_table", "zero_as_missing"]
        .iter()
        .map(|name| {
            let mut text = String::new();
            let file = File::open(folder.join(name).join("model.txt.gz")).unwrap();
            GzDecoder::new(file).read_to_string(&mut text).unwrap();
            text
        })
        .collect()
}

#[test]
fn a_damaged_model_is_refused_or_predicts() {
    let mut random = Random::new(1, Purpose::Split);
    let (mut refused, mut taken) = (0, 0);
    for text in models() {
        for _ in 0..ROUNDS {
            let bytes = damaged(text.as_bytes(), &mut random);
            match model_text::parse(&String::from_utf8_lossy(&bytes)) {
                Err(error) => {
                    assert!(matches!(error.code, "bad_model_file" | "linear_tree"), "{error}");
                    refused += 1;
                }
                Ok(model) => {
                    let columns = model.feature_names.len();
                    // Two columns of one name cannot be in a table; the model itself may still be read.
                    let values = [f64::NAN, -0.5, 3.0];
                    let column = |index: usize| Column::numeric(&index.to_string(), values.to_vec());
                    let table = Table::new((0..columns).map(column).collect()).unwrap();
                    assert_eq!(model.raw_scores(&table).len(), 3 * model.trees_per_round);
                    assert_eq!(model.leaves(&table).len(), 3);
                    model.contributions(&table.selected(&[1]));
                    assert!(model_text::parse(&model_text::to_text(&model)).is_ok());
                    taken += 1;
                }
            }
        }
    }
    assert!(refused > 50 && taken > 10, "{refused} refused, {taken} taken");
}

#[test]
fn a_damaged_table_is_refused_or_read() {
    let mut text = String::from("age,city,score,bought\n");
    (0..60).for_each(|row| {
        text.push_str(&format!("{},{},{}.5,{}\n", row % 23, ["上海", "\"a, b\"", ""][row % 3], row, row % 2));
    });
    let mut random = Random::new(2, Purpose::Split);
    let (mut refused, mut taken) = (0, 0);
    for _ in 0..5 * ROUNDS {
        let bytes = damaged(text.as_bytes(), &mut random);
        for file in ["own.csv", "own.svm"] {
            let result = own_table("boosting", file, &bytes);
            match result {
                Err(error) => {
                    assert_eq!(error.code, "bad_table");
                    assert!(error.details.contains_key("row"), "{error}");
                    refused += 1;
                }
                Ok(table) => {
                    assert!(table.columns.iter().all(|column| column.values.len() == table.rows));
                    taken += 1;
                }
            }
        }
    }
    assert!(refused > 50 && taken > 20, "{refused} refused, {taken} taken");
    // The readers are asked with an empty file too.
    assert!(own_table("boosting", "own.csv", b"").is_err());
}
