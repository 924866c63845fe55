//! The movies lab through the trait every page uses.

#![cfg(feature = "tensors")]

use crate::common::open_lesson;
use crate::support::latest_small_pack;
use emberbook::data::ratings::made::WorldConfig;
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::rc::Rc;

/// The world of [`made`].
pub(crate) fn made_world() -> WorldConfig {
    WorldConfig { users: 120, films: 150, density: 0.15, ..WorldConfig::default() }
}

/// A small made world, which needs no file.
pub(crate) fn made(settings: Value) -> Box<dyn Lab> {
    let WorldConfig { users, films, density, .. } = made_world();
    let mut all = json!({ "dataset": "made", "users": users, "films": films, "density": density });
    all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    open_lesson("movies", all, &Material::default()).unwrap()
}

pub(crate) fn real(settings: Value) -> Box<dyn Lab> {
    let material = Material::default();
    material.files.add("latest-small.bin", Content::Bytes(Rc::new(latest_small_pack())));
    open_lesson("movies", settings, &material).unwrap()
}

pub(crate) fn train(lab: &mut dyn Lab) {
    while !lab.progress().finished {
        block_on(lab.train(Budget::steps(7))).unwrap();
    }
}

pub fn evaluate(lab: &mut dyn Lab, split: &str) -> Value {
    block_on(lab.evaluate(split)).unwrap()
}

pub(crate) fn ask(lab: &mut dyn Lab, question: Value) -> Value {
    block_on(lab.predict(Ask::from(question))).unwrap()
}

pub(crate) const MODELS: [&str; 14] = [
    "fusion",
    "candidate",
    "ranking",
    "popular",
    "mean",
    "bias",
    "user_cf",
    "item_cf",
    "content",
    "hybrid",
    "mf",
    "svd",
    "ease",
    "random",
];

#[test]
fn every_model_trains_is_judged_and_answers() {
    for model in MODELS {
        let mut lab = made(json!({ "model": model, "passes": 2, "batch_size": 64 }));
        train(&mut *lab);
        let progress = lab.progress();
        assert_eq!((progress.step, progress.finished), (progress.total_steps, true), "{model}");
        let figures = evaluate(&mut *lab, "test");
        for name in ["hr@10", "recall@10", "ndcg@10", "mrr@10", "gini"] {
            assert!((0.0..=1.0).contains(&figures[name].as_f64().unwrap()), "{model}: {name}");
        }
        let user = json!({ "user": 3, "top": 10 });
        let answer = ask(&mut *lab, user);
        let list = answer["list"].as_array().unwrap();
        assert_eq!(list.len(), 10, "{model}");
        let first = &list[0];
        let scored = ask(&mut *lab, json!({ "user": 3, "movie": first["movie"] }));
        assert_eq!(scored["rank"], 1, "{model}");
        assert_eq!(scored["score"], first["stars"], "{model}");
        let gives_stars = figures.get("rmse").is_some();
        assert_eq!(scored["score"].is_f64(), gives_stars, "{model}");
        if let Some(stars) = scored["score"].as_f64() {
            assert!((0.0..=5.0).contains(&stars), "{model}: {stars}");
        }
        assert!(figures.get("taste_found").is_some(), "{model}: the page knows the truth of a made world");
    }
}

#[test]
fn the_same_seed_gives_the_same_history_and_a_checkpoint_goes_on_with_it() {
    for model in ["fusion", "candidate", "ranking", "mf", "ease"] {
        let settings = json!({ "model": model, "passes": 3, "batch_size": 128, "eval_steps": 3 });
        let mut whole = made(settings.clone());
        train(&mut *whole);
        let mut half = made(settings.clone());
        block_on(half.train(Budget::steps(5))).unwrap();
        let checkpoint = block_on(half.checkpoint()).unwrap();
        let mut other = made(settings);
        block_on(other.restore(&checkpoint)).unwrap();
        train(&mut *other);
        assert_eq!(other.history(0), whole.history(0), "{model}");
        assert_eq!(evaluate(&mut *other, "valid"), evaluate(&mut *whole, "valid"), "{model}");
    }
}

#[test]
fn what_is_recorded_of_the_rows_held_out_is_what_evaluate_says_of_them() {
    // The best weights are judged, which need not be the last.
    let mut lab = made(json!({ "passes": 4, "batch_size": 64, "eval_steps": 4 }));
    train(&mut *lab);
    let history = lab.history(0);
    let best = history.iter().filter_map(|point| point["valid_rmse"].as_f64()).fold(f64::INFINITY, f64::min);
    let judged = evaluate(&mut *lab, "valid")["rmse"].as_f64().unwrap();
    assert!((judged - best).abs() < 1e-5, "{judged} {best}");
}

#[test]
fn splits_that_are_not_there_are_refused_by_name() {
    let mut lab = made(json!({ "model": "mean", "valid": "none" }));
    train(&mut *lab);
    assert_eq!(block_on(lab.evaluate("valid")).unwrap_err().code, "unknown_split");
    let refused = open_lesson(
        "movies",
        json!({ "dataset": "made", "users": 20, "films": 20, "density": 0.005, "split": "one_date" }),
        &Material::default(),
    );
    if let Err(error) = refused {
        assert_eq!(error.code, "too_few_ratings");
    }
    let mut lab = made(json!({ "model": "mean" }));
    train(&mut *lab);
    for (question, code) in [
        (json!({ "user": 0, "top": 10 }), "unknown_user"),
        (json!({ "user": 1, "movie": 1_000_000 }), "unknown_film"),
        (json!({ "user": 1 }), "bad_input"),
        (json!({ "user": 1, "top": 10, "movie": 1 }), "bad_input"),
        (json!({ "user": 1, "top": 0 }), "bad_input"),
    ] {
        assert_eq!(block_on(lab.predict(Ask::from(question.clone()))).unwrap_err().code, code, "{question}");
    }
}

#[test]
fn a_method_that_is_not_trained_says_so() {
    let mut lab = made(json!({ "model": "ease" }));
    assert_eq!(block_on(lab.evaluate("test")).unwrap_err().code, "not_trained");
    assert_eq!(block_on(lab.export_model("safetensors")).unwrap_err().code, "nothing_trains");
}

#[test]
fn weights_come_back_and_other_networks_are_refused() {
    for (model, other) in [
        ("fusion", json!({ "activation": "linear" })),
        ("candidate", json!({ "tower": [8] })),
        ("ranking", json!({ "ranking_tower": [8] })),
    ] {
        let mut settings = json!({ "model": model, "passes": 1 });
        let mut lab = made(settings.clone());
        train(&mut *lab);
        for format in ["safetensors", "burnpack"] {
            let file = block_on(lab.export_model(format)).unwrap();
            let mut again = made(settings.clone());
            block_on(again.import_model(&file)).unwrap();
            assert_eq!(evaluate(&mut *again, "test"), evaluate(&mut *lab, "test"), "{model} {format}");
        }
        let file = block_on(lab.export_model("safetensors")).unwrap();
        settings.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        let mut lab = made(settings);
        assert_eq!(block_on(lab.import_model(&file)).unwrap_err().code, "bad_model", "{model}");
    }
}

#[test]
fn the_network_on_real_ratings_has_as_many_numbers_as_was_reckoned() {
    let mut lab = real(json!({}));
    let layers = block_on(lab.inspect("layers", Ask::default())).unwrap();
    assert_eq!(layers["parameters"], 703_776);
    let places = layers["fusion"]["features"].as_array().unwrap();
    let sizes: Vec<u64> = places.iter().map(|feature| feature["size"].as_u64().unwrap()).collect();
    assert_eq!(sizes, [671, 2, 7, 21, 9_066, 20, 10_919, 1]);
    let without =
        block_on(real(json!({ "demographics": "none" })).inspect("layers", Ask::default())).unwrap();
    assert_eq!(without["tensors"].as_array().unwrap().len(), 29 - 12);
}

#[test]
fn the_defaults_beat_the_averages_of_users_and_films_on_real_ratings() {
    let mut lab = real(json!({ "passes": 1 }));
    train(&mut *lab);
    let figures = evaluate(&mut *lab, "test");
    let rmse = figures["rmse"].as_f64().unwrap();
    println!("{figures:#}");
    // Averages of users and films have .886, matrix factorisation .882; three passes are better than one.
    assert!((0.85..0.9).contains(&rmse), "{rmse}");
    let goal = lab.goals().into_iter().find(|goal| goal.id == "beat_mf").unwrap();
    assert_eq!(goal.value, Some(rmse));
    assert_eq!(goal.passed, rmse < 0.8852);
}

#[test]
fn the_arena_runs_once_what_no_seed_changes() {
    let definition = emberbook::lessons::find("movies").unwrap();
    let description = definition.default_description(None);
    let arena = description.experiments.iter().find(|experiment| experiment.id == "arena").unwrap();
    assert_eq!(arena.variants.iter().filter(|variant| variant.seeded).count(), 5);
    for variant in arena.variants.iter().filter(|variant| !variant.seeded) {
        let figures = [1, 2].map(|seed| {
            let mut settings = Value::Object(variant.settings.clone());
            settings["seed"] = json!(seed);
            let mut lab = real(settings);
            train(&mut *lab);
            evaluate(&mut *lab, "test")
        });
        assert_eq!(figures[0], figures[1], "{}", variant.id);
    }
}

#[test]
fn matrix_factorisation_is_as_good_as_the_goal_says() {
    let rmse = (1..=5).map(|seed| {
        let mut lab = real(json!({ "model": "mf", "seed": seed }));
        train(&mut *lab);
        evaluate(&mut *lab, "test")["rmse"].as_f64().unwrap()
    });
    let mean = rmse.sum::<f64>() / 5.0;
    assert!((mean - 0.8852).abs() < 0.0005, "{mean}");
}

#[test]
fn goals_are_for_fair_runs_of_the_fusion_network_alone() {
    for settings in [
        json!({ "model": "item_cf" }),
        json!({ "passes": 1, "valid": "as_written", "batch_size": 4096, "embedding_size": 4 }),
        json!({ "passes": 1, "split": "last_fifth", "batch_size": 4096, "embedding_size": 4 }),
    ] {
        let mut lab = real(settings.clone());
        train(&mut *lab);
        evaluate(&mut *lab, "test");
        let goals = lab.goals();
        assert!(goals.iter().all(|goal| !goal.passed && goal.value.is_none()), "{settings}");
    }
}
