//! Defaults of the movies lesson, compared by the validation ratings alone: test ratings are not read here.
//!
//! `cargo run --example film_choices -- candidate` prints a row for each choice of the candidate network's settings, and
//! `ranking` and `newcomers` those of the ranking network and of somebody new to the fusion network; what was chosen stands in
//! `film_choices.md`. `only=passes` behind it takes that setting alone, `seed=4` that seed in place of 1, 2 and 3.

use emberbook::controls::{Layer, Source};
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::{Content, Material, find};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Map, Value, json};
use std::io::Read;
use std::rc::Rc;
use std::time::Instant;

/// Figures of a row.
const FIGURES: [&str; 4] = ["hr@10", "ndcg@10", "recall@10", "mispredicted_time"];

/// MovieLens latest-small as the site holds it.
fn latest_small() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/movies/latest-small.bin.gz");
    let mut pack = Vec::new();
    let file = std::fs::File::open(path).expect("the committed ratings");
    flate2::read::GzDecoder::new(file).read_to_end(&mut pack).expect("a gzip");
    pack
}

/// A lab with these settings over the defaults.
fn open(settings: Map<String, Value>) -> Box<dyn Lab> {
    let material = Material::default();
    material.files.add("latest-small.bin", Content::Bytes(Rc::new(latest_small())));
    let layer = Layer { source: Source::Config, values: settings };
    let lesson = find("movies").expect("the lesson");
    let plan = lesson.plan(vec![layer], None).expect("settings that fit together");
    assert!(plan.resolved.notices.is_empty(), "{:?}", plan.resolved.notices);
    plan.open_on_cpu(material.files).expect("a lab")
}

/// What the validation ratings say of a run with these settings.
fn valid(settings: &Value, seed: u64) -> Vec<f64> {
    let mut all = settings.as_object().expect("names and values").clone();
    all.insert("seed".into(), json!(seed));
    let mut lab = open(all);
    while !lab.progress().finished {
        block_on(lab.train(Budget::steps(u64::MAX))).expect("training");
    }
    let figures = block_on(lab.evaluate("valid")).expect("a split");
    FIGURES.iter().map(|name| figures[*name].as_f64().unwrap_or(f64::NAN)).collect()
}

/// Prints the mean over the seeds of every figure, and of the second (NDCG@10) each one.
fn row(name: &str, settings: &Value, seeds: &[u64]) {
    let begin = Instant::now();
    let runs: Vec<Vec<f64>> = seeds.iter().map(|seed| valid(settings, *seed)).collect();
    let mean = |at: usize| runs.iter().map(|run| run[at]).sum::<f64>() / runs.len() as f64;
    let means: Vec<String> = (0..FIGURES.len()).map(|at| format!("{:.4}", mean(at))).collect();
    let each: Vec<String> = runs.iter().map(|run| format!("{:.4}", run[1])).collect();
    let seconds = begin.elapsed().as_secs_f64() / runs.len() as f64;
    println!("| {name} | {} | {} | {seconds:.0} s |", means.join(" | "), each.join(", "));
}

/// One setting after the other over the defaults.
fn candidate(only: Option<&str>, seeds: &[u64]) {
    let base = json!({ "model": "candidate", "split": "last_fifth" });
    if only.is_none() {
        row("as it is", &base, seeds);
    }
    let others = [
        ("learning_rate", vec![json!(5e-4), json!(1e-3), json!(4e-3)]),
        ("passes", vec![json!(3), json!(12)]),
        ("history_dropout", vec![json!(0.0), json!(0.3), json!(0.7)]),
        ("user_examples", vec![json!(100), json!(1000)]),
    ];
    for (setting, values) in others.into_iter().filter(|(name, _)| only.is_none_or(|only| only == *name)) {
        for value in values {
            let mut settings = base.clone();
            settings[setting] = value.clone();
            row(&format!("`{setting}` {value}"), &settings, seeds);
        }
    }
}

fn ranking(seeds: &[u64]) {
    for weight in ["stars", "time"] {
        let settings = json!({ "model": "ranking", "split": "last_fifth", "watch_weight": weight });
        row(&format!("`watch_weight` {weight}"), &settings, seeds);
    }
}

/// First lists of users who were taken out of training whole, for the models of `only`.
fn newcomers(only: Option<&str>, seeds: &[u64]) {
    println!("| model | NDCG@10 | by popularity | difference | twice its error | HR@10 | by popularity |");
    println!("|---|---|---|---|---|---|---|");
    for model in only.map_or(vec!["fusion"], |only| only.split(',').collect()) {
        for seed in seeds {
            let settings = json!({ "model": model, "seed": seed });
            let mut lab = open(settings.as_object().expect("names and values").clone());
            let shown = loop {
                let options = json!({ "milliseconds": 1000 });
                let shown = block_on(lab.inspect("first_lists", Ask::from(options))).expect("first lists");
                if shown["finished"] == true {
                    break shown;
                }
            };
            let compared = &shown["compared"];
            let figure = |of: &str, name: &str| compared[of][name].as_f64().expect("a figure");
            let [model_ndcg, popular_ndcg] = ["model", "popular"].map(|of| figure(of, "ndcg"));
            let [model_hits, popular_hits] = ["model", "popular"].map(|of| figure(of, "hit_rate"));
            let (difference, error) =
                (model_ndcg - popular_ndcg, compared["error"].as_f64().expect("an error"));
            println!(
                "| {model}, seed {seed} | {model_ndcg:.4} | {popular_ndcg:.4} | {difference:.4} | {:.4} | {model_hits:.3} | {popular_hits:.3} |",
                2.0 * error
            );
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let behind = |name: &str| words.iter().find_map(|word| word.strip_prefix(name));
    let seeds = match behind("seed=").and_then(|seed| seed.parse().ok()) {
        Some(seed) => vec![seed],
        None => vec![1, 2, 3],
    };
    let only = behind("only=");
    if words.first().is_some_and(|word| word == "newcomers") {
        return newcomers(only, &seeds);
    }
    println!("| | {} | NDCG@10 of each seed | |", FIGURES.join(" | "));
    println!("|---|{}---|---|", "---|".repeat(FIGURES.len()));
    match words.first().map(String::as_str) {
        Some("candidate") => candidate(only, &seeds),
        Some("ranking") => ranking(&seeds),
        _ => eprintln!("candidate, ranking or newcomers"),
    }
}
