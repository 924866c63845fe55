//! No files of a crate import each other in a circle: each can be read knowing only those it names.
//!
//! An edge goes from a file to the file in which a path of `crate::`, `super::` or `self::` ends; a name that a module
//! file only hands on (`pub use`) counts for the file it stands in. Modules of tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The crates, with the number of files and imports that are found at least.
const CRATES: &[(&str, usize)] = &[("src", 150), ("crates/gbdt/src", 25), ("crates/plot/src", 20)];

/// A module by its path from the root of the crate.
type Module = Vec<String>;

/// What one file says.
struct Source {
    /// Code without comments, texts and modules of tests.
    code: String,
    /// Names it hands on, with the path each comes from.
    hands_on: BTreeMap<String, Module>,
}

/// The file without line comments, texts and its module of tests.
fn code_of(text: &str) -> String {
    let text = text.split("\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let mut code = String::new();
    for line in lines {
        // Every other piece between quotation marks is a text.
        code.extend(line.split('"').step_by(2).map(|piece| format!("{piece} ")));
        code.push('\n');
    }
    code
}

/// All paths of a tree of imports: `a::{b, c::d}` names `a::b` and `a::c::d`.
fn paths(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        return vec![path.trim_end_matches("::self").to_string()];
    };
    let (head, inside) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())]);
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (place, sign) in inside.char_indices().chain([(inside.len(), ',')]) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let item = inside[start..place].trim();
                if !item.is_empty() {
                    found.extend(paths(&format!("{head}{item}")));
                }
                start = place + 1;
            }
            _ => {}
        }
    }
    found
}

/// Every path that code names: in its imports, and where it calls something by a path.
fn named(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        let import = statement.rfind("use ").filter(|at| {
            let before = statement[..*at].trim_end();
            before.is_empty() || before.ends_with([';', '}', ']', ')']) || before.ends_with("pub")
        });
        match import {
            Some(at) => {
                found.extend(paths(statement[at + 4..].trim_end_matches(';')));
                rest.push_str(&statement[..at]);
            }
            None => rest.push_str(statement),
        }
    }
    let words = rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
    found.extend(words.filter(|word| word.contains("::")).map(|word| word.trim_end_matches(':').to_string()));
    found
}

/// The path from the root that a path in `module` means; none for another crate.
fn absolute(path: &str, module: &Module) -> Option<Module> {
    let mut at = module.clone();
    let mut parts = path.split("::").peekable();
    match parts.next()? {
        "crate" => at.clear(),
        "self" => {}
        "super" => {
            at.pop();
        }
        _ => return None,
    }
    while parts.peek() == Some(&"super") {
        parts.next();
        at.pop();
    }
    at.extend(parts.map(str::to_string));
    Some(at)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

fn sources(folder: &str) -> BTreeMap<Module, Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let mut sources = BTreeMap::new();
    for file in files {
        let path = file.strip_prefix(&root).unwrap().with_extension("");
        let mut module: Module = path.iter().map(|part| part.to_str().unwrap().to_string()).collect();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
            module.pop();
        }
        sources.insert(module.clone(), source(&std::fs::read_to_string(&file).unwrap(), &module));
    }
    sources
}

fn source(text: &str, module: &Module) -> Source {
    let code = code_of(text);
    let mut hands_on = BTreeMap::new();
    for statement in code.split(';').filter_map(|statement| statement.split_once("pub use ")) {
        for path in paths(statement.1) {
            // `pub use lesson::Lesson` names a module of this one.
            let local = format!("self::{path}");
            let from = absolute(&path, module).or_else(|| absolute(&local, module)).unwrap();
            hands_on.insert(from.last().cloned().unwrap_or_default(), from);
        }
    }
    Source { code, hands_on }
}

/// The module whose file a path ends in.
fn file_of(path: &Module, sources: &BTreeMap<Module, Source>) -> Module {
    let length = (0..=path.len()).rev().find(|length| sources.contains_key(&path[..*length])).unwrap_or(0);
    let module = path[..length].to_vec();
    match path.get(length).and_then(|name| sources[&module].hands_on.get(name)) {
        Some(from) if from != path => file_of(from, sources),
        _ => module,
    }
}

/// Which files a file names.
fn edges(sources: &BTreeMap<Module, Source>) -> BTreeMap<Module, BTreeSet<Module>> {
    let of = |module: &Module, source: &Source| {
        let paths = named(&source.code).into_iter().filter_map(|path| absolute(&path, module));
        paths.map(|path| file_of(&path, sources)).filter(|file| file != module).collect()
    };
    sources.iter().map(|(module, source)| (module.clone(), of(module, source))).collect()
}

/// A circle of files, if there is one: each names the next, the last the first.
fn circle(edges: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    let mut left = edges.clone();
    // A file that names none of those left is in no circle.
    while let Some(leaf) = left.iter().find(|(_, to)| !to.iter().any(|file| left.contains_key(file))) {
        let leaf = leaf.0.clone();
        left.remove(&leaf);
    }
    let mut way = vec![left.keys().next()?.clone()];
    loop {
        let next = left[way.last()?].iter().find(|file| left.contains_key(*file))?.clone();
        if let Some(begin) = way.iter().position(|file| *file == next) {
            return Some(way.split_off(begin));
        }
        way.push(next);
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    for (folder, least) in CRATES {
        let sources = sources(folder);
        assert!(sources.len() >= *least, "the files of {folder} are found");
        let edges = edges(&sources);
        assert!(
            edges.values().map(BTreeSet::len).sum::<usize>() >= *least,
            "the imports of {folder} are found"
        );
        if let Some(circle) = circle(&edges) {
            let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
            panic!("these files of {folder} import each other: {}", names.join(" → "));
        }
    }
}

#[test]
fn a_circle_is_found_through_a_name_that_is_handed_on() {
    let text = [
        ("a", "use crate::b::{self, Beta};\nfn of(x: Beta) {}\n"),
        ("b", "mod inner;\npub use inner::Beta;\n"),
        ("b::inner", "//! use crate::c::Gamma;\nfn at() -> usize { crate::c::gamma(\"crate::d\") }\n"),
        ("c", "#[cfg(test)]\nmod tests {\n    use crate::a::Alpha;\n}\n"),
    ];
    let read = |text: &[(&str, &str)]| -> BTreeMap<Module, Source> {
        let module = |name: &str| name.split("::").map(str::to_string).collect::<Module>();
        text.iter().map(|(name, text)| (module(name), source(text, &module(name)))).collect()
    };
    assert_eq!(circle(&edges(&read(&text))), None, "modules of tests and comments do not count");
    let mut closed = text;
    closed[3].1 = "use super::a::Alpha;\n";
    let names: Vec<String> =
        circle(&edges(&read(&closed))).unwrap().iter().map(|module| module.join("::")).collect();
    assert_eq!(names, ["a", "b::inner", "c"]);
}
