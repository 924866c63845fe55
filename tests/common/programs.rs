//! The programs of the code view: what a lab writes, and the examples that are built from it.

use emberbook::lab::Lab;
use pollster::block_on;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a lab writes programs in.
pub const LANGUAGES: [&str; 2] = ["rust", "python"];

/// The programs of a lab, by language.
pub fn programs(lab: &mut dyn Lab) -> Value {
    block_on(lab.inspect("code", json!({}).into())).unwrap()
}

/// The text of one of them.
pub fn text(programs: &Value, language: &str) -> String {
    programs[language]["text"].as_str().unwrap().to_string()
}

/// The program stands in `examples/`; with `BLESS` set it is written there.
pub fn is_committed(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{name}.rs"));
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, generated).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "{} is not what the lab writes: run this test with BLESS=1",
        path.display()
    );
}

/// A new folder for a program of a test.
pub fn empty_folder(test: &str, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A built example, ready to run. `cargo test` builds all of them; for this test alone do so before.
pub fn example(name: &str, folder: &Path, arguments: &[&str]) -> Command {
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(Path::parent).unwrap().join("examples");
    let program = built.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is not built: cargo build --examples", program.display());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    command
}

/// What an example prints that ends well.
pub fn run(name: &str, folder: &Path, arguments: &[&str]) -> String {
    let output = example(name, folder, arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// A Python that `cargo xtask test` makes.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "not every lesson has Python tried")]
pub enum Python {
    /// With numpy, pandas and LightGBM.
    LightGbm,
    /// With JAX, Keras on it, and scikit-learn.
    Programs,
    /// With PaddlePaddle, the framework of the movies lesson's document.
    Paddle,
    /// With numpy and safetensors alone.
    Weights,
}

/// Runs a Python program to its end, with numpy, pandas and LightGBM at hand.
#[allow(dead_code, reason = "not every lesson has Python tried")]
pub fn python(folder: &Path, arguments: &[&Path]) -> String {
    python_with(Python::LightGbm, folder, arguments)
}

/// Runs a Python program to its end.
#[allow(dead_code, reason = "not every lesson has Python tried")]
pub fn python_with(python: Python, folder: &Path, arguments: &[&Path]) -> String {
    let (variable, place) = match python {
        Python::LightGbm => ("EMBERBOOK_PYTHON", "python"),
        Python::Programs => ("EMBERBOOK_PYTHON_PROGRAMS", "python-programs"),
        Python::Paddle => ("EMBERBOOK_PYTHON_PADDLE", "python-paddle"),
        Python::Weights => ("EMBERBOOK_PYTHON_WEIGHTS", "python-weights"),
    };
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(place).join("bin/python");
    let program = std::env::var_os(variable).map_or_else(own, PathBuf::from);
    let output = Command::new(&program)
        .args(arguments)
        .current_dir(folder)
        .env("KERAS_BACKEND", "jax")
        // A program makes a few steps here: compiling them well would take longer than all of them.
        .env("XLA_FLAGS", "--xla_backend_optimization_level=0")
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}; `cargo xtask test` brings a Python", program.display()));
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The figure that stands after some words in what was printed.
pub fn figure(printed: &str, words: &str) -> f64 {
    let line = printed.lines().find_map(|line| line.strip_prefix(words));
    line.unwrap_or_else(|| panic!("no `{words}` in {printed}")).trim().parse().unwrap()
}
