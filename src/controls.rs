//! One declaration of a setting: its name, type, range, default and unit.
//!
//! A lesson declares its settings once, here as data. The declaration drives the settings panel, the
//! page's address, the code view and the run record. The words that name and explain a setting live in
//! `www/i18n/<lang>.json` under `controls.<name>`; `tests/book/words.rs` checks that each has them.

mod rate_changes;
mod settings;

pub use rate_changes::{LONGEST_RATE_CHANGES, RATE_CHANGES, RateChanges};
pub use settings::{Layer, Notice, Settings, Source};

use serde::Serialize;
use serde_json::{Value, json};

/// What values a setting takes.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
    /// A list of finite numbers, each in `min..=max` (the numbers of a filter).
    NumberList {
        /// Smallest item allowed.
        min: f64,
        /// Largest item allowed.
        max: f64,
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
    /// A text in a form of the setting's own; empty where nothing is set.
    Text {
        /// Most characters.
        max: usize,
        /// Says what would be right of a text that cannot be read.
        #[serde(skip)]
        #[cfg_attr(test, ts(skip))]
        check: fn(&str) -> Result<(), String>,
    },
}

/// Where in the panel a setting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
    /// What is looked at: chosen at the look inside that shows it, not in the panel.
    Inside,
}

/// One declared setting.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Control {
    /// The name used in the address, in `config` and in the record.
    pub name: String,
    /// Values it takes.
    #[serde(flatten)]
    pub kind: ControlKind,
    /// Value when nobody says anything.
    #[cfg_attr(test, ts(type = "Json"))]
    pub default: Value,
    /// Unit of the value, a key under `units` in the language files (`steps`, `rows`); none for a pure number.
    pub unit: Option<String>,
    /// Panel group.
    pub group: ControlGroup,
    /// The value that repeats a mistake of the document, where this setting is such a switch.
    #[cfg_attr(test, ts(type = "Json"))]
    pub as_written: Option<Value>,
    /// The choices this setting has a meaning with, all of them; empty where it always has one.
    pub only_with: Vec<OnlyWith>,
    /// Whether the defaults of the other settings follow this one: choosing another task begins with the settings of
    /// that task, not with those of the one before.
    pub leads: bool,
    /// Whether it speaks of the data at hand: of columns, of the number of rows, of whose data they are. Its value is
    /// then worth nothing with other data.
    pub of_data: bool,
    /// Whether its default was chosen for the size of the reader's own data.
    pub fitted: bool,
}

/// Options of another setting that give a setting its meaning: a kernel belongs to a support vector machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OnlyWith {
    /// Name of the other setting, a choice.
    pub setting: String,
    /// Its options that count.
    pub options: Vec<String>,
}

impl Control {
    fn new(name: &str, group: ControlGroup, kind: ControlKind, default: Value) -> Self {
        let control = Self {
            name: name.into(),
            kind,
            default,
            unit: None,
            group,
            as_written: None,
            only_with: Vec::new(),
            leads: false,
            of_data: false,
            fitted: false,
        };
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
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
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

    /// A list of numbers, as many as the default has.
    pub fn number_list(
        name: &str,
        group: ControlGroup,
        values: std::ops::RangeInclusive<f64>,
        default: &[f64],
    ) -> Self {
        let kind = ControlKind::NumberList {
            min: *values.start(),
            max: *values.end(),
            min_items: default.len(),
            max_items: default.len(),
        };
        Self::new(name, group, kind, json!(default))
    }

    /// Some of several names; all are chosen by default.
    pub fn subset(name: &str, group: ControlGroup, options: &[&str], min_items: usize) -> Self {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        let default = json!(options);
        Self::new(name, group, ControlKind::Subset { options, min_items }, default)
    }

    /// Some of several names, one at least; those of `chosen` by default.
    pub fn subset_of(name: &str, group: ControlGroup, options: &[&str], chosen: &[&str]) -> Self {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        Self::new(name, group, ControlKind::Subset { options, min_items: 1 }, json!(chosen))
    }

    /// Some of several names, or none; those of `chosen` by default.
    pub fn some_of(name: &str, group: ControlGroup, options: &[&str], chosen: &[&str]) -> Self {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        Self::new(name, group, ControlKind::Subset { options, min_items: 0 }, json!(chosen))
    }

    /// A text that `check` can read, or none.
    pub fn text(name: &str, group: ControlGroup, max: usize, check: fn(&str) -> Result<(), String>) -> Self {
        Self::new(name, group, ControlKind::Text { max, check }, json!(""))
    }

    /// [Changes of the learning rate](RateChanges) in mid-run, beside the setting `learning_rate`.
    pub fn rate_changes() -> Self {
        let check = |text: &str| RateChanges::read(text).map(|_| ());
        Self::text(RATE_CHANGES, ControlGroup::Training, LONGEST_RATE_CHANGES, check)
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

    /// Makes the defaults of the other settings follow this one.
    pub fn leading(mut self) -> Self {
        self.leads = true;
        self
    }

    /// Says that it speaks of the data at hand: what is set for some data does not hold for others.
    pub fn of_data(mut self) -> Self {
        self.of_data = true;
        self
    }

    /// Says whether its default was chosen for the size of the reader's own data.
    pub fn fitted(mut self, is_fitted: bool) -> Self {
        self.fitted = is_fitted;
        self
    }

    /// Gives the setting a meaning only with some options of another choice, beside what it needs already; a page need not
    /// show it otherwise.
    pub fn only_with(mut self, setting: &str, options: &[&str]) -> Self {
        let options = options.iter().map(ToString::to_string).collect();
        self.only_with.push(OnlyWith { setting: setting.into(), options });
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
            ControlKind::Number { min, max, .. } => number(value, *min, *max)
                .map(|v| json!(v))
                .ok_or_else(|| format!("a number from {min} to {max}")),
            ControlKind::Choice { options } => {
                // An option such as the side of a picture is a number to whoever writes a config.
                let text = value.as_str().map(str::to_string).or_else(|| whole(value).map(|v| v.to_string()));
                text.filter(|v| options.contains(v))
                    .map(|v| json!(v))
                    .ok_or_else(|| format!("one of {}", options.join(", ")))
            }
            ControlKind::IntegerList { min, max, min_items, max_items } => value
                .as_array()
                .filter(|items| (*min_items..=*max_items).contains(&items.len()))
                .and_then(|items| {
                    let all: Option<Vec<i64>> =
                        items.iter().map(|i| whole(i).filter(|v| v >= min && v <= max)).collect();
                    all.map(|v| json!(v))
                })
                .ok_or_else(|| format!("{min_items} to {max_items} whole numbers from {min} to {max}")),
            ControlKind::NumberList { min, max, min_items, max_items } => value
                .as_array()
                .filter(|items| (*min_items..=*max_items).contains(&items.len()))
                .and_then(|items| items.iter().map(|i| number(i, *min, *max)).collect::<Option<Vec<f64>>>())
                .map(|v| json!(v))
                .ok_or_else(|| format!("{min_items} to {max_items} numbers from {min} to {max}")),
            ControlKind::Subset { options, min_items } => value
                .as_array()
                .and_then(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>())
                .filter(|names| names.iter().all(|n| options.iter().any(|o| o == n)))
                .map(|names| options.iter().filter(|o| names.contains(&o.as_str())).collect::<Vec<_>>())
                .filter(|names| names.len() >= *min_items)
                .map(|names| json!(names))
                .ok_or_else(|| format!("at least {min_items} of {}", options.join(", "))),
            ControlKind::Text { max, check } => {
                let text = value.as_str().filter(|text| text.len() <= *max);
                let text = text.ok_or_else(|| format!("a text of at most {max} characters"))?;
                if !text.is_empty() {
                    check(text)?;
                }
                Ok(json!(text))
            }
        }
    }

    /// Reads a value from the text form the address uses: lists are comma-separated.
    fn parse_text(&self, text: &str) -> Value {
        match &self.kind {
            ControlKind::Integer { .. } => text.trim().parse::<i64>().map_or(json!(text), |v| json!(v)),
            ControlKind::Number { .. } => text.trim().parse::<f64>().map_or(json!(text), |v| json!(v)),
            ControlKind::Choice { .. } | ControlKind::Text { .. } => json!(text),
            ControlKind::IntegerList { .. } => {
                split_list(text).map(|item| item.parse::<i64>().map_or(json!(item), |v| json!(v))).collect()
            }
            ControlKind::NumberList { .. } => {
                split_list(text).map(|item| item.parse::<f64>().map_or(json!(item), |v| json!(v))).collect()
            }
            ControlKind::Subset { .. } => split_list(text).map(|item| json!(item)).collect(),
        }
    }

    /// Writes a value in the text form the address uses.
    pub fn to_text(&self, value: &Value) -> String {
        // A number that is whole stands without a fraction: `0,-4,1`, not `0.0,-4.0,1.0`.
        let scalar = |v: &Value| match (v.as_str(), whole(v)) {
            (Some(text), _) => text.to_string(),
            (None, Some(whole)) => whole.to_string(),
            (None, None) => v.to_string(),
        };
        match value {
            Value::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(","),
            other => scalar(other),
        }
    }
}

/// A finite number between two others.
fn number(value: &Value, min: f64, max: f64) -> Option<f64> {
    value.as_f64().filter(|v| v.is_finite() && *v >= min && *v <= max)
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
    Control::integer("seed", ControlGroup::Data, 0, i64::from(u32::MAX), 1)
}
