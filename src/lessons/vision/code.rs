//! The same run as code, with the current settings in it, in Rust with burn and in Python with Keras.
//!
//! The texts are templates in `code/rust` and `code/python`; `examples/` holds the Rust programs of the default
//! settings, which `tests/vision_code.rs` compares and runs.

use super::lab::VisionLab;
use super::task::Task;
use crate::lessons::code::Program;
use crate::lessons::code::template::{Values, fill, list_of_names};
use serde_json::{Value, json};

const RUST: &str = include_str!("code/rust/network.rs.txt");
const RUST_MNIST: &str = include_str!("code/rust/mnist.rs.txt");
const RUST_FOLDERS: &str = include_str!("code/rust/folders.rs.txt");
const PYTHON: &str = include_str!("code/python/network.py.txt");
const PYTHON_MNIST: &str = include_str!("code/python/mnist.py.txt");
const PYTHON_FOLDERS: &str = include_str!("code/python/folders.py.txt");

/// Characters of a line.
const WIDTH: usize = 110;

/// A program by language.
pub(super) fn code(lab: &VisionLab) -> Value {
    json!({ "rust": rust(lab), "python": python(lab) })
}

fn is_mnist(lab: &VisionLab) -> bool {
    lab.task == Task::Mnist
}

fn name(lab: &VisionLab) -> &'static str {
    if is_mnist(lab) { "vision_mnist" } else { "vision_folders" }
}

/// The values that both languages write the same way.
fn common(lab: &VisionLab) -> Values {
    let settings = &lab.settings;
    let list = |values: Vec<usize>| values.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let mut values = Values::from([
        ("side", lab.config.height.to_string()),
        ("channels", lab.config.channels.to_string()),
        ("filters", list(settings.counts("filters"))),
        ("convolutions", settings.counts("filters").len().to_string()),
        ("class_count", lab.classes.len().to_string()),
        ("outputs", lab.config.outputs.to_string()),
    ]);
    for name in ["seed", "kernel_size", "dense_units", "batch_size", "epochs", "train_size"] {
        values.insert(name, settings.integer(name).to_string());
    }
    for name in ["learning_rate", "stop_at_accuracy"] {
        values.insert(name, format!("{:?}", settings.number(name)));
    }
    values
}

fn rust(lab: &VisionLab) -> Program {
    let image = if is_mnist(lab) { "" } else { "image = \"0.25\"\n" };
    let install = format!(
        "[dependencies]\nburn = {{ version = \"=0.22.1\", default-features = false, features = [\"std\", \"optim\", \"flex\", \"simd\"] }}\n{image}rand = \"0.10\"\nsafetensors = \"0.8\""
    );
    let (imports, optimizer) = match lab.settings.text("optimizer") {
        "adam" => ("{AdamConfig, GradientsParams}", "AdamConfig::new().with_epsilon(1e-7).init()"),
        "rmsprop" => (
            "{GradientsParams, RmsPropConfig}",
            "RmsPropConfig::new().with_alpha(0.9).with_epsilon(1e-7).with_momentum(0.0).init()",
        ),
        "adagrad" => ("{AdaGradConfig, GradientsParams}", "AdaGradConfig::new().with_epsilon(1e-7).init()"),
        _ => ("{GradientsParams, SgdConfig}", "SgdConfig::new().init()"),
    };
    let commented: Vec<String> = install.lines().map(|line| format!("//! {line}")).collect();
    let names = list_of_names(&lab.classes, |name| format!("{name:?}"), WIDTH - 40);
    let mut values = common(lab);
    values.extend([
        ("dependencies", commented.join("\n")),
        ("optimizer_imports", imports.to_string()),
        ("optimizer", optimizer.to_string()),
        ("classes", names),
    ]);
    let read = if is_mnist(lab) { RUST_MNIST } else { RUST_FOLDERS };
    values.insert("read", fill(read, &values).trim_end().to_string());
    Program { file: format!("{}.rs", name(lab)), install, text: fill(RUST, &values) }
}

fn python(lab: &VisionLab) -> Program {
    let install = "pip install tensorflow safetensors".to_string();
    let optimizer = match lab.settings.text("optimizer") {
        "adam" => "keras.optimizers.Adam",
        "rmsprop" => "keras.optimizers.RMSprop",
        "adagrad" => "keras.optimizers.Adagrad",
        _ => "keras.optimizers.SGD",
    };
    let (loss, activation) = match lab.config.outputs {
        1 => ("binary_crossentropy", "sigmoid"),
        _ => ("sparse_categorical_crossentropy", "softmax"),
    };
    let names = list_of_names(&lab.classes, python_literal, WIDTH - 20);
    let mut values = common(lab);
    values.extend([
        ("program", format!("{}.py", name(lab))),
        ("dependencies", install.clone()),
        ("optimizer", optimizer.to_string()),
        ("loss", loss.to_string()),
        ("activation", activation.to_string()),
        ("classes", names),
    ]);
    let read = if is_mnist(lab) { PYTHON_MNIST } else { PYTHON_FOLDERS };
    values.insert("read", fill(read, &values).trim_end().to_string());
    Program { file: format!("{}.py", name(lab)), install, text: fill(PYTHON, &values) }
}

/// A name of a folder as a literal of Python: JSON's escapes are among Python's.
fn python_literal(name: &str) -> String {
    Value::from(name).to_string()
}
