//! Every declared name has its words in both languages, and both languages have the same keys and placeholders.

use emberbook::controls::ControlKind;
use emberbook::lessons::{Chapter, LESSONS, Material};
use serde_json::Value;
use std::collections::BTreeSet;

const LANGUAGES: [(&str, &str); 2] =
    [("zh", include_str!("../../www/i18n/zh.json")), ("en", include_str!("../../www/i18n/en.json"))];

fn languages() -> impl Iterator<Item = (&'static str, Value)> {
    LANGUAGES.into_iter().map(|(language, text)| (language, serde_json::from_str(text).expect(language)))
}

fn assert_word(language: &str, words: &Value, path: &str) {
    let word = path.split('.').fold(words, |value, key| &value[key]);
    assert!(word.as_str().is_some_and(|w| !w.trim().is_empty()), "{language}.json has no `{path}`");
}

#[test]
fn every_declared_name_has_its_words() {
    for (language, words) in languages() {
        let has = |path: &str| assert_word(language, &words, path);
        for lesson in LESSONS {
            has(&format!("lessons.{}.title", lesson.id));
            has(&format!("lessons.{}.question", lesson.id));
            let Some(chapter) = &lesson.chapter else { continue };
            for leading in chapter.leading_values() {
                every_word_of(language, &words, chapter, leading.as_deref());
            }
        }
    }
}

/// Words of all that a lesson declares with a value of its leading setting.
fn every_word_of(language: &str, words: &Value, chapter: &Chapter, leading: Option<&str>) {
    let has = |path: &str| assert_word(language, words, path);
    for control in chapter.all_controls(&Material::default(), leading) {
        has(&format!("controls.{}.label", control.name));
        has(&format!("controls.{}.help", control.name));
        let group = serde_json::to_value(control.group).unwrap();
        has(&format!("groups.{}", group.as_str().unwrap()));
        if let Some(unit) = &control.unit {
            has(&format!("units.{unit}"));
        }
        if let ControlKind::Choice { options } = &control.kind {
            for option in options {
                has(&format!("controls.{}.options.{option}", control.name));
            }
        }
    }
    let description = chapter.default_description(leading);
    for metric in &description.metrics {
        has(&format!("metrics.{}", metric.name));
    }
    for chart in &description.charts {
        has(&format!("charts.{}.title", chart.id));
    }
    for split in &description.splits {
        has(&format!("splits.{split}"));
    }
    for view in &description.inside {
        has(&format!("ui.inside.{view}"));
    }
    for goal in &description.goals {
        has(&format!("goals.{goal}.title"));
    }
    for experiment in &description.experiments {
        for text in ["title", "question", "result"] {
            has(&format!("experiments.{}.{text}", experiment.id));
        }
        for variant in &experiment.variants {
            has(&format!("experiments.{}.variants.{}", experiment.id, variant.id));
        }
        let reported = experiment.selection.iter().map(|selection| &selection.report);
        for measure in experiment.measures.iter().chain(reported) {
            has(&format!("measures.{}", measure.id));
        }
    }
    for (preset, _) in (chapter.presets)(leading) {
        has(&format!("presets.{preset}"));
    }
    if let Some(table) = &description.table {
        table.features.iter().for_each(|feature| has(&format!("features.{}", feature.name)));
        table.classes.iter().for_each(|class| has(&format!("classes.{class}")));
    }
    if let Some(pictures) = &description.pictures {
        has(&format!("origins.{}", pictures.origin));
        // Digits are their own names.
        let named = pictures.classes.iter().filter(|class| class.parse::<u8>().is_err());
        named.for_each(|class| has(&format!("classes.{class}")));
    }
}

fn leaves(value: &Value, path: String, into: &mut Vec<(String, BTreeSet<String>)>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| leaves(value, format!("{path}.{key}"), into))
        }
        Value::String(text) => {
            let placeholders = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            into.push((path, placeholders.map(|(name, _)| name.to_string()).collect()));
        }
        other => panic!("{path} is {other}, not text"),
    }
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let [zh, en] = [0, 1].map(|index| {
        let mut found = Vec::new();
        leaves(&languages().nth(index).unwrap().1, String::new(), &mut found);
        found.sort();
        found
    });
    for (one, other) in zh.iter().zip(&en) {
        assert_eq!(one, other);
    }
    assert_eq!(zh.len(), en.len());
}
