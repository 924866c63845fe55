//! The TypeScript side: formatting and types.

use super::counts::Counts;
use crate::command::{program, succeed};
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
