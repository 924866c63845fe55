//! TypeScript types of what crosses to the page, written from the Rust types themselves into `www/generated`.
//!
//! `engine.ts` holds what the protocol is made of; each lesson has a file with the options and answers of its looks and
//! a map of them by name; `looks.ts` lists these maps by lesson. The test below fails where a file is not what the Rust
//! types say, and writes the files when `EMBERBOOK_WRITE_TYPES` is set: `cargo xtask types` does so.

use crate::controls::{Control, Layer, Notice};
use crate::error::LabError;
use crate::lessons::{Description, LESSONS, Needs};
use crate::progress::{GoalStatus, Progress};
use std::any::TypeId;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::Path;
use ts_rs::{Config, TS, TypeVisitor};

/// Where the first line of each file says it comes from.
const HEADER: &str =
    "// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.\n";

/// What every file may name.
const JSON: &str = "/** A value that survives JSON. */\n\
    export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };\n\n\
    /** Values by the names of settings. */\n\
    export type Settings = { [name: string]: Json };\n";

/// Declarations of one file, each type once, in the order of their names: `ts-rs` meets them in no fixed order.
struct Declarations {
    config: Config,
    declared: BTreeMap<String, (TypeId, String)>,
}

impl Declarations {
    fn new() -> Self {
        // A count is a number: none of ours comes near 2⁵³.
        Self { config: Config::new().with_large_int("number"), declared: BTreeMap::new() }
    }

    /// Declares a type and all that it is made of; answers its name.
    fn declare<T: TS + 'static + ?Sized>(&mut self) -> String {
        let name = T::name(&self.config);
        // Numbers, lists and the like stand for themselves.
        if T::output_path().is_some() {
            self.declare_once::<T>();
        }
        T::visit_generics(self);
        name
    }

    fn declare_once<T: TS + 'static + ?Sized>(&mut self) {
        let (ident, id) = (T::ident(&self.config), TypeId::of::<T::WithoutGenerics>());
        if let Some((known, _)) = self.declared.get(&ident) {
            assert!(*known == id, "two types are called {ident}: a file declares each name once");
            return;
        }
        let declaration = format!("{}export {}", T::docs().unwrap_or_default(), T::decl(&self.config));
        self.declared.insert(ident, (id, with_short_comments(&declaration)));
        T::visit_dependencies(self);
    }

    fn text(&self) -> String {
        self.declared.values().map(|(_, declaration)| format!("\n{declaration}\n")).collect()
    }
}

/// Comments of one line on one line.
fn with_short_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut written = Vec::with_capacity(lines.len());
    let mut rest = &lines[..];
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (&"/**", [comment, " */", after @ ..]) => {
                written.push(format!("/** {} */", comment.trim_start_matches(" *").trim()));
                rest = after;
            }
            _ => written.push(first.to_string()),
        }
    }
    written.join("\n")
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.declare::<T>();
    }
}

/// Types of the looks of one lesson.
pub struct LookTypes {
    declarations: Declarations,
    map: String,
}

impl LookTypes {
    fn of(looks: fn(&mut Self)) -> Self {
        let mut types = Self { declarations: Declarations::new(), map: String::new() };
        looks(&mut types);
        types
    }

    /// Adds a look; the function is there for its types.
    pub fn look<Run, Options: TS + 'static, Answer: TS + 'static>(
        &mut self,
        _: PhantomData<Run>,
        name: &str,
        _: impl Fn(&mut Run, Options) -> Result<Answer, LabError>,
    ) {
        self.entry::<Options, Answer>(name);
    }

    /// The same for a function that waits for a device.
    pub fn look_async<Run, Options: TS + 'static, Answer: TS + 'static>(
        &mut self,
        _: PhantomData<Run>,
        name: &str,
        _: impl AsyncFn(&mut Run, Options) -> Result<Answer, LabError>,
    ) {
        self.entry::<Options, Answer>(name);
    }

    fn entry<Options: TS + 'static, Answer: TS + 'static>(&mut self, name: &str) {
        let (options, answer) =
            (self.declarations.declare::<Options>(), self.declarations.declare::<Answer>());
        self.map.push_str(&format!("  {name}: {{ options: {options}; answer: {answer} }};\n"));
    }

    fn file(self, map: &str) -> String {
        let (text, entries) = (self.declarations.text(), self.map);
        let named: Vec<&str> = ["Json", "Settings"]
            .into_iter()
            .filter(|name| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == *name))
            .collect();
        let import = match &named[..] {
            [] => String::new(),
            names => format!("\nimport type {{ {} }} from './engine.js';\n", names.join(", ")),
        };
        format!(
            "{HEADER}{import}{text}\n/** Looks inside by name. */\nexport interface {map} {{\n{entries}}}\n"
        )
    }
}

fn capitalised(id: &str) -> String {
    let (first, rest) = id.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

/// All files by name.
fn files() -> BTreeMap<String, String> {
    let mut engine = Declarations::new();
    engine.declare::<LabError>();
    engine.declare::<Control>();
    engine.declare::<Layer>();
    engine.declare::<Notice>();
    engine.declare::<Description>();
    engine.declare::<Needs>();
    engine.declare::<Progress>();
    engine.declare::<GoalStatus>();
    let mut files = BTreeMap::from([("engine.ts".to_string(), format!("{HEADER}\n{JSON}{}", engine.text()))]);
    let (mut imports, mut entries) = (String::new(), String::new());
    for lesson in LESSONS {
        let Some(definition) = &lesson.definition else { continue };
        let (id, map) = (lesson.id, format!("{}Looks", capitalised(lesson.id)));
        imports.push_str(&format!("import type {{ {map} }} from './{id}.js';\n"));
        entries.push_str(&format!("  {id}: {map};\n"));
        files.insert(format!("{id}.ts"), LookTypes::of(definition.looks).file(&map));
    }
    let looks = format!("/** Looks inside of every lesson. */\nexport interface Looks {{\n{entries}}}\n");
    files.insert("looks.ts".into(), format!("{HEADER}\n{imports}\n{looks}"));
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
