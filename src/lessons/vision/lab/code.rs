//! The same run as code, with the current settings in it, in Rust with burn and in Python with Keras.
//!
//! The texts are templates in `code/rust` and `code/python`; `examples/` holds the Rust programs of the default
//! settings, which `tests/vision/code.rs` compares and runs.

use super::super::settings::{OnOff, Validation, VisionSettings, Way};
use super::super::task::Task;
use super::run::VisionRun;
use crate::error::LabError;
use crate::lessons::code::python::literal;
use crate::lessons::code::template::{Values, WIDTH, fill, list_of_names};
use crate::lessons::code::{Program, Programs, with_one_rate};
use crate::lessons::run::looks::NoOptions;

const RUST: &str = include_str!("code/rust/network.rs.txt");
const RUST_MNIST: &str = include_str!("code/rust/mnist.rs.txt");
const RUST_FOLDERS: &str = include_str!("code/rust/folders.rs.txt");
const RUST_PIXELS: &str = include_str!("code/rust/pixels.rs.txt");
const RUST_AUGMENT: &str = include_str!("code/rust/augment.rs.txt");
const RUST_DEPENDENCIES: &str = include_str!("code/rust/dependencies.toml.txt");
const PYTHON_IMPORTS: &str = include_str!("code/python/imports.py.txt");
const PYTHON: &str = include_str!("code/python/network.py.txt");
const PYTHON_MNIST: &str = include_str!("code/python/mnist.py.txt");
const PYTHON_FOLDERS: &str = include_str!("code/python/folders.py.txt");

/// What the programs say where they predict as the document does.
const NOT_RESCALED: &str =
    "As the document has it: what is predicted is not divided by 255, as the pictures to train on are.";
const SWAPPED: &str = "As the document has it: the names are taken in the wrong order.";

/// A program by language.
///
/// # Errors
/// `rate_changed`.
pub fn code(lab: &VisionRun, _: NoOptions) -> Result<Programs, LabError> {
    with_one_rate(&lab.settings.learning_rate_changes)?;
    Ok(Programs { rust: rust(lab), python: python(lab) })
}

fn is_mnist(lab: &VisionRun) -> bool {
    lab.settings.task == Task::Mnist
}

fn name(lab: &VisionRun) -> &'static str {
    if is_mnist(lab) { "vision_mnist" } else { "vision_folders" }
}

fn is_augmented(lab: &VisionRun) -> bool {
    lab.settings.augment == OnOff::On
}

/// Whether the run is validated with the pictures it trains on, as the document has it.
fn validates_as_written(lab: &VisionRun) -> bool {
    lab.settings.task == Task::HorseOrHuman && lab.settings.validation == Validation::AsWritten
}

/// Whether pictures to predict are not divided by 255, as the document has it.
fn rescales_as_written(lab: &VisionRun) -> bool {
    lab.settings.task.takes_own() && lab.settings.rescale_at_prediction == Way::AsWritten
}

/// Whether the names of the classes are taken in the wrong order, as the document has it.
fn labels_as_written(lab: &VisionRun) -> bool {
    lab.settings.task == Task::HappyOrSad && lab.settings.labels == Way::AsWritten
}

/// The values that both languages write the same way.
fn common(lab: &VisionRun) -> Values {
    let settings = &lab.settings;
    let list = |values: Vec<usize>| values.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let mut values = Values::from([
        ("side", lab.config.height.to_string()),
        ("channels", lab.config.channels.to_string()),
        ("filters", list(settings.filters.clone())),
        ("convolutions", settings.filters.len().to_string()),
        ("class_count", lab.classes.len().to_string()),
        ("outputs", lab.config.outputs.to_string()),
    ]);
    let VisionSettings { kernel_size, dense_units, batch_size, epochs, train_size, .. } = settings;
    for (name, value) in [
        ("kernel_size", kernel_size),
        ("dense_units", dense_units),
        ("batch_size", batch_size),
        ("epochs", epochs),
        ("train_size", train_size),
    ] {
        values.insert(name, value.to_string());
    }
    values.insert("seed", settings.seed.to_string());
    values.insert("learning_rate", format!("{:?}", settings.learning_rate));
    values.insert("stop_at_accuracy", format!("{:?}", settings.stop_at_accuracy));
    values
}

fn rust(lab: &VisionRun) -> Program {
    let install = RUST_DEPENDENCIES.trim_end().to_string();
    let (imports, optimizer, note) = match lab.settings.optimizer.as_str() {
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
fn rust_as_written(lab: &VisionRun) -> Values {
    let validation = if validates_as_written(lab) {
        "    // As the document has it: the pictures it trains on are those it validates with.\n    \
         let validation = &train_pictures;\n"
    } else {
        "    let validation = &test_pictures;\n"
    };
    let (rescale, divisor) = if rescales_as_written(lab) {
        (format!("    // {NOT_RESCALED}\n"), "1.0")
    } else {
        (String::new(), "255.0")
    };
    let (swap, told, order) = if labels_as_written(lab) {
        (format!("    // {SWAPPED}\n"), "CLASSES[CLASSES.len() - 1 - largest(row)]", ".rev()")
    } else {
        (String::new(), "CLASSES[largest(row)]", "")
    };
    Values::from([
        ("validation", validation.to_string()),
        ("rescale", rescale),
        ("divisor", divisor.to_string()),
        ("swap", swap),
        ("told", told.to_string()),
        ("order", order.to_string()),
    ])
}

/// Pictures to train on, changed or as they are.
fn rust_augmentation(lab: &VisionRun) -> Values {
    if !is_augmented(lab) {
        let taken = "pixels(pictures, rows)".to_string();
        return Values::from([("take", RUST_PIXELS.to_string()), ("taken", taken)]);
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
        ("take", fill(RUST_AUGMENT, &Values::from(values))),
        ("taken", "changed(pictures, rows, random)".to_string()),
    ])
}

fn python(lab: &VisionRun) -> Program {
    let install = "pip install keras tensorflow pillow safetensors".to_string();
    let optimizer = match lab.settings.optimizer.as_str() {
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
        ("imports", imports(lab)),
    ]);
    values.extend(python_as_written(lab));
    let read = if is_mnist(lab) { PYTHON_MNIST } else { PYTHON_FOLDERS };
    values.insert("read", fill(read, &values).trim_end().to_string());
    Program { file: format!("{}.py", name(lab)), install, text: fill(PYTHON, &values) }
}

fn imports(lab: &VisionRun) -> String {
    // What is done to digits rounds.
    let math = if is_mnist(lab) { "import math\n" } else { "" };
    format!("{math}{}", PYTHON_IMPORTS.trim_end())
}

/// Lines in which the document's mistakes are made or avoided.
fn python_as_written(lab: &VisionRun) -> Values {
    let validation = if validates_as_written(lab) {
        "(as_input(x_train), y_train),  # as the document has it: the pictures it trains on"
    } else {
        "(as_input(x_test), y_test),"
    };
    let (rescale, divisor) = if rescales_as_written(lab) {
        (format!("    # {NOT_RESCALED}\n"), ", divisor=1")
    } else {
        (String::new(), "")
    };
    let (swap, told, order) = if labels_as_written(lab) {
        (format!("    # {SWAPPED}\n"), "CLASSES[-1 - c]", "[:, ::-1]")
    } else {
        (String::new(), "CLASSES[c]", "")
    };
    Values::from([
        ("validation", validation.to_string()),
        ("rescale", rescale),
        ("divisor", divisor.to_string()),
        ("swap", swap),
        ("told", told.to_string()),
        ("order", order.to_string()),
    ])
}

/// Layers that change pictures while training.
fn python_augmentation(lab: &VisionRun) -> String {
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
