//! Settings of a lesson from the layers they come in: which task leads, which preset is meant, whose data are used.

use super::{LessonDefinition, Material, Own};
use crate::controls::{Control, Layer, Notice, Settings, Source};
use serde_json::Value;

/// Name of the setting that says which data a lesson learns from, and its option for the reader's own.
const DATASET: (&str, &str) = ("dataset", "own");

/// A lesson's settings, ready to open a lab with.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The declared settings, with the defaults that belong to the leading one.
    pub controls: Vec<Control>,
    /// Their values.
    pub settings: Settings,
    /// What was wrong with what was given.
    pub notices: Vec<Notice>,
    /// What of the reader's is used: nothing, where the settings ask for the lesson's own data.
    pub material: Material,
    /// Whether data of the reader's own were asked for that were not brought.
    pub misses_own: bool,
}

/// The settings as the page's address carries them: those that differ from the default, and that the data are the
/// reader's own wherever they are. What was set for these then holds for no others where the address is opened without.
pub fn address(settings: &Settings, controls: &[Control]) -> Vec<(String, String)> {
    let (dataset, own) = DATASET;
    let mut address = settings.address(controls);
    let is_own = controls.iter().any(|control| control.name == dataset && control.default == own)
        && settings.text(dataset) == own;
    if is_own {
        address.insert(0, (dataset.into(), own.into()));
    }
    address
}

impl LessonDefinition {
    /// Lays the layers over each other; a preset is looked up by the `name` its layer holds. Where the reader's own
    /// data are asked for and none were brought, the lesson's stand in, with a notice; what was set for the reader's
    /// does not hold for them.
    pub fn resolve(&self, layers: Vec<Layer>, own: Option<Own>) -> Resolved {
        let of = |source: Source| layers.iter().filter(move |layer| layer.source == source).cloned();
        let mut layers: Vec<Layer> = Source::ALL.into_iter().flat_map(of).collect();
        let mut notices = Vec::new();
        if let Some(understand) = self.understand {
            // The names are the same whatever the data are.
            let controls = self.all_controls(&Material::default(), None);
            for layer in layers.iter_mut().filter(|layer| layer.source != Source::Preset) {
                notices.extend(understand(layer, &controls));
            }
        }
        let asked = layers.iter().rev().find_map(|layer| self.dataset_of(layer));
        let is_asked = asked.map(|dataset| dataset == DATASET.1);
        let missing = self.accepts.missing().filter(|_| own.is_none() && is_asked == Some(true));
        if let Some(code) = missing {
            self.take_out_own(&mut layers);
            notices.push(missing_own(code));
        }
        let material = Material { own: own.filter(|_| is_asked != Some(false)), ..Material::default() };
        let leading = self.leading_value(&layers);
        let layers: Vec<Layer> = layers
            .into_iter()
            .filter_map(|layer| {
                if layer.source != Source::Preset {
                    return Some(layer);
                }
                let name = preset_name(&layer);
                let preset = self.preset(name, leading.as_deref());
                if preset.is_none() {
                    notices.push(self.unknown_preset(name, leading.as_deref()));
                }
                preset
            })
            .collect();
        let controls = self.all_controls(&material, leading.as_deref());
        let (settings, mut found) = Settings::resolve(&controls, &layers);
        found.extend(notices);
        Resolved { controls, settings, notices: found, material, misses_own: missing.is_some() }
    }

    /// The value a layer gives a setting; a preset counts too.
    fn value_in(&self, layer: &Layer, name: &str) -> Option<Value> {
        match layer.source {
            Source::Preset => self.preset(preset_name(layer), None)?.values.get(name).cloned(),
            _ => layer.values.get(name).cloned(),
        }
    }

    fn dataset_of(&self, layer: &Layer) -> Option<Value> {
        self.value_in(layer, DATASET.0)
    }

    /// The value of the leading setting that the strongest layer gives.
    fn leading_value(&self, layers: &[Layer]) -> Option<String> {
        let name = self.leading?;
        let options: Vec<String> = self.leading_values().into_iter().flatten().collect();
        layers.iter().rev().find_map(|layer| {
            let value = self.value_in(layer, name)?;
            value.as_str().map(str::to_string).filter(|value| options.contains(value))
        })
    }

    /// Takes out of the layers, weakest first, what was set for the reader's own data: in each that asks for them, and
    /// in those over it that name no others.
    fn take_out_own(&self, layers: &mut [Layer]) {
        let controls = self.all_controls(&Material::default(), None);
        let mut is_for_own = false;
        for layer in layers {
            if let Some(dataset) = self.dataset_of(layer) {
                is_for_own = dataset == DATASET.1;
            }
            if is_for_own {
                let of_data = controls.iter().filter(|control| control.of_data);
                of_data.for_each(|control| drop(layer.values.shift_remove(&control.name)));
            }
        }
    }

    fn unknown_preset(&self, name: &str, leading: Option<&str>) -> Notice {
        let names: Vec<&str> = (self.presets)(leading).into_iter().map(|(name, _)| name).collect();
        Notice {
            code: "setting_out_of_range",
            setting: "preset".into(),
            given: name.chars().take(80).collect(),
            used: String::new(),
            expected: format!("one of {}", names.join(", ")),
        }
    }
}

fn preset_name(layer: &Layer) -> &str {
    layer.values.get("name").and_then(|name| name.as_str()).unwrap_or_default()
}

fn missing_own(code: &'static str) -> Notice {
    let (dataset, own) = DATASET;
    Notice {
        code,
        setting: dataset.into(),
        given: own.into(),
        used: String::new(),
        expected: "data of one's own, loaded before".into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::controls::{Layer, Source};
    use crate::lessons::{Resolved, find};
    use serde_json::{Value, json};

    fn resolve(lesson: &str, layers: &[(Source, Value)]) -> Resolved {
        let layers = layers
            .iter()
            .map(|(source, values)| Layer { source: *source, values: values.as_object().unwrap().clone() })
            .collect();
        find(lesson).unwrap().resolve(layers, None)
    }

    #[test]
    fn the_strongest_task_brings_its_defaults() {
        let both =
            [(Source::Config, json!({"task": "mnist"})), (Source::Address, json!({"task": "happy_or_sad"}))];
        let resolved = resolve("vision", &both);
        assert_eq!(resolved.settings.text("task"), "happy_or_sad");
        assert_eq!(resolved.settings.counts("filters"), [32, 64, 64]);
        let digits = resolve("vision", &both[..1]);
        assert_eq!(digits.settings.counts("filters"), [16]);
        assert!(digits.notices.is_empty(), "{:?}", digits.notices);
    }

    #[test]
    fn a_preset_may_choose_the_task() {
        let resolved = resolve("vision", &[(Source::Preset, json!({"name": "quick"}))]);
        assert_eq!(resolved.settings.text("task"), "mnist");
        let faces = resolve(
            "vision",
            &[(Source::Preset, json!({"name": "quick"})), (Source::Config, json!({"task": "happy_or_sad"}))],
        );
        assert_eq!(faces.settings.text("task"), "happy_or_sad");
    }

    #[test]
    fn own_data_that_were_not_brought_are_told() {
        let table = resolve("iris", &[(Source::Address, json!({"dataset": "own", "features": "a"}))]);
        assert_eq!(table.notices[0].code, "table_missing");
        let pictures =
            resolve("vision", &[(Source::Config, json!({"task": "horse_or_human", "dataset": "own"}))]);
        assert_eq!(pictures.notices[0].code, "pictures_missing");
    }

    #[test]
    fn an_unknown_preset_is_told() {
        assert_eq!(
            resolve("iris", &[(Source::Preset, json!({"name": "slow"}))]).notices[0].setting,
            "preset"
        );
    }
}
