//! The declared settings with their defaults and limits, and the named sets of them.

use super::Model;
use crate::controls::{Control, ControlGroup};
use crate::lessons::sequences::dataset::Dataset;
use crate::lessons::{Material, Preset};
use serde_json::{Value, json};

/// Names of the models of which something is so.
fn models(is_so: fn(Model) -> bool) -> Vec<&'static str> {
    Model::ALL.iter().filter(|(_, model)| is_so(*model)).map(|(name, _)| *name).collect()
}

/// The declared settings.
pub fn controls(material: &Material, _: Option<&str>) -> Vec<Control> {
    use ControlGroup::{Data, Model as Network, Training};
    let made = |control: Control| control.only_with("dataset", &["emoji"]);
    let signal = |name| made(Control::number(name, Data, 0.0, 2.0, 1.0)).only_with("signals", &["shown"]);
    let of = |control: Control, is_so: fn(Model) -> bool| control.only_with("model", &models(is_so));
    let of_codes = |control: Control| of(control, Model::has_modalities).only_with("modality", &["codes"]);
    let all: Vec<&str> = Model::ALL.iter().map(|(name, _)| *name).collect();
    vec![
        Control::choice("dataset", Data, &Dataset::options(material)).of_data(),
        made(Control::integer("users", Data, 50, 10_000, 3_000).unit("users")),
        made(Control::choice("signals", Data, &["shown", "one_secret"])),
        signal("order_strength"),
        signal("image_strength"),
        signal("text_strength"),
        of(Control::integer("max_history", Data, 1, 50, 50).unit("items"), Model::is_network),
        of(Control::number("missing", Data, 0.0, 0.9, 0.0), Model::has_modalities),
        Control::choice("model", Network, &all).leading(),
        of(Control::integer("dim", Network, 4, 256, 64), Model::is_network),
        of(Control::integer("layers", Network, 1, 4, 1), Model::has_graph),
        of(Control::choice("pooling", Network, &["last", "mean"]), Model::has_graph),
        of(Control::choice("modality", Network, &["codes", "features"]), Model::has_graph),
        of(Control::choice("node_info", Network, &["both", "position", "type", "none"]), Model::has_graph),
        of(Control::some_of("left_out", Network, &LEFT_OUT, &[]), Model::has_edges),
        of(Control::text("edited", Network, LONGEST_TEXT, check_edited).of_data(), Model::is_network),
        of(Control::choice("mode", Network, &["paper", "code"]), Model::is_han),
        of(Control::choice("order", Network, &["gate", "ho_he", "he_ho"]), |model| model == Model::Mmsr),
        of(Control::choice("invasive", Network, &["off", "on"]), |model| model == Model::Mmsr),
        of(Control::choice("score_scale", Network, &["none", "root"]), Model::is_han),
        of(Control::choice("encoder", Network, &["gru", "self_attention"]), Model::has_encoder),
        of_codes(Control::integer("clusters", Network, 2, 200, 20).unit("clusters")),
        of_codes(Control::integer("codes_per_item", Network, 1, 8, 1).unit("codes")),
        of_codes(Control::choice("code_distance", Network, &["cosine", "euclidean"])),
        of_codes(Control::integer("encoder_epochs", Network, 10, 500, ENCODER_EPOCHS).unit("epochs")),
        of(Control::logarithmic("learning_rate", Training, 1e-5, 0.1, 2e-3), Model::is_network),
        of(Control::rate_changes(), Model::is_network),
        of(Control::integer("batch_size", Training, 1, 1_024, 128).unit("histories"), Model::is_network),
        of(Control::integer("epochs", Training, 1, 200, 30).unit("epochs"), Model::is_network),
        of(Control::number("dropout", Training, 0.0, 0.9, 0.4), Model::is_network),
        of(Control::number("attention_dropout", Training, 0.0, 0.9, 0.2), Model::has_attention),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the sizes of the authors' program.
pub fn presets(model: Option<&str>) -> Vec<Preset> {
    let set = |values: Value| values.as_object().cloned().unwrap_or_default();
    let model = Model::named(model);
    let quick = if model.is_network() { json!({"epochs": 5}) } else { json!({}) };
    let document = json!({"model": "mmsr", "dim": 128, "encoder_epochs": 500, "epochs": 100});
    vec![("quick", set(quick)), ("document", set(document))]
}

/// Sorts of edges that graphs can do without.
const LEFT_OUT: [&str; 4] = ["within", "item_image", "item_text", "image_text"];
/// Epochs of the linear auto-encoders; those of the authors' program are 500.
const ENCODER_EPOCHS: i64 = 200;

/// Characters of the text that says what the reader changed.
const LONGEST_TEXT: usize = 4_000;

/// Reads the text as the module that opens the lesson does; the others have none to open it with.
fn check_edited(text: &str) -> Result<(), String> {
    cfg_select! {
        feature = "sequences" => { crate::lessons::sequences::edited::Edited::read(text).map(|_| ()) }
        _ => { let _ = text; Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::{ControlKind, Settings, seed_control};
    use crate::lessons::sequences::settings::SequencesSettings;

    /// `read` refuses a setting without a field and a field without a setting.
    #[test]
    fn every_declared_setting_has_its_field_and_every_field_is_declared() {
        for (name, model) in Model::ALL {
            let mut declared = vec![seed_control()];
            declared.extend(controls(&Material::default(), Some(name)));
            let read: SequencesSettings = Settings::defaults(&declared).read();
            assert_eq!((read.seed, read.dim), (1, 64));
            assert_eq!((Model::named(Some(name)), model.name()), (model, name));
        }
    }

    #[test]
    fn every_model_is_among_the_options() {
        let declared = controls(&Material::default(), None);
        let model = declared.iter().find(|control| control.name == "model").unwrap();
        let ControlKind::Choice { options } = &model.kind else { panic!("a choice") };
        assert!(options.iter().map(String::as_str).eq(Model::ALL.map(|(name, _)| name)));
    }
}
