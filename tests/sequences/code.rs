//! The programs of the code view: each setting reaches them, some in Rust run as examples, one of them that of the default
//! settings, and all make the same steps as the lab from the same weights.

#![cfg(feature = "tensors")]

use crate::common::open_lesson;
use crate::common::programs::{
    LANGUAGES, Python, empty_folder, figure, is_committed, programs, python_with, run, text,
};
use crate::lab::{MODELS, material, small, train};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use emberbook::data::batch::DataLoader;
use emberbook::lab::Lab;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Steps that are compared.
const STEPS: usize = 20;
/// Models with programs.
const WRITTEN: [&str; 11] = [
    "mmsr",
    "concat",
    "gcn",
    "gcn_plain",
    "gat",
    "rgat",
    "key_value",
    "full_attention",
    "early",
    "late",
    "id_only",
];

/// The default settings, but for some.
fn real(settings: Value) -> Box<dyn Lab> {
    open_lesson("sequences", settings, &material()).unwrap()
}

/// The programs that stand in `examples/`, with what differs from the default settings: the second takes the other branch of
/// most choices, the others are those of networks over steps.
fn examples() -> [(&'static str, Value); 6] {
    let other = json!({
        "mode": "code",
        "invasive": "on",
        "score_scale": "root",
        "pooling": "mean",
        "node_info": "position",
        "layers": 2,
    });
    [
        ("sequences_mmsr", json!({})),
        ("sequences_mmsr_code", other),
        ("sequences_features", json!({ "modality": "features" })),
        ("sequences_early", json!({ "model": "early", "encoder": "self_attention" })),
        ("sequences_late", json!({ "model": "late" })),
        ("sequences_id_only", json!({ "model": "id_only" })),
    ]
}

#[test]
fn the_examples_are_the_programs_of_the_lab() {
    for (name, settings) in examples() {
        is_committed(name, &text(&programs(&mut *real(settings)), "rust"));
    }
}

#[test]
fn every_setting_reaches_the_programs() {
    let usual = programs(&mut *small(json!({})));
    for changed in [
        json!({ "seed": 7 }),
        json!({ "max_history": 20 }),
        json!({ "layers": 2 }),
        json!({ "pooling": "mean" }),
        json!({ "node_info": "position" }),
        json!({ "node_info": "type" }),
        json!({ "node_info": "none" }),
        json!({ "modality": "features" }),
        json!({ "mode": "code" }),
        json!({ "order": "ho_he" }),
        json!({ "order": "he_ho" }),
        json!({ "invasive": "on" }),
        json!({ "score_scale": "root" }),
        json!({ "learning_rate": 0.01 }),
        json!({ "batch_size": 32 }),
        json!({ "epochs": 9 }),
        json!({ "dropout": 0.1 }),
        json!({ "attention_dropout": 0.1 }),
        json!({ "model": "concat" }),
        json!({ "model": "gcn" }),
        json!({ "model": "gat" }),
        json!({ "model": "rgat" }),
        json!({ "model": "early" }),
        json!({ "model": "late" }),
        json!({ "model": "id_only" }),
    ] {
        let other = programs(&mut *small(changed.clone()));
        for language in LANGUAGES {
            assert_ne!(text(&usual, language), text(&other, language), "{language} {changed}");
        }
    }
    let late = |encoder: &str| programs(&mut *small(json!({ "model": "late", "encoder": encoder })));
    let [one, other] = ["gru", "self_attention"].map(late);
    for language in LANGUAGES {
        assert_ne!(text(&one, language), text(&other, language), "{language}");
    }
}

#[test]
fn what_has_no_program_says_so() {
    let refused = |lab: &mut dyn Lab, look: &str| {
        block_on(lab.inspect(look, json!({}).into())).err().map(|error| error.code.clone())
    };
    for model in MODELS {
        let mut lab = small(json!({ "model": model }));
        let expected = (!WRITTEN.contains(&model)).then(|| "no_program".to_string());
        assert_eq!(refused(&mut *lab, "code"), expected, "{model}");
    }
    for settings in [json!({ "left_out": ["within"] }), json!({ "edited": "n1.n2" })] {
        for look in ["code", "tables"] {
            let mut lab = small(settings.clone());
            assert_eq!(refused(&mut *lab, look).as_deref(), Some("no_program"), "{settings}");
        }
    }
}

/// The small lab without dropout, which draws other numbers in programs.
fn without_dropout(settings: &Value) -> Box<dyn Lab> {
    let mut all = json!({ "dropout": 0.0, "epochs": 4 });
    // Graph convolutions have no attention, and that over steps leaves nothing out.
    if !["gcn", "gcn_plain", "early", "late", "id_only"]
        .contains(&settings["model"].as_str().unwrap_or("mmsr"))
    {
        all["attention_dropout"] = json!(0.0);
    }
    all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    small(all)
}

/// A folder with the tables of a lab, its weights and its first minibatches.
fn folder(name: &str, lab: &mut dyn Lab) -> PathBuf {
    let folder = empty_folder("sequences_code", name);
    let tables = block_on(lab.inspect("tables", json!({}).into())).unwrap();
    for table in ["histories", "codes"] {
        fs::write(folder.join(format!("{table}.csv")), tables[table].as_str().unwrap()).unwrap();
    }
    if let Some(features) = tables["features"].as_str() {
        fs::write(folder.join("features.safetensors"), STANDARD.decode(features).unwrap()).unwrap();
    }
    let start = STANDARD.decode(tables["start"].as_str().unwrap()).unwrap();
    // The weights of a run that has not begun.
    assert!(start == block_on(lab.export_model("safetensors")).unwrap());
    fs::write(folder.join("start.safetensors"), start).unwrap();
    let settings = serde_json::to_value(lab.settings()).unwrap();
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    let examples = data["train"].as_u64().unwrap() as usize;
    let batch_size = settings["batch_size"].as_u64().unwrap() as usize;
    let mut loader = DataLoader::shuffled((0..examples).collect(), batch_size, 1);
    let lines: Vec<String> = (0..STEPS)
        .map(|_| loader.next_batch().iter().map(usize::to_string).collect::<Vec<_>>().join(" "))
        .collect();
    fs::write(folder.join("batches.txt"), lines.join("\n")).unwrap();
    folder
}

fn save_weights(folder: &Path, lab: &mut dyn Lab) {
    let weights = block_on(lab.export_model("safetensors")).unwrap();
    fs::write(folder.join("weights.safetensors"), weights).unwrap();
}

/// The losses that a program printed are those of the lab's first steps.
fn check_losses(printed: &str, lab: &mut dyn Lab, what: &str) {
    block_on(lab.train(Budget::steps(STEPS as u64))).unwrap();
    let expected: Vec<f64> = lab.history(0).iter().filter_map(|point| point["loss"].as_f64()).collect();
    let losses = printed.lines().filter_map(|line| line.strip_prefix("loss "));
    let found: Vec<f64> = losses.map(|loss| loss.trim().parse().unwrap()).collect();
    assert_eq!((found.len(), expected.len()), (STEPS, STEPS), "{what}: {printed}");
    for (step, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert!((found / expected - 1.0).abs() < 1e-4, "{what}, step {step}: {found} {expected}");
    }
    let changed = (expected[0] - expected[STEPS - 1]).abs();
    assert!(changed > 1e-3, "{what}: the steps changed something, {changed}");
}

/// A program's figures for test items are those of the lab.
fn check_figures(printed: &str, lab: &mut dyn Lab, what: &str) {
    let figures = block_on(lab.evaluate("test")).unwrap();
    for (theirs, ours) in [("HR", "hr@20"), ("MRR", "mrr@20"), ("NDCG", "ndcg@20")] {
        let (found, expected) =
            (figure(printed, &format!("test {theirs}@20 ")), figures[ours].as_f64().unwrap());
        assert!((found - expected).abs() < 1e-4, "{what}, {ours}: {found} {expected}");
    }
}

#[test]
fn the_examples_make_the_steps_of_the_lab_and_judge_as_it_does() {
    for (name, mut settings) in examples() {
        // What is not in the programs: with fewer users and epochs of the auto-encoders the lab is ready sooner.
        let quick = json!({ "dropout": 0.0, "users": 400 });
        settings.as_object_mut().unwrap().extend(quick.as_object().unwrap().clone());
        if name != "sequences_id_only" {
            settings["encoder_epochs"] = json!(10);
        }
        if name.starts_with("sequences_mmsr") || name == "sequences_features" {
            settings["attention_dropout"] = json!(0.0);
        }
        let mut lab = real(settings);
        let folder = folder(name, &mut *lab);
        let printed = run(name, &folder, &["start.safetensors", "batches.txt"]);
        check_losses(&printed, &mut *lab, name);
        save_weights(&folder, &mut *lab);
        let printed = run(name, &folder, &["weights.safetensors"]);
        check_figures(&printed, &mut *lab, name);
    }
}

#[test]
fn programs_in_python_make_the_steps_of_the_lab_and_judge_as_it_does() {
    for (name, settings) in [
        ("usual", json!({ "codes_per_item": 2 })),
        ("code", json!({ "mode": "code", "score_scale": "root" })),
        ("invasive", json!({ "invasive": "on", "order": "ho_he", "pooling": "mean" })),
        ("code_invasive", json!({ "mode": "code", "invasive": "on", "order": "he_ho", "layers": 2 })),
        ("concat", json!({ "model": "concat", "node_info": "type", "missing": 0.5 })),
        ("gcn", json!({ "model": "gcn", "node_info": "position" })),
        ("gcn_plain", json!({ "model": "gcn_plain", "node_info": "none" })),
        ("gat", json!({ "model": "gat", "layers": 2 })),
        ("rgat", json!({ "model": "rgat", "max_history": 4 })),
        ("full_attention", json!({ "model": "full_attention" })),
        ("features", json!({ "modality": "features", "missing": 0.5 })),
        ("early", json!({ "model": "early", "codes_per_item": 2, "missing": 0.5 })),
        ("late", json!({ "model": "late", "encoder": "self_attention", "max_history": 4 })),
        ("id_only", json!({ "model": "id_only" })),
    ] {
        let mut lab = without_dropout(&settings);
        let written = programs(&mut *lab);
        let folder = folder(name, &mut *lab);
        let program = folder.join(written["python"]["file"].as_str().unwrap());
        fs::write(&program, text(&written, "python")).unwrap();
        let [start, weights, batches] =
            ["start.safetensors", "weights.safetensors", "batches.txt"].map(Path::new);
        let printed = python_with(Python::Programs, &folder, &[&program, start, batches]);
        check_losses(&printed, &mut *lab, name);
        train(&mut *lab);
        save_weights(&folder, &mut *lab);
        let printed = python_with(Python::Programs, &folder, &[&program, weights]);
        check_figures(&printed, &mut *lab, name);
    }
}
