//! `cargo xtask test`: every check and test, in order, and their count.

mod browser;
mod counts;
mod native;
mod scripts;
mod test_programs;
mod times;

use crate::python::{Environment, WEIGHTS};
use crate::repository::Repository;
use crate::stage;
use crate::toolchain;
use crate::wasm::{Module, Profile, Warnings};
use crate::{site, wasm};
use anyhow::Result;
use clap::ValueEnum;
use counts::Counts;
use std::ops::Add;
use std::process::ExitCode;
use std::thread;
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
    /// eslint, clippy natively and for WebAssembly, cargo doc: warnings as errors; the GPU module only when named
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

/// One check that passes or fails as a whole, with the group whose time it adds to.
struct Check<'a> {
    group: &'static str,
    name: &'static str,
    work: Box<dyn FnOnce() -> Result<Counts> + Send + 'a>,
}

impl<'a> Check<'a> {
    fn new(name: &'static str, work: impl FnOnce() -> Result<Counts> + Send + 'a) -> Self {
        Self { group: group(name), name, work: Box::new(work) }
    }

    /// A preparation is no test: it counts only when it fails.
    fn preparation<T>(name: &'static str, work: impl FnOnce() -> Result<T> + Send + 'a) -> Self {
        let work = Box::new(|| work().map(|_| Counts::default()));
        Self { group: "preparations", name, work }
    }
}

/// Runs the stages asked for; the last line printed counts passed and failed tests.
pub fn run(repository: &Repository, arguments: &Arguments) -> Result<ExitCode> {
    let wanted = |stage: Stage| arguments.only.is_empty() || arguments.only.contains(&stage);
    let mut times = Times::begin();
    let first = vec![Check::preparation("npm packages", || toolchain::npm_packages(repository.root()))];
    let mut total = in_order(first, &mut times);

    // What Node and Python do takes one core, and much of it waits for packages: it runs beside what cargo checks.
    let scripts = of_scripts(repository, &wanted);
    let rust = of_rust(repository, &wanted, !arguments.only.is_empty());
    let (counts, beside) = thread::scope(|scope| {
        let beside = scope.spawn(|| {
            let mut times = Times::begin();
            (in_order(scripts, &mut times), times)
        });
        total += in_order(rust, &mut times);
        beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    total += counts;
    times.join(beside);

    // The programs of tests need no cargo, which could build but one thing at a time, and compiling modules leaves a core
    // free for a good part of the time.
    let mut programs = Vec::new();
    if wanted(Stage::Native) {
        let compile = Check::preparation("tests: native, compile", || {
            programs = native::test_programs(repository)?;
            Ok(())
        });
        total += in_order(vec![compile], &mut times);
    }
    let has_site = wanted(Stage::Site) || wanted(Stage::Browser);
    let mut is_built = false;
    let (counts, beside) = thread::scope(|scope| {
        let beside = scope.spawn(|| {
            let mut times = Times::begin();
            let tests = Check::new("tests: native", || Ok(native::tests(repository, programs)));
            (in_order(if wanted(Stage::Native) { vec![tests] } else { Vec::new() }, &mut times), times)
        });
        if has_site {
            let built = times.measure("site", || build(repository));
            is_built = built.failed == 0;
            total += built;
        }
        beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    total += counts;
    times.join(beside);
    if wanted(Stage::Native) {
        let name = "tests: examples in the documentation";
        total += in_order(vec![Check::new(name, || native::examples(repository))], &mut times);
    }
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

    println!("\n{times}");
    println!("{total}");
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs checks one after another.
fn in_order(checks: Vec<Check>, times: &mut Times) -> Counts {
    checks
        .into_iter()
        .map(|Check { group, name, work }| times.check(group, name, work))
        .fold(Counts::default(), Add::add)
}

/// What Node and Python do: packages, formatting, types, eslint and the units of the page.
fn of_scripts<'a>(repository: &'a Repository, wanted: &impl Fn(Stage) -> bool) -> Vec<Check<'a>> {
    let mut checks = Vec::new();
    for python in Environment::ALL {
        if wanted(Stage::Native) || (wanted(Stage::Browser) && python.variable == WEIGHTS.variable) {
            checks.push(Check::preparation(python.name, move || python.make(repository)));
        }
    }
    if wanted(Stage::Format) {
        checks.push(Check::new("format: TypeScript, CSS, JSON", || scripts::format(repository)));
    }
    if wanted(Stage::Types) {
        checks.push(Check::new("types: page", || scripts::types(repository, "tsconfig.json")));
        checks.push(Check::new("types: worker", || scripts::types(repository, "tsconfig.worker.json")));
        checks.push(Check::new("types: unit tests", || scripts::types(repository, "tsconfig.tests.json")));
    }
    if wanted(Stage::Lint) {
        checks.push(Check::preparation("npm packages of eslint", || {
            toolchain::npm_packages(&repository.path("tests/lint"))
        }));
        checks.push(Check::new("eslint", || scripts::lint(repository)));
    }
    if wanted(Stage::Units) {
        checks.push(Check::new("tests: units of the page", || scripts::units(repository)));
    }
    checks
}

/// What cargo checks without running tests; `is_named` says whether stages were asked for by name.
fn of_rust<'a>(
    repository: &'a Repository,
    wanted: &impl Fn(Stage) -> bool,
    is_named: bool,
) -> Vec<Check<'a>> {
    let mut checks = Vec::new();
    if wanted(Stage::Format) || wanted(Stage::Lint) {
        checks.push(Check::preparation("rustfmt and clippy", || toolchain::rust_components(repository)));
    }
    if wanted(Stage::Lint) || wanted(Stage::Site) || wanted(Stage::Browser) {
        checks.push(Check::preparation("compiler for WebAssembly", || toolchain::rust_target(repository)));
    }
    if wanted(Stage::Format) {
        checks.push(Check::new("format: Rust", || native::format(repository)));
    }
    if wanted(Stage::Lint) {
        checks.push(Check::new("clippy: native", || native::clippy(repository)));
        checks.push(Check::new("cargo doc", || native::documentation(repository)));
        // All of it but what stands behind the GPU, once: code that some module leaves without use is a warning of the
        // compiler when that module is built, and an error then.
        let features = native::ALL_BUT_GPU;
        checks.push(Check::new("clippy: modules", move || native::clippy_for_wasm(repository, features)));
        if is_named {
            // For a few lines of our own it checks some 350 crates, which the build compiles anyway.
            let name = "clippy: module gpu";
            let features = Module::Gpu.features();
            checks.push(Check::new(name, move || native::clippy_for_wasm(repository, features)));
        }
        checks.push(Check::new("module trees: no burn", || native::trees_are_without_burn(repository)));
        checks.push(Check::new("modules with tensors: one burn", || native::modules_share_burn(repository)));
        checks.push(Check::new("lock file of the fuzz targets", || native::fuzz_is_locked(repository)));
        checks.push(Check::new("gbdt alone, for WebAssembly", || native::gbdt_for_wasm(repository)));
    }
    checks
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
        counts += report(wasm::build_telling(repository, module, profile, Warnings::Refused, &|_| ()));
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
