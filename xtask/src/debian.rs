//! Packages of Debian, where apt-get can be used without a password.

use crate::command::{exists, finish, program, succeed};
use crate::stage::{Outcome, stage};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// Whether packages can be installed on this machine.
pub fn can_install() -> bool {
    exists("apt-get") && root_prefix().is_some()
}

/// Whether the lists that this machine has name a package.
pub fn knows(package: &str) -> bool {
    let shown = finish(program("apt-cache", Path::new("/")).args(["show", "--no-all-versions", package]));
    shown.is_ok_and(|shown| shown.success && !shown.stdout.trim().is_empty())
}

/// Installs packages, with a line of progress.
///
/// # Errors
/// Where [`can_install`] is false, and when apt-get fails.
pub fn install(packages: &[&str]) -> Result<()> {
    let Some(prefix) = root_prefix() else { bail!("only root can install {}", packages.join(" ")) };
    stage(&format!("install {}", packages.join(" ")), || {
        succeed(&mut apt(prefix, &["update", "-qq"]))?;
        let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
        arguments.extend(packages);
        succeed(&mut apt(prefix, &arguments))?;
        Ok(Outcome::Done)
    })
}

/// What stands before a command that needs root: nothing for root, sudo where it asks for no password.
fn root_prefix() -> Option<&'static [&'static str]> {
    let id = finish(program("id", Path::new("/")).arg("-u")).ok()?;
    if id.stdout.trim() == "0" {
        return Some(&[]);
    }
    let sudo = finish(program("sudo", Path::new("/")).args(["-n", "true"])).ok()?;
    sudo.success.then_some(&["sudo", "-n"])
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Command {
    let words: Vec<&str> =
        prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).collect();
    let mut command = program(words[0], Path::new("/"));
    command.args(&words[1..]).args(arguments);
    command
}
