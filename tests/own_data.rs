//! Data of the reader's own in every lesson that takes some: what is set for them holds for no others, and nothing of
//! the lesson's is fetched in their place.

#![cfg(feature = "tensors")]

use emberbook::controls::{Control, ControlKind, Layer, Source};
use emberbook::data::ratings::own::NamedFile;
use emberbook::data::table::TableReading;
use emberbook::lessons::experiment::Keep;
use emberbook::lessons::{Accepts, LESSONS, LessonDefinition, Own, Plan, address, find};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::rc::Rc;

#[path = "movies/generated_ratings.rs"]
mod generated_ratings;

/// A lesson at a value of its leading setting with which it takes data of the reader's own.
struct Case {
    name: String,
    definition: &'static LessonDefinition,
    base: Map<String, Value>,
    own: Own,
}

impl Case {
    fn plan(&self, layers: &[(Source, Value)], own: bool) -> Plan {
        let layer = |(source, values): &(Source, Value)| Layer {
            source: *source,
            values: values.as_object().unwrap().clone(),
        };
        let base = Layer { source: Source::Config, values: self.base.clone() };
        let layers = std::iter::once(base).chain(layers.iter().map(layer)).collect();
        self.definition
            .plan(layers, own.then(|| self.own.clone()))
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for lesson in LESSONS {
        let Some(definition) = &lesson.definition else { continue };
        let own = match definition.accepts {
            Accepts::Nothing => continue,
            Accepts::Table(_) => {
                let rows =
                    (0..3_000).map(|row| format!("{},{},{}\n", row % 37, row % 11, ["no", "yes"][row % 2]));
                let text = String::from("size,weight,kind\n") + &rows.collect::<String>();
                definition.accepts.read_table("own.csv", text.as_bytes(), &TableReading::default()).unwrap()
            }
            Accepts::Pictures => {
                let paths = (0..120).map(|number| format!("{}/{number}.png", ["cats", "dogs"][number % 2]));
                definition.accepts.read_pictures("pets", paths.collect()).unwrap()
            }
            Accepts::Ratings => {
                let files = generated_ratings::ml_1m(60, 40, 1_500, 1);
                definition.accepts.read_ratings("ml-1m.zip", &files.named()).unwrap()
            }
            Accepts::Sequences => {
                let rows = (0..1_200).map(|row| format!("{},{},{row}\n", row % 40, row * row % 23));
                let text = String::from("user,item,time\n") + &rows.collect::<String>();
                let table = NamedFile { name: "shop.csv", bytes: text.as_bytes() };
                let reading = definition.accepts.begin_sequences("shop.csv", &[table]).unwrap();
                Own::Sequences(Rc::new(reading.finish().unwrap()))
            }
        };
        for leading in definition.leading_values() {
            let mut base = Map::new();
            // The data themselves may lead.
            if let (Some(name), Some(value)) =
                (definition.leading.filter(|name| *name != "dataset"), &leading)
            {
                base.insert(name.into(), json!(value));
            }
            let name = format!("{} {base:?}", lesson.id);
            let case = Case { name, definition, base, own: own.clone() };
            let is_new = cases.iter().all(|other: &Case| other.name != case.name);
            if is_new && case.plan(&[], false).description.accepts.is_some() {
                cases.push(case);
            }
        }
    }
    assert!(cases.len() >= 6, "iris, boosting, two tasks of vision, movies and sequences");
    cases
}

/// Values that a setting of the lesson's own data can have beside its default.
fn other_values(control: &Control) -> Vec<Value> {
    let options = |options: &[String]| options.iter().map(|option| json!(option)).collect();
    let values: Vec<Value> = match &control.kind {
        ControlKind::Subset { options: names, .. } => options(names),
        ControlKind::Choice { options: names } => options(names),
        ControlKind::Integer { min, .. } => vec![json!(min), json!(min + 1)],
        ControlKind::Text { .. } if control.name == "edited" => vec![json!("n1.n2"), json!("u0.s1.s0")],
        other => panic!("{}: give {other:?} values to try", control.name),
    };
    values.into_iter().filter(|value| *value != control.default).collect()
}

fn of_data(plan: &Plan) -> Vec<Control> {
    plan.resolved.controls.iter().filter(|control| control.of_data).cloned().collect()
}

#[test]
fn what_is_set_for_the_readers_data_does_not_hold_for_the_lessons() {
    for case in cases() {
        let usual = case.plan(&[], false).resolved.settings;
        let mut taken = 0;
        let mut controls = of_data(&case.plan(&[], false));
        controls.retain(|control| control.name != "dataset");
        for control in &controls {
            let name = control.name.as_str();
            for value in other_values(control).into_iter().chain([json!("a column of the reader's")]) {
                let told = format!("{}: {name}={value}", case.name);
                let own = (Source::Address, json!({ "dataset": "own", name: value }));
                let apart = [
                    (Source::Config, json!({ "dataset": "own" })),
                    (Source::Address, json!({ name: value })),
                ];
                for layers in [&[own][..], &apart[..]] {
                    let plan = case.plan(layers, false);
                    assert_eq!(plan.resolved.settings, usual, "{told}");
                    let codes: Vec<_> = plan.resolved.notices.iter().map(|notice| notice.code).collect();
                    let code = match case.own {
                        Own::Table(_) => "table_missing",
                        Own::Pictures(_) => "pictures_missing",
                        Own::Ratings(_) => "ratings_missing",
                        Own::Sequences(_) => "sequences_missing",
                    };
                    assert_eq!(codes, [code], "{told}");
                    assert!(plan.misses_own(), "{told}");
                }
                // Set for the lesson's own data, it holds, whatever a stronger layer asks for in vain.
                let plain = [(Source::Config, json!({ name: value }))];
                let set = case.plan(&plain, false).resolved.settings;
                let [plain] = plain;
                let in_vain = [plain, (Source::Address, json!({ "dataset": "own" }))];
                assert_eq!(case.plan(&in_vain, false).resolved.settings, set, "{told}");
                taken += usize::from(set != usual);
            }
        }
        // Ratings are all alike: nothing but which of them are learned from is set.
        let is_alike = matches!(case.own, Own::Ratings(_)) && controls.is_empty();
        assert!(
            taken > 0 || is_alike,
            "{}: no value of any setting was taken, so nothing was tested",
            case.name
        );
    }
}

#[test]
fn the_settings_marked_are_those_whose_defaults_or_options_follow_the_data() {
    for case in cases() {
        let lessons = case.plan(&[], false);
        let readers = case.plan(&[(Source::Config, json!({ "dataset": "own" }))], true);
        let shown = |control: &Control| {
            let options = match &control.kind {
                ControlKind::Choice { options } | ControlKind::Subset { options, .. } => options.clone(),
                _ => Vec::new(),
            };
            (control.default.clone(), options)
        };
        // How a run learns follows the number of rows or pictures, and says nothing of the data.
        let says_nothing = |control: &Control| control.fitted && !control.of_data;
        let following: BTreeSet<&str> = lessons
            .resolved
            .controls
            .iter()
            .zip(&readers.resolved.controls)
            .filter(|(one, other)| shown(one) != shown(other) && !says_nothing(other))
            .map(|(control, _)| control.name.as_str())
            .collect();
        for plan in [&lessons, &readers] {
            // What is written in a text follows the data, not its default.
            let mut marked = of_data(plan);
            marked.retain(|control| !matches!(control.kind, ControlKind::Text { .. }));
            let marked: BTreeSet<&str> = marked.iter().map(|control| control.name.as_str()).collect();
            assert_eq!(marked, following, "{}", case.name);
        }
    }
}

#[test]
fn a_lab_on_the_readers_data_needs_no_file_of_the_lesson() {
    for case in cases() {
        // A worker that was just started is asked with whatever settings the run has.
        for layers in [vec![], vec![(Source::Config, json!({ "dataset": "own" }))]] {
            let plan = case.plan(&layers, true);
            assert_eq!(plan.resolved.settings.text("dataset"), "own", "{}", case.name);
            assert!(plan.needs().files.is_empty(), "{}: {:?}", case.name, plan.needs());
            assert_eq!(
                plan.needs().pictures.is_some(),
                matches!(case.own, Own::Pictures(_)),
                "{}",
                case.name
            );
            assert!(!plan.misses_own());
        }
        let dataset = case.plan(&[], false).resolved.settings.text("dataset").to_string();
        let back = case.plan(&[(Source::Config, json!({ "dataset": dataset }))], true);
        assert_eq!(back.needs(), case.plan(&[], false).needs(), "{}: back to the lesson's data", case.name);
        assert!(back.resolved.material.own.is_none() && back.needs().pictures.is_none());
    }
}

#[test]
fn the_address_of_a_run_on_the_readers_data_says_so() {
    for case in cases() {
        let own = case.plan(&[], true);
        for control in of_data(&own).iter().filter(|control| control.name != "dataset") {
            for value in other_values(control) {
                let set = case.plan(&[(Source::Config, json!({ &control.name: value }))], true).resolved;
                let address: Map<String, Value> =
                    address(&set.settings, &set.controls).into_iter().map(|(k, v)| (k, json!(v))).collect();
                let address = [(Source::Address, Value::from(address))];
                assert_eq!(case.plan(&address, true).resolved.settings, set.settings, "{}", case.name);
                let without = case.plan(&address, false);
                assert_eq!(
                    without.resolved.settings,
                    case.plan(&[], false).resolved.settings,
                    "{}",
                    case.name
                );
                assert!(without.misses_own());
            }
        }
    }
}

#[test]
fn presets_keep_the_readers_data_unless_they_name_others() {
    for case in cases() {
        let own = [(Source::Config, json!({ "dataset": "own" }))];
        for preset in case.plan(&own, true).description.presets.clone() {
            let layers = [(Source::Preset, json!({ "name": preset })), own[0].clone()];
            let plan = case.plan(&layers, true);
            assert_eq!(plan.resolved.settings.text("dataset"), "own", "{} {preset}", case.name);
            assert!(plan.resolved.material.own.is_some(), "{} {preset}", case.name);
        }
    }
}

#[test]
fn experiments_keep_the_readers_data_and_label() {
    for case in cases() {
        let readers = case.plan(&[(Source::Config, json!({ "dataset": "own" }))], true);
        let settings = serde_json::to_value(&readers.resolved.settings).unwrap();
        for experiment in &readers.description.experiments {
            let kept = settings.as_object().unwrap().iter().filter(|(name, _)| match &experiment.keep {
                Keep::All => true,
                Keep::Only { names } => names.contains(&name.as_str()),
            });
            let kept: Map<String, Value> = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
            for variant in &experiment.variants {
                let mut values = kept.clone();
                values.extend(variant.settings.clone());
                let told = format!("{} {} {}", case.name, experiment.id, variant.id);
                let plan = case.plan(&[(Source::Config, Value::from(values))], true);
                assert!(plan.resolved.notices.is_empty(), "{told}: {:?}", plan.resolved.notices);
                for name in ["dataset", "label_column"] {
                    if let Some(value) = settings.get(name) {
                        assert_eq!(plan.resolved.settings.value(name), value, "{told}");
                    }
                }
            }
        }
    }
}

#[test]
fn data_of_another_kind_are_refused() {
    let accepts = |id: &str| find(id).unwrap().accepts;
    assert_eq!(
        accepts("vision").read_table("own.csv", b"a,b\n1,2\n", &TableReading::default()).unwrap_err().code,
        "unknown_file"
    );
    assert_eq!(
        accepts("iris").read_pictures("pets", vec!["a/1.png".into()]).unwrap_err().code,
        "unknown_file"
    );
    for other in ["iris", "vision", "boosting", "movies"] {
        assert_eq!(accepts(other).pick_sequences("shop.zip", &[]).unwrap_err().code, "unknown_file");
        assert_eq!(accepts(other).begin_sequences("shop.zip", &[]).unwrap_err().code, "unknown_file");
    }
    for other in ["iris", "vision", "boosting"] {
        assert_eq!(accepts(other).read_ratings("ml-1m.zip", &[]).unwrap_err().code, "unknown_file");
        assert_eq!(accepts(other).pick_ratings("ml-1m.zip", &[]).unwrap_err().code, "unknown_file");
    }
    let many = (0..5_001).map(|number| format!("{}/{number}.png", number % 2)).collect();
    let error = accepts("vision").read_pictures("pets", many).unwrap_err();
    assert_eq!((&error.details["reason"], &error.details["found"]), (&json!("too_many"), &json!(5_001)));
}
