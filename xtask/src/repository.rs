//! Where things lie in the repository.

use crate::stage::{Outcome, stage};
use crate::wasm::Profile;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The working copy that xtask was built from.
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The folder above `xtask/`.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask has no folder above it")?
            .to_path_buf();
        anyhow::ensure!(
            root.join("Cargo.toml").is_file(),
            "{} is no longer there: build xtask anew",
            root.display()
        );
        Ok(Self { root })
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the repository.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The target folder of cargo.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |dir| self.root.join(dir))
    }

    /// Where xtask keeps its own intermediate files.
    pub fn cache(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// Keeps other xtasks from building until the answer is dropped: they would write the same files.
    pub fn lock(&self) -> Result<File> {
        fs::create_dir_all(self.cache())?;
        let path = self.cache().join("lock");
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
        if file.try_lock().is_err() {
            let holder = fs::read_to_string(&path).unwrap_or_default();
            stage(&format!("waiting for another xtask that is building{holder}"), || {
                file.lock()?;
                Ok(Outcome::Done)
            })?;
        }
        let task = std::env::args().nth(1).unwrap_or_default();
        file.set_len(0)?;
        write!(file, " ({task}, process {})", std::process::id())?;
        Ok(file)
    }

    /// The site with modules of a profile; the tests and `serve` use the one for development.
    pub fn site(&self, profile: Profile) -> PathBuf {
        self.target().join(match profile {
            Profile::Development => "site",
            Profile::Release => "site-release",
        })
    }

    /// The finished site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }
}

/// Reads a text file; the error names it.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file unless it holds these bytes already; makes the folders above it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let bytes = bytes.as_ref();
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Copies a file unless the copy is the same already.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, fs::read(from).with_context(|| format!("cannot read {}", from.display()))?)
}

/// All files under a folder, sorted; none if the folder is not there.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}
