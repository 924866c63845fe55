//! A setting is shown only where it does something: with each model, another value of a setting that has a meaning changes
//! what comes of a run.

use emberbook::controls::{Control, ControlKind, Layer, RATE_CHANGES, Source};
use emberbook::lessons::{Material, Plan, find};
use serde_json::{Map, Value, json};

/// What is tried.
pub struct Trial<'a> {
    pub lesson: &'a str,
    pub material: &'a Material,
    /// Settings small enough to be trained in a moment, and such that half of each number still means something.
    pub small: &'a dyn Fn(&str) -> Map<String, Value>,
    /// What comes of a run.
    pub outcome: &'a dyn Fn(&Plan, &Material) -> Value,
    /// Settings that are not tried.
    pub skipped: &'a [&'a str],
}

/// A lab with these settings over the defaults, before it is opened.
pub fn plan(lesson: &str, values: Map<String, Value>, material: &Material) -> Plan {
    let layer = Layer { source: Source::Config, values };
    find(lesson).unwrap().plan(vec![layer], material.own.clone()).unwrap()
}

/// What the page does before it shows a setting (www/lab/meaning.ts).
fn has_meaning(control: &Control, plan: &Plan) -> bool {
    let settings = json!(plan.resolved.settings);
    let holds = |name: &str, options: &[String]| {
        let other = plan.resolved.controls.iter().find(|other| other.name == name).unwrap();
        options.iter().any(|option| settings[name] == **option) && has_meaning(other, plan)
    };
    control.only_with.iter().all(|needed| holds(&needed.setting, &needed.options))
}

/// Another value than the one at hand.
fn other(control: &Control, value: &Value) -> Value {
    match &control.kind {
        ControlKind::Choice { options } => {
            json!(options.iter().find(|option| *value != ***option).unwrap())
        }
        ControlKind::Integer { min, .. } => {
            let value = value.as_i64().unwrap();
            json!(if value > *min { (value / 2).max(*min) } else { value + 1 })
        }
        ControlKind::Number { min, max, .. } => {
            let (value, min) = (value.as_f64().unwrap(), *min);
            json!(if value > min { (value + min) / 2.0 } else { (value + max) / 2.0 })
        }
        ControlKind::IntegerList { .. } => json!(if value == &json!([]) { vec![4] } else { vec![] }),
        ControlKind::Subset { options, .. } => json!(if value == &json!([]) { &options[..1] } else { &[] }),
        // A rate that no lesson has by default, from the second step on.
        ControlKind::Text { .. } if control.name == RATE_CHANGES => json!("1:0.05"),
        kind @ (ControlKind::NumberList { .. } | ControlKind::Text { .. }) => {
            panic!("{}: {kind:?}", control.name)
        }
    }
}

impl Trial<'_> {
    /// Tries the settings of every model; gives how many there were.
    pub fn of(&self, models: &[&str]) -> usize {
        let mut idle = Vec::new();
        let mut tried = 0;
        for model in models {
            let settings = (self.small)(model);
            let base = plan(self.lesson, settings.clone(), self.material);
            let values = json!(base.resolved.settings);
            let is_tried = |control: &&Control| {
                has_meaning(control, &base) && !control.leads && !self.skipped.contains(&&*control.name)
            };
            let shown: Vec<(String, Value)> = base
                .resolved
                .controls
                .iter()
                .filter(is_tried)
                .map(|control| (control.name.clone(), other(control, &values[&control.name])))
                .collect();
            let before = (self.outcome)(&base, self.material);
            for (name, value) in shown {
                let mut changed = settings.clone();
                changed.insert(name.clone(), value.clone());
                tried += 1;
                if (self.outcome)(&plan(self.lesson, changed, self.material), self.material) == before {
                    idle.push(format!("{model}: {name} = {value}"));
                }
            }
        }
        assert!(idle.is_empty(), "these change nothing: {idle:#?}");
        tried
    }
}
