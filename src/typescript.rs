//! TypeScript types of what crosses to the page, written from the Rust types themselves into `www/generated`.
//!
//! `engine.ts` holds what the protocol is made of; each lesson has a file with the options and answers of its looks and
//! a map of them by name, and what its description can list; `looks.ts` lists these maps by lesson. The test below fails where a file is not what the Rust
//! types say, and writes the files when `EMBERBOOK_WRITE_TYPES` is set: `cargo xtask types` does so.

mod declarations;
mod look_types;

pub use look_types::LookTypes;

use crate::controls::{Control, Layer, Notice};
use crate::data::sequences::own::PickedFiles;
use crate::data::table::TableReading;
use crate::error::Failure;
use crate::lessons::{Description, LESSONS, Needs};
use crate::progress::{GoalStatus, Progress};
use declarations::Declarations;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the first line of each file says it comes from.
const HEADER: &str =
    "// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.\n";

/// What every file may name.
const JSON: &str = "/** A value that survives JSON. */\n\
    export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };\n\n\
    /** Values by the names of settings. */\n\
    export type Settings = { [name: string]: Json };\n";

fn capitalised(id: &str) -> String {
    let (first, rest) = id.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

/// A type of the names that a lesson's description can list.
fn inside_type(name: &str, listed: &[&str]) -> String {
    let listed: Vec<String> = listed.iter().map(|name| format!("'{name}'")).collect();
    format!(
        "\n/** What `Description.inside` can list. */\nexport type {name} = {};\n",
        if listed.is_empty() { "never".into() } else { listed.join(" | ") }
    )
}

/// All files by name.
fn files() -> BTreeMap<String, String> {
    let mut engine = Declarations::new();
    engine.declare::<Failure>();
    engine.declare::<Control>();
    engine.declare::<Layer>();
    engine.declare::<Notice>();
    engine.declare::<Description>();
    engine.declare::<Needs>();
    engine.declare::<Progress>();
    engine.declare::<GoalStatus>();
    engine.declare::<TableReading>();
    engine.declare::<PickedFiles>();
    let mut files = BTreeMap::from([("engine.ts".to_string(), format!("{HEADER}\n{JSON}{}", engine.text()))]);
    let (mut imports, mut looks, mut insides) = (String::new(), String::new(), String::new());
    let mut predictions = String::new();
    for lesson in LESSONS {
        let Some(definition) = &lesson.definition else { continue };
        let id = lesson.id;
        let (map, inside) = (format!("{}Looks", capitalised(id)), format!("{}Inside", capitalised(id)));
        imports.push_str(&format!("import type {{ {inside}, {map} }} from './{id}.js';\n"));
        looks.push_str(&format!("  {id}: {map};\n"));
        insides.push_str(&format!("  {id}: {inside};\n"));
        let types = LookTypes::of(definition.looks);
        if let Some(answer) = types.predicted() {
            predictions.push_str(&format!("  {id}: import('./{id}.js').{answer};\n"));
        }
        files.insert(format!("{id}.ts"), types.file(&map) + &inside_type(&inside, definition.inside));
    }
    let looks = format!("/** Looks inside of every lesson. */\nexport interface Looks {{\n{looks}}}\n");
    let insides = format!(
        "/** What the description of every lesson can list inside. */\nexport interface Insides {{\n{insides}}}\n"
    );
    let predictions = format!(
        "/** What `predict` of every lesson that predicts answers with. */\nexport interface Predictions {{\n{predictions}}}\n"
    );
    files.insert("looks.ts".into(), format!("{HEADER}\n{imports}\n{looks}\n{insides}\n{predictions}"));
    files
}

#[test]
fn the_types_of_the_page_are_those_of_the_engine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/generated");
    let files = files();
    if std::env::var_os("EMBERBOOK_WRITE_TYPES").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    }
    for (name, text) in files {
        let found = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(found == text, "www/generated/{name} is stale: `cargo xtask types` writes it anew");
    }
}
