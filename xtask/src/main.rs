//! `cargo xtask`: builds, serves, tests and measures the site.
//!
//! Every command prints one line per stage with the time it takes; output of the programs it runs is
//! shown only when one of them fails.

mod bench;
mod browsers;
mod building;
mod bundle;
mod cargo_progress;
mod children;
mod command;
mod debian;
mod differential;
mod dist;
mod fingerprint;
mod never_called;
mod python;
mod repository;
mod serve;
mod server;
mod site;
mod stage;
mod suite;
mod toolchain;
mod types;
mod wasm;

use anyhow::Result;
use clap::{Parser, Subcommand};
use repository::Repository;
use site::address::Address;
use std::process::ExitCode;
use wasm::{Module, Profile};

/// Builds, serves, tests and measures Emberbook.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the WebAssembly modules into pkg/ and the site into target/site (with --release target/site-release)
    Build(BuildArguments),
    /// Serve the site on this machine as soon as a first lesson can train, and build the rest behind it
    Serve {
        #[command(flatten)]
        build: BuildArguments,
        /// Port to listen on
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Write the finished site to dist/, check its links and its sizes
    Dist {
        /// Where the site will stand, such as <https://example.org/book/>: previews of links need it, nothing else does
        #[arg(long)]
        address: Option<Address>,
    },
    /// Write the TypeScript types of what crosses to the page anew, into www/generated
    Types,
    /// Train on random tables with LightGBM and with the engine, and compare every bit
    Differential(differential::Arguments),
    /// Run every check and test; the last line counts them
    Test(suite::Arguments),
    /// Build for release and measure speed and size in a browser, beside other libraries
    Bench {
        /// Handed on to bench/run.mjs
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
}

#[derive(clap::Args)]
struct BuildArguments {
    /// Optimise as for the finished site (minutes) instead of for a quick start
    #[arg(long)]
    release: bool,
    /// Only these modules, such as `plot,trees`; the others keep what was built before
    #[arg(long, value_delimiter = ',')]
    only: Vec<Module>,
}

impl BuildArguments {
    fn profile(&self) -> Profile {
        if self.release { Profile::Release } else { Profile::Development }
    }

    fn modules(&self) -> &[Module] {
        if self.only.is_empty() { &Module::ALL } else { &self.only }
    }

    fn build(&self, repository: &Repository) -> Result<()> {
        site::build(repository, self.profile(), self.modules())
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    let repository = Repository::find()?;
    children::end_with_this()?;
    match task {
        Task::Build(build) => build.build(&repository)?,
        Task::Serve { build, port } => {
            serve::run(repository, build.profile(), build.modules(), port)?;
        }
        Task::Dist { address } => dist::run(&repository, address.as_ref())?,
        Task::Types => types::write(&repository)?,
        Task::Differential(arguments) => differential::run(&repository, &arguments)?,
        Task::Test(arguments) => return suite::run(&repository, &arguments),
        Task::Bench { rest } => bench::run(&repository, &rest)?,
    }
    Ok(ExitCode::SUCCESS)
}
