//! The Rust side: formatting, clippy, documentation, tests.

use super::counts::Counts;
use super::test_programs::{self, TestProgram};
use crate::cargo_progress;
use crate::command::{cargo, finish, succeed};
use crate::python::Environment;
use crate::repository::Repository;
use crate::toolchain::WASM_TARGET;
use crate::wasm::Module;
use anyhow::{Result, anyhow, ensure};
use std::collections::BTreeSet;
use std::thread;

/// Whether every crate is formatted.
pub fn format(repository: &Repository) -> Result<Counts> {
    succeed(cargo(repository.root()).args(["fmt", "--all", "--check"]))
        .map_err(|error| anyhow!("{error}\n`cargo fmt --all` puts it right"))?;
    Ok(Counts::PASSED)
}

/// clippy on everything that runs on this machine.
pub fn clippy(repository: &Repository) -> Result<Counts> {
    let mut command = cargo(repository.root());
    cargo_progress::run(
        command.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        &|_| (),
    )?;
    Ok(Counts::PASSED)
}

/// The features of all modules without a GPU.
pub const ALL_BUT_GPU: &str = "lessons,pictures,plot,web";

/// clippy on the crate for WebAssembly.
pub fn clippy_for_wasm(repository: &Repository, features: &str) -> Result<Counts> {
    cargo_progress::run(
        cargo(repository.root())
            // It would replace the flags of .cargo/config.toml.
            .env_remove("RUSTFLAGS")
            .args(["clippy", "--lib", "--package", "emberbook", "--target", WASM_TARGET])
            // The profile of the modules: build scripts and macros are then built once for both.
            .args(["--profile", "wasm-dev", "--no-default-features", "--features", features])
            .args(["--", "-D", "warnings"]),
        &|_| (),
    )?;
    Ok(Counts::PASSED)
}

/// Documentation of every crate, without a link that leads nowhere.
pub fn documentation(repository: &Repository) -> Result<Counts> {
    cargo_progress::run(
        cargo(repository.root()).env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--workspace", "--no-deps"]),
        &|_| (),
    )?;
    Ok(Counts::PASSED)
}

/// Whether the module `trees` does without burn, as what makes it small and quick to build.
pub fn trees_are_without_burn(repository: &Repository) -> Result<Counts> {
    let libraries = libraries(repository, Module::Trees)?;
    ensure!(
        libraries.iter().any(|line| line.starts_with("gbdt v")),
        "the module `trees` holds no trees: {libraries:?}"
    );
    let burn: Vec<&str> = libraries.iter().map(String::as_str).filter(|line| is_of_burn(line)).collect();
    ensure!(burn.is_empty(), "the module `trees` is built with {}", burn.join(", "));
    Ok(Counts::PASSED)
}

/// Whether a line of `cargo tree` names burn, one of its crates, or what it multiplies matrices with.
fn is_of_burn(line: &str) -> bool {
    ["burn", "cubecl", "gemm"].iter().any(|name| line.starts_with(name))
}

/// Whether the modules with tensors have the same libraries with the same features: one feature more in one of them, and
/// cargo compiles burn anew for the others, which takes minutes.
pub fn modules_share_burn(repository: &Repository) -> Result<Counts> {
    let [(cpu, of_cpu), others @ ..] = [Module::Cpu, Module::Recommenders, Module::Sequences]
        .map(|module| (module, libraries(repository, module)));
    let of_cpu = of_cpu?;
    ensure!(of_cpu.iter().any(|line| is_of_burn(line)), "the module `{}` is built without burn", cpu.name());
    for (module, of_module) in others {
        let of_module = of_module?;
        let other: Vec<&String> = of_module.iter().filter(|line| !of_cpu.contains(*line)).collect();
        ensure!(
            other.is_empty(),
            "the module `{}` has libraries with other features than `{}` has them: {other:?}; `tensors` in Cargo.toml \
             has to ask for them",
            module.name(),
            cpu.name()
        );
    }
    Ok(Counts::PASSED)
}

/// The libraries of a module with their features, as lines of `cargo tree`.
fn libraries(repository: &Repository, module: Module) -> Result<BTreeSet<String>> {
    let tree = finish(
        cargo(repository.root())
            .args(["tree", "--package", "emberbook", "--target", WASM_TARGET, "--edges", "normal"])
            .args(["--prefix", "none", "--format", "{p} [{f}]"])
            .args(["--no-default-features", "--features", module.features()]),
    )?;
    ensure!(tree.success, "{}", tree.output());
    let lines = tree.stdout.lines().map(|line| line.trim_end_matches(" (*)"));
    Ok(lines.filter(|line| !line.starts_with("emberbook v")).map(str::to_string).collect())
}

/// Whether the crate `gbdt` stands alone, as whoever depends on it in a module of their own finds it.
pub fn gbdt_for_wasm(repository: &Repository) -> Result<Counts> {
    succeed(cargo(repository.root()).env_remove("RUSTFLAGS").args([
        "check",
        "--quiet",
        "--package",
        "gbdt",
        "--target",
        WASM_TARGET,
        "--profile",
        "wasm-dev",
    ]))?;
    Ok(Counts::PASSED)
}

/// Whether the lock file of the fuzz targets, a workspace of their own, has all that the library needs by now.
pub fn fuzz_is_locked(repository: &Repository) -> Result<Counts> {
    let metadata = ["metadata", "--locked", "--format-version", "1", "--manifest-path", "fuzz/Cargo.toml"];
    succeed(cargo(repository.root()).args(metadata).stdout(std::process::Stdio::null()))?;
    Ok(Counts::PASSED)
}

/// Builds the programs that hold the tests of the workspace.
///
/// # Errors
/// When something does not compile.
pub fn test_programs(repository: &Repository) -> Result<Vec<TestProgram>> {
    let build = ["test", "--workspace", "--no-run"];
    // Apart, because it is the longer part and says how far it is.
    cargo_progress::run(cargo(repository.root()).args(build), &|_| ())?;
    let messages = succeed(cargo(repository.root()).args(build).args(["--message-format", "json"]))?;
    test_programs::of_messages(&messages)
}

/// The tests of the workspace, its programs side by side.
pub fn tests(repository: &Repository, programs: Vec<TestProgram>) -> Counts {
    let variables = Environment::ALL.map(|python| (python.variable, python.interpreter(repository)));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (counts, said) = test_programs::run(programs, cores, &variables);
    for output in said {
        eprintln!("\n{output}");
    }
    counts
}

/// The examples in the documentation of the workspace.
pub fn examples(repository: &Repository) -> Result<Counts> {
    let finished =
        finish(cargo(repository.root()).args(["test", "--quiet", "--workspace", "--doc", "--no-fail-fast"]))?;
    let mut counts = Counts::of_cargo(&finished.stdout).unwrap_or_default();
    if !finished.success {
        eprintln!("\n{}", finished.output());
        // What does not compile fails without any test to count.
        counts.failed = counts.failed.max(1);
    }
    Ok(counts)
}
