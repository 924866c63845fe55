//! The Python of the tests: an environment of its own under `target/`, with what `tests/oracles/requirements.txt` names.

use crate::command::{exists, program, succeed};
use crate::debian;
use crate::fingerprint::{Fingerprint, is_current};
use crate::repository::{Repository, write};
use crate::stage::Outcome;
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};

/// Packages of Debian that bring Python with environments, and the OpenMP that LightGBM is linked to.
const PACKAGES: [&str; 2] = ["python3-venv", "libgomp1"];

/// The program of the environment.
pub fn interpreter(repository: &Repository) -> PathBuf {
    folder(repository).join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

fn folder(repository: &Repository) -> PathBuf {
    repository.target().join("python")
}

/// Makes the environment, or makes it anew when its list of packages is another one.
///
/// # Errors
/// When there is no Python of the version that the packages need, and none can be installed.
pub fn environment(repository: &Repository) -> Result<Outcome> {
    let list = repository.path("tests/oracles/requirements.txt");
    let fingerprint = Fingerprint::default().path(&list)?.finish();
    let record = folder(repository).join("emberbook-requirements");
    if is_current(&record, &fingerprint, &[interpreter(repository)]) {
        return Ok(Outcome::UpToDate);
    }
    if let Err(error) = fill(repository, "python3", &list) {
        if !debian::can_install() {
            return Err(error.context(
                "LightGBM is the oracle of the boosting lesson: Python 3.11 or newer with `venv` and `pip` is needed \
                 (Debian: apt-get install python3-venv libgomp1)",
            ));
        }
        debian::install(&PACKAGES)?;
        // Debian's own: another one before it on the path may be what failed.
        let program = if exists("/usr/bin/python3") { "/usr/bin/python3" } else { "python3" };
        fill(repository, program, &list)?;
    }
    write(&record, fingerprint)?;
    Ok(Outcome::Done)
}

fn fill(repository: &Repository, python: &str, list: &Path) -> Result<()> {
    let folder = folder(repository);
    succeed(program(python, repository.root()).args(["-m", "venv", "--clear"]).arg(&folder))
        .with_context(|| format!("`{python}` cannot make an environment"))?;
    succeed(
        program(interpreter(repository), repository.root())
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"])
            .args(["--only-binary", ":all:", "--requirement"])
            .arg(list),
    )?;
    succeed(program(interpreter(repository), repository.root()).args(["-c", "import lightgbm, pandas"]))
        .map(|_| ())
        .map_err(|error| anyhow!("{error}\nLightGBM does not start"))
}
