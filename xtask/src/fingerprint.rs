//! Whether work is up to date, by the content of what it depends on.

use crate::repository::{files_under, write};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A hash over names and contents.
#[derive(Default)]
pub struct Fingerprint {
    hasher: blake3::Hasher,
}

impl Fingerprint {
    /// Adds a word, such as a setting.
    pub fn word(mut self, word: &str) -> Self {
        self.hasher.update(&(word.len() as u64).to_le_bytes());
        self.hasher.update(word.as_bytes());
        self
    }

    /// Adds a file, or every file of a folder; one that is not there counts as empty.
    pub fn path(mut self, path: &Path) -> Result<Self> {
        let files: Vec<PathBuf> = if path.is_dir() { files_under(path)? } else { vec![path.to_path_buf()] };
        for file in files {
            self = self.word(&file.to_string_lossy());
            if file.is_file() {
                let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
                self.hasher.update(&(bytes.len() as u64).to_le_bytes());
                self.hasher.update(&bytes);
            }
        }
        Ok(self)
    }

    /// The hash as text.
    pub fn finish(self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }
}

/// Results, and a file that says what they were made from.
pub struct Record {
    /// The file.
    pub path: PathBuf,
    /// Of what they are to be made from.
    pub fingerprint: String,
    /// The results.
    pub results: Vec<PathBuf>,
}

impl Record {
    /// Whether the results are there, made from this.
    pub fn is_current(&self) -> bool {
        is_current(&self.path, &self.fingerprint, &self.results)
    }

    /// Writes down that they are made.
    pub fn keep(self) -> Result<()> {
        write(&self.path, self.fingerprint)
    }
}

/// Whether the file `record` holds this fingerprint and every result is there.
pub fn is_current(record: &Path, fingerprint: &str, results: &[PathBuf]) -> bool {
    results.iter().all(|result| result.exists())
        && fs::read_to_string(record).is_ok_and(|old| old == fingerprint)
}
