//! The lab of the boosting lesson as the page drives it.

#![cfg(feature = "trees")]

use crate::common::{open_lesson, own_table, with_own_table};
use emberbook::error::LabError;
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use flate2::read::GzDecoder;
use pollster::block_on;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

fn material() -> Material {
    let material = Material::default();
    for (file, name) in [("bank-uci.csv.gz", "bank.bin"), ("adult-uci.csv.gz", "adult.bin")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/boosting").join(file);
        let mut bytes = Vec::new();
        GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
        material.files.add(name, Content::Bytes(Rc::new(bytes)));
    }
    material
}

fn open_with(material: &Material, settings: Value) -> Result<Box<dyn Lab>, LabError> {
    open_lesson("boosting", settings, material)
}

fn open(settings: Value) -> Box<dyn Lab> {
    open_with(&material(), settings).unwrap()
}

fn run(lab: &mut Box<dyn Lab>) {
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
}

fn auc(lab: &mut Box<dyn Lab>, split: &str) -> f64 {
    block_on(lab.evaluate(split)).unwrap()["auc"].as_f64().unwrap()
}

fn own(text: &str) -> Material {
    with_own_table("boosting", "own.csv", text, material())
}

/// What the page says of the leak, on the first 4 of its 20 splits.
#[test]
fn the_leak_is_worth_what_the_page_says() {
    let mean = |settings: Value| {
        let of_seed = |seed: u64| {
            let mut settings = settings.clone();
            settings["seed"] = json!(seed);
            let mut lab = open(settings);
            run(&mut lab);
            auc(&mut lab, "test")
        };
        (1..=4).map(of_seed).sum::<f64>() / 4.0
    };
    let with = mean(json!({}));
    let without = mean(json!({"drop_columns": ["duration"]}));
    println!("with duration {with:.4}, without {without:.4}");
    assert!((0.87..0.93).contains(&with), "{with}");
    assert!((0.70..0.76).contains(&without), "{without}");
}

#[test]
fn seeds_up_to_the_largest_draw_and_go_to_lightgbm_as_it_takes_them() {
    let trees = |seed: u32| {
        let mut lab = open(
            json!({"num_iterations": 3, "bagging_fraction": 0.5, "bagging_freq": 1, "feature_fraction": 0.5, "seed": seed}),
        );
        run(&mut lab);
        let code = block_on(lab.inspect("code", Ask::from(Value::Null))).unwrap()["python"].to_string();
        let model = String::from_utf8(block_on(lab.export_model("lightgbm")).unwrap()).unwrap();
        (model.split("end of trees").next().unwrap().to_string(), code)
    };
    let (largest, code) = trees(u32::MAX);
    assert_eq!(largest, trees(u32::MAX).0);
    assert!(code.contains(r#"\"seed\": -1"#), "{code}");
    for seed in [2_000_000_001, 2_147_483_647, 2_147_483_648, u32::MAX - 1] {
        assert_ne!(trees(seed).0, largest, "{seed}");
    }
}

#[test]
fn a_checkpoint_goes_on_to_the_same_end() {
    let settings =
        json!({"num_iterations": 30, "bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.5});
    let mut whole = open(settings.clone());
    run(&mut whole);
    let mut first = open(settings.clone());
    block_on(first.train(Budget::steps(11))).unwrap();
    let checkpoint = block_on(first.checkpoint()).unwrap();
    let mut second = open(settings);
    block_on(second.restore(&checkpoint)).unwrap();
    assert_eq!(second.progress().step, 11);
    run(&mut second);
    assert_eq!(second.history(0), whole.history(0));
    let text = |lab: &mut Box<dyn Lab>| block_on(lab.export_model("lightgbm")).unwrap();
    assert_eq!(text(&mut second), text(&mut whole));
    // Back again, and forth.
    block_on(second.restore(&checkpoint)).unwrap();
    assert_eq!(second.progress().step, 11);
}

#[test]
fn a_checkpoint_beyond_the_end_of_the_run_is_refused_and_changes_nothing() {
    let settings = json!({"num_iterations": 200, "learning_rate": 0.5, "early_stopping_round": 5});
    let mut ended = open(settings.clone());
    run(&mut ended);
    let progress = ended.progress();
    let rounds = progress.step;
    assert!(rounds < 200, "it stops early");
    assert_eq!((progress.total_steps, progress.epoch, progress.total_epochs), (rounds, rounds, 200));
    let note = |lab: &mut Box<dyn Lab>| -> Value {
        serde_json::from_slice(&block_on(lab.checkpoint()).unwrap()).unwrap()
    };
    let whole = note(&mut ended);
    let mut early = open(settings.clone());
    block_on(early.train(Budget::steps(3))).unwrap();
    let mut loaded = open(settings);
    let progress = loaded.progress();
    assert_eq!((progress.step, progress.total_steps, progress.epoch), (0, 200, 1));
    block_on(loaded.import_model(&block_on(ended.export_model("lightgbm")).unwrap())).unwrap();
    for lab in [&mut ended, &mut early, &mut loaded] {
        let before = (lab.progress(), lab.history(0), note(lab), auc(lab, "valid"));
        for beyond in [rounds + 1, 201, u64::MAX] {
            let mut forged = whole.clone();
            forged["rounds"] = json!(beyond);
            let error = block_on(lab.restore(forged.to_string().as_bytes())).unwrap_err();
            assert_eq!(error.code, "bad_checkpoint");
            assert_eq!((lab.progress(), lab.history(0), note(lab), auc(lab, "valid")), before);
        }
        block_on(lab.restore(whole.to_string().as_bytes())).unwrap();
        assert_eq!((lab.progress().step, note(lab)), (rounds, whole.clone()));
    }
}

/// The same run in tests/browser/cases/boosting.mjs, in every browser.
#[test]
fn trees_are_the_same_bytes_as_in_a_browser() {
    let mut lab = open(json!({"num_iterations": 12, "num_leaves": 15, "seed": 3}));
    run(&mut lab);
    let hash = block_on(lab.export_model("lightgbm"))
        .unwrap()
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    assert_eq!(format!("{hash:x}"), "d2730a7c878a978c");
}

#[test]
fn a_model_is_written_read_and_refused() {
    let mut lab = open(json!({"num_iterations": 5}));
    run(&mut lab);
    let model = block_on(lab.export_model("lightgbm")).unwrap();
    let before = auc(&mut lab, "valid");
    let mut other = open(json!({"num_iterations": 50}));
    block_on(other.import_model(&model)).unwrap();
    assert_eq!(auc(&mut other, "valid"), before);
    assert!(other.progress().finished);
    let mut cut = model.clone();
    cut.truncate(model.len() / 2);
    let error = block_on(other.import_model(&cut)).unwrap_err();
    assert_eq!(error.code, "bad_model_file");
    assert_eq!(auc(&mut other, "valid"), before, "a refused file changes nothing");
    let mut fewer = open(json!({"drop_columns": ["age"]}));
    // The model finds the columns it needs in the table, whatever the settings leave out.
    block_on(fewer.import_model(&model)).unwrap();
    assert_eq!(auc(&mut fewer, "valid"), before);
}

#[test]
fn the_document_s_shape_has_an_auc_that_means_nothing() {
    let mut lab = open(json!({"dataset": "rare_buyers"}));
    run(&mut lab);
    assert_eq!(auc(&mut lab, "test"), 1.0);
    let answers = block_on(lab.inspect("answers", json!({"split": "test"}).into())).unwrap();
    assert_eq!((&answers["empty"], &answers["positives"]), (&json!(true), &json!(0.0)));
    let log = block_on(lab.inspect("job", json!({}).into())).unwrap();
    let lines: Vec<&str> =
        log["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    // The document's own lines.
    assert_eq!(lines[0], "[LightGBM] [Info] Number of positive: 3, number of negative: 2376");
    assert_eq!(lines[3], "[LightGBM] [Info] [binary:BoostFromScore]: pavg=0.001261 -> initscore=-6.674561");
    assert!(lines.contains(&"[10]\tvalid_0's auc: 1"), "{lines:?}");
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    assert_eq!(data["parts"]["train"]["classes"], json!([2376, 3]));
    assert_eq!(data["parts"]["test"]["classes"], json!([199, 0]));
}

#[test]
fn every_table_and_every_look_inside_answers() {
    for settings in [
        json!({"num_iterations": 3}),
        json!({"num_iterations": 3, "encoding": "one_hot"}),
        json!({"num_iterations": 3, "encoding": "ordinal", "grow_policy": "level_wise"}),
        json!({"num_iterations": 3, "dataset": "products"}),
        json!({"num_iterations": 3, "dataset": "rare_buyers", "boosting": "dart"}),
        json!({"num_iterations": 2, "dataset": "adult", "data_sample_strategy": "goss"}),
    ] {
        let mut lab = open(settings.clone());
        run(&mut lab);
        for (what, options) in [
            ("data", json!({})),
            ("growth", json!({"splits": 4})),
            ("growth", json!({"splits": 2, "policy": "level_wise"})),
            ("importance", json!({})),
            ("answers", json!({"split": "valid"})),
            ("contributions", json!({"row": 3})),
            ("trees", json!({"tree": 1})),
            ("rules", json!({"conditions": []})),
            ("ranking", json!({"top": 5})),
            ("form", json!({})),
            ("batch", json!({"source": "test"})),
            ("job", json!({})),
            ("model_text", json!({})),
            ("table_csv", json!({})),
            ("code", json!({})),
        ] {
            let answer = block_on(lab.inspect(what, options.into()));
            assert!(answer.is_ok(), "{settings} {what}: {:?}", answer.err());
        }
        for split in ["train", "valid", "test"] {
            assert!(auc(&mut lab, split).is_finite());
        }
    }
}

#[test]
fn rows_are_predicted_in_their_order_by_the_names_of_their_columns() {
    let mut lab = open(json!({"dataset": "products", "num_iterations": 20}));
    run(&mut lab);
    let csv = "城市,年龄,商品ID\n上海,24,P01\n沈阳,70,P01\n上海,24,P01\n";
    let answer = block_on(lab.predict(json!({"csv": csv}).into())).unwrap();
    let answers: Vec<f64> =
        answer["predictions"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    assert_eq!(answers[0], answers[2]);
    assert!(answers[0] > 2.0 * answers[1], "{answers:?}");
    let raw = block_on(lab.predict(json!({"csv": csv, "raw_score": true}).into())).unwrap();
    let contributions = block_on(lab.predict(json!({"csv": csv, "pred_contrib": true}).into())).unwrap();
    let sum: f64 =
        contributions["predictions"][0].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).sum();
    assert!((sum - raw["predictions"][0].as_f64().unwrap()).abs() < 1e-9);
    let error = block_on(lab.predict(json!({"csv": "年龄,城市\n24,上海\n"}).into())).unwrap_err();
    assert_eq!(error.code, "columns_do_not_fit");
}

/// Of a random forest LightGBM's `raw_score` and `pred_contrib` are sums over the trees; the answer, and on the page the
/// score it is made of, is the mean.
#[test]
fn the_score_of_a_forest_is_taken_apart_as_its_answer_is_made() {
    let mut lab = open(json!({
        "dataset": "products", "num_iterations": 8, "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.7
    }));
    run(&mut lab);
    let csv = "城市,年龄,商品ID\n上海,24,P01\n";
    let mut ask = |form: &str| {
        let question = json!({"csv": csv, form: true});
        block_on(lab.predict(question.into())).unwrap()["predictions"][0].clone()
    };
    let sum = |list: &Value| list.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).sum::<f64>();
    let logistic = |score: f64| 1.0 / (1.0 + (-score).exp());
    let (raw, answer) = (ask("raw_score").as_f64().unwrap(), ask("lines").as_f64().unwrap());
    assert!((sum(&ask("pred_contrib")) - raw).abs() < 1e-9);
    assert!((logistic(raw / 8.0) - answer).abs() < 1e-12 && (logistic(raw) - answer).abs() > 1e-3);
    let told = block_on(lab.inspect("contributions", json!({"row": 1}).into())).unwrap();
    let number = |name: &str| told[name].as_f64().unwrap();
    let adds: Vec<Value> =
        told["values"].as_array().unwrap().iter().map(|value| value["contribution"].clone()).collect();
    assert!((number("base") + sum(&json!(adds)) - number("score")).abs() < 1e-9);
    assert!((logistic(number("score")) - number("answer")).abs() < 1e-12);
}

#[test]
fn a_batch_transform_loses_the_last_line_as_the_document_s_does() {
    let mut lab = open(json!({"num_iterations": 3}));
    run(&mut lab);
    block_on(lab.inspect("batch_file", json!({"source": "test"}).into())).unwrap();
    let mut job = |options: Value| block_on(lab.inspect("batch", options.into())).unwrap();
    let whole = job(json!({}));
    assert_eq!((&whole["records"], &whole["lines"], &whole["lost"]), (&json!(904), &json!(904), &json!(0)));
    assert_eq!(whole["request_count"], 1);
    // Joined by lines the job fails when an answer is missing; without a join a person is silently lost.
    let cut = job(json!({"ends_with_line": false}));
    assert_eq!(cut["failed"], "answers_missing");
    let silent = job(json!({"ends_with_line": false, "join_source": "None", "output_filter": "$"}));
    assert_eq!((&silent["lost"], &silent["failed"]), (&json!(1), &Value::Null));
    let mended = job(json!({"ends_with_line": false, "drops_last_line": false}));
    assert_eq!(mended["lost"], 0);
    let single = job(json!({"strategy": "SingleRecord", "max_concurrent_transforms": 4}));
    assert_eq!((&single["request_count"], &single["waves"]), (&json!(904), &json!(226)));
    assert_eq!(single["output"], whole["output"]);
    assert_eq!(job(json!({"max_payload": 0.00001}))["failed"], "payload_too_large");
    assert_eq!(job(json!({"output_filter": "$[0:2]"}))["failed"], "bad_filter");
    // In parts, as the page asks with its progress bar: the same output.
    let (mut next, mut output, mut parts) = (json!(0), String::new(), 0);
    while !next.is_null() {
        let part = job(json!({"strategy": "SingleRecord", "from_request": next, "most_records": 100}));
        output.push_str(part["output"].as_str().unwrap());
        next = part["next"].clone();
        parts += 1;
    }
    assert_eq!((parts, json!(output)), (10, whole["output"].clone()));
}

#[test]
fn the_four_functions_of_a_batch_transform_can_be_changed() {
    let mut lab = open(json!({"num_iterations": 5}));
    run(&mut lab);
    block_on(lab.inspect("batch_file", json!({"source": "test"}).into())).unwrap();
    let mut job = |options: Value| block_on(lab.inspect("batch", options.into())).unwrap();
    let first = |outcome: &Value| outcome["output"].as_str().unwrap().lines().next().unwrap().to_string();
    let alone = json!({"join_source": "None", "output_filter": "$"});
    let with = |change: Value| {
        let mut options = alone.clone();
        options.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        options
    };
    let probability: f64 = first(&job(alone.clone())).parse().unwrap();
    let raw: f64 = first(&job(with(json!({"answer": "raw_score"})))).parse().unwrap();
    assert!((1.0 / (1.0 + (-raw).exp()) - probability).abs() < 1e-12);
    assert_eq!(first(&job(with(json!({"answer": "label", "threshold": 0.0})))), "yes");
    assert_eq!(first(&job(with(json!({"answer": "label", "threshold": 1.0})))), "no");
    assert_eq!(first(&job(with(json!({"decimals": 3})))), format!("{probability:.3}"));
    assert_ne!(first(&job(with(json!({"num_iteration": 1})))), first(&job(alone.clone())));
    assert_eq!(job(with(json!({"separator": ";"})))["failed"], "bad_record");
    assert_eq!(job(with(json!({"model_file": "modle.txt"})))["failed"], "no_model");
    // The first version of the document's output_fn: one line a request, which cannot be joined to the records.
    let line = job(with(json!({"form": "one_line"})));
    assert_eq!((&line["lines"], first(&line).split(',').count()), (&json!(1), 904));
    assert_eq!(job(json!({"form": "one_line"}))["failed"], "answers_missing");
    assert_eq!(
        block_on(lab.inspect("batch", json!({"answer": "all"}).into())).unwrap_err().code,
        "bad_input"
    );
}

#[test]
fn a_batch_transform_runs_over_a_file_of_one_s_own() {
    let mut lab = open(json!({"num_iterations": 3}));
    run(&mut lab);
    let all = block_on(lab.inspect("batch_file", json!({"source": "all"}).into())).unwrap();
    assert_eq!(all["records"], 4521);
    let table = block_on(lab.inspect("table_csv", json!({}).into())).unwrap();
    let text: String =
        table["text"].as_str().unwrap().lines().take(31).map(|line| format!("{line}\n")).collect();
    let own = |text: &str| json!({"source": "own", "name": "people.csv", "text": text});
    assert_eq!(block_on(lab.inspect("batch_file", own(&text).into())).unwrap()["records"], 30);
    let outcome = block_on(lab.inspect("batch", json!({}).into())).unwrap();
    assert_eq!((&outcome["lines"], &outcome["next"]), (&json!(30), &Value::Null));
    for (bad, reason) in [("age,job\n30,admin\n", "missing_column"), (&text[..text.len() - 30], "row_length")]
    {
        let error = block_on(lab.inspect("batch_file", own(bad).into())).unwrap_err();
        assert_eq!((error.code.as_str(), &error.details["reason"]), ("bad_table", &json!(reason)));
    }
    // The file chosen before is still there.
    assert_eq!(block_on(lab.inspect("batch", json!({}).into())).unwrap()["lines"], 30);
}

/// What a worker had is gone when it is replaced: the lab that takes over says so, and runs over no other rows.
#[test]
fn a_batch_transform_whose_file_is_not_there_is_refused() {
    let settings = json!({"num_iterations": 3});
    let mut lab = open(settings.clone());
    run(&mut lab);
    let refused = |lab: &mut Box<dyn Lab>, options: Value| {
        let error = block_on(lab.inspect("batch", options.into())).unwrap_err();
        assert_eq!(error.code, "no_batch_file");
    };
    refused(&mut lab, json!({}));
    let table = block_on(lab.inspect("table_csv", json!({}).into())).unwrap();
    let text: String =
        table["text"].as_str().unwrap().lines().take(31).map(|line| format!("{line}\n")).collect();
    let own = json!({"source": "own", "name": "people.csv", "text": text});
    let ready = block_on(lab.inspect("batch_file", own.clone().into())).unwrap();
    let named = json!({"file": ready["file"]});
    let whole = block_on(lab.inspect("batch", named.clone().into())).unwrap();
    assert_eq!(whole["lines"], 30);

    let mut fresh = open(settings);
    block_on(fresh.restore(&block_on(lab.checkpoint()).unwrap())).unwrap();
    refused(&mut fresh, named.clone());
    refused(&mut fresh, json!({}));
    // With the file in the request a fresh lab needs nothing else, and goes on by its name.
    let brought = block_on(fresh.inspect("batch", own.into())).unwrap();
    assert_eq!((&brought["output"], &brought["file"]), (&whole["output"], &ready["file"]));
    assert_eq!(block_on(fresh.inspect("batch", named.clone().into())).unwrap()["lines"], 30);
    // Another file has taken its place.
    block_on(fresh.inspect("batch_file", json!({"source": "test"}).into())).unwrap();
    refused(&mut fresh, named);
    let error = block_on(fresh.inspect("batch", json!({"source": "own"}).into())).unwrap_err();
    assert_eq!((error.code.as_str(), &error.details["option"]), ("bad_input", &json!("text")));
}

#[test]
fn an_unknown_option_of_a_look_is_refused_by_its_name() {
    let mut lab = open(json!({"num_iterations": 1}));
    for (what, options, option) in [
        ("growth", json!({"split": 3}), "split"),
        ("growth", json!({"policy": "breadth"}), "policy"),
        ("trees", json!({"number": 1}), "number"),
        ("batch", json!({"max_payloads": 1}), "max_payloads"),
        ("batch", json!({"threshold": 2}), "threshold"),
        ("data", json!({"rows": 3}), "rows"),
    ] {
        let error = block_on(lab.inspect(what, options.into())).unwrap_err();
        assert_eq!((error.code.as_str(), &error.details["option"]), ("bad_input", &json!(option)), "{what}");
    }
}

#[test]
fn looks_that_weigh_two_classes_refuse_other_labels() {
    let mut several = String::from("x,label\n");
    (0..300).for_each(|row| several.push_str(&format!("{},{}\n", row % 30, ["u", "v", "w"][row % 30 / 10])));
    let mut number = String::from("x,price\n");
    (0..300).for_each(|row| number.push_str(&format!("{},{}\n", row % 30, f64::from(row % 30) * 1.5 + 0.25)));
    for text in [several, number] {
        let mut lab = open_with(&own(&text), json!({"num_iterations": 2})).unwrap();
        run(&mut lab);
        for (what, options) in [("answers", json!({})), ("rules", json!({"conditions": []}))] {
            assert_eq!(block_on(lab.inspect(what, options.into())).unwrap_err().code, "bad_input", "{what}");
        }
    }
}

#[test]
fn a_leaf_that_cannot_be_split_has_an_empty_histogram_and_no_field_less() {
    // No leaf is split next at this depth; a feature is asked for by name all the same.
    let mut lab = open(json!({"num_iterations": 1, "max_depth": 1}));
    let growth = block_on(lab.inspect("growth", json!({"splits": 1, "feature": "age"}).into())).unwrap();
    assert_eq!(growth["next"], Value::Null);
    let names: Vec<&String> = growth["histogram"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["feature", "categorical", "bins", "tried", "order", "best"]);
    let tree = block_on(lab.inspect("trees", json!({"tree": 7}).into())).unwrap();
    assert_eq!(tree, json!({"trees": 0, "tree": null, "shrinkage": null, "nodes": [], "leaves": []}));
}

#[test]
fn histograms_are_compared_with_exact_search() {
    let mut lab = open(json!({"drop_columns": ["duration"]}));
    let answer = block_on(lab.inspect("exact_search", json!({"rounds": 5}).into())).unwrap();
    let searches = answer["searches"].as_array().unwrap();
    let column = |name: &str| searches.iter().map(|one| one[name].as_f64().unwrap()).collect::<Vec<_>>();
    assert_eq!(
        searches.iter().map(|one| one["max_bin"].as_u64()).collect::<Vec<_>>(),
        [None, Some(255), Some(63), Some(15)]
    );
    assert!(column("places").is_sorted_by(|a, b| a > b), "{:?}", column("places"));
    assert!(column("bytes")[0] > column("bytes")[3]);
    assert!(column("valid").iter().all(|auc| (0.6..0.85).contains(auc)), "{:?}", column("valid"));
    assert!(block_on(lab.inspect("exact_search", json!({"rounds": 0}).into())).is_err());
}

#[test]
fn a_table_of_one_s_own_is_learned_from() {
    let mut text = String::from("name,size,kind,bought\n");
    for row in 0..400 {
        let kind = ["a", "b", ""][row % 3];
        text.push_str(&format!("p{row},{},{kind},{}\n", row % 17, if row % 17 > 8 { "yes" } else { "no" }));
    }
    let material = own(&text);
    let mut lab = open_with(&material, json!({"drop_columns": ["name"], "num_iterations": 5})).unwrap();
    run(&mut lab);
    assert_eq!(auc(&mut lab, "test"), 1.0);
    // Three classes, then a number.
    let mut text = String::from("x,label\n");
    (0..300).for_each(|row| text.push_str(&format!("{},{}\n", row % 30, ["u", "v", "w"][row % 30 / 10])));
    let mut lab = open_with(&own(&text), json!({"num_iterations": 5})).unwrap();
    run(&mut lab);
    assert_eq!(block_on(lab.evaluate("test")).unwrap()["multi_error"], json!(0.0));
    let mut text = String::from("x,price\n");
    (0..300).for_each(|row| text.push_str(&format!("{},{}\n", row % 30, f64::from(row % 30) * 1.5 + 0.25)));
    let mut lab = open_with(&own(&text), json!({"num_iterations": 5})).unwrap();
    run(&mut lab);
    assert!(block_on(lab.evaluate("test")).unwrap()["l2"].as_f64().unwrap() < 100.0);
}

#[test]
fn a_table_with_nothing_to_tell_is_refused_when_it_is_read() {
    for text in ["a,b\n1,x\n1,x\n", "a,b\n1,\n,2\n", "a,b\n1,2\n"] {
        let refused = own_table("boosting", "own.csv", text.as_bytes());
        assert_eq!(refused.unwrap_err().details["reason"], "nothing_to_tell", "{text}");
    }
}

#[test]
fn tables_that_cannot_be_learned_from_are_answered_with_the_column() {
    let many: String = (0..1200).map(|row| format!("n{row},{}\n", row % 2)).collect();
    for (text, settings, code, reason) in [
        (format!("a,b\n{many}"), json!({"drop_columns": []}), "bad_table", "too_many_categories"),
        ("a,b\n,0\n,1\n,0\n,1\n,1\n".to_string(), json!({"drop_columns": ["a"]}), "no_features", ""),
        ("a,b\n1,x\n2,y\n".to_string(), json!({"label_column": "b"}), "too_few_rows", ""),
        ("a,b\n1,x\n2,y\n3,x\n4,y\n".to_string(), json!({"label_column": "b"}), "too_few_rows", ""),
    ] {
        let Err(error) = open_with(&own(&text), settings) else { panic!("{text:.20} was taken") };
        assert_eq!(error.code, code, "{error}");
        if code == "bad_table" {
            assert_eq!(error.details["reason"], reason);
        }
    }
}

#[test]
fn columns_that_say_nothing_are_left_aside() {
    let mut text = String::from("constant,nothing,x,label\n");
    (0..60).for_each(|row| text.push_str(&format!("7,,{},{}\n", row % 10, row % 10 / 5)));
    let mut lab = open_with(&own(&text), json!({"num_iterations": 3, "min_data_in_leaf": 2})).unwrap();
    run(&mut lab);
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    let roles: Vec<&str> =
        data["columns"].as_array().unwrap().iter().map(|column| column["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["useless", "useless", "feature", "label"]);
    assert_eq!(auc(&mut lab, "test"), 1.0);
}

#[test]
fn lightgbm_s_other_names_and_newer_ways_train() {
    let rounds = |lab: &mut Box<dyn Lab>| {
        run(lab);
        lab.progress().step
    };
    let mut aliases = open(json!({"n_estimators": 4, "eta": 0.3, "boosting_type": "gbrt", "app": "binary"}));
    assert_eq!(rounds(&mut aliases), 4);
    let settings = lab_model(&mut aliases);
    assert!(settings.contains("[learning_rate: 0.3]") && settings.contains("[boosting: gbdt]"), "{settings}");
    let forest =
        json!({"num_iterations": 5, "boosting": "random_forest", "bagging_fraction": 0.5, "bagging_freq": 1});
    let mut forest = open(forest);
    assert_eq!(rounds(&mut forest), 5);
    assert!(lab_model(&mut forest).contains("\naverage_output\n"));
    assert!(auc(&mut forest, "valid") > 0.7);
    let mut extra = open(json!({"num_iterations": 5, "extra_trees": true, "feature_fraction_bynode": 0.5}));
    assert_eq!(rounds(&mut extra), 5);
    let balanced = json!({"num_iterations": 5, "neg_bagging_fraction": 0.2, "bagging_freq": 1});
    assert_eq!(rounds(&mut open(balanced)), 5);
}

fn lab_model(lab: &mut Box<dyn Lab>) -> String {
    String::from_utf8(block_on(lab.export_model("lightgbm")).unwrap()).unwrap()
}

#[test]
fn an_objective_fits_the_label_or_is_refused() {
    let error =
        open_with(&material(), json!({"objective": "poisson"})).err().expect("a label of two classes");
    assert_eq!(error.code, "contradictory_parameters");
    let counts: String = (0..200).map(|row| format!("{},{}\n", row % 17, row % 17 * 3 + row % 7)).collect();
    let material = own(&format!("day,calls\n{counts}"));
    for (objective, first) in
        [("auto", "regression"), ("mae", "regression_l1"), ("huber", "huber"), ("poisson", "poisson")]
    {
        let settings = json!({"label_column": "calls", "objective": objective, "num_iterations": 5});
        let mut lab = open_with(&material, settings).unwrap();
        run(&mut lab);
        assert!(lab_model(&mut lab).contains(&format!("\nobjective={first}\n")), "{objective}");
    }
}

/// With a share of the rows drawn anew, a round in which nothing can be split is not the last.
#[test]
fn a_round_without_a_tree_counts_where_others_are_drawn() {
    let few = json!({"num_iterations": 30, "min_data_in_leaf": 1290, "bagging_fraction": 0.96, "bagging_freq": 1, "dataset": "rare_buyers"});
    let mut lab = open(few);
    run(&mut lab);
    let trees = lab_model(&mut lab).matches("\nTree=").count() as u64;
    assert_eq!(lab.progress().step, 30);
    assert!(trees < 30, "{trees} trees");
    let log = block_on(lab.inspect("job", json!({}).into())).unwrap();
    assert_eq!(log["rounds"], json!(30));
}
