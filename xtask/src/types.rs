//! `cargo xtask types`: the Rust types that cross to the page, as TypeScript.

use crate::command::{cargo, succeed};
use crate::repository::Repository;
use anyhow::Result;

/// Has the test that compares `www/generated` with the Rust types (src/typescript.rs) write the files.
pub fn write(repository: &Repository) -> Result<()> {
    let mut test = cargo(repository.root());
    test.args(["test", "--quiet", "--lib", "--package", "emberbook", "--", "typescript::"]);
    succeed(test.env("EMBERBOOK_WRITE_TYPES", "1"))?;
    Ok(())
}
