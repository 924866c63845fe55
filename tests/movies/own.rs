//! The reader's own ratings: a table of ml-1m's size, and files that are none.

use crate::generated_ratings::{Generated, ml_1m};
use emberbook::controls::{Layer, Source};
use emberbook::data::ratings::own::{self, RatingsFormat};
use emberbook::data::ratings::{RatingSplit, SplitRule};
use emberbook::lab::Ask;
use emberbook::lessons::{Accepted, Accepts, Files, Material, Own, find};
use emberbook::progress::Budget;
use emberbook::random::{Purpose, Random};
use pollster::block_on;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn a_table_of_the_shape_of_ml_1m_is_read_and_split_as_the_document_splits_it() {
    let files = ml_1m(6_040, 3_883, 1_000_209, 1);
    let Own::Ratings(own) = Accepts::Ratings.read_ratings("ml-1m.zip", &files.named()).unwrap() else {
        panic!("ratings are no others")
    };
    let summary = &own.summary;
    assert_eq!((summary.ratings, summary.users, summary.films), (1_000_209, 6_040, 3_883));
    assert_eq!((summary.format, summary.genres, summary.occupations), (RatingsFormat::Ml1m, 18, 21));
    assert!(summary.rated_films > 3_800 && summary.women > 1_500 && summary.women < 2_100, "{summary:?}");
    assert!(summary.from >= 956_703_932 && summary.to < 1_046_454_610 && summary.from < summary.to);
    let table = &own.table;
    assert!(table.whole_stars() && table.films.titles.iter().all(|title| title.starts_with("Café ")));
    let split = RatingSplit::new(table, SplitRule::Random, &mut Random::new(1, Purpose::Split));
    assert_eq!(split.train.len(), 900_118);
    assert_eq!(split.test.len(), 100_091);
}

#[test]
fn the_page_is_told_which_files_are_read() {
    let Some(Accepted::Ratings { files }) = Accepts::Ratings.described() else { panic!("ratings") };
    let table = ml_1m(3, 5, 6, 1);
    let read: BTreeSet<&str> = table
        .0
        .iter()
        .map(|(path, _)| path.rsplit('/').next().unwrap())
        .filter(|name| *name != "README")
        .collect();
    assert!(read.is_subset(&files.iter().copied().collect()), "{files:?}");
}

/// Tables with bytes changed, cut out or written twice are read or refused by file and line; none stops the reader.
#[test]
fn no_damage_to_a_file_stops_the_reader() {
    let Generated(whole) = ml_1m(12, 20, 90, 3);
    let mut state = 7_u32;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % bound
    };
    let (mut read, mut reasons) = (0, BTreeSet::new());
    for _ in 0..4_000 {
        let mut files = whole.clone();
        let bytes = &mut files[1 + below(3)].1;
        for _ in 0..=below(2) {
            let at = below(bytes.len() - 9);
            match below(4) {
                0 => bytes[at] = below(256) as u8,
                1 => drop(bytes.drain(at..at + 1 + below(8))),
                2 => bytes.truncate(at),
                _ => {
                    let line = bytes
                        .split_inclusive(|byte| *byte == b'\n')
                        .nth(below(3))
                        .unwrap_or_default()
                        .to_vec();
                    bytes.extend(line);
                }
            }
            if bytes.len() < 20 {
                break;
            }
        }
        match own::read("ml-1m.zip", &Generated(files).named()) {
            Ok(own) => {
                read += 1;
                assert_eq!(own.table.len(), own.table.times.len());
            }
            Err(error) => {
                assert_eq!(error.code, "bad_ratings");
                let details = &error.details;
                assert!(details["file"].as_str().is_some_and(|file| file.ends_with(".dat")), "{error}");
                let reason = details["reason"].as_str().unwrap().to_string();
                assert!(reason == "empty" || details["line"].as_u64() > Some(0), "{error}");
                reasons.insert(reason);
            }
        }
    }
    assert!(read > 300, "{read} were read");
    for reason in
        ["age", "fields", "gender", "number", "rated_twice", "repeated_id", "unknown_film", "unknown_user"]
    {
        assert!(reasons.contains(reason), "{reason} among {reasons:?}");
    }
}

/// What a lab on these ratings answers to a look at its data, with what it says of itself.
fn opened(settings: Value) -> (Value, Value) {
    let files = ml_1m(60, 80, 1_800, 5);
    let own = Accepts::Ratings.read_ratings("ml-1m.zip", &files.named()).unwrap();
    let material = Material { own: Some(own), ..Material::default() };
    let layer = Layer { source: Source::Config, values: settings.as_object().unwrap().clone() };
    let plan = find("movies").unwrap().plan(vec![layer], material.own.clone()).unwrap();
    let description = serde_json::to_value(&plan.description).unwrap();
    let mut lab = plan.open_on_cpu(Files::default()).unwrap();
    block_on(lab.train(Budget::steps(3))).unwrap();
    (block_on(lab.inspect("data", Ask::from(json!({})))).unwrap(), description)
}

#[test]
fn the_lab_learns_from_them_and_says_so_and_invents_nothing() {
    for model in ["fusion", "candidate", "bias", "ease"] {
        let (data, description) = opened(json!({ "model": model }));
        assert_eq!(
            (&data["users"], &data["films"], &data["ratings"]),
            (&json!(60), &json!(80), &json!(1_800))
        );
        assert_eq!(data["demographics"], "known", "{model}");
        let own = &description["own"];
        assert_eq!(
            (&own["kind"], &own["format"], &own["file"]),
            (&json!("ratings"), &json!("ml-1m"), &json!("ml-1m.zip"))
        );
        assert_eq!(description["accepts"]["kind"], "ratings");
    }
    let (_, made) = opened(json!({ "dataset": "made", "users": 60, "films": 60, "density": 0.2 }));
    assert_eq!(made["own"], Value::Null);
}

/// Each way in which files are refused has a sentence in both languages.
#[test]
fn every_refusal_has_its_words() {
    let reasons = [
        "age",
        "compression",
        "damaged",
        "empty",
        "encrypted",
        "fields",
        "gender",
        "genre_count",
        "genre_order",
        "genres",
        "not_a_zip",
        "nothing",
        "number",
        "occupations",
        "rated_twice",
        "repeated_id",
        "too_large",
        "too_many",
        "twice",
        "unknown_film",
        "unknown_user",
    ];
    for language in ["zh", "en"] {
        let path = format!("{}/www/lessons/movies/words.{language}.json", env!("CARGO_MANIFEST_DIR"));
        let words: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let errors = words["errors"].as_object().unwrap();
        assert!(errors.contains_key("missing_file") && words["notices"]["ratings_missing"].is_string());
        for reason in reasons {
            assert!(errors.contains_key(&format!("ratings_{reason}")), "{language}: {reason}");
        }
    }
    // They are all that the readers give.
    let mut given = BTreeSet::new();
    let folder = format!("{}/src/data/ratings", env!("CARGO_MANIFEST_DIR"));
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for start in [".bad(", "unknown("] {
            given.extend(code.split(start).skip(1).filter_map(|rest| {
                rest.trim_start().strip_prefix('"')?.split('"').next().map(str::to_string)
            }));
        }
        given.extend(code.split("bad_ratings(").skip(1).filter_map(|rest| {
            Some(rest.split(';').next()?.split('"').nth(1)?.to_string())
                .filter(|reason| !reason.contains('{'))
        }));
    }
    assert!(given.len() > 12, "{given:?}");
    for reason in &given {
        assert!(reasons.contains(&reason.as_str()), "{reason} has no words; given are {given:?}");
    }
}
