//! The seven WebAssembly modules: compile, make the bindings, optimise.

use crate::cargo_progress::{self, Step};
use crate::command::{cargo, program, succeed};
use crate::fingerprint::{Fingerprint, Record};
use crate::never_called;
use crate::repository::{Repository, copy, read};
use crate::stage::{Outcome, stage};
use crate::toolchain::WASM_TARGET;
use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Files of a module that the site uses.
pub const MODULE_FILES: [&str; 2] = ["emberbook.js", "emberbook_bg.wasm"];

/// One of the seven feature sets of the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Module {
    /// Charts, on the page's thread.
    Plot,
    /// Decoders of pictures of the reader's own, in the worker.
    Pictures,
    /// Lessons without tensors, in the worker.
    Trees,
    /// Lessons whose networks classify, on the CPU, in the worker.
    Cpu,
    /// Lessons that recommend films, on the CPU, in the worker.
    Recommenders,
    /// Lessons that recommend the next item of a sequence, on the CPU, in the worker.
    Sequences,
    /// Lessons with tensors on WebGPU, in the worker.
    Gpu,
}

/// How a module is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Development,
    /// Small and fast.
    Release,
}

impl Module {
    /// All seven, the quickest to build first.
    pub const ALL: [Module; 7] = [
        Module::Plot,
        Module::Pictures,
        Module::Trees,
        Module::Cpu,
        Module::Recommenders,
        Module::Sequences,
        Module::Gpu,
    ];

    /// Name of its folder under `pkg/`.
    pub fn name(self) -> &'static str {
        match self {
            Module::Plot => "plot",
            Module::Pictures => "pictures",
            Module::Trees => "trees",
            Module::Cpu => "cpu",
            Module::Recommenders => "recommenders",
            Module::Sequences => "sequences",
            Module::Gpu => "gpu",
        }
    }

    /// Whether a lesson needs it to open: the others draw charts and decode pictures.
    pub fn trains(self) -> bool {
        !matches!(self, Module::Plot | Module::Pictures)
    }

    /// Features of the crate it is built with.
    pub fn features(self) -> &'static str {
        match self {
            Module::Plot => "plot,web",
            Module::Pictures => "pictures,web",
            Module::Trees => "trees,web",
            Module::Cpu => "networks,web",
            Module::Recommenders => "recommenders,web",
            Module::Sequences => "sequences,web",
            Module::Gpu => "networks,recommenders,sequences,webgpu,web",
        }
    }
}

impl Module {
    /// What wasm-opt does to the module of the finished site.
    ///
    /// Left alone it puts every function with a single caller into that caller, whatever its size, and the few
    /// huge functions that result compress badly: a tenth is lost, and the GPU module's optimisation takes 5 minutes
    /// instead of 2. Where tensors are computed, functions of up to 40 instructions are still put in: as fast as
    /// with 150, and 15 KB smaller (brotli). Trees are grown in loops that hold no calls.
    fn optimisation(self) -> [&'static str; 2] {
        match self {
            Module::Cpu | Module::Recommenders | Module::Sequences => {
                ["-O3", "--one-caller-inline-max-function-size=40"]
            }
            Module::Plot | Module::Pictures | Module::Trees | Module::Gpu => {
                ["-O2", "--one-caller-inline-max-function-size=0"]
            }
        }
    }
}

impl Profile {
    fn cargo_name(self) -> &'static str {
        match self {
            Profile::Development => "wasm-dev",
            Profile::Release => "release",
        }
    }
}

/// Where intermediate files of a profile lie: apart, so that one profile does not undo the other.
pub fn cache(repository: &Repository, profile: Profile) -> PathBuf {
    repository.cache().join(profile.cargo_name())
}

/// Where the finished files of a module lie.
pub fn folder(repository: &Repository, module: Module, profile: Profile) -> PathBuf {
    cache(repository, profile).join(module.name())
}

/// What becomes of the compiler's warnings: of code that a set of features leaves without use, say, which clippy sees only
/// where it runs with that set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    /// They are shown.
    Shown,
    /// They are an error.
    Refused,
}

/// Builds one module and copies it to `pkg/<name>/`.
pub fn build(repository: &Repository, module: Module, profile: Profile) -> Result<()> {
    build_telling(repository, module, profile, Warnings::Shown, &|_| ())
}

/// The same; tells how far the compiler is.
pub fn build_telling(
    repository: &Repository,
    module: Module,
    profile: Profile,
    warnings: Warnings,
    tell: &dyn Fn(Step),
) -> Result<()> {
    let name = module.name();
    let folder = folder(repository, module, profile);
    let compiled = folder.join("compiled.wasm");
    stage(&format!("module {name}: compile"), || {
        compile(repository, module, profile, &compiled, warnings, tell)
    })?;
    stage(&format!("module {name}: bindings"), || finish(repository, module, profile, &compiled))?;
    for file in MODULE_FILES.iter().chain(&["emberbook.d.ts"]) {
        copy(&folder.join(file), &repository.path("pkg").join(name).join(file))?;
    }
    Ok(())
}

/// Whether a module is there as the sources have it.
///
/// # Errors
/// When sources cannot be read.
pub fn is_up_to_date(repository: &Repository, module: Module, profile: Profile) -> Result<bool> {
    let compiled = folder(repository, module, profile).join("compiled.wasm");
    Ok(compiling(repository, module, profile, &compiled)?.is_current()
        && binding(repository, module, profile, &compiled)?.is_current())
}

fn compile(
    repository: &Repository,
    module: Module,
    profile: Profile,
    compiled: &Path,
    warnings: Warnings,
    tell: &dyn Fn(Step),
) -> Result<Outcome> {
    let record = compiling(repository, module, profile, compiled)?;
    if record.is_current() {
        return Ok(Outcome::UpToDate);
    }
    // All feature sets write to one file name. Cargo would take another set's file for this one's and
    // call it fresh; a file that is not there makes it link again.
    let output = repository.target().join(WASM_TARGET).join(profile.cargo_name());
    for stale in ["emberbook.wasm", "deps/emberbook.wasm"] {
        let stale = output.join(stale);
        if stale.exists() {
            fs::remove_file(&stale).with_context(|| format!("cannot remove {}", stale.display()))?;
        }
    }
    let mut build = cargo(repository.root());
    if profile == Profile::Release {
        build.args(["--config", &shortened_paths(repository)?]);
        if module == Module::Pictures {
            // Small for lessons, whose loops are in `kernels`; here the crate itself goes over every pixel.
            build.args(["--config", "profile.release.package.emberbook.opt-level=3"]);
        }
    }
    let said = cargo_progress::run(
        build
            // It would replace the flags of .cargo/config.toml, SIMD among them.
            .env_remove("RUSTFLAGS")
            .args(["build", "--lib", "--target", WASM_TARGET, "--package", "emberbook"])
            .args([
                "--profile",
                profile.cargo_name(),
                "--no-default-features",
                "--features",
                module.features(),
            ]),
        tell,
    )?;
    if has_warnings(&said) {
        if warnings == Warnings::Refused {
            bail!("{said}");
        }
        eprintln!("\n{said}\n");
    }
    copy(&output.join("emberbook.wasm"), compiled)?;
    // What was built with a warning is built again, which says it again: nobody takes it for done.
    if !has_warnings(&said) {
        record.keep()?;
    }
    Ok(Outcome::Done)
}

/// Whether the compiler has warned of a crate of the project; cargo warns of other things too, such as a slow network.
fn has_warnings(said: &str) -> bool {
    said.lines().any(|line| line.starts_with("warning: `") && line.contains("generated "))
}

/// Flags, added to those of `.cargo/config.toml`, by which panics name a file of the project or of a crate and not where
/// it lies on the machine that built the module.
fn shortened_paths(repository: &Repository) -> Result<String> {
    // Before the sources of the crates are there, their folder cannot be named.
    succeed(cargo(repository.root()).args(["fetch", "--locked", "--quiet", "--target", WASM_TARGET]))?;
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let registry = home.context("there is no home folder")?.join("registry/src");
    let mut folders = vec![repository.root().to_path_buf()];
    let entries = fs::read_dir(&registry).with_context(|| format!("cannot list {}", registry.display()))?;
    for entry in entries {
        folders.push(entry?.path());
    }
    folders.sort();
    let flags: Vec<String> =
        folders.iter().map(|folder| format!("--remap-path-prefix={}/=", folder.display())).collect();
    Ok(format!("target.{WASM_TARGET}.rustflags={flags:?}"))
}

/// What the compiled module is made from.
fn compiling(repository: &Repository, module: Module, profile: Profile, compiled: &Path) -> Result<Record> {
    Ok(Record {
        path: compiled.with_extension("sources"),
        fingerprint: sources(repository)?.word(module.features()).word(profile.cargo_name()).finish(),
        results: vec![compiled.to_path_buf()],
    })
}

/// Everything the compiled module depends on.
fn sources(repository: &Repository) -> Result<Fingerprint> {
    let mut fingerprint = Fingerprint::default();
    let settings = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo/config.toml"];
    for path in settings.into_iter().chain(["src", "crates", "kernels", "data", "www/kit/palette.json"]) {
        fingerprint = fingerprint.path(&repository.path(path))?;
    }
    Ok(fingerprint)
}

fn finish(repository: &Repository, module: Module, profile: Profile, compiled: &Path) -> Result<Outcome> {
    let record = binding(repository, module, profile, compiled)?;
    if record.is_current() {
        return Ok(Outcome::UpToDate);
    }
    let folder = folder(repository, module, profile);
    let mut bindgen = Bindgen::new();
    match module {
        Module::Gpu => bindgen.input_module("emberbook", never_called::cut(compiled)?),
        _ => bindgen.input_path(compiled),
    };
    bindgen
        .out_name("emberbook")
        .web(true)
        .map_err(|error| anyhow!("{error:#}"))?
        // The generated init() then finds the module beside itself when no address is passed.
        .omit_default_module_path(false)
        .typescript(true)
        .generate(&folder)
        .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
    check_bindings(&folder.join("emberbook.js"))?;
    if profile == Profile::Release {
        optimise(repository, module, &folder.join("emberbook_bg.wasm"))?;
    }
    record.keep()?;
    Ok(Outcome::Done)
}

/// What the bindings are made from.
fn binding(repository: &Repository, module: Module, profile: Profile, compiled: &Path) -> Result<Record> {
    let folder = folder(repository, module, profile);
    Ok(Record {
        path: folder.join("bindings.fingerprint"),
        fingerprint: Fingerprint::default()
            .path(compiled)?
            .path(&repository.path("package-lock.json"))?
            .path(&repository.path("xtask/src/wasm.rs"))?
            .path(&repository.path("xtask/src/never_called.rs"))?
            .finish(),
        results: MODULE_FILES.iter().map(|file| folder.join(file)).collect(),
    })
}

/// The linker wraps every export when static constructors are not called by hand (each call would run them
/// all again, and training slows down thirtyfold); the wrapped exports are known by their names.
fn check_bindings(bindings: &Path) -> Result<()> {
    let text = read(bindings)?;
    // Comments of the crate are copied into the bindings and may speak of it.
    let wrapped =
        text.lines().find(|line| !line.trim_start().starts_with('*') && line.contains("command_export"));
    if let Some(line) = wrapped {
        bail!(
            "{}: `{}` is wrapped by static constructors: the module must call __wasm_call_ctors once at its start",
            bindings.display(),
            line.trim()
        );
    }
    Ok(())
}

fn optimise(repository: &Repository, module: Module, wasm: &Path) -> Result<()> {
    succeed(
        program("node", repository.root())
            .arg(repository.path("node_modules/binaryen/bin/wasm-opt"))
            .args(module.optimisation())
            // Which compiler made it, and what that may assume: nothing reads it in a browser.
            .args(["--strip-producers", "--strip-target-features"])
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_of_the_compiler_are_told_from_those_of_cargo() {
        let of_a_crate =
            "warning: unused import: `a`\n\nwarning: `emberbook` (lib) generated 1 warning (run `cargo fix`)";
        assert!(has_warnings(of_a_crate));
        assert!(!has_warnings("warning: spurious network error (3 tries remaining): timed out\n"));
        assert!(!has_warnings(""));
    }
}
