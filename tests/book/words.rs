//! Every declared name has its words in both languages, and both languages have the same keys and placeholders.

use emberbook::controls::ControlKind;
use emberbook::lessons::{LESSONS, LessonDefinition, Material};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Words of a language that all lessons share, or those of one lesson alone.
fn words_of(language: &str, lesson: Option<&str>) -> Value {
    let path = match lesson {
        None => format!("i18n/{language}.json"),
        Some(lesson) => format!("lessons/{lesson}/words.{language}.json"),
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www").join(path);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Lessons that are there.
fn lessons() -> impl Iterator<Item = (&'static str, &'static LessonDefinition)> {
    LESSONS.iter().filter_map(|lesson| Some((lesson.id, lesson.definition.as_ref()?)))
}

fn word<'a>(words: &'a Value, path: &str) -> Option<&'a str> {
    path.split('.').fold(words, |value, key| &value[key]).as_str().filter(|word| !word.trim().is_empty())
}

/// What a lab of one lesson has in one language: its own words over the shared ones.
struct Words {
    language: &'static str,
    own: Value,
    shared: Value,
}

impl Words {
    fn has(&self, path: &str) {
        let found = word(&self.own, path).or_else(|| word(&self.shared, path));
        assert!(found.is_some(), "{}: there are no words under `{path}`", self.language);
    }
}

#[test]
fn every_declared_name_has_its_words() {
    for language in LANGUAGES {
        let shared = words_of(language, None);
        for lesson in LESSONS {
            let own = words_of(language, Some(lesson.id));
            for path in ["lesson.title", "lesson.question"] {
                assert!(word(&own, path).is_some(), "{language}: {} has no words under `{path}`", lesson.id);
            }
        }
        for (id, definition) in lessons() {
            let words = Words { language, own: words_of(language, Some(id)), shared: shared.clone() };
            for leading in definition.leading_values() {
                every_word_of(&words, definition, leading.as_deref());
            }
        }
    }
}

/// Words of all that a lesson declares with a value of its leading setting.
fn every_word_of(words: &Words, definition: &LessonDefinition, leading: Option<&str>) {
    let has = |path: &str| words.has(path);
    for control in definition.all_controls(&Material::default(), leading) {
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
    let description = definition.default_description(leading);
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
            if let Some(group) = measure.group {
                has(&format!("measure_groups.{group}"));
            }
        }
    }
    for (preset, _) in (definition.presets)(leading) {
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
            map.iter().for_each(|(key, value)| leaves(value, format!("{path}.{key}"), into));
        }
        Value::String(text) => {
            let placeholders = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            into.push((path, placeholders.map(|(name, _)| name.to_string()).collect()));
        }
        other => panic!("{path} is {other}, not text"),
    }
}

fn sorted_leaves(words: &Value) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    leaves(words, String::new(), &mut found);
    found.sort();
    found
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    for lesson in std::iter::once(None).chain(lessons().map(|(id, _)| Some(id))) {
        let [zh, en] = LANGUAGES.map(|language| sorted_leaves(&words_of(language, lesson)));
        for (one, other) in zh.iter().zip(&en) {
            assert_eq!(one, other, "{lesson:?}");
        }
        assert_eq!(zh.len(), en.len(), "{lesson:?}");
    }
}

#[test]
fn words_that_lessons_share_are_written_once() {
    let shared = sorted_leaves(&words_of("en", None));
    for (id, _) in lessons() {
        let english = words_of("en", Some(id));
        for (path, _) in sorted_leaves(&english) {
            let path = path.trim_start_matches('.');
            let is_shared = shared.iter().any(|(other, _)| other.trim_start_matches('.') == path);
            let same = is_shared && word(&english, path) == word(&words_of("en", None), path);
            assert!(!same, "{id} repeats the shared words under `{path}`");
        }
    }
}
