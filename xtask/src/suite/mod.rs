//! `cargo xtask test`: every check and test, in order, and their count.

mod browser;
mod counts;
mod native;
mod scripts;
mod times;

use crate::python::{Environment, WEIGHTS};
use crate::repository::Repository;
use crate::stage;
use crate::toolchain;
use crate::wasm::{Module, Profile};
use crate::{site, wasm};
use anyhow::Result;
use clap::ValueEnum;
use counts::Counts;
use std::process::ExitCode;
use times::Times;

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only these stages, such as `lint,native`
    #[arg(long, value_delimiter = ',')]
    only: Vec<Stage>,
    /// Count the tests of browsers that are not on this machine as skipped, not as failed
    #[arg(long)]
    allow_missing_browsers: bool,
    /// Handed on to tests/browser/run.mjs
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// A part of the test run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Formatting of Rust, TypeScript, CSS and JSON
    Format,
    /// eslint, clippy natively and for WebAssembly, cargo doc: warnings as errors
    Lint,
    /// Tests of the Rust side, parity with the oracles among them
    Native,
    /// Types of the TypeScript side
    Types,
    /// Unit tests beside the TypeScript files
    Units,
    /// The seven modules, the pages, the scripts and every link
    Site,
    /// End-to-end tests in Chromium, Firefox and WebKit
    Browser,
}

/// One check that passes or fails as a whole.
type Check<'a> = (&'static str, Box<dyn FnOnce() -> Result<Counts> + 'a>);

/// Runs the stages asked for; the last line printed counts passed and failed tests.
pub fn run(repository: &Repository, arguments: &Arguments) -> Result<ExitCode> {
    let wanted = |stage: Stage| arguments.only.is_empty() || arguments.only.contains(&stage);
    let mut total = Counts::default();
    let mut times = Times::default();

    let mut preparations: Vec<Check> =
        vec![("npm packages", Box::new(|| whole(toolchain::npm_packages(repository.root()))))];
    if wanted(Stage::Format) || wanted(Stage::Lint) {
        preparations.push(("rustfmt and clippy", Box::new(|| whole(toolchain::rust_components(repository)))));
    }
    if wanted(Stage::Lint) {
        let folder = repository.path("tests/lint");
        preparations
            .push(("npm packages of eslint", Box::new(move || whole(toolchain::npm_packages(&folder)))));
    }
    if wanted(Stage::Lint) || wanted(Stage::Site) || wanted(Stage::Browser) {
        preparations
            .push(("compiler for WebAssembly", Box::new(|| whole(toolchain::rust_target(repository)))));
    }
    for python in Environment::ALL {
        if wanted(Stage::Native) || (wanted(Stage::Browser) && python.variable == WEIGHTS.variable) {
            preparations.push((python.name, Box::new(|| whole(python.make(repository)))));
        }
    }
    for (name, work) in preparations {
        // Preparations are no tests: they count only when they fail.
        total.failed += times.check("preparations", name, work).failed;
    }

    let mut checks: Vec<Check> = Vec::new();
    if wanted(Stage::Format) {
        checks.push(("format: Rust", Box::new(|| native::format(repository))));
        checks.push(("format: TypeScript, CSS, JSON", Box::new(|| scripts::format(repository))));
    }
    if wanted(Stage::Types) {
        checks.push(("types: page", Box::new(|| scripts::types(repository, "tsconfig.json"))));
        checks.push(("types: worker", Box::new(|| scripts::types(repository, "tsconfig.worker.json"))));
        checks.push(("types: unit tests", Box::new(|| scripts::types(repository, "tsconfig.tests.json"))));
    }
    if wanted(Stage::Lint) {
        checks.push(("eslint", Box::new(|| scripts::lint(repository))));
        checks.push(("clippy: native", Box::new(|| native::clippy(repository))));
        checks.push(("cargo doc", Box::new(|| native::documentation(repository))));
        for (name, module) in [
            ("clippy: module plot", Module::Plot),
            ("clippy: module pictures", Module::Pictures),
            ("clippy: module trees", Module::Trees),
            ("clippy: module cpu", Module::Cpu),
            ("clippy: module recommenders", Module::Recommenders),
            ("clippy: module sequences", Module::Sequences),
            ("clippy: module gpu", Module::Gpu),
        ] {
            checks.push((name, Box::new(move || native::clippy_for_module(repository, module))));
        }
    }
    if wanted(Stage::Units) {
        checks.push(("tests: units of the page", Box::new(|| scripts::units(repository))));
    }
    if wanted(Stage::Lint) {
        checks.push(("module trees: no burn", Box::new(|| native::trees_are_without_burn(repository))));
        checks.push(("lock file of the fuzz targets", Box::new(|| native::fuzz_is_locked(repository))));
        checks.push(("gbdt alone, for WebAssembly", Box::new(|| native::gbdt_for_wasm(repository))));
    }
    if wanted(Stage::Native) {
        checks.push(("tests: native", Box::new(|| native::tests(repository))));
    }
    for (name, work) in checks {
        total += times.check(group(name), name, work);
    }

    if wanted(Stage::Site) || wanted(Stage::Browser) {
        let built = times.measure("site", || build(repository));
        let is_built = built.failed == 0;
        total += built;
        if wanted(Stage::Browser) {
            total += if is_built {
                times.measure("browser", || {
                    browser::tests(repository, arguments.allow_missing_browsers, &arguments.rest)
                })
            } else {
                println!("{:<44} not run: there is no site to test", "tests: browser");
                Counts::FAILED
            };
        }
    }

    println!("\n{times}");
    println!("{total}");
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Name of a check's group in the table of times: what stands before the colon, but for tests.
fn group(name: &'static str) -> &'static str {
    match name.split_once(": ") {
        Some((group, _)) if group != "tests" => group,
        _ => name,
    }
}

/// Builds modules and site, and checks the links; each of them counts.
fn build(repository: &Repository) -> Counts {
    let _lock = match repository.lock() {
        Ok(lock) => lock,
        Err(error) => return report::<()>(Err(error)),
    };
    let mut counts = Counts::default();
    let profile = Profile::Development;
    for module in Module::ALL {
        counts += report(wasm::build(repository, module, profile));
    }
    counts += report(site::assemble(repository, profile, &Module::ALL));
    counts + check("links", || whole(site::links::check(&repository.site(profile))))
}

/// Runs a check on a line of its own, and shows what was wrong.
fn check(name: &str, work: impl FnOnce() -> Result<Counts>) -> Counts {
    let (result, _) = stage::watched(name, work, |result, time| match result {
        Ok(counts) if counts.total() > 1 => format!("{time}  {counts}"),
        Ok(_) => time.to_string(),
        Err(_) => format!("{time}  failed"),
    });
    report(result)
}

/// The count of a result; an error is shown and counts as one failed test.
fn report<T: Into<Counts>>(result: Result<T>) -> Counts {
    match result {
        Ok(counts) => counts.into(),
        Err(error) => {
            eprintln!("\n{error:#}\n");
            Counts::FAILED
        }
    }
}

/// A check that passes or fails as a whole.
fn whole<T>(result: Result<T>) -> Result<Counts> {
    result.map(|_| Counts::PASSED)
}
