//! End-to-end tests: `tests/browser/run.mjs` drives the browsers, this finds them and serves the site.

use super::counts::Counts;
use crate::browsers::{self, Browsers};
use crate::command::program;
use crate::python::WEIGHTS;
use crate::repository::Repository;
use crate::server::Server;
use crate::wasm::Profile;
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// Runs the tests in every browser there is; a browser that is missing counts as one failed test,
/// or as one skipped where that is allowed.
pub fn tests(repository: &Repository, allow_missing: bool, rest: &[String]) -> Counts {
    let browsers = match browsers::find_or_install() {
        Ok(browsers) => browsers,
        Err(error) => {
            eprintln!("\n{error:#}\n");
            return Counts::FAILED;
        }
    };
    let mut counts = Counts::default();
    for browser in browsers.missing() {
        println!("{:<44} not found: {}", format!("browser: {}", browser.name()), browser.advice());
        counts += if allow_missing { Counts::SKIPPED } else { Counts::FAILED };
    }
    if browsers.found().is_empty() {
        return counts;
    }
    match drive(repository, &browsers, rest) {
        Ok(driven) => counts + driven,
        Err(error) => {
            eprintln!("\n{error:#}\n");
            counts + Counts::FAILED
        }
    }
}

/// Runs the driver and shows its lines as they come; its last line holds the counts.
fn drive(repository: &Repository, browsers: &Browsers, rest: &[String]) -> Result<Counts> {
    let runner = repository.path("tests/browser/run.mjs");
    ensure!(runner.is_file(), "tests/browser/run.mjs is missing");
    let server = Server::bind(0)?;
    let url = server.url();
    // It answers until this program ends.
    let _ = server.run_in_background(&repository.site(Profile::Development));
    println!("tests: browser");
    let mut child = program("node", repository.root())
        .arg(runner)
        .args(["--url", &url, "--browsers", &browsers.names()])
        .args(rest)
        .envs(browsers.environment())
        .env(WEIGHTS.variable, WEIGHTS.interpreter(repository))
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start `node`")?;
    let mut last = None;
    for line in BufReader::new(child.stdout.take().context("node has no output")?).lines() {
        let line = line?;
        if let Some(counts) = Counts::of_line(&line) {
            last = Some(counts);
        }
        println!("  {line}");
    }
    let status = child.wait()?;
    let mut counts = last.context("tests/browser/run.mjs ended without its line `N passed, N failed`")?;
    if !status.success() {
        counts.failed = counts.failed.max(1);
    }
    Ok(counts)
}
