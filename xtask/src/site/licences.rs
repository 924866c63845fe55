//! The page of licences: of the book, of its data, and of the libraries inside its modules and scripts.

use super::highlight::Highlighter;
use super::markdown;
use super::page::{Frame, Page};
use super::words::{Language, Variant, Words, escape};
use crate::command::{cargo, succeed};
use crate::repository::{Repository, read};
use crate::toolchain::WASM_TARGET;
use anyhow::{Context, Result};
use emberbook::lessons::LESSONS;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

const LICENCES: &str = include_str!("../../templates/licences.html");

/// Renders `licences/` and the texts of the licences of the libraries.
pub fn render(repository: &Repository, words: &Words) -> Result<Vec<Page>> {
    let mut libraries = rust_libraries(repository)?;
    for name in ["lit", "idb-keyval", "fflate", "@noble/hashes"] {
        libraries.push(npm_library(repository, name)?);
    }
    let own = read(&repository.path("LICENSE"))?;
    let data = data_licences(repository)?;
    let (data, _) = markdown::render_body(&data, Language::En, &Highlighter::new(), 1)?;
    let mut pages: Vec<Page> = Variant::ALL
        .into_iter()
        .map(|variant| {
            let mut frame = Frame::new(
                words,
                variant,
                "../",
                "cover",
                |language| words.get(language, "ui.site.licences"),
                |language| words.get(language, "ui.site.licences"),
            )?;
            frame.set("own", escape(&own));
            frame.set("data", data.as_str());
            let list = libraries.iter().map(Library::item).collect::<String>();
            frame.set("libraries", list);
            Ok(Page { path: format!("licences/{}", variant.file()), html: frame.fill(LICENCES)? })
        })
        .collect::<Result<_>>()?;
    pages.push(Page { path: "licences/libraries.txt".into(), html: texts(&libraries) });
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        pages.push(Page { path: format!("licences/{name}.txt"), html: read(&repository.path(name))? });
    }
    Ok(pages)
}

/// What stands in `LICENSES.md` beside the data of each lesson, in the order of the lessons.
fn data_licences(repository: &Repository) -> Result<String> {
    let mut all = String::new();
    for lesson in LESSONS {
        let path = repository.path(&format!("data/{}/LICENSES.md", lesson.id));
        if path.is_file() {
            // A heading for each file is enough; that of the lesson would say nothing more here.
            all.extend(
                read(&path)?
                    .lines()
                    .skip_while(|line| !line.starts_with("## "))
                    .map(|line| format!("{line}\n")),
            );
            all.push('\n');
        }
    }
    Ok(all)
}

/// A library that is part of the modules or scripts.
struct Library {
    name: String,
    version: String,
    licence: String,
    texts: Vec<String>,
}

impl Library {
    fn item(&self) -> String {
        format!("<li>{} {} ({})</li>\n", escape(&self.name), escape(&self.version), escape(&self.licence))
    }
}

/// Every text once, below the names of the libraries it goes with.
fn texts(libraries: &[Library]) -> String {
    let mut texts: Vec<(&str, Vec<String>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for library in libraries {
        for text in &library.texts {
            let place = *places.entry(text.trim()).or_insert_with(|| {
                texts.push((text.trim(), Vec::new()));
                texts.len() - 1
            });
            texts[place].1.push(format!("{} {}", library.name, library.version));
        }
    }
    let line = "=".repeat(78);
    texts.iter().map(|(text, names)| format!("{line}\n{}\n{line}\n\n{text}\n\n", names.join(", "))).collect()
}

/// A crate whose style sheet is part of the site, though its code is not.
const STYLE_SHEET_OF: &str = "pulldown-latex";

/// Every crate that the modules are linked from.
fn rust_libraries(repository: &Repository) -> Result<Vec<Library>> {
    let output = succeed(cargo(repository.root()).args([
        "metadata",
        "--format-version=1",
        "--no-default-features",
        "--features=emberbook/webgpu,emberbook/pictures,emberbook/plot,emberbook/trees,emberbook/web",
        "--filter-platform",
        WASM_TARGET,
    ]))?;
    let metadata: Value = serde_json::from_str(&output)?;
    let linked = linked(&metadata).context("cargo metadata has another form than expected")?;
    let mut libraries = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |name: &str| package[name].as_str().unwrap_or_default().to_string();
        let is_part =
            linked.contains(package["id"].as_str().unwrap_or_default()) || text("name") == STYLE_SHEET_OF;
        // Packages without a source are our own.
        if package["source"].is_null() || !is_part {
            continue;
        }
        let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent();
        let licence = if package["license"].is_null() { "see libraries.txt".into() } else { text("license") };
        libraries.push(Library {
            name: text("name"),
            version: text("version"),
            licence,
            texts: folder.map(licence_texts).transpose()?.unwrap_or_default(),
        });
    }
    libraries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(libraries)
}

/// Ids of the packages reached from ours by normal dependencies: not from build scripts, tests or macros,
/// which leave nothing of themselves in a module.
fn linked(metadata: &Value) -> Option<HashSet<String>> {
    let nodes = metadata["resolve"]["nodes"].as_array()?;
    let packages = metadata["packages"].as_array()?;
    let ours = packages.iter().find(|package| package["name"] == "emberbook")?["id"].as_str()?;
    let is_macro = |id: &str| -> bool {
        let package = packages.iter().find(|package| package["id"] == id);
        package.is_some_and(|package| package["targets"][0]["kind"][0] == "proc-macro")
    };
    let mut found = HashSet::from([ours.to_string()]);
    let mut open = vec![ours.to_string()];
    while let Some(id) = open.pop() {
        let node = nodes.iter().find(|node| node["id"] == id.as_str())?;
        for dependency in node["deps"].as_array()? {
            let normal = dependency["dep_kinds"].as_array()?.iter().any(|kind| kind["kind"].is_null());
            let id = dependency["pkg"].as_str()?.to_string();
            if normal && !is_macro(&id) && found.insert(id.clone()) {
                open.push(id);
            }
        }
    }
    Some(found)
}

/// A package of node_modules that is bundled into the scripts.
fn npm_library(repository: &Repository, name: &str) -> Result<Library> {
    let folder = repository.path("node_modules").join(name);
    let package: Value = serde_json::from_str(&read(&folder.join("package.json"))?)?;
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_string();
    Ok(Library {
        name: name.into(),
        version: text("version"),
        licence: text("license"),
        texts: licence_texts(&folder)?,
    })
}

/// The files of a package that hold its licence, its notices and its authors.
fn licence_texts(folder: &Path) -> Result<Vec<String>> {
    let mut files: Vec<_> =
        fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.sort();
    let is_licence = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_uppercase();
        path.is_file()
            && ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|word| name.starts_with(word))
    };
    files.iter().filter(|path| is_licence(path)).map(|path| read(path)).collect()
}
