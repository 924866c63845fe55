//! Files of the reader's own out of a folder or archive, of which the engine picks those it reads.

use crate::data::ratings::own::NamedFile;
use crate::error::LabError;
use crate::lessons::{self, Accepts};
use js_sys::Uint8Array;

/// What a lesson takes.
///
/// # Errors
/// `unknown_lesson`.
pub(super) fn accepts(lesson: &str) -> Result<&'static Accepts, LabError> {
    Ok(&lessons::find(lesson)?.accepts)
}

/// Paths with numbers of bytes.
pub(super) fn listed<'a>(paths: &'a [String], sizes: &[f64]) -> Vec<(&'a str, usize)> {
    paths.iter().zip(sizes).map(|(path, size)| (path.as_str(), *size as usize)).collect()
}

/// Reads files by their paths and contents.
///
/// # Errors
/// What `read` says.
pub(super) fn with_files<T>(
    paths: &[String],
    contents: Vec<Uint8Array>,
    read: impl FnOnce(&[NamedFile]) -> Result<T, LabError>,
) -> Result<T, LabError> {
    let contents: Vec<Vec<u8>> = contents.iter().map(Uint8Array::to_vec).collect();
    let files: Vec<NamedFile> =
        paths.iter().zip(&contents).map(|(name, bytes)| NamedFile { name, bytes }).collect();
    read(&files)
}
