//! The finished site, its links and its sizes.

use crate::bundle::{self, Reach};
use crate::repository::{Repository, copy, files_under};
use crate::site::address::Address;
use crate::site::words::Language;
use crate::site::{self, links};
use crate::stage::{Outcome, stage};
use crate::wasm::{Module, Profile};
use anyhow::{Context, Result, ensure};
use brotli::CompressorReader;
use emberbook::lessons::LESSONS;
use std::fs;
use std::io::Read;
use std::path::Path;

/// Builds for release, writes `dist/`, with absolute addresses for previews where its own is known, and checks every link
/// and every size.
///
/// # Errors
/// When a link leads nowhere or a module is larger than its limit.
pub fn run(repository: &Repository, address: Option<&Address>) -> Result<()> {
    site::build(repository, Profile::Release, &Module::ALL)?;
    let dist = repository.dist();
    stage("dist", || fill(&repository.site(Profile::Release), &dist, address))?;
    stage("links", || links::check(&dist).map(|_| Outcome::Done))?;
    if address.is_none() {
        println!("without --address, previews of links to the site show no picture");
    }
    sizes(&dist)
}

fn fill(site: &Path, dist: &Path, address: Option<&Address>) -> Result<Outcome> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| format!("cannot empty {}", dist.display()))?;
    }
    for file in files_under(site)? {
        copy(&file, &dist.join(file.strip_prefix(site)?))?;
    }
    if let Some(address) = address {
        let pages = files_under(dist)?;
        let pages: Vec<_> =
            pages.iter().filter(|file| file.extension().is_some_and(|ending| ending == "html")).collect();
        address.put_into(&pages, dist)?;
    }
    Ok(Outcome::Done)
}

/// Largest size of a module in bytes, as brotli sends it.
fn limit(module: Module) -> usize {
    match module {
        Module::Plot => 90_000,
        Module::Pictures => 150_000,
        // 219 KB before it read tables as people write them, models without their table, and nine objectives.
        Module::Trees => 250_000,
        Module::Cpu | Module::Recommenders | Module::Sequences => 650_000,
        Module::Gpu => 2_400_000,
    }
}

/// Largest size of the scripts that the page of a lesson loads in one language, in bytes as brotli sends them.
fn most_scripts(reach: Reach) -> usize {
    match reach {
        Reach::FirstFigure => 80_000,
        Reach::WholeLab => 125_000,
    }
}

/// Prints the sizes of modules and scripts and compares the modules with their limits.
fn sizes(dist: &Path) -> Result<()> {
    println!("\n{:<32}{:>14}{:>14}{:>14}", "file", "bytes", "brotli -q 11", "limit");
    let mut too_large = Vec::new();
    for module in Module::ALL {
        let name = format!("pkg/{}/emberbook_bg.wasm", module.name());
        let (raw, compressed) = measure(&dist.join(&name))?;
        let limit = limit(module);
        println!("{name:<32}{raw:>14}{compressed:>14}{limit:>14}");
        if compressed > limit {
            too_large.push(name);
        }
    }
    for lesson in LESSONS.iter().filter(|lesson| lesson.definition.is_some()) {
        for (language, reach) in Language::ALL
            .into_iter()
            .flat_map(|language| [(language, Reach::FirstFigure), (language, Reach::WholeLab)])
        {
            let what = match reach {
                Reach::FirstFigure => "first figure",
                Reach::WholeLab => "whole lab",
            };
            let name = format!("{what} of {} in {}", lesson.id, language.code());
            let (mut raw, mut compressed) = (0, 0);
            for script in bundle::scripts_of_page(dist, lesson.id, language, reach)? {
                let (of_script, sent) = measure(&script)?;
                raw += of_script;
                compressed += sent;
            }
            let limit = most_scripts(reach);
            println!("{name:<32}{raw:>14}{compressed:>14}{limit:>14}");
            if compressed > limit {
                too_large.push(name);
            }
        }
    }
    for name in ["embed.js", "engine/worker.js", "panels/lab.js", "app/site.js", "styles/site.css"] {
        let (raw, compressed) = measure(&dist.join(name))?;
        println!("{name:<32}{raw:>14}{compressed:>14}{:>14}", "");
    }
    ensure!(too_large.is_empty(), "larger than the limit: {}", too_large.join(", "));
    println!("\nThe finished site is in {}", dist.display());
    Ok(())
}

/// Size of a file, and its size after brotli at its highest quality.
fn measure(path: &Path) -> Result<(usize, usize)> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (quality, window) = (11, 24);
    let mut compressed = CompressorReader::new(bytes.as_slice(), 1 << 16, quality, window);
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        match compressed.read(&mut buffer)? {
            0 => return Ok((bytes.len(), total)),
            read => total += read,
        }
    }
}
