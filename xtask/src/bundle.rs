//! TypeScript to the scripts of the site, by esbuild.

use crate::command::{program, succeed};
use crate::fingerprint::{Fingerprint, is_current};
use crate::repository::{Repository, write};
use crate::stage::Outcome;
use crate::wasm::{self, Profile};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Scripts that stand alone as modules; `embed.js` and the worker load the others by address at run time.
const MODULES: [&str; 4] = ["embed", "engine/worker", "panels/lab", "app/frame"];

/// The page's own script: classic, because it runs in the head before anything is drawn.
const PAGE_SCRIPT: &str = "app/site";

/// The oldest browsers the site promises to run in.
const TARGET: &str = "--target=chrome100,firefox115,safari16.4";

/// Bundles every script into the site folder.
pub fn build(repository: &Repository, profile: Profile) -> Result<Outcome> {
    let missing: Vec<String> = MODULES
        .iter()
        .chain(&[PAGE_SCRIPT])
        .map(|entry| format!("www/{entry}.ts"))
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
        .finish();
    let record = wasm::cache(repository, profile).join("scripts.fingerprint");
    if is_current(&record, &fingerprint, &outputs(repository, profile)) {
        return Ok(Outcome::UpToDate);
    }
    esbuild(repository, profile, &MODULES, "--format=esm")?;
    esbuild(repository, profile, &[PAGE_SCRIPT], "--format=iife")?;
    write(&record, fingerprint)?;
    Ok(Outcome::Done)
}

/// The scripts as they stand in the site.
fn scripts(repository: &Repository, profile: Profile) -> Vec<PathBuf> {
    MODULES
        .iter()
        .chain(&[PAGE_SCRIPT])
        .map(|entry| repository.site(profile).join(format!("{entry}.js")))
        .collect()
}

/// Everything that bundling writes into the site; the finished site goes without source maps.
pub fn outputs(repository: &Repository, profile: Profile) -> Vec<PathBuf> {
    let mut outputs = scripts(repository, profile);
    if profile == Profile::Development {
        let maps: Vec<_> = outputs.iter().map(|script| script.with_extension("js.map")).collect();
        outputs.extend(maps);
    }
    outputs
}

fn esbuild(repository: &Repository, profile: Profile, entries: &[&str], format: &str) -> Result<()> {
    let mut command = program("node", repository.root());
    command
        .arg(repository.path("node_modules/esbuild/bin/esbuild"))
        .args(entries.iter().map(|entry| format!("www/{entry}.ts")))
        .args(["--bundle", "--outbase=www", "--tsconfig=tsconfig.base.json", "--log-level=warning"])
        .args([TARGET, format])
        .arg(format!("--outdir={}", repository.site(profile).display()));
    match profile {
        Profile::Development => command.arg("--sourcemap=linked"),
        Profile::Release => command.args(["--minify", "--legal-comments=eof"]),
    };
    succeed(&mut command)?;
    Ok(())
}
