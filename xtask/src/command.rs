//! Running other programs: their output is kept, and shown when they fail.

use crate::children;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::{Command, Stdio};

/// How a program ended, and what it said.
pub struct Finished {
    /// Whether its exit code was zero.
    pub success: bool,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Finished {
    /// Everything it said.
    pub fn output(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// A program to run in a folder.
pub fn program(name: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(name);
    // Set by the outer rustup when xtask is started from elsewhere; the folder's rust-toolchain.toml decides.
    command.current_dir(folder).stdin(Stdio::null()).env_remove("RUSTUP_TOOLCHAIN");
    command
}

/// The cargo of the pinned toolchain.
pub fn cargo(folder: &Path) -> Command {
    let mut command = program("cargo", folder);
    // Set by the outer cargo for xtask itself; they would make other crates' build scripts run again.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST_")
            || name == "CARGO_PRIMARY_PACKAGE"
        {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end and keeps the output, whatever the exit code.
///
/// # Errors
/// When the program cannot be started.
pub fn finish(command: &mut Command) -> Result<Finished> {
    let (child, _registered) = children::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let output = child.wait_with_output()?;
    Ok(Finished {
        success: output.status.success(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Runs to the end; answers its standard output.
///
/// # Errors
/// When the program cannot be started, or ends with another code than zero: the error holds its output.
pub fn succeed(command: &mut Command) -> Result<String> {
    let finished = finish(command)?;
    if !finished.success {
        bail!("{}\n`{}` failed", finished.output().trim_end(), line(command));
    }
    Ok(finished.stdout)
}

/// Whether a program of this name can be started.
pub fn exists(name: &str) -> bool {
    if name.contains('/') {
        return Path::new(name).is_file();
    }
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
