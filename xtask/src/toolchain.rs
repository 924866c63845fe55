//! What the build needs on this machine: the wasm32 target of the pinned compiler and the npm packages.

use crate::command::{cargo, exists, program, succeed};
use crate::fingerprint::{Fingerprint, is_current};
use crate::repository::{Repository, write};
use crate::stage::{Outcome, stage};
use anyhow::{Context, Result, ensure};
use std::path::Path;

/// The target all three modules are built for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Sees to the wasm target and the npm packages of the root folder.
pub fn prepare(repository: &Repository) -> Result<()> {
    stage("compiler for WebAssembly", || rust_target(repository))?;
    stage("npm packages", || npm_packages(repository.root()))
}

/// Adds the wasm target if the pinned toolchain lacks it (rustup may be told not to do so by itself).
pub fn rust_target(repository: &Repository) -> Result<Outcome> {
    let libraries = succeed(program("rustc", repository.root()).args([
        "--print",
        "target-libdir",
        "--target",
        WASM_TARGET,
    ]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(Outcome::UpToDate);
    }
    ensure!(
        exists("rustup"),
        "this Rust has no target {WASM_TARGET}, and rustup is not here to add it: install rustup (https://rustup.rs)"
    );
    succeed(program("rustup", repository.root()).args(["target", "add", WASM_TARGET]))?;
    Ok(Outcome::Done)
}

/// Adds rustfmt and clippy if the pinned toolchain lacks them.
pub fn rust_components(repository: &Repository) -> Result<Outcome> {
    let mut outcome = Outcome::UpToDate;
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if succeed(cargo(repository.root()).args([subcommand, "--version"])).is_err() {
            succeed(program("rustup", repository.root()).args(["component", "add", component]))?;
            outcome = Outcome::Done;
        }
    }
    Ok(outcome)
}

/// Installs the locked npm packages of a folder, without running their scripts, if they are not there.
pub fn npm_packages(folder: &Path) -> Result<Outcome> {
    check_node(folder)?;
    let lock = folder.join("package-lock.json");
    ensure!(lock.is_file(), "{} is missing", lock.display());
    let fingerprint = Fingerprint::default().path(&lock)?.finish();
    let record = folder.join("node_modules/.emberbook-lock");
    if is_current(&record, &fingerprint, &[]) {
        return Ok(Outcome::UpToDate);
    }
    succeed(program("npm", folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    write(&record, fingerprint)?;
    Ok(Outcome::Done)
}

/// The oldest Node that the bundler runs in.
const OLDEST_NODE: [u32; 2] = [20, 19];

fn check_node(folder: &Path) -> Result<()> {
    let version = succeed(program("node", folder).arg("--version"))
        .context("Node 20.19 or newer is needed (https://nodejs.org)")?;
    ensure!(is_new_enough(version.trim()), "Node 20.19 or newer is needed; here is {}", version.trim());
    Ok(())
}

/// Whether a version such as `v20.20.2` is [`OLDEST_NODE`] or newer.
fn is_new_enough(version: &str) -> bool {
    let numbers: Vec<u32> =
        version.trim_start_matches('v').split('.').map_while(|number| number.parse().ok()).collect();
    numbers.len() >= 2 && numbers[..2] >= OLDEST_NODE[..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_judged_by_its_first_two_numbers() {
        for new in ["v20.19.0", "v20.20.2", "v22.0.0"] {
            assert!(is_new_enough(new), "{new}");
        }
        for old in ["v20.18.9", "v18.20.0", "v20", "none"] {
            assert!(!is_new_enough(old), "{old}");
        }
    }
}
