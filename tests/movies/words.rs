//! The page names genres and occupations in both languages (www/lessons/movies/named.ts).

use crate::support::latest_small;
use emberbook::data::ratings::demographics::OCCUPATIONS;
use serde_json::Value;

const WORDS: [(&str, &str); 2] = [
    ("zh", include_str!("../../www/lessons/movies/words.zh.json")),
    ("en", include_str!("../../www/lessons/movies/words.en.json")),
];

/// Genres that ml-1m and ml-100k have beside those of latest-small.
const OTHER_GENRES: [&str; 2] = ["Children's", "unknown"];

/// The occupations of ml-100k, from its `u.occupation`.
const ML_100K: [&str; 21] = [
    "administrator",
    "artist",
    "doctor",
    "educator",
    "engineer",
    "entertainment",
    "executive",
    "healthcare",
    "homemaker",
    "lawyer",
    "librarian",
    "marketing",
    "none",
    "other",
    "programmer",
    "retired",
    "salesman",
    "scientist",
    "student",
    "technician",
    "writer",
];

/// As the page does it.
fn key(name: &str) -> String {
    let letters = name.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), " ");
    letters.split_whitespace().collect::<Vec<_>>().join("_")
}

/// Checks the names under a key; those of English are the files' own.
fn check<'a>(under: &str, names: impl Iterator<Item = &'a str> + Clone) {
    for (language, text) in WORDS {
        let words: Value = serde_json::from_str(text).unwrap();
        for name in names.clone() {
            let found = words["ui"][under][key(name)].as_str();
            let found = found.unwrap_or_else(|| panic!("{language} has no words for {under}: {name}"));
            let is_foreign = !found.is_ascii();
            assert!(if language == "en" { found == name } else { is_foreign || name == "IMAX" }, "{found}");
        }
    }
}

#[test]
fn every_genre_has_a_name_in_both_languages() {
    check("genres", latest_small().films.genres.iter().map(String::as_str).chain(OTHER_GENRES));
}

#[test]
fn every_occupation_has_a_name_in_both_languages() {
    check("occupations", OCCUPATIONS.into_iter().chain(ML_100K));
}
