use super::super::{Column, Dataset, Model, Parameters, Table};
use super::{parse, to_text};
use crate::Booster;

fn table() -> Table {
    let rows = 300;
    let number = |row: usize| ((row * 37 % 101) as f64 - 50.0) / 8.0;
    let numbers = (0..rows).map(|row| if row % 11 == 0 { f64::NAN } else { number(row) }).collect();
    let categories = (0..rows).map(|row| (row * 7 % 5) as f64).collect();
    Table::new(vec![Column::numeric("x", numbers), Column::categorical("c", categories)]).unwrap()
}

fn trained() -> Model {
    let table = table();
    let labels = (0..300).map(|row| f32::from((row * 37 % 101 > 50) != (row * 7 % 5 == 2))).collect();
    let pairs = [("objective", "binary"), ("min_data_in_leaf", "5"), ("min_data_per_group", "10")];
    let parameters = Parameters::from_pairs(pairs).unwrap();
    let data = Dataset::new(&table, labels, None, &parameters).unwrap();
    let mut booster = Booster::new(data, parameters).unwrap();
    for _ in 0..4 {
        booster.train_one_round();
    }
    booster.into_model()
}

#[test]
fn what_is_written_is_read_back() {
    let model = trained();
    let text = to_text(&model);
    let again = parse(&text).unwrap();
    assert_eq!(again.raw_scores(&table()), model.raw_scores(&table()));
    assert_eq!(to_text(&again), text);
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused_or_whole() {
    let text = to_text(&trained());
    let end = text.find("end of trees").unwrap() + "end of trees".len();
    for length in (0..end).step_by(7) {
        let error = parse(&text[..length]).unwrap_err();
        assert_eq!(error.code, "bad_model_file", "{length}");
    }
}

#[test]
fn a_child_that_is_not_there_or_hangs_twice_is_refused() {
    let text = to_text(&trained());
    let line = text.lines().find(|line| line.starts_with("left_child=")).unwrap();
    for wrong in ["999", "0", "-999", "1", "x"] {
        let (name, numbers) = line.split_once('=').unwrap();
        let mut words: Vec<&str> = numbers.split(' ').collect();
        *words.last_mut().unwrap() = wrong;
        let damaged = text.replacen(line, &format!("{name}={}", words.join(" ")), 1);
        let error = parse(&damaged).unwrap_err();
        assert_eq!(error.code, "bad_model_file");
        assert!(error.facts.iter().any(|(name, _)| *name == "line"), "{error:?}");
    }
}
