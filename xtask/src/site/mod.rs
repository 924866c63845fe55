//! The static site: scripts, modules, pages.

mod cover;
mod data;
mod formula;
mod highlight;
mod lesson;
mod licences;
pub mod links;
mod markdown;
mod page;
pub mod words;

use crate::repository::{Repository, copy, files_under};
use crate::stage::{Outcome, stage};
use crate::wasm::{MODULE_FILES, Module, Profile};
use crate::{bundle, toolchain, wasm};
use anyhow::{Context, Result};
use std::fs;
use words::Words;

/// Builds whatever is missing and puts the site together.
pub fn build(repository: &Repository, profile: Profile, modules: &[Module]) -> Result<()> {
    let _lock = repository.lock()?;
    toolchain::prepare(repository)?;
    for module in modules {
        wasm::build(repository, *module, profile)?;
    }
    assemble(repository, profile)
}

/// Renders the pages, bundles the scripts and copies everything that is served.
pub fn assemble(repository: &Repository, profile: Profile) -> Result<()> {
    stage("data", || data::pack(repository))?;
    stage("pages", || pages(repository, profile))?;
    stage("scripts", || bundle::build(repository, profile))
}

fn pages(repository: &Repository, profile: Profile) -> Result<Outcome> {
    let words = Words::read(repository)?;
    let site = repository.site(profile);
    let mut kept = bundle::outputs(repository, profile)?;
    for page in [
        cover::render(repository, &words)?,
        lesson::render(repository, &words)?,
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
    for (from, inside) in lesson::figures(repository)? {
        let to = site.join(inside);
        copy(&from, &to)?;
        kept.push(to);
    }
    for (from, name) in data::files(repository) {
        let to = site.join("data").join(name);
        copy(&from, &to)?;
        kept.push(to);
    }
    for module in Module::ALL {
        for file in MODULE_FILES {
            let from = wasm::folder(repository, module, profile).join(file);
            let to = site.join("pkg").join(module.name()).join(file);
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
