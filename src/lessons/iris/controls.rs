//! The settings of the iris lesson, by the names the document and its framework use.

use crate::controls::{Control, ControlGroup};
use crate::data::iris::FEATURES;
use crate::lessons::Preset;
use serde_json::{Value, json};

/// The declared settings; defaults are the document's own, except where the document errs
/// (`split`, `checkpoint`: the document's way is marked `as_written`).
pub fn controls() -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Model, Training};
    vec![
        Control::subset("features", Data, &FEATURES, 1),
        Control::choice("split", Data, &["disjoint", "as_written"]).as_written(json!("as_written")),
        Control::choice("model", Model, &["mlp"]),
        Control::integer_list("hidden", Model, 0..=4, 1..=64, &[6]).unit("units"),
        Control::choice("activation", Model, &["sigmoid", "tanh", "relu"]),
        Control::number("init_std", Model, 0.0, 2.0, 0.01),
        Control::number("init_bias", Model, -2.0, 2.0, 1.0),
        Control::choice("optimizer", Training, &["sgd", "momentum", "adagrad", "rmsprop", "adam"]),
        Control::logarithmic("learning_rate", Training, 1e-5, 10.0, 0.2),
        Control::integer("batch_size", Training, 1, 120, 16).unit("rows"),
        Control::integer("epochs", Training, 1, 2_000, 150).unit("epochs"),
        Control::integer("eval_steps", Evaluation, 1, 10_000, 50).unit("steps"),
        Control::choice("checkpoint", Evaluation, &["last", "best_dev"]).as_written(json!("best_dev")),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the document's run with its mistakes.
pub fn presets() -> Vec<Preset> {
    let set = |values: Value| values.as_object().cloned().unwrap_or_default();
    vec![
        (
            "quick",
            set(
                json!({"init_std": 0.5, "init_bias": 0.0, "optimizer": "adam", "learning_rate": 0.03, "epochs": 60, "eval_steps": 20}),
            ),
        ),
        ("document", set(json!({"split": "as_written", "checkpoint": "best_dev"}))),
    ]
}
