//! The declared settings with their defaults and limits, and the named sets of them.

use super::Model;
use crate::controls::{Control, ControlGroup};
use crate::data::ratings::MOST_RATINGS;
use crate::data::ratings::made::WorldConfig;
use crate::lessons::movies::dataset::Dataset;
use crate::lessons::{Material, Preset};
use serde_json::{Value, json};

/// Rows of the document's shuffle buffer. Ratings are sorted by user: on latest-small such a buffer costs about .02 stars
/// of RMSE over shuffling all (.9143 to .8911 after one pass, .9011 to .8803 after two).
const DOCUMENT_BUFFER: usize = 8_192;

/// Names of the models of which something is so.
fn models(is_so: fn(Model) -> bool) -> Vec<&'static str> {
    Model::ALL.iter().filter(|(_, model)| is_so(*model)).map(|(name, _)| *name).collect()
}

/// What is usual for a model: width of its vectors, learning rate, passes and the split it is judged by. Those of the
/// fusion network but for the width were chosen on `valid` of latest-small, as were those of the classic methods.
struct Usual {
    width: i64,
    learning_rate: f64,
    passes: i64,
    splits: [&'static str; 4],
}

fn usual(model: Model) -> Usual {
    let random = ["random", "last_fifth", "last_one", "one_date"];
    let last = ["last_fifth", "random", "last_one", "one_date"];
    match model {
        Model::Candidate | Model::Ranking => {
            Usual { width: 32, learning_rate: 2e-3, passes: 6, splits: last }
        }
        Model::Svd => Usual { width: 48, learning_rate: 1e-3, passes: 3, splits: random },
        Model::Mf => Usual { width: 16, learning_rate: 0.02, passes: 25, splits: random },
        _ => Usual { width: 32, learning_rate: 1e-3, passes: 3, splits: random },
    }
}

/// The declared settings with the defaults of a model. Where the document errs, its way is marked `as_written`.
pub fn controls(material: &Material, model: Option<&str>) -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Model as Network, Training};
    let usual = usual(Model::named(model));
    let made = |control: Control| control.only_with("dataset", &["made"]);
    let of = |control: Control, is_so: fn(Model) -> bool| control.only_with("model", &models(is_so));
    let is_fusion = |model| model == Model::Fusion;
    let has_candidates = Model::has_candidates;
    let is_ranking = |model| model == Model::Ranking;
    let all: Vec<&str> = Model::ALL.iter().map(|(name, _)| *name).collect();
    let world = WorldConfig::default();
    vec![
        Control::choice("dataset", Data, &Dataset::options(material)).of_data(),
        made(Control::integer("users", Data, 20, 5_000, world.users as i64).unit("users")),
        made(Control::integer("films", Data, 20, 10_000, world.films as i64).unit("films")),
        made(Control::integer("tastes", Data, 0, 32, world.tastes as i64)),
        made(Control::number("taste_strength", Data, 0.0, 2.0, world.taste_strength).unit("stars")),
        made(Control::number("noise", Data, 0.0, 2.0, world.noise).unit("stars")),
        made(Control::number("density", Data, 0.005, 0.5, world.density)),
        made(Control::number("popularity_skew", Data, 0.0, 2.0, world.popularity_skew)),
        made(Control::number("choosiness", Data, 0.0, 3.0, world.choosiness)),
        of(Control::choice("demographics", Data, &["invented", "none"]), Model::is_network),
        Control::number("demographic_effect", Data, 0.0, 1.0, world.demographic_effect)
            .only_with("dataset", &["latest_small", "made"])
            .only_with("demographics", &["invented"]),
        Control::choice("split", Data, &usual.splits),
        Control::choice("model", Network, &all).leading(),
        of(Control::integer("embedding_size", Network, 1, 256, usual.width), |model| {
            model.is_network() || matches!(model, Model::Mf | Model::Svd)
        }),
        of(Control::integer("hidden_size", Network, 1, 512, 200), is_fusion),
        of(Control::choice("activation", Network, &["tanh", "linear"]), is_fusion),
        of(Control::choice("pooling", Network, &["max", "sum"]), is_fusion),
        of(Control::integer_list("tower", Network, 0..=4, 1..=512, &[]).unit("units"), has_candidates),
        of(Control::integer("neighbours", Network, 1, 500, 50), |model| {
            matches!(model, Model::UserCf | Model::ItemCf | Model::Hybrid)
        }),
        of(
            Control::choice("label", Training, &["paddle", "as_read", "stars"]).as_written(json!("as_read")),
            is_fusion,
        ),
        of(Control::logarithmic("learning_rate", Training, 1e-5, 1.0, usual.learning_rate), |model| {
            model.has_passes()
        }),
        of(Control::rate_changes(), |model| matches!(model, Model::Fusion | Model::Candidate)),
        of(Control::integer("batch_size", Training, 1, 4_096, 256).unit("ratings"), Model::is_network),
        of(Control::integer("passes", Training, 1, 200, usual.passes).unit("passes"), Model::has_passes),
        of(Control::choice("adam", Training, &["dense", "sparse"]), Model::is_network),
        of(
            Control::integer("shuffle_buffer", Training, 1, MOST_RATINGS as i64, MOST_RATINGS as i64)
                .unit("ratings")
                .as_written(json!(DOCUMENT_BUFFER)),
            is_fusion,
        ),
        of(Control::choice("searches", Data, &["none", "invented"]), has_candidates),
        of(Control::choice("film_tables", Network, &["one", "two"]), has_candidates),
        of(Control::integer("user_examples", Training, 1, 5_000, 200).unit("films"), has_candidates),
        of(Control::number("history_dropout", Training, 0.0, 0.9, 0.5), has_candidates),
        of(Control::choice("task", Training, &["future", "held_out"]), has_candidates),
        of(Control::integer("negatives", Training, 0, 5_000, 500).unit("films"), has_candidates),
        of(Control::choice("watch_weight", Training, &["stars", "time"]), is_ranking),
        of(Control::integer_list("ranking_tower", Network, 0..=4, 1..=512, &[64]).unit("units"), is_ranking),
        of(Control::integer("ranking_passes", Training, 1, 50, 3).unit("passes"), is_ranking),
        Control::choice("valid", Evaluation, &["tenth", "none", "as_written"])
            .as_written(json!("as_written")),
        of(Control::integer("eval_steps", Evaluation, 1, 10_000, 50).unit("steps"), is_fusion)
            .only_with("valid", &["tenth", "as_written"]),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the document's own run.
pub fn presets(model: Option<&str>) -> Vec<Preset> {
    let set = |values: Value| values.as_object().cloned().unwrap_or_default();
    let model = Model::named(model);
    let quick = if model.is_network() { json!({"passes": 1}) } else { json!({}) };
    let document = json!({
        "model": "fusion", "learning_rate": 1e-4, "passes": 2, "valid": "as_written", "split": "random",
        "shuffle_buffer": DOCUMENT_BUFFER,
    });
    vec![("quick", set(quick)), ("document", set(document))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::{ControlKind, Settings, seed_control};
    use crate::lessons::movies::settings::MoviesSettings;

    /// `read` refuses a setting without a field and a field without a setting.
    #[test]
    fn every_declared_setting_has_its_field_and_every_field_is_declared() {
        for (name, model) in Model::ALL {
            let mut declared = vec![seed_control()];
            declared.extend(controls(&Material::default(), Some(name)));
            let read: MoviesSettings = Settings::defaults(&declared).read();
            #[cfg(feature = "recommenders")]
            assert_eq!(read.world(), WorldConfig::default());
            assert_eq!(read.seed, 1);
            assert_eq!(Model::named(Some(name)), model);
            assert_eq!(model.name(), name);
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
