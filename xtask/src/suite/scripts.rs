//! The TypeScript side: formatting, types, lints and unit tests.

use super::counts::Counts;
use crate::command::{finish, program, succeed};
use crate::repository::Repository;
use anyhow::{Result, anyhow};

/// Whether TypeScript, CSS and JSON are formatted.
pub fn format(repository: &Repository) -> Result<Counts> {
    succeed(
        program("node", repository.root())
            .arg(repository.path("node_modules/prettier/bin/prettier.cjs"))
            .args(["--check", "--log-level=warn", "."]),
    )
    .map_err(|error| anyhow!("{error}\n`npx prettier --write .` puts it right"))?;
    Ok(Counts::PASSED)
}

/// Whether the types hold, for one of the two configurations (a page and a worker know different globals).
pub fn types(repository: &Repository, configuration: &str) -> Result<Counts> {
    succeed(
        program("node", repository.root())
            .arg(repository.path("node_modules/typescript/bin/tsc"))
            .args(["--project", configuration]),
    )?;
    Ok(Counts::PASSED)
}

/// What the compiler does not see: layers, circles of imports, promises nobody waits for.
pub fn lint(repository: &Repository) -> Result<Counts> {
    succeed(
        program("node", repository.root())
            .arg(repository.path("tests/lint/node_modules/eslint/bin/eslint.js"))
            .args(["--config", "tests/lint/eslint.config.mjs", "--max-warnings", "0", "www"]),
    )?;
    Ok(Counts::PASSED)
}

/// Unit tests beside the TypeScript files, run in Node.
pub fn units(repository: &Repository) -> Result<Counts> {
    let finished =
        finish(program("node", repository.root()).arg(repository.path("xtask/scripts/unit_tests.mjs")))?;
    let mut counts = Counts::of_tap(&finished.stdout).unwrap_or_default();
    if !finished.success {
        eprintln!("\n{}", finished.output());
        counts.failed = counts.failed.max(1);
    }
    Ok(counts)
}
