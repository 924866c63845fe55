//! TypeScript to the scripts of the site, by rolldown (`xtask/scripts/bundle.mjs`).

use crate::command::{program, succeed};
use crate::fingerprint::{Fingerprint, is_current};
use crate::repository::{Repository, files_under, read, write};
use crate::site::words::Language;
use crate::stage::Outcome;
use crate::wasm::{self, Profile};
use anyhow::{Context, Result, bail};
use emberbook::lessons::LESSONS;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// Scripts that stand alone: each holds all it needs, so that whoever includes one makes one request.
const ALONE: [&str; 5] = ["embed", "engine/worker", "app/frame", "app/figures", "app/cover"];

/// The lab, which loads one lesson's entry and the words of one language; what several of them need is split off.
const LAB: &str = "panels/lab";

/// What makes the text of a page act on its lab.
const TEXT: &str = "panels/text/text";

/// All parts of the lab, which a page fetches behind the figures of its first screen.
const WHOLE: &str = "panels/whole";

/// The page's own script: classic, because it runs in the head before anything is drawn.
const PAGE_SCRIPT: &str = "app/site";

/// Where the parts lie that several scripts share; their names hold a hash of their content.
const SHARED: &str = "shared";

/// Bundles every script into the site folder.
pub fn build(repository: &Repository, profile: Profile) -> Result<Outcome> {
    let parts = lab_entries();
    let missing: Vec<String> = ALONE
        .into_iter()
        .chain(parts.iter().map(String::as_str))
        .chain([PAGE_SCRIPT])
        .map(source)
        .filter(|source| !repository.path(source).is_file())
        .collect();
    if !missing.is_empty() {
        bail!("missing: {}", missing.join(", "));
    }
    let fingerprint = Fingerprint::default()
        .path(&repository.path("www"))?
        .path(&repository.path("package-lock.json"))?
        .path(&repository.path("tsconfig.base.json"))?
        .path(&repository.path("xtask/src/bundle.rs"))?
        .path(&repository.path("xtask/scripts"))?
        .finish();
    let record = wasm::cache(repository, profile).join("scripts.fingerprint");
    if is_current(&record, &fingerprint, &outputs(repository, profile)?) {
        return Ok(Outcome::UpToDate);
    }
    let shared = repository.site(profile).join(SHARED);
    if shared.exists() {
        fs::remove_dir_all(&shared).with_context(|| format!("cannot empty {}", shared.display()))?;
    }
    let job = json!({
        "site": repository.site(profile),
        "release": profile == Profile::Release,
        "alone": ALONE,
        "together": parts,
        "first": first_entries(),
        "classic": [PAGE_SCRIPT],
    });
    succeed(
        program("node", repository.root())
            .arg(repository.path("xtask/scripts/bundle.mjs"))
            .arg(job.to_string()),
    )?;
    write(&record, fingerprint)?;
    Ok(Outcome::Done)
}

/// The lab, each lesson's entry, and the words of each, which so have addresses that pages can name.
fn lab_entries() -> Vec<String> {
    let languages = Language::ALL.map(Language::code);
    let mut entries = [LAB, TEXT, WHOLE].map(String::from).to_vec();
    entries.extend(languages.map(|language| format!("i18n/{language}.json")));
    for lesson in LESSONS.iter().filter(|lesson| lesson.definition.is_some()) {
        entries.push(format!("lessons/{}/index", lesson.id));
        entries.extend(languages.map(|language| format!("lessons/{}/words.{language}.json", lesson.id)));
    }
    entries
}

/// Of these, what the first figure of some page needs.
fn first_entries() -> Vec<String> {
    let lessons = LESSONS.iter().filter(|lesson| lesson.definition.is_some());
    let entries = lessons.map(|lesson| format!("lessons/{}/index", lesson.id));
    [LAB, TEXT].map(String::from).into_iter().chain(entries).collect()
}

/// The source of an entry: TypeScript, unless it names another kind of file.
fn source(entry: &str) -> String {
    if entry.ends_with(".json") { format!("www/{entry}") } else { format!("www/{entry}.ts") }
}

/// The script that an entry becomes.
fn script(entry: &str) -> String {
    format!("{}.js", entry.strip_suffix(".json").unwrap_or(entry))
}

/// Everything that bundling writes into the site, as far as it is there; the finished site goes without source maps.
pub fn outputs(repository: &Repository, profile: Profile) -> Result<Vec<PathBuf>> {
    let site = repository.site(profile);
    let mut outputs: Vec<PathBuf> = ALONE
        .into_iter()
        .chain(lab_entries().iter().map(String::as_str))
        .chain([PAGE_SCRIPT])
        .map(|entry| site.join(script(entry)))
        .collect();
    if profile == Profile::Development {
        let maps: Vec<_> = outputs.iter().map(|script| script.with_extension("js.map")).collect();
        outputs.extend(maps);
    }
    let shared = site.join(SHARED);
    if shared.is_dir() {
        outputs.extend(files_under(&shared)?);
    }
    Ok(outputs)
}

/// How much of a lesson's page is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The figure of the first screen.
    FirstFigure,
    /// All parts of the lab, before any of them is opened whose script comes later.
    WholeLab,
}

/// Scripts that the page of a lesson loads until so much of it is there: those named in the page, the lab, the lesson's
/// entry and the words of one language (for the whole lab, all of them), with all that they import.
///
/// # Errors
/// When one of them is missing.
pub fn scripts_of_page(site: &Path, lesson: &str, language: Language, reach: Reach) -> Result<Vec<PathBuf>> {
    let code = language.code();
    let words = [format!("i18n/{code}.js"), format!("lessons/{lesson}/words.{code}.js")];
    let words = words.map(|script| site.join(script));
    let mut wanted = vec![
        site.join(script(PAGE_SCRIPT)),
        site.join("embed.js"),
        site.join(script(LAB)),
        site.join(script(TEXT)),
        site.join(format!("lessons/{lesson}/index.js")),
    ];
    wanted.extend(words.clone());
    if reach == Reach::WholeLab {
        wanted.push(site.join(script(WHOLE)));
        for path in words {
            let folder = path.parent().context("a script in no folder")?;
            wanted.extend(later_imports(&read(&path)?).map(|address| folder.join(address)));
        }
    }
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(script) = wanted.pop() {
        let script = script.canonicalize().with_context(|| format!("cannot find {}", script.display()))?;
        if found.contains(&script) {
            continue;
        }
        let folder = script.parent().context("a script in no folder")?;
        wanted.extend(static_imports(&read(&script)?).map(|address| folder.join(address)));
        found.push(script);
    }
    found.sort();
    Ok(found)
}

/// The addresses in the `import … from "…"` and `import "…"` of a bundled script; those it fetches later are no part of
/// it.
fn static_imports(script: &str) -> impl Iterator<Item = &str> {
    addresses_behind(script, &["from", "import"])
}

/// The addresses in the `import("…")` of a bundled script.
fn later_imports(script: &str) -> impl Iterator<Item = &str> {
    addresses_behind(script, &["import("])
}

fn addresses_behind<'a>(script: &'a str, words: &'a [&str]) -> impl Iterator<Item = &'a str> {
    script.match_indices(['"', '`', '\'']).filter_map(move |(at, quote)| {
        let before = script[..at].trim_end();
        let address = script[at + quote.len()..].split(quote).next()?;
        (words.iter().any(|word| before.ends_with(word)) && address.starts_with('.')).then_some(address)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_told_from_what_is_fetched_later() {
        let script =
            r#"import{a}from"./one.js";import"../two.js";const b=()=>import("./later.js"),c="./no.js";"#;
        assert_eq!(static_imports(script).collect::<Vec<_>>(), ["./one.js", "../two.js"]);
        assert_eq!(later_imports(script).collect::<Vec<_>>(), ["./later.js"]);
    }
}
