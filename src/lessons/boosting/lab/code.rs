//! The same run as code, with the current settings in it: Python with LightGBM, Rust with the crate `gbdt`.
//!
//! Both read `campaign.csv`, which the page hands out: the table with the split each row is in.

use super::run::BoostingRun;
use super::tables;
use crate::error::LabError;
use crate::lessons::boosting::dataset::Dataset;
use crate::lessons::boosting::describe::Target;
use crate::lessons::boosting::settings::StoppingRows;
use crate::lessons::code::python::literal;
use crate::lessons::code::template::{Values, WIDTH, fill, list_of_names};
use crate::lessons::code::{Program, Programs};
use crate::lessons::run::looks::NoOptions;
use serde_json::{Value, json};

const PYTHON: &str = include_str!("code/python.py.txt");
const RUST: &str = include_str!("code/rust.rs.txt");
/// Characters of a line of names.
const ROOM: usize = 90;

/// The run as a program, by language.
///
/// # Errors
/// None; the signature is that of every look.
pub fn code(run: &BoostingRun, _: NoOptions) -> Result<Programs, LabError> {
    Ok(Programs { rust: rust(run), python: python(run) })
}

/// Names of the columns that are learned from and, of them, those of categories.
fn columns(run: &BoostingRun) -> (Vec<String>, Vec<String>) {
    let all = run.data.table.columns.iter().map(|column| column.name.clone());
    let names: Vec<String> =
        all.filter(|name| tables::is_learned_from(&run.settings, &run.data, name)).collect();
    let categories = &run.settings.categorical_feature;
    let categorical = names.iter().filter(|name| categories.contains(name)).cloned().collect();
    (names, categorical)
}

/// Parameters that LightGBM knows, as name and text.
fn parameters(run: &BoostingRun) -> Vec<(&'static str, Value)> {
    let mut parameters = vec![("objective", json!(run.parameters.objective.name()))];
    if run.target == Target::Multiclass {
        parameters.push(("num_class", json!(run.data.classes.len())));
    }
    let others = run.settings.parameters().into_iter();
    parameters.extend(others.filter(|(name, _)| !matches!(*name, "grow_policy" | "num_iterations")));
    parameters.push(("seed", json!(run.settings.lightgbm_seed())));
    parameters
}

fn common(run: &BoostingRun, name: impl Fn(&str) -> String) -> Values {
    let (names, categorical) = columns(run);
    Values::from([
        ("columns", list_of_names(&names, &name, ROOM)),
        ("categorical", list_of_names(&categorical, &name, ROOM)),
        ("label", name(&run.data.label)),
        ("classes", list_of_names(&run.data.classes, &name, ROOM)),
        ("rounds", run.settings.num_iterations.to_string()),
        ("encoding", name(run.settings.encoding.name())),
        ("stopping_rounds", run.settings.early_stopping_round.to_string()),
        (
            "stop_on",
            // In the document's own shape, valid and test are the same rows.
            name(match run.settings.early_stopping_on {
                StoppingRows::AsWritten => "test",
                StoppingRows::Valid if run.settings.dataset == Dataset::RareBuyers => "test",
                StoppingRows::Valid => "valid",
            }),
        ),
    ])
}

fn python(run: &BoostingRun) -> Program {
    let mut values = common(run, literal);
    let lines: Vec<String> = parameters(run)
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => format!("    {}: {},", literal(name), literal(&text)),
            other => format!("    {}: {other},", literal(name)),
        })
        .collect();
    values.insert("parameters", lines.join("\n"));
    let metrics = run.target.metrics().map(literal).join(", ");
    values.insert("metrics", metrics);
    let note = if run.parameters.grow_policy == gbdt::GrowPolicy::LevelWise {
        "# LightGBM grows leaf by leaf only: the page's run grows level by level, and its trees differ.\n"
    } else {
        ""
    };
    values.insert("note", note.into());
    Program {
        file: "boosting.py".into(),
        install: "pip install lightgbm==4.6.0 pandas".into(),
        text: fill(PYTHON, &values),
    }
}

/// A list of names as a constant, broken as rustfmt breaks it.
fn constant(name: &str, names: &[String]) -> String {
    let head = format!("const {name}: &[&str] =");
    let literal = |name: &str| format!("{name:?}");
    let line = format!("&{};", list_of_names(names, literal, usize::MAX));
    match line.chars().count() {
        length if head.len() + 1 + length <= WIDTH => format!("{head} {line}"),
        length if 4 + length <= WIDTH => format!("{head}\n    {line}"),
        _ => format!("{head} &{};", list_of_names(names, literal, 0)),
    }
}

fn rust(run: &BoostingRun) -> Program {
    let mut values = common(run, |name| format!("{name:?}"));
    let (names, categorical) = columns(run);
    values.insert("columns", constant("COLUMNS", &names));
    values.insert("categorical", constant("CATEGORICAL", &categorical));
    values.insert("classes", constant("CLASSES", &run.data.classes));
    let mut lines: Vec<String> = parameters(run)
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => format!("        ({name:?}, {text:?}),"),
            other => format!("        ({name:?}, {:?}),", other.to_string()),
        })
        .collect();
    lines.push(format!("        (\"grow_policy\", {:?}),", run.settings.grow_policy));
    values.insert("parameters", lines.join("\n"));
    values.insert("metrics", run.target.metrics().map(|name| format!("{name:?}")).join(", "));
    let install = "[dependencies]\ncsv = \"1.4\"\ngbdt = { path = \"../emberbook/crates/gbdt\" }";
    values.insert(
        "dependencies",
        install.lines().map(|line| format!("//! {line}")).collect::<Vec<_>>().join("\n"),
    );
    Program { file: "boosting.rs".into(), install: install.into(), text: fill(RUST, &values) }
}
