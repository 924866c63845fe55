//! The programs of the code view: each setting reaches them, those of the default settings run as examples, and they
//! predict with exported weights what the lab predicts.

#![cfg(feature = "tensors")]

use crate::common::programs::{
    LANGUAGES, empty_folder, example, figure, is_committed, programs, python, run, text,
};
use crate::common::{open, open_with, own_table_as, with_own_table};
use emberbook::data::iris::iris;
use emberbook::data::table::{DecimalSign, TableReading};
use emberbook::lessons::{Material, Own};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Each example and the settings it is generated from.
fn examples() -> [(&'static str, Value); 4] {
    [
        ("iris_network", json!({})),
        ("iris_network_adam", json!({ "optimizer": "adam" })),
        ("iris_softmax", json!({ "model": "softmax" })),
        ("iris_svm", json!({ "model": "svm" })),
    ]
}

#[test]
fn the_examples_are_the_programs_of_the_lab() {
    for (name, settings) in examples() {
        let generated = text(&programs(&mut *open(settings)), "rust");
        is_committed(name, &generated);
    }
}

/// A folder of its own for an example, with the table where the program looks for it.
fn folder(name: &str) -> PathBuf {
    let folder = empty_folder("code_view", name);
    fs::create_dir_all(folder.join("data/iris")).unwrap();
    let table = "data/iris/iris_fisher150.csv";
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(table), folder.join(table)).unwrap();
    folder
}

#[test]
fn each_example_trains_and_tells_the_flowers_apart() {
    for (name, _) in examples() {
        let printed = run(name, &folder(&format!("{name}_train")), &[]);
        let accuracy = figure(&printed, "test accuracy ");
        println!("{name}: test accuracy {accuracy:.3}");
        assert!((0.8..=1.0).contains(&accuracy), "{name}: {printed}");
    }
}

#[test]
fn each_example_predicts_with_exported_weights_what_the_lab_predicts() {
    let table = iris();
    for (name, settings) in examples() {
        let mut lab = open(settings);
        block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
        let folder = folder(&format!("{name}_load"));
        fs::write(folder.join("weights.safetensors"), block_on(lab.export_model("safetensors")).unwrap())
            .unwrap();
        let printed = run(name, &folder, &["weights.safetensors"]);
        let answer = block_on(lab.predict(json!(table.rows).into())).unwrap();
        let expected: Vec<&str> =
            answer["classes"].as_array().unwrap().iter().map(|class| class.as_str().unwrap()).collect();
        let predicted = fs::read_to_string(folder.join("predictions.txt")).unwrap();
        assert!(predicted.lines().eq(expected.iter().copied()), "{name}");
        let right = table
            .labels
            .iter()
            .zip(&expected)
            .filter(|(label, class)| table.classes[**label as usize] == **class);
        let accuracy = right.count() as f64 / table.labels.len() as f64;
        assert!((figure(&printed, "accuracy over all rows ") - accuracy).abs() < 0.001, "{name}: {printed}");
    }
}

#[test]
fn weights_of_another_model_are_refused_by_the_name_of_the_tensor() {
    let folder = folder("refused");
    let mut lab = open(json!({ "hidden": [5] }));
    fs::write(folder.join("weights.safetensors"), block_on(lab.export_model("safetensors")).unwrap())
        .unwrap();
    for (name, tensor) in [("iris_network", "fc1.weight"), ("iris_softmax", "linear.weight")] {
        let output = example(name, &folder, &["weights.safetensors"]).output().unwrap();
        assert!(!output.status.success(), "{name}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(tensor), "{name}");
    }
}

#[test]
fn every_setting_reaches_both_programs() {
    let common = [
        ("seed", json!(77)),
        ("features", json!(["petal_width"])),
        ("split", json!("as_written")),
        ("train_size", json!(30)),
    ];
    let mlp = [
        ("hidden", json!([9, 4])),
        ("activation", json!("relu")),
        ("init_std", json!(0.37)),
        ("init_bias", json!(0.25)),
        ("optimizer", json!("adam")),
        ("learning_rate", json!(0.031)),
        ("batch_size", json!(5)),
        ("epochs", json!(33)),
        ("eval_steps", json!(21)),
        ("checkpoint", json!("best_dev")),
    ];
    let softmax = [("C", json!(500.0))];
    let svm = [("C", json!(500.0)), ("kernel", json!("linear")), ("gamma", json!(0.37))];
    for (model, own) in [("mlp", &mlp[..]), ("softmax", &softmax), ("svm", &svm)] {
        let plain = programs(&mut *open(json!({ "model": model })));
        for (name, value) in common.iter().chain(own) {
            let mut settings = json!({ "model": model });
            settings[name] = value.clone();
            let changed = programs(&mut *open(settings));
            for language in LANGUAGES {
                assert_ne!(text(&plain, language), text(&changed, language), "{model}, {name}, {language}");
            }
        }
    }
}

#[test]
fn each_model_and_optimizer_has_a_program_of_its_own_and_says_what_to_install() {
    let mut texts = Vec::new();
    let mut settings: Vec<Value> = ["softmax", "svm"].iter().map(|model| json!({ "model": model })).collect();
    settings.extend(
        ["sgd", "momentum", "adagrad", "rmsprop", "adam"].map(|optimizer| json!({ "optimizer": optimizer })),
    );
    for settings in settings {
        let programs = programs(&mut *open(settings));
        for (language, end, word) in [("rust", ".rs", "[dependencies]"), ("python", ".py", "pip install")] {
            assert!(programs[language]["file"].as_str().unwrap().ends_with(end));
            assert!(programs[language]["install"].as_str().unwrap().starts_with(word));
            let text = text(&programs, language);
            assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
            assert!(!texts.contains(&text), "two settings have one program");
            texts.push(text);
        }
    }
}

/// A table with names that would end a string, a comment or a line where they are not escaped.
fn hostile_table() -> Material {
    let mut text = String::from("\"a\"\"; panic!(); //\",{{seed}},花瓣长,kind\n");
    for row in 0..30 {
        text += &format!("{},{},{},{}\n", row % 9, row % 7, row % 5, ["\"\"\"x\"\"\"", "y\\", "z"][row % 3]);
    }
    let file = "own\"\n*/ import os.tsv";
    with_own_table("iris", file, &text.replace(',', "\t"), Material::default())
}

const SEMICOLON: &[u8] = include_bytes!("../fixtures/tables/semicolon.csv");
const SEP_LINE: &[u8] = include_bytes!("../fixtures/tables/excel_sep_line.csv");
const UNITS: &[u8] = include_bytes!("../fixtures/tables/units_row.csv");
const HEADERLESS: &[u8] = include_bytes!("../fixtures/tables/headerless.csv");
const LABEL_GAP: &[u8] = include_bytes!("../fixtures/tables/label_one_gap.csv");
const WESTERN: &[u8] = include_bytes!("../fixtures/tables/western_windows1252.csv");

/// Thousands, decimal commas, euros, a stray cell, a gap, a repeated header, signs without a width and classes of numbers.
fn untidy() -> String {
    let mut text = String::from("\u{200b}fläche;preis;klasse\n");
    for row in 0..30 {
        let area = if row == 7 { "k.A.".into() } else { format!("{}.{:03},5", 1 + row % 4, row * 31 % 1000) };
        let price = if row == 9 { String::new() } else { format!("{},{:02} €", row * 3 % 40, row) };
        let unseen = if row == 11 { "\u{2060}" } else { "" };
        text += &format!("{area};{price};{}{unseen}\n", row % 3);
        if row == 12 {
            text += "fläche;preis;klasse\n";
        }
    }
    text
}

/// A file as it lies on the disk, as it is read, and with which settings.
fn own_files() -> Vec<(&'static str, Vec<u8>, String, TableReading, Value)> {
    let utf8 = |name, bytes: &[u8], settings| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        (name, bytes.to_vec(), text, TableReading::default(), settings)
    };
    let western: String = WESTERN.iter().map(|byte| char::from(*byte)).collect();
    let windows = TableReading { encoding: Some("windows-1252".into()), ..TableReading::default() };
    let people = "land|menschen|art\nA|1.234|x\nB|12.345|y\nC|987|x\n".to_string()
        + &"D|1.000|x\nE|2.000|y\n".repeat(4);
    let comma = TableReading { decimal: Some(DecimalSign::Comma), ..TableReading::default() };
    vec![
        utf8("semicolon.csv", SEMICOLON, json!({})),
        utf8("sep_line.csv", SEP_LINE, json!({})),
        utf8("units.csv", UNITS, json!({})),
        utf8("headerless.csv", HEADERLESS, json!({})),
        utf8("label_gap.csv", LABEL_GAP, json!({})),
        utf8("untidy.csv", untidy().as_bytes(), json!({})),
        ("western.csv", WESTERN.to_vec(), western, windows, json!({})),
        ("people.csv", people.clone().into_bytes(), people, comma, json!({})),
    ]
}

#[test]
fn python_reads_a_file_of_ones_own_as_the_page_has_read_it() {
    for (name, bytes, decoded, reading, settings) in own_files() {
        let table = own_table_as("iris", name, decoded.as_bytes(), &reading).unwrap();
        let material = Material { own: Some(Own::Table(table)), ..Material::default() };
        for model in ["mlp", "softmax"] {
            let mut settings = settings.clone();
            settings["model"] = json!(model);
            let mut lab = open_with(settings, &material).unwrap();
            let program = text(&programs(&mut *lab), "python");
            let start = program.find("FILE = ").unwrap();
            let reads = &program[start..program.find("# Min-max scaling").unwrap()];
            let folder = empty_folder("code_view", &format!("{name}_{model}"));
            fs::write(folder.join(name), &bytes).unwrap();
            let ends = "import json\nprint(json.dumps([x.tolist(), y.tolist()]))\n";
            fs::write(
                folder.join("reads.py"),
                format!("import csv\nimport math\nimport numpy as np\n{reads}\n{ends}"),
            )
            .unwrap();
            let printed: Value = serde_json::from_str(&python(&folder, &[Path::new("reads.py")])).unwrap();
            let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
            assert_eq!(printed, json!([data["rows"], data["labels"]]), "{name}: {reads}");
            assert!(data["total"].as_u64().unwrap() >= 9, "{name}");
            assert_eq!(program.contains("import math"), model == "mlp" || reads.contains("math."), "{name}");
        }
    }
}

#[test]
fn the_program_in_rust_for_an_untidy_file_reads_it_and_predicts_what_the_lab_predicts() {
    let text_of_file = untidy();
    let material = with_own_table("iris", "untidy.csv", &text_of_file, Material::default());
    let mut lab = open_with(json!({ "model": "softmax", "C": 100 }), &material).unwrap();
    is_committed("iris_softmax_own", &text(&programs(&mut *lab), "rust"));
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    let folder = empty_folder("code_view", "own_in_rust");
    fs::write(folder.join("untidy.csv"), text_of_file).unwrap();
    fs::write(folder.join("weights.safetensors"), block_on(lab.export_model("safetensors")).unwrap())
        .unwrap();
    run("iris_softmax_own", &folder, &["weights.safetensors"]);
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    assert_eq!(data["total"], 28);
    let answer = block_on(lab.predict(data["rows"].clone().into())).unwrap();
    let predicted = fs::read_to_string(folder.join("predictions.txt")).unwrap();
    let expected = answer["classes"].as_array().unwrap().iter().map(|class| class.as_str().unwrap());
    assert!(predicted.lines().eq(expected), "{predicted}");
}

#[test]
fn programs_for_an_own_table_read_it_by_the_names_of_its_columns() {
    for model in ["mlp", "softmax", "svm"] {
        let settings = json!({ "model": model, "label_column": "kind" });
        let programs = programs(&mut *open_with(settings, &hostile_table()).unwrap());
        let rust = text(&programs, "rust");
        assert!(rust.contains(r#"const FILE: &str = "own\"\n*/ import os.tsv";"#), "{rust}");
        assert!(rust.contains(r"const DELIMITER: u8 = b'\t';"), "{rust}");
        assert!(rust.contains(r#"const LABEL: &str = "kind";"#), "{rust}");
        assert!(rust.contains(r#"= ["a\"; panic!(); //", "{{seed}}", "花瓣长"];"#), "{rust}");
        let python = text(&programs, "python");
        assert!(python.contains(r#"FILE = "own\"\x0a*/ import os.tsv""#), "{python}");
        assert!(python.contains("DELIMITER = \"\\t\""), "{python}");
        assert!(python.contains(r#"FEATURES = ["a\"; panic!(); //", "{{seed}}", "花瓣长"]"#), "{python}");
        assert!(!rust.contains("iris_fisher150") && !python.contains("load_iris"));
    }
}
