//! `cargo xtask differential`: new random tables and parameters, trained on by LightGBM and by the engine, bit for bit.

use crate::command::{cargo, program, succeed};
use crate::python::LIGHTGBM;
use crate::repository::Repository;
use crate::stage::{Outcome, stage};
use anyhow::{Result, bail};
use std::fs;
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is asked for.
#[derive(clap::Args)]
pub struct Arguments {
    /// How many sets to make
    #[arg(long, default_value_t = 500)]
    sets: u32,
    /// What they are drawn from; the clock's where it is not given
    #[arg(long)]
    seed: Option<u32>,
    /// Objectives to draw from; all that the engine has where they are not given
    #[arg(long)]
    objectives: Option<String>,
}

/// Makes the sets and compares them; prints the seed, and what differs in which set.
///
/// # Errors
/// Where a set differs, and without a Python with LightGBM.
pub fn run(repository: &Repository, arguments: &Arguments) -> Result<()> {
    stage(LIGHTGBM.name, || LIGHTGBM.make(repository))?;
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.subsec_nanos());
    let seed = arguments.seed.unwrap_or_else(clock);
    let folder = repository.target().join("differential");
    fs::create_dir_all(&folder)?;
    let sets = folder.join(format!("{seed}.jsonl.gz"));
    stage(&format!("{} sets of seed {seed}", arguments.sets), || {
        let mut script = program(LIGHTGBM.interpreter(repository), repository.root());
        script.args(["-W", "ignore", "tests/oracles/boosting_differential.py"]);
        script.args(["--sets", &arguments.sets.to_string(), "--seed", &seed.to_string()]);
        if let Some(objectives) = &arguments.objectives {
            script.args(["--objectives", objectives]);
        }
        succeed(script.arg("--out").arg(&sets)).map(|_| Outcome::Done)
    })?;
    let mut test = cargo(repository.root());
    test.args([
        "test",
        "--quiet",
        "--package",
        "gbdt",
        "--test",
        "differential",
        "every_set",
        "--",
        "--nocapture",
    ]);
    test.env("GBDT_DIFFERENTIAL", &sets).env("RUST_BACKTRACE", "0").stdin(Stdio::null());
    if !test.status()?.success() {
        bail!("`cargo xtask differential --sets {} --seed {seed}` makes them again", arguments.sets);
    }
    Ok(())
}
