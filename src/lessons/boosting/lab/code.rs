//! The same run as code, with the current settings in it: Python with LightGBM, Rust with this crate's engine.
//!
//! Both read `campaign.csv`, which the page hands out: the table with the part each row stands in.

use super::lab::BoostingLab;
use crate::lessons::boosting::dataset::Campaign;
use crate::lessons::boosting::describe::Told;
use crate::lessons::boosting::settings::PARAMETERS;
use crate::lessons::code::Program;
use crate::lessons::code::python::literal;
use crate::lessons::code::template::{Values, fill, list_of_names};
use serde_json::{Value, json};

const PYTHON: &str = include_str!("code/python.py.txt");
const RUST: &str = include_str!("code/rust.rs.txt");
/// Characters of a line of names.
const ROOM: usize = 90;

/// A program by language.
pub(super) fn code(lab: &BoostingLab) -> Value {
    json!({ "python": python(lab), "rust": rust(lab) })
}

/// Names of the columns that are learned from and, of them, those of categories.
fn columns(lab: &BoostingLab) -> (Vec<String>, Vec<String>) {
    let dropped = lab.settings.names("drop_columns");
    let identifiers = Campaign::of(&lab.settings).identifiers();
    let names: Vec<String> = lab
        .data
        .table
        .columns
        .iter()
        .map(|column| column.name.clone())
        .filter(|name| *name != lab.data.label)
        .filter(|name| !dropped.contains(&name.as_str()) && !identifiers.contains(&name.as_str()))
        .collect();
    let categories = lab.settings.names("categorical_feature");
    let categorical = names.iter().filter(|name| categories.contains(&name.as_str())).cloned().collect();
    (names, categorical)
}

/// Parameters that LightGBM knows, as name and text.
fn parameters(lab: &BoostingLab) -> Vec<(String, Value)> {
    let mut parameters = vec![("objective".to_string(), json!(lab.told.objective()))];
    if lab.told == Told::Multiclass {
        parameters.push(("num_class".into(), json!(lab.data.classes.len())));
    }
    for name in PARAMETERS.iter().filter(|name| !matches!(**name, "grow_policy" | "num_iterations")) {
        parameters.push((name.to_string(), lab.settings.value(name).clone()));
    }
    parameters.push(("seed".into(), lab.settings.value("seed").clone()));
    parameters
}

fn common(lab: &BoostingLab, name: impl Fn(&str) -> String) -> Values {
    let (names, categorical) = columns(lab);
    Values::from([
        ("columns", list_of_names(&names, &name, ROOM)),
        ("categorical", list_of_names(&categorical, &name, ROOM)),
        ("label", name(&lab.data.label)),
        ("classes", list_of_names(&lab.data.classes, &name, ROOM)),
        ("rounds", lab.settings.integer("num_iterations").to_string()),
        ("encoding", name(lab.settings.text("encoding"))),
        ("stopping_rounds", lab.settings.integer("early_stopping_round").to_string()),
        (
            "stop_on",
            // Where the document's own parts are used, valid and test are the same rows.
            name(match lab.settings.text("early_stopping_on") {
                "as_written" => "test",
                _ if Campaign::of(&lab.settings) == Campaign::RareBuyers => "test",
                _ => "valid",
            }),
        ),
    ])
}

fn python(lab: &BoostingLab) -> Program {
    let mut values = common(lab, literal);
    let lines: Vec<String> = parameters(lab)
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => format!("    {}: {},", literal(&name), literal(&text)),
            other => format!("    {}: {other},", literal(&name)),
        })
        .collect();
    values.insert("parameters", lines.join("\n"));
    let metrics = lab.told.metrics().map(literal).join(", ");
    values.insert("metrics", metrics);
    let note = if lab.parameters.grow_policy == gbdt::GrowPolicy::LevelWise {
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
    /// Characters of a line.
    const WIDTH: usize = 110;
    let head = format!("const {name}: &[&str] =");
    let literal = |name: &str| format!("{name:?}");
    let line = format!("&{};", list_of_names(names, literal, usize::MAX));
    match line.chars().count() {
        length if head.len() + 1 + length <= WIDTH => format!("{head} {line}"),
        length if 4 + length <= WIDTH => format!("{head}\n    {line}"),
        _ => format!("{head} &{};", list_of_names(names, literal, 0)),
    }
}

fn rust(lab: &BoostingLab) -> Program {
    let mut values = common(lab, |name| format!("{name:?}"));
    let (names, categorical) = columns(lab);
    values.insert("columns", constant("COLUMNS", &names));
    values.insert("categorical", constant("CATEGORICAL", &categorical));
    values.insert("classes", constant("CLASSES", &lab.data.classes));
    let mut lines: Vec<String> = parameters(lab)
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => format!("        ({name:?}, {text:?}),"),
            other => format!("        ({name:?}, {:?}),", other.to_string()),
        })
        .collect();
    lines.push(format!("        (\"grow_policy\", {:?}),", lab.settings.text("grow_policy")));
    values.insert("parameters", lines.join("\n"));
    values.insert("metrics", lab.told.metrics().map(|name| format!("{name:?}")).join(", "));
    let install = "[dependencies]\ncsv = \"1.4\"\nemberbook = { path = \"../emberbook\" }";
    values.insert(
        "dependencies",
        install.lines().map(|line| format!("//! {line}")).collect::<Vec<_>>().join("\n"),
    );
    Program { file: "boosting.rs".into(), install: install.into(), text: fill(RUST, &values) }
}
