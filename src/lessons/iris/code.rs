//! The same run as code, with the current settings in it: Rust with burn, Python with PyTorch.
//!
//! The texts are templates in `code/`; `{{name}}` is replaced by a setting's value in that language.

use super::lab::IrisLab;
use crate::controls::Settings;
use crate::data::iris::FEATURES;
use serde_json::{Value, json};

const RUST: &str = include_str!("code/main.rs.txt");
const PYTHON: &str = include_str!("code/main.py.txt");

/// Both programs.
pub(super) fn code(lab: &IrisLab) -> Value {
    json!({ "rust": rust(&lab.settings), "python": python(&lab.settings) })
}

fn fill(template: &str, values: &[(&str, String)]) -> String {
    let filled = values
        .iter()
        .fold(template.to_string(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value));
    debug_assert!(!filled.contains("{{"), "a placeholder is left: {filled}");
    filled
}

fn columns(settings: &Settings) -> String {
    let chosen = settings.names("features");
    let columns: Vec<String> =
        (0..FEATURES.len()).filter(|c| chosen.contains(&FEATURES[*c])).map(|c| c.to_string()).collect();
    columns.join(", ")
}

fn list(values: &[usize]) -> String {
    values.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// Values both languages write the same way.
fn common(settings: &Settings) -> Vec<(&'static str, String)> {
    let float = |name: &str| format!("{:?}", settings.number(name));
    vec![
        ("seed", settings.integer("seed").to_string()),
        ("columns", columns(settings)),
        ("hidden", list(&settings.counts("hidden"))),
        ("init_std", float("init_std")),
        ("init_bias", float("init_bias")),
        ("learning_rate", float("learning_rate")),
        ("batch_size", settings.integer("batch_size").to_string()),
        ("epochs", settings.integer("epochs").to_string()),
        ("eval_steps", settings.integer("eval_steps").to_string()),
    ]
}

fn rust(settings: &Settings) -> String {
    let mut values = common(settings);
    let optimizer = match settings.text("optimizer") {
        "momentum" => {
            "SgdConfig::new()\n        .with_momentum(Some(MomentumConfig::new().with_momentum(0.9).with_dampening(0.0)))\n        .init()"
        }
        "adagrad" => "AdaGradConfig::new().with_epsilon(1e-10).init()",
        "rmsprop" => "RmsPropConfig::new().with_alpha(0.99).with_epsilon(1e-8).with_momentum(0.0).init()",
        "adam" => "AdamConfig::new().with_epsilon(1e-8).init()",
        _ => "SgdConfig::new().init()",
    };
    let import = match settings.text("optimizer") {
        "momentum" => "SgdConfig, momentum::MomentumConfig",
        "adagrad" => "AdaGradConfig",
        "rmsprop" => "RmsPropConfig",
        "adam" => "AdamConfig",
        _ => "SgdConfig",
    };
    let split = match settings.text("split") {
        "as_written" => {
            "    // As the document has it: three permutations, so that test rows are trained on.\n    let [train_order, dev_order, test_order] = std::array::from_fn(|_| shuffled(rows, &mut random));"
        }
        _ => {
            "    let train_order = shuffled(rows, &mut random);\n    let (dev_order, test_order) = (&train_order, &train_order);"
        }
    };
    values.extend([
        ("optimizer", optimizer.to_string()),
        ("optimizer_import", import.to_string()),
        ("activation", settings.text("activation").to_string()),
        ("split", split.to_string()),
        ("keep_best", (settings.text("checkpoint") == "best_dev").to_string()),
    ]);
    fill(RUST, &values)
}

fn python(settings: &Settings) -> String {
    let mut values = common(settings);
    let rate = format!("lr={:?}", settings.number("learning_rate"));
    let optimizer = match settings.text("optimizer") {
        "momentum" => format!("torch.optim.SGD(network.parameters(), {rate}, momentum=0.9)"),
        "adagrad" => format!("torch.optim.Adagrad(network.parameters(), {rate})"),
        "rmsprop" => format!("torch.optim.RMSprop(network.parameters(), {rate})"),
        "adam" => format!("torch.optim.Adam(network.parameters(), {rate})"),
        _ => format!("torch.optim.SGD(network.parameters(), {rate})"),
    };
    let activation = match settings.text("activation") {
        "tanh" => "torch.tanh",
        "relu" => "torch.relu",
        _ => "torch.sigmoid",
    };
    let (train, dev, test) = match settings.text("split") {
        "as_written" => ("torch.randperm(rows)", "torch.randperm(rows)", "torch.randperm(rows)"),
        _ => ("order", "order", "order"),
    };
    values.extend([
        ("optimizer", optimizer),
        ("activation", activation.to_string()),
        ("train_order", train.to_string()),
        ("dev_order", dev.to_string()),
        ("test_order", test.to_string()),
        ("keep_best", if settings.text("checkpoint") == "best_dev" { "True" } else { "False" }.to_string()),
    ]);
    fill(PYTHON, &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::{Layer, Source};
    use crate::lessons::Lesson;

    fn settings(values: Value) -> Settings {
        let controls = Lesson::find("iris").unwrap().chapter.as_ref().unwrap().all_controls();
        let layer = Layer { source: Source::Config, values: values.as_object().unwrap().clone() };
        let (settings, notices) = Settings::resolve(&controls, &[layer]);
        assert!(notices.is_empty(), "{notices:?}");
        settings
    }

    #[test]
    fn every_setting_reaches_both_programs() {
        let plain = settings(json!({}));
        for (name, value) in [
            ("seed", json!(77)),
            ("features", json!(["petal_width"])),
            ("split", json!("as_written")),
            ("hidden", json!([9, 4])),
            ("activation", json!("relu")),
            ("init_std", json!(0.37)),
            ("init_bias", json!(0.25)),
            ("optimizer", json!("adam")),
            ("learning_rate", json!(0.031)),
            ("batch_size", json!(5)),
            ("epochs", json!(33)),
            ("eval_steps", json!(21)),
            ("checkpoint", json!("best_dev")),
        ] {
            let changed = settings(json!({ name: value }));
            assert_ne!(rust(&plain), rust(&changed), "{name} in Rust");
            assert_ne!(python(&plain), python(&changed), "{name} in Python");
        }
        for optimizer in ["sgd", "momentum", "adagrad", "rmsprop", "adam"] {
            let changed = settings(json!({ "optimizer": optimizer }));
            assert!(!rust(&changed).contains("{{") && !python(&changed).contains("{{"));
        }
    }
}
