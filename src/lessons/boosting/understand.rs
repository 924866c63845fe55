//! LightGBM's other names for the settings, and its parameters that this lab does not have.

use crate::controls::{Control, Layer, Notice, Source};
use gbdt::{Effect, Objective, known};
use serde_json::{Map, Value};

/// Puts the lab's own names and values in place of LightGBM's aliases. A parameter's own name wins over its aliases, and
/// of two aliases the shorter. Notices say what has no effect and what the lab does not have; of the address, which
/// may carry other people's parameters, nothing is said.
pub fn understand(layer: &mut Layer, controls: &[Control]) -> Vec<Notice> {
    let declared = |name: &str| controls.iter().any(|control| control.name == name);
    let (mut values, mut notices) = (Map::new(), Vec::new());
    // How long the name is that each value was given by; the lab's own name counts as the shortest.
    let mut lengths: Map<String, Value> = Map::new();
    for (name, value) in std::mem::take(&mut layer.values) {
        let length = if declared(&name) { 0 } else { name.len() };
        let parameter = known(&name).filter(|_| length > 0);
        let own = parameter.map_or(name.as_str(), |parameter| parameter.name);
        if parameter.is_none() || declared(own) {
            let before = lengths.get(own).and_then(Value::as_u64);
            if before.is_none_or(|before| (length as u64) < before) {
                lengths.insert(own.into(), length.into());
                let (own, value) = translated(own.into(), value);
                values.insert(own, value);
            }
        } else if layer.source != Source::Address {
            let nothing = parameter.is_some_and(|parameter| parameter.effect == Effect::Nothing);
            let code = if nothing { "parameter_without_effect" } else { "parameter_not_here" };
            let given = value.to_string().chars().take(80).collect();
            notices.push(Notice { code, setting: name, given, used: String::new(), expected: String::new() });
        }
    }
    layer.values = values;
    notices
}

/// The lab's name and value of a parameter: LightGBM's words for a choice, and truth values in place of their names.
fn translated(name: String, value: Value) -> (String, Value) {
    let text = match &value {
        Value::String(text) => text.to_ascii_lowercase(),
        Value::Bool(truth) => truth.to_string(),
        _ => return (name, value),
    };
    let said = |text: &str| Value::from(text);
    match (name.as_str(), text.as_str()) {
        ("boosting", "goss") => ("data_sample_strategy".into(), said("goss")),
        ("boosting", "gbrt") => (name, said("gbdt")),
        ("boosting", "random_forest") => (name, said("rf")),
        ("objective", text) => {
            let own = Objective::named(text).map(Objective::name);
            (name, own.map_or(value, Value::from))
        }
        ("extra_trees" | "is_unbalance", text) => (name, said(text)),
        _ => (name, value),
    }
}

#[cfg(test)]
mod tests {
    use super::super::LESSON;
    use super::*;
    use crate::lessons::Material;
    use serde_json::json;

    fn understood(source: Source, values: Value) -> (Value, Vec<(&'static str, String)>) {
        let definition = LESSON.definition.as_ref().unwrap();
        let controls = definition.all_controls(&Material::default(), None);
        let mut layer = Layer { source, values: values.as_object().unwrap().clone() };
        let notices = understand(&mut layer, &controls);
        (
            Value::Object(layer.values),
            notices.into_iter().map(|notice| (notice.code, notice.setting)).collect(),
        )
    }

    #[test]
    fn aliases_become_settings_and_a_name_wins_over_them() {
        let given =
            json!({"eta": 0.5, "n_estimators": 7, "num_leaf": 9, "num_leaves": 12, "shrinkage_rate": 0.1});
        let (values, notices) = understood(Source::Config, given);
        assert_eq!(values, json!({"num_leaves": 12, "learning_rate": 0.5, "num_iterations": 7}));
        assert!(notices.is_empty());
    }

    #[test]
    fn words_of_lightgbm_become_the_lab_s() {
        let given = json!({"boosting_type": "goss", "app": "RMSE", "unbalance": true, "extra_tree": "True"});
        let (values, _) = understood(Source::Address, given);
        let expected = json!({"data_sample_strategy": "goss", "objective": "regression", "is_unbalance": "true", "extra_trees": "true"});
        assert_eq!(values, expected);
    }

    #[test]
    fn what_does_nothing_and_what_is_not_here_is_said() {
        let given = json!({"n_jobs": 4, "linear_tree": true, "sigmoid": 2.0, "colour": "red"});
        let (values, notices) = understood(Source::Config, given.clone());
        assert_eq!(values, json!({"colour": "red"}), "a name that LightGBM does not know is left to the lab");
        let expected = [
            ("parameter_without_effect", "n_jobs"),
            ("parameter_not_here", "linear_tree"),
            ("parameter_not_here", "sigmoid"),
        ];
        assert_eq!(notices, expected.map(|(code, name)| (code, name.to_string())));
        assert!(understood(Source::Address, given).1.is_empty());
    }
}
