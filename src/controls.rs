//! One declaration of a setting: its name, type, range, default and unit.
//!
//! A lesson declares its settings once, here as data. The declaration drives the settings panel, the
//! page's address, the code view and the run record. The words that name and explain a setting live in
//! `www/i18n/<lang>.json` under `controls.<name>`; `tests/words.rs` checks that each has them.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// What values a setting takes.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ControlKind {
    /// A whole number in `min..=max`.
    Integer {
        /// Smallest value allowed.
        min: i64,
        /// Largest value allowed.
        max: i64,
    },
    /// A finite number in `min..=max`.
    Number {
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
        /// Whether equal ratios, not equal differences, feel equal (a learning rate).
        logarithmic: bool,
    },
    /// One of a fixed list of names.
    Choice {
        /// The names, in the order shown.
        options: Vec<String>,
    },
    /// A list of whole numbers, each in `min..=max` (units of the hidden layers).
    IntegerList {
        /// Smallest item allowed.
        min: i64,
        /// Largest item allowed.
        max: i64,
        /// Fewest items.
        min_items: usize,
        /// Most items.
        max_items: usize,
    },
    /// Some of a fixed list of names, kept in the list's order.
    Subset {
        /// The names to choose from.
        options: Vec<String>,
        /// Fewest items.
        min_items: usize,
    },
}

/// Where in the panel a setting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlGroup {
    /// Which rows and columns the model sees.
    Data,
    /// Shape and initial weights of the model.
    Model,
    /// How the weights are changed.
    Training,
    /// How the result is judged.
    Evaluation,
}

/// One declared setting.
#[derive(Debug, Clone, Serialize)]
pub struct Control {
    /// The name used in the address, in `config` and in the record.
    pub name: String,
    /// Values it takes.
    #[serde(flatten)]
    pub kind: ControlKind,
    /// Value when nobody says anything.
    pub default: Value,
    /// Unit of the value, a key under `units` in the language files (`steps`, `rows`); none for a pure number.
    pub unit: Option<String>,
    /// Panel group.
    pub group: ControlGroup,
    /// The value that repeats a mistake of the document, where this setting is such a switch.
    pub as_written: Option<Value>,
}

impl Control {
    fn new(name: &str, group: ControlGroup, kind: ControlKind, default: Value) -> Self {
        let control = Self { name: name.into(), kind, default, unit: None, group, as_written: None };
        debug_assert!(control.check(&control.default).is_ok(), "default of {name} is not a value of it");
        control
    }

    /// A whole number.
    pub fn integer(name: &str, group: ControlGroup, min: i64, max: i64, default: i64) -> Self {
        Self::new(name, group, ControlKind::Integer { min, max }, json!(default))
    }

    /// A number on a linear scale.
    pub fn number(name: &str, group: ControlGroup, min: f64, max: f64, default: f64) -> Self {
        Self::new(name, group, ControlKind::Number { min, max, logarithmic: false }, json!(default))
    }

    /// A number on a logarithmic scale.
    pub fn logarithmic(name: &str, group: ControlGroup, min: f64, max: f64, default: f64) -> Self {
        Self::new(name, group, ControlKind::Number { min, max, logarithmic: true }, json!(default))
    }

    /// One of several names; the first is the default.
    pub fn choice(name: &str, group: ControlGroup, options: &[&str]) -> Self {
        let options: Vec<String> = options.iter().map(|o| o.to_string()).collect();
        let default = json!(options[0]);
        Self::new(name, group, ControlKind::Choice { options }, default)
    }

    /// A list of whole numbers.
    pub fn integer_list(
        name: &str,
        group: ControlGroup,
        items: std::ops::RangeInclusive<usize>,
        values: std::ops::RangeInclusive<i64>,
        default: &[i64],
    ) -> Self {
        let kind = ControlKind::IntegerList {
            min: *values.start(),
            max: *values.end(),
            min_items: *items.start(),
            max_items: *items.end(),
        };
        Self::new(name, group, kind, json!(default))
    }

    /// Some of several names; all are chosen by default.
    pub fn subset(name: &str, group: ControlGroup, options: &[&str], min_items: usize) -> Self {
        let options: Vec<String> = options.iter().map(|o| o.to_string()).collect();
        let default = json!(options);
        Self::new(name, group, ControlKind::Subset { options, min_items }, default)
    }

    /// Names the unit.
    pub fn unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Marks this setting as the switch of a mistake of the document.
    pub fn as_written(mut self, value: Value) -> Self {
        self.as_written = Some(value);
        self
    }

    /// Checks a value and brings it into its one form (lists in declared order, integers as integers).
    ///
    /// # Errors
    /// A sentence fragment that says what would be right.
    pub fn check(&self, value: &Value) -> Result<Value, String> {
        match &self.kind {
            ControlKind::Integer { min, max } => whole(value)
                .filter(|v| (min..=max).contains(&v))
                .map(|v| json!(v))
                .ok_or_else(|| format!("a whole number from {min} to {max}")),
            ControlKind::Number { min, max, .. } => value
                .as_f64()
                .filter(|v| v.is_finite() && *v >= *min && *v <= *max)
                .map(|v| json!(v))
                .ok_or_else(|| format!("a number from {min} to {max}")),
            ControlKind::Choice { options } => value
                .as_str()
                .filter(|v| options.iter().any(|o| o == v))
                .map(|v| json!(v))
                .ok_or_else(|| format!("one of {}", options.join(", "))),
            ControlKind::IntegerList { min, max, min_items, max_items } => value
                .as_array()
                .filter(|items| (*min_items..=*max_items).contains(&items.len()))
                .and_then(|items| {
                    let all: Option<Vec<i64>> =
                        items.iter().map(|i| whole(i).filter(|v| v >= min && v <= max)).collect();
                    all.map(|v| json!(v))
                })
                .ok_or_else(|| format!("{min_items} to {max_items} whole numbers from {min} to {max}")),
            ControlKind::Subset { options, min_items } => value
                .as_array()
                .and_then(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>())
                .filter(|names| names.iter().all(|n| options.iter().any(|o| o == n)))
                .map(|names| options.iter().filter(|o| names.contains(&o.as_str())).collect::<Vec<_>>())
                .filter(|names| names.len() >= *min_items)
                .map(|names| json!(names))
                .ok_or_else(|| format!("at least {min_items} of {}", options.join(", "))),
        }
    }

    /// Reads a value from the text form the address uses: lists are comma-separated.
    fn parse_text(&self, text: &str) -> Value {
        match &self.kind {
            ControlKind::Integer { .. } => text.trim().parse::<i64>().map_or(json!(text), |v| json!(v)),
            ControlKind::Number { .. } => text.trim().parse::<f64>().map_or(json!(text), |v| json!(v)),
            ControlKind::Choice { .. } => json!(text),
            ControlKind::IntegerList { .. } => {
                split_list(text).map(|item| item.parse::<i64>().map_or(json!(item), |v| json!(v))).collect()
            }
            ControlKind::Subset { .. } => split_list(text).map(|item| json!(item)).collect(),
        }
    }

    /// Writes a value in the text form the address uses.
    pub fn to_text(&self, value: &Value) -> String {
        let scalar = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_string);
        match value {
            Value::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(","),
            other => scalar(other),
        }
    }
}

fn whole(value: &Value) -> Option<i64> {
    // A number from JavaScript may arrive as 16.0.
    value.as_i64().or_else(|| {
        value.as_f64().filter(|v| v.fract() == 0.0 && v.abs() <= 9_007_199_254_740_991.0).map(|v| v as i64)
    })
}

fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// The seed, which every lesson has: one number that fixes split, initial weights and batch order.
pub fn seed_control() -> Control {
    Control::integer("seed", ControlGroup::Data, 0, u32::MAX as i64, 1)
}

/// Where a value came from, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// `preset=quick` or `preset=document`.
    Preset,
    /// The element's `config` and attributes, or a run record.
    Config,
    /// The page's own address, values as text.
    Address,
}

/// Some values from one source.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Layer {
    /// Where they came from.
    pub source: Source,
    /// Name to value.
    pub values: Map<String, Value>,
}

/// What was wrong with a given value; the default was used in its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Notice {
    /// `setting_out_of_range` or `setting_unknown`: a key under `notices` in the language files.
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
        let mut layers: Vec<&Layer> = layers.iter().collect();
        layers.sort_by_key(|layer| layer.source);
        for layer in layers {
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
        items.iter().filter_map(|v| v.as_u64()).map(|v| v as usize).collect()
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

    fn controls() -> Vec<Control> {
        vec![
            seed_control(),
            Control::logarithmic("learning_rate", ControlGroup::Training, 1e-5, 10.0, 0.2),
            Control::integer_list("hidden", ControlGroup::Model, 0..=4, 1..=64, &[6]),
            Control::choice("optimizer", ControlGroup::Training, &["sgd", "adam"]),
            Control::subset("features", ControlGroup::Data, &["a", "b", "c"], 1),
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
        let given = json!({"hidden": [], "features": ["b"], "learning_rate": 0.05});
        let (settings, _) = Settings::resolve(&controls(), &[layer(Source::Config, given)]);
        let address: Map<String, Value> =
            settings.address(&controls()).into_iter().map(|(k, v)| (k, json!(v))).collect();
        let (again, notices) =
            Settings::resolve(&controls(), &[Layer { source: Source::Address, values: address }]);
        assert!(notices.is_empty());
        assert_eq!(settings, again);
    }
}
