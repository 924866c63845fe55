//! The Pythons of the tests: environments of their own under `target/`, each with what a list in `tests/oracles` names.

use crate::command::{exists, program, succeed};
use crate::debian;
use crate::fingerprint::{Fingerprint, is_current};
use crate::repository::{Repository, write};
use crate::stage::Outcome;
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};

/// Packages of Debian that bring Python with environments, and the OpenMP that LightGBM is linked to.
const PACKAGES: [&str; 2] = ["python3-venv", "libgomp1"];

/// A Python with some packages.
pub struct Environment {
    /// What it is called in what is printed.
    pub name: &'static str,
    /// The variable that tells tests where its interpreter is.
    pub variable: &'static str,
    /// Its folder under `target/`.
    folder: &'static str,
    /// Its packages, a file in `tests/oracles`.
    list: &'static str,
    /// What must be there to be imported.
    imports: &'static str,
}

/// The oracle of the boosting lesson.
pub const LIGHTGBM: Environment = Environment {
    name: "Python with LightGBM",
    variable: "EMBERBOOK_PYTHON",
    folder: "python",
    list: "requirements.txt",
    imports: "lightgbm, pandas",
};

/// Runs generated programs: those with Keras, with JAX itself and with scikit-learn.
pub const PROGRAMS: Environment = Environment {
    name: "Python with Keras and scikit-learn",
    variable: "EMBERBOOK_PYTHON_PROGRAMS",
    folder: "python-programs",
    list: "programs.txt",
    imports: "jax, PIL, sklearn",
};

/// Runs the generated program of the movies lesson: the document's framework is larger than all others together.
pub const PADDLE: Environment = Environment {
    name: "Python with PaddlePaddle",
    variable: "EMBERBOOK_PYTHON_PADDLE",
    folder: "python-paddle",
    list: "paddle.txt",
    imports: "paddle, safetensors",
};

/// Loads files of weights as the page says they are loaded.
pub const WEIGHTS: Environment = Environment {
    name: "Python with safetensors",
    variable: "EMBERBOOK_PYTHON_WEIGHTS",
    folder: "python-weights",
    list: "weights.txt",
    imports: "numpy, safetensors",
};

impl Environment {
    /// All of them.
    pub const ALL: [&Self; 4] = [&LIGHTGBM, &PROGRAMS, &PADDLE, &WEIGHTS];

    /// The program of the environment.
    pub fn interpreter(&self, repository: &Repository) -> PathBuf {
        self.folder(repository).join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
    }

    fn folder(&self, repository: &Repository) -> PathBuf {
        repository.target().join(self.folder)
    }

    /// Makes the environment, or makes it anew when its list of packages is another one.
    ///
    /// # Errors
    /// When there is no Python of the version that the packages need, and none can be installed.
    pub fn make(&self, repository: &Repository) -> Result<Outcome> {
        let list = repository.path("tests/oracles").join(self.list);
        let fingerprint = Fingerprint::default().path(&list)?.finish();
        let record = self.folder(repository).join("emberbook-requirements");
        if is_current(&record, &fingerprint, &[self.interpreter(repository)]) {
            return Ok(Outcome::UpToDate);
        }
        if let Err(error) = self.fill(repository, "python3", &list) {
            if !debian::can_install() {
                return Err(error.context(format!(
                    "{} is needed for the tests: Python 3.11 or newer with `venv` and `pip` \
                     (Debian: apt-get install python3-venv libgomp1)",
                    self.name
                )));
            }
            debian::install(&PACKAGES)?;
            // Debian's own: another one before it on the path may be what failed.
            let program = if exists("/usr/bin/python3") { "/usr/bin/python3" } else { "python3" };
            self.fill(repository, program, &list)?;
        }
        write(&record, fingerprint)?;
        Ok(Outcome::Done)
    }

    fn fill(&self, repository: &Repository, python: &str, list: &Path) -> Result<()> {
        let folder = self.folder(repository);
        succeed(program(python, repository.root()).args(["-m", "venv", "--clear"]).arg(&folder))
            .with_context(|| format!("`{python}` cannot make an environment"))?;
        succeed(
            program(self.interpreter(repository), repository.root())
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"])
                .args(["--only-binary", ":all:", "--requirement"])
                .arg(list),
        )?;
        let imports = format!("import {}", self.imports);
        succeed(program(self.interpreter(repository), repository.root()).args(["-c", &imports]))
            .map(|_| ())
            .map_err(|error| anyhow!("{error}\n{} does not start", self.name))
    }
}
