//! Measurements in a browser: `bench/run.mjs` drives it, this builds and serves what it measures.

use crate::command::{cargo, program, succeed};
use crate::python::LIGHTGBM;
use crate::repository::Repository;
use crate::server::Server;
use crate::stage::{Outcome, stage};
use crate::wasm::{Module, Profile};
use crate::{browsers, site, toolchain};
use anyhow::{Result, ensure};

/// Builds the site for release and runs the bench on it; `rest` is handed on.
pub fn run(repository: &Repository, rest: &[String]) -> Result<()> {
    let folder = repository.path("bench");
    ensure!(folder.join("run.mjs").is_file(), "bench/run.mjs is missing");
    site::build(repository, Profile::Release, &Module::ALL)?;
    stage("npm packages of the bench", || toolchain::npm_packages(&folder))?;
    stage("native bench: compile", || {
        succeed(cargo(repository.root()).args(["bench", "--quiet", "--no-run", "--package", "gbdt"]))?;
        Ok(Outcome::Done)
    })?;
    // Without it the columns of LightGBM stay empty.
    if let Err(error) = stage(LIGHTGBM.name, || LIGHTGBM.make(repository)) {
        eprintln!("\n{error:#}\n");
    }
    let browsers = browsers::find_or_install()?;
    let server = Server::bind(0)?;
    let url = server.url();
    let _ = server.run_in_background(&repository.site(Profile::Release));
    let status = program("node", repository.root())
        .args(["bench/run.mjs", "--url", &url])
        .args(rest)
        .envs(browsers.environment())
        .env("PYTHON", LIGHTGBM.interpreter(repository))
        .status()?;
    ensure!(status.success(), "the bench failed");
    Ok(())
}
