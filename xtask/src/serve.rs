//! `cargo xtask serve`: serves as soon as the charts and a first module that trains are there, and builds the others
//! behind the server.

use crate::building::{Building, State};
use crate::cargo_progress::Step;
use crate::repository::Repository;
use crate::server::Server;
use crate::site;
use crate::toolchain;
use crate::wasm::{self, Module, Profile, Warnings};
use anyhow::{Result, bail};
use std::fs::File;
use std::sync::Arc;

/// Builds what is missing and serves the site until the program ends.
///
/// # Errors
/// When the port is in use, and when what the server needs to begin with cannot be built.
pub fn run(repository: Repository, profile: Profile, modules: &[Module], port: u16) -> Result<()> {
    // Taken before minutes of building, so that a port in use is said at once.
    let server = Server::bind(port)?;
    let lock = repository.lock()?;
    let builder = Builder { building: Arc::new(Building::new(modules)), repository, profile };
    toolchain::prepare(&builder.repository)?;
    builder.begin(modules)?;
    println!("\nEmberbook is at {} (stop with Ctrl+C)", server.url());
    let (folder, building) = (builder.repository.site(profile), builder.building.clone());
    let left = building.waiting();
    if left.is_empty() {
        drop(lock);
    } else {
        let names: Vec<&str> = left.iter().map(|module| module.name()).collect();
        println!(
            "Still to be built: {}. A lesson that needs one opens when it is there.\n",
            names.join(", ")
        );
        std::thread::spawn(move || builder.finish(lock));
    }
    server.run(&folder, Some(building))
}

/// Builds the modules one after the other and puts each into the site.
struct Builder {
    repository: Repository,
    profile: Profile,
    building: Arc<Building>,
}

impl Builder {
    /// Builds the pages and those modules without which there is nothing to serve.
    fn begin(&self, modules: &[Module]) -> Result<()> {
        let (current, missing): (Vec<Module>, Vec<Module>) = modules.iter().partition(|module| {
            wasm::is_up_to_date(&self.repository, **module, self.profile).unwrap_or(false)
        });
        // What this command does not build stays in the site as it was.
        let kept: Vec<Module> = Module::ALL.into_iter().filter(|module| !missing.contains(module)).collect();
        site::assemble(&self.repository, self.profile, &kept)?;
        for module in current {
            self.build(module)?;
        }
        for module in missing {
            if self.building.can_serve() {
                break;
            }
            self.build(module)?;
        }
        Ok(())
    }

    /// Builds the rest; one that fails does not stop the others, and the page is told.
    fn finish(self, lock: File) {
        let mut failed = Vec::new();
        for module in self.building.waiting() {
            if let Err(error) = self.build(module) {
                eprintln!("\nerror: {error:#}\n");
                failed.push(module.name());
            }
        }
        drop(lock);
        match failed[..] {
            [] => println!("\nEverything is built."),
            _ => println!("Not built: {}. Start again once it is mended.", failed.join(", ")),
        }
    }

    fn build(&self, module: Module) -> Result<()> {
        let tell = |step: Step| self.building.set(module, State::Building(Some(step)));
        self.building.set(module, State::Building(None));
        let built = wasm::build_telling(&self.repository, module, self.profile, Warnings::Shown, &tell)
            .and_then(|()| site::add_module(&self.repository, self.profile, module));
        match built {
            Ok(()) => {
                self.building.set(module, State::There);
                Ok(())
            }
            Err(error) => {
                self.building.set(module, State::Failed(reason(&format!("{error:#}"))));
                bail!("module {}: {error:#}", module.name())
            }
        }
    }
}

/// The line of an error that says most to who reads it on the page: the compiler's first, or the first of all.
fn reason(error: &str) -> String {
    let lines = || error.lines().map(str::trim).filter(|line| !line.is_empty());
    lines().find(|line| line.starts_with("error")).or_else(|| lines().next()).unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_reason_is_the_first_error_of_the_compiler() {
        assert_eq!(
            reason("warning: unused\n\n  error[E0308]: mismatched\nerror: two"),
            "error[E0308]: mismatched"
        );
        assert_eq!(reason("\n cannot start `cargo`\nmore"), "cannot start `cargo`");
        assert_eq!(reason(""), "");
    }
}
