//! The static site: scripts, modules, pages.

pub mod address;
mod cover;
mod data;
mod figures;
mod formula;
mod highlight;
mod lesson;
mod licences;
pub mod links;
mod living;
mod markdown;
mod page;
mod stills;
mod turn;
pub mod words;

use crate::repository::{Repository, copy, files_under};
use crate::stage::{Outcome, stage};
use crate::wasm::{MODULE_FILES, Module, Profile};
use crate::{bundle, toolchain, wasm};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use words::Words;

/// Builds whatever is missing and puts the site together.
pub fn build(repository: &Repository, profile: Profile, modules: &[Module]) -> Result<()> {
    let _lock = repository.lock()?;
    toolchain::prepare(repository)?;
    for module in modules {
        wasm::build(repository, *module, profile)?;
    }
    assemble(repository, profile, &Module::ALL)
}

/// Renders the pages, bundles the scripts and copies everything that is served, with those of these modules that are
/// built.
pub fn assemble(repository: &Repository, profile: Profile, modules: &[Module]) -> Result<()> {
    stage("data", || data::pack(repository))?;
    stage("pages", || pages(repository, profile, modules))?;
    stage("scripts", || bundle::build(repository, profile))
}

/// Puts a module that has been built since into the site.
pub fn add_module(repository: &Repository, profile: Profile, module: Module) -> Result<()> {
    for (from, to) in module_files(repository, profile, module) {
        copy(&from, &to)?;
    }
    Ok(())
}

/// The files of a module where they are built, and where they stand in the site.
fn module_files(
    repository: &Repository,
    profile: Profile,
    module: Module,
) -> impl Iterator<Item = (PathBuf, PathBuf)> {
    let from = wasm::folder(repository, module, profile);
    let to = repository.site(profile).join("pkg").join(module.name());
    MODULE_FILES.into_iter().map(move |file| (from.join(file), to.join(file)))
}

fn pages(repository: &Repository, profile: Profile, modules: &[Module]) -> Result<Outcome> {
    let words = Words::read(repository)?;
    let site = repository.site(profile);
    let lessons = lesson::read_all(repository, &words)?;
    let mut kept = bundle::outputs(repository, profile)?;
    for page in [
        cover::render(repository, &words, &lessons)?,
        lesson::render(&lessons, &words)?,
        figures::render(&lessons, &words)?,
        licences::render(repository, &words)?,
    ]
    .concat()
    {
        kept.push(page.write(&site)?);
    }
    let styles = repository.path("www/styles");
    for file in files_under(&styles)? {
        let to = site.join("styles").join(file.strip_prefix(&styles).context("a file outside its folder")?);
        copy(&file, &to)?;
        kept.push(to);
    }
    let previews = repository.path("www/previews");
    for file in files_under(&previews)? {
        let to =
            site.join("previews").join(file.strip_prefix(&previews).context("a file outside its folder")?);
        copy(&file, &to)?;
        kept.push(to);
    }
    for (from, inside) in lesson::pictures(repository)? {
        let to = site.join(inside);
        copy(&from, &to)?;
        kept.push(to);
    }
    for (from, name) in data::files(repository) {
        let to = site.join("data").join(name);
        copy(&from, &to)?;
        kept.push(to);
    }
    for module in modules {
        for (from, to) in module_files(repository, profile, *module) {
            // With `--only` a module may be missing; the link check of `test` and `dist` sees to it.
            if from.exists() {
                copy(&from, &to)?;
                kept.push(to);
            }
        }
    }
    for old in files_under(&site)? {
        if !kept.contains(&old) {
            fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
    }
    Ok(Outcome::Done)
}
