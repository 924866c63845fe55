//! Checked values of the declared settings, laid over each other from several sources.

use super::Control;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Where a value came from, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// `preset=quick` or `preset=document`.
    Preset,
    /// The element's `config` and attributes, or a run record.
    Config,
    /// The page's own address, values as text.
    Address,
}

impl Source {
    /// All of them, weakest first.
    pub const ALL: [Source; 3] = [Source::Preset, Source::Config, Source::Address];
}

/// Some values from one source.
#[derive(Debug, Clone, serde::Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Layer {
    /// Where they came from.
    pub source: Source,
    /// Name to value.
    #[cfg_attr(test, ts(type = "Settings"))]
    pub values: Map<String, Value>,
}

/// What was wrong with a given value; the default was used in its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Notice {
    /// Such as `setting_out_of_range` or `setting_unknown`: a key under `notices` in the language files.
    #[cfg_attr(
        test,
        ts(
            type = "'setting_out_of_range' | 'setting_unknown' | 'table_missing' | 'pictures_missing' | 'parameter_without_effect' | 'parameter_not_here'"
        )
    )]
    pub code: &'static str,
    /// Name of the setting.
    pub setting: String,
    /// The value as it was given, as text.
    pub given: String,
    /// The value used instead, as text; empty for an unknown setting.
    pub used: String,
    /// What would have been right, in English.
    pub expected: String,
}

/// Checked values of all declared settings, in declared order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Settings {
    values: Map<String, Value>,
}

impl Settings {
    /// The declared defaults.
    pub fn defaults(controls: &[Control]) -> Self {
        Self { values: controls.iter().map(|c| (c.name.clone(), c.default.clone())).collect() }
    }

    /// Lays `layers` over the defaults, stronger sources last whatever the order given.
    ///
    /// A value that does not fit is replaced by the setting's default and reported; so is an unknown name,
    /// except in the address, which may carry other people's parameters.
    pub fn resolve(controls: &[Control], layers: &[Layer]) -> (Self, Vec<Notice>) {
        let mut settings = Self::defaults(controls);
        let mut notices = Vec::new();
        let of = |source: Source| layers.iter().filter(move |layer| layer.source == source);
        for layer in Source::ALL.into_iter().flat_map(of) {
            for (name, given) in &layer.values {
                let Some(control) = controls.iter().find(|c| c.name == *name) else {
                    if layer.source != Source::Address {
                        notices.push(Notice {
                            code: "setting_unknown",
                            setting: name.clone(),
                            given: given.to_string(),
                            used: String::new(),
                            expected: controls.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(", "),
                        });
                    }
                    continue;
                };
                // The address holds text only; an attribute such as seed="3" arrives as text too.
                let value = match given {
                    Value::String(text) => control.parse_text(text),
                    other => other.clone(),
                };
                let checked = control.check(&value).unwrap_or_else(|expected| {
                    notices.push(Notice {
                        code: "setting_out_of_range",
                        setting: name.clone(),
                        given: control.to_text(given).chars().take(80).collect(),
                        used: control.to_text(&control.default),
                        expected,
                    });
                    control.default.clone()
                });
                settings.values.insert(name.clone(), checked);
            }
        }
        (settings, notices)
    }

    /// All values as a struct that has a field for each declared setting and no other (`deny_unknown_fields`): how a
    /// lesson reads its settings, once.
    ///
    /// # Panics
    /// If fields and declared settings differ: a mistake of the lesson, which its test finds by reading the defaults.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(Value::Object(self.values.clone()))
            .unwrap_or_else(|error| panic!("the settings are not those the lesson reads: {error}"))
    }

    /// The raw value of a declared setting.
    ///
    /// # Panics
    /// If `name` is not declared: a mistake of the lesson, not of the reader.
    pub fn value(&self, name: &str) -> &Value {
        self.values.get(name).unwrap_or_else(|| panic!("setting `{name}` is not declared"))
    }

    /// A whole number.
    pub fn integer(&self, name: &str) -> i64 {
        self.value(name).as_i64().unwrap_or_else(|| panic!("setting `{name}` is not an integer"))
    }

    /// A whole number that cannot be negative.
    pub fn count(&self, name: &str) -> usize {
        usize::try_from(self.integer(name)).unwrap_or_else(|_| panic!("setting `{name}` is negative"))
    }

    /// A number.
    pub fn number(&self, name: &str) -> f64 {
        self.value(name).as_f64().unwrap_or_else(|| panic!("setting `{name}` is not a number"))
    }

    /// A name.
    pub fn text(&self, name: &str) -> &str {
        self.value(name).as_str().unwrap_or_else(|| panic!("setting `{name}` is not text"))
    }

    /// A list of counts.
    pub fn counts(&self, name: &str) -> Vec<usize> {
        let items = self.value(name).as_array().unwrap_or_else(|| panic!("setting `{name}` is not a list"));
        items.iter().filter_map(Value::as_u64).map(|v| v as usize).collect()
    }

    /// A list of names.
    pub fn names(&self, name: &str) -> Vec<&str> {
        let items = self.value(name).as_array().unwrap_or_else(|| panic!("setting `{name}` is not a list"));
        items.iter().filter_map(Value::as_str).collect()
    }

    /// The settings that differ from the declared default, as the address carries them.
    pub fn address(&self, controls: &[Control]) -> Vec<(String, String)> {
        controls
            .iter()
            .filter(|c| self.value(&c.name) != &c.default)
            .map(|c| (c.name.clone(), c.to_text(self.value(&c.name))))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::{ControlGroup, seed_control};
    use serde_json::json;

    fn controls() -> Vec<Control> {
        vec![
            seed_control(),
            Control::logarithmic("learning_rate", ControlGroup::Training, 1e-5, 10.0, 0.2),
            Control::integer_list("hidden", ControlGroup::Model, 0..=4, 1..=64, &[6]),
            Control::choice("optimizer", ControlGroup::Training, &["sgd", "adam"]),
            Control::subset("features", ControlGroup::Data, &["a", "b", "c"], 1),
            Control::number_list("pair", ControlGroup::Inside, -10.0..=10.0, &[0.0, 1.0]),
            Control::text("notes", ControlGroup::Model, 8, |text| {
                if text.starts_with('n') { Ok(()) } else { Err("a text that begins with n".into()) }
            }),
        ]
    }

    fn layer(source: Source, values: Value) -> Layer {
        Layer { source, values: values.as_object().unwrap().clone() }
    }

    #[test]
    fn address_wins_over_config_and_preset_whatever_the_order() {
        let (settings, notices) = Settings::resolve(
            &controls(),
            &[
                layer(Source::Address, json!({"seed": "3", "hidden": "8,4"})),
                layer(Source::Preset, json!({"learning_rate": 0.5, "seed": 9})),
                layer(Source::Config, json!({"learning_rate": 0.1, "hidden": [2], "features": ["c", "a"]})),
            ],
        );
        assert!(notices.is_empty(), "{notices:?}");
        assert_eq!(settings.integer("seed"), 3);
        assert_eq!(settings.number("learning_rate"), 0.1);
        assert_eq!(settings.counts("hidden"), [8, 4]);
        assert_eq!(settings.names("features"), ["a", "c"]);
    }

    #[test]
    fn a_value_out_of_range_gives_the_default_and_a_notice() {
        for (name, given) in [
            ("seed", json!("-1")),
            ("seed", json!(1.5)),
            ("learning_rate", json!("NaN")),
            ("learning_rate", json!(1e9)),
            ("learning_rate", json!(null)),
            ("hidden", json!("6,zero")),
            ("hidden", json!([1, 2, 3, 4, 5])),
            ("hidden", json!("0")),
            ("optimizer", json!("newton")),
            ("features", json!("")),
            ("features", json!(["d"])),
            ("pair", json!("1,2,3")),
            ("pair", json!("1,one")),
            ("pair", json!("1,inf")),
            ("pair", json!([1, 11])),
            ("pair", json!([1, null])),
            ("notes", json!("other")),
            ("notes", json!("n23456789")),
            ("notes", json!(["n"])),
        ] {
            let (settings, notices) =
                Settings::resolve(&controls(), &[layer(Source::Config, json!({name: given}))]);
            assert_eq!(settings, Settings::defaults(&controls()), "{name}");
            assert_eq!(notices.len(), 1, "{name}");
            assert_eq!(notices[0].code, "setting_out_of_range");
        }
    }

    #[test]
    fn unknown_names_are_reported_except_in_the_address() {
        let given = json!({"utm_source": "x"});
        let (_, notices) = Settings::resolve(&controls(), &[layer(Source::Address, given.clone())]);
        assert!(notices.is_empty());
        let (_, notices) = Settings::resolve(&controls(), &[layer(Source::Config, given)]);
        assert_eq!(notices[0].code, "setting_unknown");
    }

    #[test]
    fn the_address_round_trips() {
        let given = json!({"hidden": [], "features": ["b"], "learning_rate": 0.05, "pair": [-4, 0.1111111111111111], "notes": "n1.n2"});
        let (settings, _) = Settings::resolve(&controls(), &[layer(Source::Config, given)]);
        let address: Map<String, Value> =
            settings.address(&controls()).into_iter().map(|(k, v)| (k, json!(v))).collect();
        let (again, notices) =
            Settings::resolve(&controls(), &[Layer { source: Source::Address, values: address }]);
        assert!(notices.is_empty());
        assert_eq!(settings, again);
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only whether it can be read is looked at")]
    struct Read {
        seed: u64,
        learning_rate: f64,
        hidden: Vec<usize>,
        optimizer: String,
        features: Vec<String>,
        pair: [f64; 2],
        notes: String,
    }

    #[test]
    fn a_struct_is_read_only_where_its_fields_are_the_settings() {
        let read = Settings::defaults(&controls()).read::<Read>();
        assert_eq!((read.seed, read.hidden, read.pair), (1, vec![6], [0.0, 1.0]));
        let missing = |controls: Vec<Control>| {
            std::panic::catch_unwind(|| Settings::defaults(&controls).read::<Read>()).is_err()
        };
        assert!(missing(controls()[1..].to_vec()), "a field without a setting");
        let more = [controls(), vec![Control::choice("model", ControlGroup::Model, &["mlp"])]].concat();
        assert!(missing(more), "a setting without a field");
    }

    #[test]
    fn whole_numbers_stand_in_the_address_without_a_fraction() {
        let given = json!({"pair": [-4, 2.5], "learning_rate": 1});
        let (settings, _) = Settings::resolve(&controls(), &[layer(Source::Config, given)]);
        let address = settings.address(&controls());
        let texts: Vec<(&str, &str)> = address.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(texts, [("learning_rate", "1"), ("pair", "-4,2.5")]);
    }
}
