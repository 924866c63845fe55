//! What is refused, and when a run is over.

use super::super::table::{Column, Table};
use super::*;

fn booster(pairs: &[(&str, &str)], labels: &[f32]) -> Result<Booster, BoostingError> {
    let parameters = Parameters::from_pairs(pairs.iter().copied())?;
    let values = (0..labels.len()).map(|row| row as f64).collect();
    let table = Table::new(vec![Column::numeric("x", values)])?;
    Booster::new(Dataset::new(&table, labels.to_vec(), None, &parameters)?, parameters)
}

fn judged(table: &Table, labels: Vec<f32>) -> Result<(), BoostingError> {
    let pairs = [("objective", "multiclass"), ("num_class", "3")];
    booster(&pairs, &[0.0, 1.0, 2.0, 0.0])?.add_valid(table, labels, None)
}

#[test]
fn labels_of_rows_to_judge_by_are_checked() {
    let table = Table::new(vec![Column::numeric("x", vec![1.0, 2.0])]).unwrap();
    assert!(judged(&table, vec![0.0, 2.0]).is_ok());
    for (labels, code) in [
        (vec![0.0, 3.0], "bad_label"),
        (vec![0.5, 1.0], "bad_label"),
        (vec![0.0, f32::NAN], "bad_label"),
        (vec![0.0], "too_few_rows"),
    ] {
        assert_eq!(judged(&table, labels).unwrap_err().code, code);
    }
}

#[test]
fn a_run_is_over_where_nothing_that_is_drawn_can_help() {
    let labels: Vec<f32> = (0..30).map(|row| f32::from(row > 20)).collect();
    let never = [("objective", "binary"), ("min_data_in_leaf", "16")];
    let mut plain = booster(&never, &labels).unwrap();
    assert!(!plain.train_one_round() && plain.finished());
    assert_eq!((plain.round(), plain.model().trees.len()), (0, 1), "a constant tree, and no round");
    let drawn = [never[0], never[1], ("bagging_fraction", "0.9"), ("bagging_freq", "1")];
    let mut drawn = booster(&drawn, &labels).unwrap();
    assert!(!drawn.train_one_round() && !drawn.train_one_round() && !drawn.finished());
    assert_eq!((drawn.round(), drawn.model().trees.len()), (2, 1));
}

#[test]
fn what_cannot_be_trained_on_is_refused() {
    let labels = [0.0, 1.0, 0.0, 1.0];
    for (pairs, code) in [
        (vec![("bagging_fraction", "0.2"), ("bagging_freq", "1")], "contradictory_parameters"),
        (vec![("monotone_constraints", "1,0")], "contradictory_parameters"),
        (vec![("objective", "poisson")], ""),
        (vec![("objective", "cross_entropy")], ""),
    ] {
        let code_of = booster(&pairs, &labels).map_or_else(|error| error.code, |_| "");
        assert_eq!(code_of, code, "{pairs:?}");
    }
    let refused =
        |objective, labels: &[f32]| booster(&[("objective", objective)], labels).err().unwrap().code;
    assert_eq!(refused("poisson", &[0.0, 0.0]), "bad_label");
    assert_eq!(refused("poisson", &[1.0, -1.0]), "bad_label");
    assert_eq!(refused("cross_entropy", &[0.5, 1.5]), "bad_label");
}

#[test]
fn a_category_that_would_cost_memory_is_refused_and_one_beyond_31_bits_is_missing() {
    let parameters = Parameters { min_data_in_leaf: 1, ..Parameters::default() };
    let trained = |code: f64| {
        let values = (0..60).map(|row| if row % 3 == 0 { code } else { f64::from(row % 3) }).collect();
        let table = Table::new(vec![Column::categorical("shop", values)]).unwrap();
        Dataset::new(&table, (0..60).map(|row| (row % 3) as f32).collect(), None, &parameters)
    };
    let error = trained(1e9).unwrap_err();
    assert_eq!(error.code, "category_too_large");
    assert!(error.facts.contains(&("category", "1000000000".into())), "{error:?}");
    for missing in [2_147_483_648.0, f64::INFINITY, 1e300] {
        assert_eq!(trained(missing).unwrap().infos, ["-1:1:2"], "{missing}");
    }
}
