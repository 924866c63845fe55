//! The same run as code, with the current settings in it, in Rust with burn and in Python with Keras.
//!
//! The texts are templates in `code/rust` and `code/python`; `examples/` holds the Rust programs of the default
//! settings, which `tests/vision/code.rs` compares and runs.

use super::super::task::Task;
use super::run::VisionLab;
use crate::lessons::code::Program;
use crate::lessons::code::python::literal;
use crate::lessons::code::template::{Values, fill, list_of_names};
use serde_json::{Value, json};

const RUST: &str = include_str!("code/rust/network.rs.txt");
const RUST_MNIST: &str = include_str!("code/rust/mnist.rs.txt");
const RUST_FOLDERS: &str = include_str!("code/rust/folders.rs.txt");
const RUST_AUGMENT: &str = include_str!("code/rust/augment.rs.txt");
const PYTHON: &str = include_str!("code/python/network.py.txt");
const PYTHON_MNIST: &str = include_str!("code/python/mnist.py.txt");
const PYTHON_FOLDERS: &str = include_str!("code/python/folders.py.txt");

/// Characters of a line.
const WIDTH: usize = 110;

/// A program by language.
pub fn code(lab: &VisionLab) -> Value {
    json!({ "rust": rust(lab), "python": python(lab) })
}

fn is_mnist(lab: &VisionLab) -> bool {
    lab.task == Task::Mnist
}

fn name(lab: &VisionLab) -> &'static str {
    if is_mnist(lab) { "vision_mnist" } else { "vision_folders" }
}

fn is_augmented(lab: &VisionLab) -> bool {
    lab.settings.text("augment") == "on"
}

/// Whether a setting in which the document errs is as the document has it, in a task that has the setting.
fn errs(lab: &VisionLab, setting: &str) -> bool {
    let has_it = match setting {
        "validation" => lab.task == Task::HorseOrHuman,
        "labels" => lab.task == Task::HappyOrSad,
        _ => lab.task.takes_own(),
    };
    has_it && lab.settings.text(setting) == "as_written"
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
    let (imports, optimizer, note) = match lab.settings.text("optimizer") {
        "adam" => (
            "{AdamConfig, GradientsParams}",
            "AdamConfig::new().with_epsilon(1e-7).init()",
            "//! Adam has burn's form, in which ε stands a little differently from the page's.\n",
        ),
        "rmsprop" => (
            "{GradientsParams, RmsPropConfig}",
            "RmsPropConfig::new().with_alpha(0.9).with_epsilon(1e-7).with_momentum(0.0).init()",
            "",
        ),
        "adagrad" => (
            "{AdaGradConfig, GradientsParams}",
            "AdaGradConfig::new().with_epsilon(1e-7).init()",
            "//! Adagrad's sum of squares begins at 0 in burn and at 0.1 on the page: its first steps are longer here.\n",
        ),
        _ => ("{GradientsParams, SgdConfig}", "SgdConfig::new().init()", ""),
    };
    let commented: Vec<String> = install.lines().map(|line| format!("//! {line}")).collect();
    let names = list_of_names(&lab.classes, |name| format!("{name:?}"), WIDTH - 40);
    let mut values = common(lab);
    values.extend([
        ("dependencies", commented.join("\n")),
        ("optimizer_imports", imports.to_string()),
        ("optimizer", optimizer.to_string()),
        ("optimizer_note", note.to_string()),
        ("classes", names),
    ]);
    values.extend(rust_as_written(lab));
    values.extend(rust_augmentation(lab));
    let read = if is_mnist(lab) { RUST_MNIST } else { RUST_FOLDERS };
    values.insert("read", fill(read, &values).trim_end().to_string());
    Program { file: format!("{}.rs", name(lab)), install, text: fill(RUST, &values) }
}

/// Lines in which the document's mistakes are made or avoided.
fn rust_as_written(lab: &VisionLab) -> Values {
    let validation = if errs(lab, "validation") {
        "    // As the document has it: the pictures it trains on are those it validates with.\n    \
         let validation = &train_pictures;\n"
    } else {
        "    let validation = &test_pictures;\n"
    };
    let rescale = if errs(lab, "rescale_at_prediction") {
        "    // As the document has it: what is predicted is not divided by 255, as the pictures to train on are.\n    \
         let pixels = test_pictures.pixels.iter().map(|pixel| pixel * 255.0).collect();\n    \
         let predicted = predict(&network, &Pictures { pixels, labels: test_pictures.labels });\n"
    } else {
        ""
    };
    let swapped = "    // As the document has it: the names are taken in the wrong order.\n";
    let (swap, told) = if errs(lab, "labels") {
        (swapped, "CLASSES[CLASSES.len() - 1 - class]")
    } else {
        ("", "CLASSES[*class]")
    };
    Values::from([
        ("validation", validation.to_string()),
        ("rescale", format!("{rescale}{swap}")),
        ("told", told.to_string()),
    ])
}

/// Pictures to train on, changed or as they are.
fn rust_augmentation(lab: &VisionLab) -> Values {
    if !is_augmented(lab) {
        let pixels = "pixels(pictures, rows)";
        return Values::from([("augment", String::new()), ("training_pixels", pixels.to_string())]);
    }
    // A mirrored digit is none.
    let (mirrored, draw, mirror) = match is_mnist(lab) {
        true => ("", "", ""),
        false => (
            "mirrored every other time,\n/// ",
            "        let mirrored = random.random::<bool>();\n",
            "                let from_x = if mirrored { SIDE - 1 - from_x } else { from_x };\n",
        ),
    };
    let values = [("mirrored", mirrored), ("draw", draw), ("mirror", mirror)];
    let values = values.map(|(name, text)| (name, text.to_string()));
    Values::from([
        ("augment", fill(RUST_AUGMENT, &Values::from(values))),
        ("training_pixels", "changed(pictures, rows, random)".to_string()),
    ])
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
    let names = list_of_names(&lab.classes, literal, WIDTH - 20);
    let mut values = common(lab);
    values.extend([
        ("program", format!("{}.py", name(lab))),
        ("dependencies", install.clone()),
        ("optimizer", optimizer.to_string()),
        ("loss", loss.to_string()),
        ("activation", activation.to_string()),
        ("classes", names),
        ("augment", python_augmentation(lab)),
    ]);
    values.extend(python_as_written(lab));
    let read = if is_mnist(lab) { PYTHON_MNIST } else { PYTHON_FOLDERS };
    values.insert("read", fill(read, &values).trim_end().to_string());
    Program { file: format!("{}.py", name(lab)), install, text: fill(PYTHON, &values) }
}

/// Lines in which the document's mistakes are made or avoided.
fn python_as_written(lab: &VisionLab) -> Values {
    let validation = if errs(lab, "validation") {
        "(x_train, y_train),  # as the document has it: the pictures it trains on"
    } else {
        "(x_test, y_test),"
    };
    let rescale = if errs(lab, "rescale_at_prediction") {
        "# As the document has it: what is predicted is not divided by 255, as the pictures to train on are.\n\
         predicted = predict(x_test * 255)\n"
    } else {
        ""
    };
    let swapped = "# As the document has it: the names are taken in the wrong order.\n";
    let (swap, told) = if errs(lab, "labels") { (swapped, "CLASSES[-1 - c]") } else { ("", "CLASSES[c]") };
    Values::from([
        ("validation", validation.to_string()),
        ("rescale", format!("{rescale}{swap}")),
        ("told", told.to_string()),
    ])
}

/// Layers that change pictures while training.
fn python_augmentation(lab: &VisionLab) -> String {
    if !is_augmented(lab) {
        return String::new();
    }
    let moved = "# Pictures to train on are changed at random; the page moves them by whole pixels.\n\
        layers.append(keras.layers.RandomTranslation(0.1, 0.1, fill_mode=\"nearest\"))\n";
    // A mirrored digit is none.
    let mirrored =
        if is_mnist(lab) { "" } else { "layers.append(keras.layers.RandomFlip(\"horizontal\"))\n" };
    format!("{moved}{mirrored}")
}
