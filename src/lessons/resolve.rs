//! Settings of a lesson from the layers they come in: which task leads, which preset is meant, whose data are used.

use super::{Chapter, Material};
use crate::controls::{Control, Layer, Notice, Settings, Source};

/// Name of the setting that says which data a lesson learns from, and its option for the reader's own.
const DATASET: (&str, &str) = ("dataset", "own");
/// Settings that name columns of the reader's table.
const COLUMN_SETTINGS: [&str; 2] = ["label_column", "features"];

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
}

impl Chapter {
    /// Lays the layers over each other; a preset is looked up by the `name` its layer holds. Where the reader's own
    /// data are asked for and none were brought, the lesson's stand in, with a notice.
    pub fn resolve(&self, mut layers: Vec<Layer>, material: &Material) -> Resolved {
        let own = asked_for_own(&layers);
        let mut material = material.clone();
        if own == Some(false) {
            (material.table, material.mixed, material.pictures) = (None, None, None);
        }
        let mut notices = Vec::new();
        let nothing = material.table.is_none() && material.mixed.is_none() && material.pictures.is_none();
        if nothing && own == Some(true) {
            notices.push(take_out_own(&mut layers, self.leading.is_none_or(|name| name == DATASET.0)));
        }
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
        Resolved { controls, settings, notices: found, material }
    }

    /// The value of the leading setting that the strongest layer gives; a preset counts too.
    fn leading_value(&self, layers: &[Layer]) -> Option<String> {
        let name = self.leading?;
        let options: Vec<String> = self.leading_values().into_iter().flatten().collect();
        strongest_first(layers).into_iter().find_map(|layer| {
            let value = match layer.source {
                Source::Preset => self.preset(preset_name(layer), None)?.values.get(name)?.clone(),
                _ => layer.values.get(name)?.clone(),
            };
            value.as_str().map(str::to_string).filter(|value| options.contains(value))
        })
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

fn strongest_first(layers: &[Layer]) -> Vec<&Layer> {
    let mut layers: Vec<&Layer> = layers.iter().collect();
    layers.sort_by_key(|layer| std::cmp::Reverse(layer.source));
    layers
}

/// Whether the strongest layer that says anything about the data asks for the reader's own.
fn asked_for_own(layers: &[Layer]) -> Option<bool> {
    let (setting, own) = DATASET;
    let mut values = strongest_first(layers).into_iter().filter_map(|layer| layer.values.get(setting));
    values.next().map(|value| value == own)
}

/// Takes the wish for the reader's own data, and what speaks of their columns, out of the layers.
fn take_out_own(layers: &mut [Layer], is_table: bool) -> Notice {
    let (dataset, own) = DATASET;
    for layer in layers {
        layer.values.shift_remove(dataset);
        COLUMN_SETTINGS.iter().for_each(|name| drop(layer.values.shift_remove(*name)));
    }
    Notice {
        code: if is_table { "table_missing" } else { "pictures_missing" },
        setting: dataset.into(),
        given: own.into(),
        used: String::new(),
        expected: "data of one's own, loaded before".into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::controls::{Layer, Source};
    use crate::lessons::{Lesson, Material, Resolved};
    use serde_json::{Value, json};

    fn resolve(lesson: &str, layers: &[(Source, Value)]) -> Resolved {
        let layers = layers
            .iter()
            .map(|(source, values)| Layer { source: *source, values: values.as_object().unwrap().clone() })
            .collect();
        Lesson::find(lesson).unwrap().chapter.as_ref().unwrap().resolve(layers, &Material::default())
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
