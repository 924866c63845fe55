//! The sequences lab through the trait every page uses.

use crate::common::open_lesson;
use emberbook::data::pictures::Picture;
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::rc::Rc;

thread_local! {
    static MATERIAL: Material = read_material();
}

/// The files of the site; what was prepared last is kept with them.
pub(crate) fn material() -> Material {
    MATERIAL.with(Material::clone)
}

fn read_material() -> Material {
    let material = Material::default();
    let sheet =
        image::load_from_memory(include_bytes!("../../data/sequences/emoji.png")).unwrap().into_rgba8();
    let (width, height) = (sheet.width() as usize, sheet.height() as usize);
    let sheet = Picture::from_rgba(width, height, sheet.into_raw()).unwrap();
    material.files.add("emoji.png", Content::Picture(Rc::new(sheet)));
    let list = include_bytes!("../../data/sequences/items.tsv").to_vec();
    material.files.add("emoji-items.tsv", Content::Bytes(Rc::new(list)));
    material
}

/// A small made world and a small network.
pub(crate) fn small(settings: Value) -> Box<dyn Lab> {
    let mut all = json!({
        "users": 80, "dim": 8, "clusters": 6, "encoder_epochs": 10, "batch_size": 64, "epochs": 2,
    });
    all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    open_lesson("sequences", all, &material()).unwrap()
}

pub(crate) fn train(lab: &mut dyn Lab) {
    while !lab.progress().finished {
        block_on(lab.train(Budget { steps: 3, milliseconds: 50.0 })).unwrap();
    }
}

fn look(lab: &mut dyn Lab, what: &str, options: Value) -> Value {
    block_on(lab.inspect(what, Ask::from(options))).unwrap()
}

fn code_of(lab: &mut dyn Lab, what: &str, options: Value) -> String {
    block_on(lab.inspect(what, Ask::from(options))).unwrap_err().code.clone()
}

fn ask(lab: &mut dyn Lab, question: Value) -> Value {
    block_on(lab.predict(Ask::from(question))).unwrap()
}

pub(crate) const MODELS: [&str; 14] = [
    "mmsr",
    "concat",
    "gcn",
    "gcn_plain",
    "gat",
    "rgat",
    "key_value",
    "full_attention",
    "holistic",
    "early",
    "late",
    "id_only",
    "markov",
    "popular",
];

const FIGURES: [&str; 6] = ["hr@5", "hr@20", "mrr@5", "mrr@20", "ndcg@5", "ndcg@20"];

#[test]
fn every_model_trains_is_judged_and_predicts_with_reasons() {
    for model in MODELS {
        let mut lab = small(json!({ "model": model }));
        train(&mut *lab);
        for split in ["valid", "test"] {
            let figures = block_on(lab.evaluate(split)).unwrap();
            let of = |name: &str| figures[name].as_f64().unwrap_or_else(|| panic!("{model}: {name}"));
            assert!(FIGURES.iter().all(|name| (0.0..=1.0).contains(&of(name))), "{model}: {figures}");
            assert!(
                of("ndcg@5") >= of("mrr@5") && of("ndcg@20") >= of("mrr@20") && of("rows") > 50.0,
                "{model}"
            );
        }
        let answer = ask(&mut *lab, json!({ "history": ["2600", "26F2", "2600"], "top": 7 }));
        let list = answer["list"].as_array().unwrap();
        let of = |name: &str| list.iter().map(|item| item[name].as_f64().unwrap()).collect::<Vec<_>>();
        assert!(list.len() == 7 && of("score").is_sorted_by(|one, other| one >= other), "{model}: {answer}");
        assert!(of("probability").iter().sum::<f64>() <= 1.0 + 1e-9, "{model}");
        let reasons = list[0]["reasons"].as_array().unwrap();
        assert!(!reasons.is_empty(), "{model}: {answer}");
        let has_graph = !["holistic", "early", "late", "id_only", "markov", "popular"].contains(&model);
        assert!(reasons.iter().all(|reason| reason["to"].is_null() != has_graph), "{model}: {answer}");
        let unknown = block_on(lab.evaluate("train")).unwrap_err();
        assert_eq!(unknown.code, "unknown_split");
    }
}

#[test]
fn a_question_that_cannot_be_answered_is_refused() {
    let mut lab = small(json!({}));
    for (question, code) in [
        (json!({ "history": [] }), "bad_input"),
        (json!({ "history": ["nothing"] }), "unknown_item"),
        (json!({ "history": ["2600"], "top": 0 }), "bad_input"),
        (json!({ "history": ["2600"], "extra": 1 }), "bad_input"),
        (json!({ "history": vec!["2600"; 201] }), "bad_input"),
    ] {
        assert_eq!(block_on(lab.predict(Ask::from(question.clone()))).unwrap_err().code, code, "{question}");
    }
    assert_eq!(code_of(&mut *lab, "graph", json!({ "user": 100_000 })), "unknown_user");
    assert_eq!(code_of(&mut *lab, "secret", json!({ "guess": "image" })), "bad_input");
    assert_eq!(code_of(&mut *small(json!({ "model": "late" })), "pooling", json!({})), "no_graph");
    assert_eq!(code_of(&mut *small(json!({ "model": "id_only" })), "codes", json!({})), "no_codes");
    let mut counted = small(json!({ "model": "markov" }));
    assert_eq!(block_on(counted.evaluate("valid")).unwrap_err().code, "not_trained");
}

#[test]
fn a_run_that_is_taken_up_again_ends_as_the_one_that_went_through() {
    for model in ["mmsr", "late", "popular"] {
        let mut through = small(json!({ "model": model }));
        train(&mut *through);
        let mut first = small(json!({ "model": model }));
        block_on(first.train(Budget::steps(3))).unwrap();
        let checkpoint = block_on(first.checkpoint()).unwrap();
        let mut second = small(json!({ "model": model }));
        block_on(second.restore(&checkpoint)).unwrap();
        train(&mut *second);
        assert_eq!(through.history(0), second.history(0), "{model}");
        assert_eq!(
            block_on(through.checkpoint()).unwrap(),
            block_on(second.checkpoint()).unwrap(),
            "{model}"
        );
        let error = block_on(second.restore(&checkpoint[..40])).unwrap_err();
        assert_eq!(error.code, "bad_checkpoint");
    }
}

#[test]
fn weights_come_back_from_a_file() {
    for format in ["safetensors", "burnpack"] {
        let mut lab = small(json!({}));
        train(&mut *lab);
        let file = block_on(lab.export_model(format)).unwrap();
        let question = json!({ "history": ["2600", "26F2"] });
        let expected = ask(&mut *lab, question.clone());
        let mut other = small(json!({ "seed": 1 }));
        assert!(block_on(other.import_model(&file)).unwrap().is_none());
        assert_eq!(ask(&mut *other, question), expected, "{format}");
        assert_eq!(block_on(other.import_model(&file[..60])).unwrap_err().code, "bad_model");
        let error = block_on(small(json!({ "model": "gat" })).import_model(&file)).unwrap_err();
        assert_eq!(error.code, "bad_model");
    }
}

#[test]
fn the_graph_follows_what_is_changed_by_hand() {
    let mut lab = small(json!({ "codes_per_item": 2 }));
    train(&mut *lab);
    let history = ["2600", "26F2", "2328", "26F2"];
    let mut graph = |edits: Value| {
        look(&mut *lab, "graph", json!({ "history": history, "next": "2615", "edits": edits }))
    };
    let whole = graph(json!({}));
    let nodes = |graph: &Value| graph["nodes"].as_array().unwrap().len();
    let edges = |graph: &Value| graph["edges"].as_array().unwrap().clone();
    assert_eq!(whole["nodes"][0]["kind"], "item");
    assert!(whole["next"]["rank"].as_f64().unwrap() >= 1.0 && whole["used"] == true);
    // Attention of each node's neighbours sums to 1, among its own kind and among the others.
    for node in 0..nodes(&whole) {
        for way in ["within", "between"] {
            let of_node = edges(&whole).into_iter().filter(|edge| edge["node"] == node);
            let sum: f64 = of_node.filter_map(|edge| edge[way].as_f64()).sum();
            assert!((sum - 1.0).abs() < 1e-5, "{node} {way}: {sum}");
        }
        assert!((0.0..=1.0).contains(&whole["nodes"][node]["gate"].as_f64().unwrap()));
    }
    let blind = graph(json!({ "without_images": [0, 1, 2, 3] }));
    assert!(blind["nodes"].as_array().unwrap().iter().all(|node| node["kind"] != "image"));
    assert_ne!(blind["next"], whole["next"]);
    let name = |node: &Value| json!({ "kind": node["kind"], "number": node["number"] });
    let code = whole["nodes"].as_array().unwrap().iter().find(|node| node["kind"] == "text").unwrap();
    let without = graph(json!({ "without_nodes": [name(code)] }));
    assert_eq!(nodes(&without), nodes(&whole) - 1);
    let item = |number: usize| name(&whole["nodes"][number]);
    let without = graph(json!({ "without_edges": [[item(0), item(1)]] }));
    let joined = edges(&whole).iter().any(|edge| edge["node"] == 0 && edge["neighbour"] == 1);
    assert_eq!(edges(&without).len(), edges(&whole).len() - if joined { 2 } else { 0 });
    let fewer = graph(json!({ "without_nodes": [item(0)] }));
    assert!(nodes(&fewer) < nodes(&whole));
    let changed = edges(&whole).into_iter().find(|edge| edge["relation"] == 2).unwrap();
    let pair = [&changed["node"], &changed["neighbour"]].map(|node| item_of(&whole, node));
    let other = graph(json!({ "relations": [[pair[0], pair[1], 4]] }));
    assert_eq!(
        edges(&other).iter().filter(|edge| edge["relation"] == 4).count(),
        2 + edges(&whole).iter().filter(|edge| edge["relation"] == 4).count()
    );
    for edits in [
        json!({ "relations": [[pair[0], pair[1], 5]] }),
        json!({ "relations": [[pair[0], pair[0], 4]] }),
        json!({ "without_nodes": [item(0), item(1), item(2)] }),
        json!({ "unknown": [] }),
    ] {
        let question = json!({ "history": history, "edits": edits });
        assert_eq!(code_of(&mut *lab, "graph", question.clone()), "bad_input", "{question}");
    }
}

/// With one layer only the states of items are read, and those hear of codes directly.
#[test]
fn edges_between_codes_of_two_kinds_matter_from_two_layers_on() {
    for (layers, matters) in [(1, false), (2, true)] {
        let mut lab = small(json!({ "layers": layers }));
        train(&mut *lab);
        let mut graph = |edits: Value| {
            let history = ["2600", "26F2", "2328"];
            look(&mut *lab, "graph", json!({ "history": history, "next": "2615", "edits": edits }))
        };
        let whole = graph(json!({}));
        let edges = whole["edges"].as_array().unwrap();
        let edge = edges.iter().find(|edge| edge["relation"] == 9).unwrap();
        let pair = [&edge["node"], &edge["neighbour"]].map(|node| item_of(&whole, node));
        let without = graph(json!({ "without_edges": [pair] }));
        assert_eq!(without["edges"].as_array().unwrap().len(), edges.len() - 2);
        assert_eq!(without["next"] != whole["next"], matters, "{layers} layers");
    }
}

fn item_of(graph: &Value, node: &Value) -> Value {
    let node = &graph["nodes"][node.as_u64().unwrap() as usize];
    json!({ "kind": node["kind"], "number": node["number"] })
}

#[test]
fn in_the_programs_mode_the_first_step_of_one_path_has_no_effect() {
    let question = json!({ "history": ["2600", "26F2", "2328"] });
    let mut code = small(json!({ "mode": "code" }));
    train(&mut *code);
    let seen = look(&mut *code, "graph", question.clone());
    assert_eq!(seen["hohe_from_he"], 0.0);
    assert!(seen["heho_from_ho"].as_f64().unwrap() > 0.0);
    let mut paper = small(json!({}));
    train(&mut *paper);
    assert!(look(&mut *paper, "graph", question)["hohe_from_he"].as_f64().unwrap() > 0.0);
}

#[test]
fn a_model_is_seen_to_rest_on_order_and_on_what_belongs_together() {
    let mut lab = small(json!({ "model": "late", "users": 300, "epochs": 4 }));
    train(&mut *lab);
    let seen = look(&mut *lab, "disturbed", json!({}));
    assert!(seen["histories"].as_u64().unwrap() > 100 && seen["intact"].as_f64().unwrap() > 0.0);
    for way in ["shuffled", "mismatched"] {
        let of = |name: &str| seen[way][name].as_f64().unwrap();
        assert!((of("mrr") + of("drop") - seen["intact"].as_f64().unwrap()).abs() < 1e-12);
        assert!(of("error") > 0.0, "{seen}");
    }
    assert_eq!(seen, look(&mut *lab, "disturbed", json!({})));
    let goal = lab.goals().into_iter().find(|goal| goal.id == "late_loses").unwrap();
    assert_eq!(goal.value, seen["shuffling_beyond"].as_f64());
    // Popularity knows neither order nor pictures.
    let mut popular = small(json!({ "model": "popular" }));
    train(&mut *popular);
    let seen = look(&mut *popular, "disturbed", json!({}));
    assert_eq!((&seen["shuffled"]["drop"], &seen["mismatched"]["drop"]), (&json!(0.0), &json!(0.0)));
}

#[test]
fn pooling_and_cost_are_measured_at_the_weights_of_this_step() {
    let mut lab = small(json!({}));
    let pooling = look(&mut *lab, "pooling", json!({}));
    let distance = |way: &str| pooling[way]["distance"].as_f64().unwrap();
    assert!(distance("last") > distance("mean") && distance("mean") > 0.0, "{pooling}");
    let rows = look(&mut *lab, "cost", json!({}))["rows"].as_array().unwrap().clone();
    for row in &rows {
        let of = |name: &str| row[name].as_f64().unwrap();
        assert!(
            of("nodes") <= 3.0 * of("length")
                && of("complete") <= of("nodes").powi(2) + 60.0
                && of("milliseconds") > 0.0,
            "{row}"
        );
    }
    // The document's count of 12 edges an item is an upper limit: the ends of a history have fewer, shared codes too.
    assert!(
        rows.iter().all(|row| row["edges"].as_f64() <= row["length"].as_f64().map(|length| 12.0 * length))
    );
}

#[test]
fn clusters_have_all_items_and_missing_ones_have_no_code() {
    let mut lab = small(json!({ "missing": 0.5 }));
    let codes = look(&mut *lab, "codes", json!({}));
    let items = look(&mut *lab, "items", json!({}));
    for (modality, flag) in [("image", "image_missing"), ("text", "text_missing")] {
        let of = &codes[modality];
        let members: usize =
            of["clusters"].as_array().unwrap().iter().map(|cluster| cluster.as_array().unwrap().len()).sum();
        assert_eq!(members as u64 + of["without"].as_u64().unwrap(), 360, "{modality}");
        let missing =
            items["items"].as_array().unwrap().iter().filter(|item| item[flag] == true).count() as u64;
        assert_eq!(of["without"].as_u64(), Some(missing));
        assert!((100..260).contains(&missing));
    }
}

#[test]
fn pictures_of_items_come_without_training_and_their_reconstructions_on_request() {
    let mut lab = small(json!({}));
    let pictures = look(&mut *lab, "item_pictures", json!({ "items": [0, 7] }));
    assert!(pictures["pictures"][1].as_str().unwrap().len() > 5_000);
    assert_eq!(pictures["again"], json!([]));
    let both = look(&mut *lab, "item_pictures", json!({ "items": [7], "again": true }));
    assert_eq!(both["pictures"][0], pictures["pictures"][1]);
    let again = both["again"][0].as_str().unwrap();
    assert!(again.len() > 5_000 && both["pictures"][0] != again);
    assert_eq!(code_of(&mut *lab, "item_pictures", json!({ "items": [360] })), "bad_input");
}

#[test]
fn a_secret_is_kept_until_the_reader_names_it() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 1..8 {
        let mut lab = small(json!({ "signals": "one_secret", "seed": seed }));
        let data = look(&mut *lab, "data", json!({}));
        assert!(data["secret"] == true && data["signals"].is_null());
        assert_eq!(look(&mut *lab, "secret", json!({})), json!({ "right": null, "signal": null }));
        let answer = look(&mut *lab, "secret", json!({ "guess": "image" }));
        let signal = answer["signal"].as_str().unwrap().to_string();
        assert_eq!(answer["right"], signal == "image");
        // A second guess counts for nothing.
        assert_eq!(look(&mut *lab, "secret", json!({ "guess": signal })), answer);
        let goal = lab.goals().into_iter().find(|goal| goal.id == "find_hidden").unwrap();
        assert_eq!(goal.passed, signal == "image");
        seen.insert(signal);
    }
    assert_eq!(seen.len(), 3);
}

#[test]
fn histories_of_one_item_two_and_one_item_three_times_are_read() {
    let mut lab = small(json!({ "missing": 0.9 }));
    train(&mut *lab);
    for history in [&["2600"][..], &["2600", "2328"], &["2600", "2600", "2600"]] {
        let graph = look(&mut *lab, "graph", json!({ "history": history }));
        assert!(
            graph["list"].as_array().unwrap().iter().all(|item| item["probability"].as_f64().unwrap() > 0.0)
        );
        assert_eq!(ask(&mut *lab, json!({ "history": history }))["looked_at"], history.len());
    }
}

/// The panel of the graph is looked at while a run goes on; the test is read once.
#[test]
fn the_history_of_a_user_is_shown_without_what_is_held_out_for_testing() {
    let mut lab = small(json!({ "model": "popular" }));
    let data = look(&mut *lab, "data", json!({}));
    let (mut shown, users) = (0, data["users"].as_u64().unwrap());
    for user in 0..users {
        let graph = look(&mut *lab, "graph", json!({ "user": user }));
        assert!(graph["next"]["item"].is_u64());
        shown += graph["history"].as_array().unwrap().len() as u64 + 1;
    }
    // What is shown of all users and the test places make up all that was taken.
    assert_eq!(shown + data["test"].as_u64().unwrap(), data["taken"].as_u64().unwrap());
}
