//! Model files from outside: what LightGBM 2.2.3 to 4.7.0 wrote is read, and predicts what LightGBM predicts by it.
//!
//! A file works alone in a lab on another table.
//!
//! The oracle is `tests/oracles/boosting_models.py`; the files in `cases` were found to go wrong.

#![cfg(feature = "trees")]

use crate::common::boosting_sets::unpacked;
use crate::common::{open_lesson, with_own_table};
use emberbook::lab::Lab;
use emberbook::lessons::Material;
use gbdt::{Category, Column, Model, Table, model_text};
use pollster::block_on;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/boosting_models")
}

fn case(name: &str) -> String {
    fs::read_to_string(folder().join("cases").join(name)).unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    let number = |value: &Value| value.as_str().map_or(f64::NAN, |text| text.parse().unwrap());
    list.as_array().unwrap().iter().map(number).collect()
}

fn table_of(columns: usize, rows: &[Vec<f64>]) -> Table {
    let column = |index: usize| {
        Column::numeric(&format!("Column_{index}"), rows.iter().map(|row| row[index]).collect())
    };
    Table::new((0..columns).map(column).collect()).unwrap()
}

/// Scores row by row, as LightGBM gives them.
fn by_row(model: &Model, scores: &[f64]) -> Vec<f64> {
    let (classes, rows) = (model.trees_per_round, scores.len() / model.trees_per_round);
    (0..scores.len()).map(|place| scores[place % classes * rows + place / classes]).collect()
}

#[test]
fn every_model_that_lightgbm_wrote_predicts_what_lightgbm_predicts() {
    let held: Value = serde_json::from_str(&unpacked(&folder().join("models.json.gz"))).unwrap();
    let rows: Vec<Vec<f64>> = held["rows"].as_array().unwrap().iter().map(numbers).collect();
    let table = table_of(3, &rows);
    let (mut linear, mut read, mut explained) = (0, 0, 0);
    for (name, entry) in held.as_object().unwrap().iter().filter(|(name, _)| *name != "rows") {
        let text = entry["text"].as_str().unwrap();
        if name.ends_with("/linear") {
            assert_eq!(model_text::parse(text).unwrap_err().code, "linear_tree", "{name}");
            linear += 1;
            continue;
        }
        let ends = text.replace('\n', "\r\n");
        let first = model_text::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = model_text::to_text(&first);
        let windows = format!("\u{feff}{ends}");
        for (way, text) in [("as written", text), ("again", &*written), ("from Windows", &windows)] {
            let model = model_text::parse(text).unwrap_or_else(|error| panic!("{name} {way}: {error}"));
            let mut pairs =
                vec![("raw", by_row(&model, &model.raw_scores(&table))), ("answers", model.answers(&table))];
            if entry.get("contributions").is_some() {
                pairs.push(("contributions", model.contributions(&table).concat()));
                explained += 1;
            }
            for (kind, ours) in pairs {
                let theirs = numbers(&entry[kind]);
                assert_eq!(ours.len(), theirs.len(), "{name}");
                for (place, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
                    // LightGBM 2 took ln(1 + e^score) in two steps.
                    let near = (ours - theirs).abs() <= 4.0 * f64::EPSILON * theirs;
                    let equal = ours.to_bits() == theirs.to_bits()
                        || near && kind == "answers" && *name == "2.2.3/xentlambda";
                    assert!(equal, "{name} {way} {kind} {place}: {ours} {theirs}");
                }
            }
        }
        let line = |text: &str| text.lines().find(|line| line.starts_with("objective")).map(String::from);
        assert_eq!(line(&written), line(text), "{name}");
        read += 1;
    }
    // Those of 4.6.0, each read three times.
    assert_eq!((read, linear, explained), (103, 3, 3 * 26));
}

#[test]
fn files_that_lightgbm_reads_are_read() {
    let rows = [vec![1.0], vec![45.0]];
    for (name, expected) in [
        ("bom", [-0.260_239_751_971_100_33, 0.140_205_166_525_848_25]),
        ("no_version", [-0.260_239_751_971_100_33, 0.140_205_166_525_848_25]),
        ("version_2", [-0.260_239_751_971_100_33, 0.140_205_166_525_848_25]),
        ("nan_ind", [f64::NAN, 0.140_205_166_525_848_25]),
    ] {
        let model = model_text::parse(&case(&format!("{name}.txt"))).unwrap();
        let scores = model.raw_scores(&table_of(1, &rows));
        let equal = |a: &f64, b: &f64| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
        assert!(scores.iter().zip(&expected).all(|(a, b)| equal(a, b)), "{name}: {scores:?}");
        let old_mac = case(&format!("{name}.txt")).replace('\n', "\r");
        assert_eq!(model_text::parse(&old_mac).unwrap().trees.len(), 1, "{name}");
    }
}

#[test]
fn categories_that_are_not_text_are_kept_as_such() {
    for (name, lists) in [
        ("numbers_and_truths", "[[3,4,5],[false,true]]"),
        ("infinity", "[[1.0,Infinity]]"),
        ("pandas_order", r#"[["east","north","west"]]"#),
    ] {
        let model = model_text::parse(&case(&format!("{name}.txt"))).unwrap();
        let written = model_text::to_text(&model);
        let line = written.lines().find_map(|line| line.strip_prefix("pandas_categorical:"));
        assert_eq!(line, Some(lists), "{name}");
        assert_eq!(model_text::parse(&written).unwrap(), Model { version: "v4".into(), ..model }, "{name}");
    }
    let model = model_text::parse(&case("infinity.txt")).unwrap();
    let lists = model.pandas_categorical.unwrap();
    assert_eq!(lists[0][1], Category::Literal("Infinity".into()));
}

#[test]
fn a_model_of_one_s_own_loss_with_three_classes_is_written_and_read_again() {
    let model = model_text::parse(&case("own_loss_three_classes.txt")).unwrap();
    let written = model_text::to_text(&model);
    assert!(!written.contains("\nobjective="), "no objective is made up");
    let again = model_text::parse(&written).unwrap();
    assert_eq!(again, model);
    // Without an objective the answers are the scores.
    assert_eq!(
        again.answers(&table_of(1, &[vec![1.0]])),
        [0.036, 0.031_999_999_999_999_994, 0.031_999_999_999_999_994]
    );
}

#[test]
fn what_is_no_model_of_lightgbm_is_answered_with_the_line() {
    let text = case("version_2.txt");
    for (from, to, line) in [
        ("objective=binary sigmoid:1", "objective=hinge", "7"),
        ("objective=binary sigmoid:1", "objective=binary sigmoid:-1", "7"),
        ("num_tree_per_iteration=1", "num_tree_per_iteration=2", "7"),
        ("leaf_value=-0.26023975197110033 ", "leaf_value=", "20"),
        ("threshold=30.500000000000004", "threshold=30,5", "16"),
        ("left_child=-1", "left_child=0", "18"),
        ("pandas_categorical:null", "pandas_categorical:[[a]]", "159"),
    ] {
        assert!(text.contains(from), "{from}");
        let error = model_text::parse(&text.replacen(from, to, 1)).unwrap_err();
        assert_eq!(error.code, "bad_model_file", "{to}");
        assert!(error.facts.contains(&("line", line.into())), "{to}: {error:?}");
    }
}

/// A lab on a table that has nothing to do with the model, with the model in it.
fn lab_with(model: &str) -> Box<dyn Lab> {
    let mut table = String::from("x,label\n");
    (0..60).for_each(|row| table.push_str(&format!("{},{}\n", row % 10, ["u", "v"][row % 10 / 5])));
    let material = with_own_table("boosting", "own.csv", &table, Material::default());
    let mut lab = open_lesson("boosting", json!({"num_iterations": 2}), &material).unwrap();
    block_on(lab.import_model(model.as_bytes())).unwrap();
    lab
}

fn predict(lab: &mut Box<dyn Lab>, csv: &str) -> Value {
    block_on(lab.predict(json!({"csv": csv, "raw_score": true, "lines": true}).into())).unwrap()
}

#[test]
fn a_loaded_model_maps_categories_by_its_own_list() {
    let mut lab = lab_with(&case("pandas_order.txt"));
    let csv = case("pandas_order.csv");
    let expected: Vec<f64> = case("pandas_order_raw.txt").lines().map(|line| line.parse().unwrap()).collect();
    let answer = predict(&mut lab, &csv);
    assert_eq!(answer["predictions"], json!(expected));
    assert_eq!((&answer["extra"], &answer["unknown"]), (&json!(["y"]), &json!([])));
    // In another order of columns and rows, and with a region that was not there in training.
    let answer = predict(&mut lab, "x,region\n-1.1,west\n\n0.41,south\n0.41,north\n");
    assert_eq!(answer["unknown"], json!([{"row": 4, "column": "region", "value": "south"}]));
    assert_eq!(answer["lines"], json!([1, 2, 4, 5]));
    assert_eq!(answer["predictions"].as_array().unwrap()[2], json!(expected[0]));
    let tree = block_on(lab.inspect("trees", json!({}).into())).unwrap();
    assert_eq!((&tree["trees"], &tree["nodes"][1]["categories"]), (&json!(3), &json!(["north"])));
    assert_eq!(tree["nodes"][1]["feature"], "region");
    let importance = block_on(lab.inspect("importance", json!({}).into())).unwrap();
    assert_eq!(importance["features"][0]["name"], "x");
    let form = block_on(lab.inspect("form", json!({}).into())).unwrap();
    let region =
        json!({"name": "region", "value": "east", "options": ["east", "north", "west"], "range": null});
    assert_eq!(form["columns"][0], region);
    assert_eq!(
        (&form["columns"][1]["range"], &form["meaning"]),
        (&json!([-2.19, 2.25]), &json!("probability"))
    );
}

#[test]
fn numbers_and_truth_values_are_categories_by_their_value() {
    let mut lab = lab_with(&case("numbers_and_truths.txt"));
    let expected = json!([0.384472, 0.375182, 0.384472, 0.384472, 0.384472, 0.252852, 0.384472, 0.252852]);
    let answer = predict(&mut lab, &case("numbers_and_truths.csv"));
    let rounded = |value: &Value| json!((value.as_f64().unwrap() * 1e6).round() / 1e6);
    let ours: Vec<Value> = answer["predictions"].as_array().unwrap().iter().map(rounded).collect();
    assert_eq!(json!(ours), expected);
}

#[test]
fn what_does_not_fit_a_loaded_model_is_named() {
    let mut lab = lab_with(&case("pandas_order.txt"));
    let error = block_on(lab.predict(json!({"csv": "z,x\n1,2\n"}).into())).unwrap_err();
    assert_eq!((error.code.as_str(), &error.details["expected"]), ("columns_do_not_fit", &json!("region")));
    let error = block_on(lab.predict(json!({"csv": "z,t\n1,2\n"}).into())).unwrap_err();
    assert_eq!(error.details["expected"], "region, x");
    // The lab's own table is not one of the model: its rows cannot be judged, and the model stays.
    for error in [
        block_on(lab.evaluate("test")).unwrap_err(),
        block_on(lab.inspect("answers", json!({}).into())).unwrap_err(),
        block_on(lab.inspect("contributions", json!({}).into())).unwrap_err(),
    ] {
        assert_eq!(error.code, "columns_do_not_fit");
    }
    assert!(block_on(lab.inspect("trees", json!({}).into())).is_ok());
    let checkpoint = block_on(lab.checkpoint()).unwrap();
    block_on(lab.restore(&checkpoint)).unwrap();
    assert!(block_on(lab.export_model("lightgbm")).unwrap().starts_with(b"tree\nversion=v4\n"));
    // Without its list a column of texts is refused, and one of numbers is taken as it is.
    let text = case("pandas_order.txt");
    let at = text.find("pandas_categorical:").unwrap();
    let mut lab = lab_with(&format!("{}pandas_categorical:null\n", &text[..at]));
    let error = block_on(lab.predict(json!({"csv": "region,x\nwest,2\n"}).into())).unwrap_err();
    assert_eq!((error.code.as_str(), &error.details["column"]), ("no_category_lists", &json!("region")));
    let expected: Vec<f64> = case("pandas_order_raw.txt").lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(predict(&mut lab, "region,x\n1,0.41\n")["predictions"], json!([expected[0]]));
}

#[test]
fn a_model_of_another_objective_is_predicted_and_kept() {
    let held: Value = serde_json::from_str(&unpacked(&folder().join("models.json.gz"))).unwrap();
    for (name, meaning) in [("poisson", "value"), ("lambdarank", "value"), ("xentropy", "probability")] {
        let mut lab = lab_with(held[format!("4.6.0/{name}")]["text"].as_str().unwrap());
        let csv = "Column_0,Column_1,Column_2\n0.5,3,1\n,4,0\n";
        let answer = block_on(lab.predict(json!({"csv": csv}).into())).unwrap();
        assert_eq!(answer["predictions"].as_array().unwrap().len(), 2, "{name}");
        let form = block_on(lab.inspect("form", json!({}).into())).unwrap();
        assert_eq!(form["meaning"], meaning, "{name}");
    }
}
