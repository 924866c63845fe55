//! The committed ratings, read once.

use emberbook::data::ratings::{Ratings, packed};
use std::io::Read;
use std::sync::LazyLock;

static LATEST_SMALL: LazyLock<Ratings> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/movies/latest-small.bin.gz");
    let mut pack = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut pack).unwrap();
    packed::read(&pack).unwrap()
});

/// MovieLens latest-small.
pub fn latest_small() -> &'static Ratings {
    &LATEST_SMALL
}
