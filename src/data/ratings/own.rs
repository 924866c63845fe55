//! The reader's own ratings: which of the published tables some files are.

use super::lines::NamedFile as File;
use super::{Ratings, bad_ratings, ml_1m, ml_100k};
use crate::error::LabError;

pub use super::lines::NamedFile;

/// The files of ml-1m.
pub const ML_1M: [&str; 3] = ["ratings.dat", "users.dat", "movies.dat"];
/// The files of ml-100k.
pub const ML_100K: [&str; 4] = ["u.data", "u.item", "u.user", "u.genre"];

/// Most bytes of one file: two and a half times the ratings of ml-1m.
const MOST_BYTES: usize = 64 << 20;

/// The name of a file without the folders before it.
fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Whether a file of this name, with or without folders before it, is one that [`read`] reads.
pub fn is_read(name: &str) -> bool {
    ML_1M.iter().chain(&ML_100K).any(|known| *known == base(name))
}

/// Reads ml-1m or ml-100k from the files of its folder or archive; others among them are left alone.
///
/// # Errors
/// `missing_file` with the `missing` one and the table's `known` names; `bad_ratings` with `file`, `line` and
/// `reason`.
pub fn read(files: &[File]) -> Result<Ratings, LabError> {
    let find = |wanted: &str| files.iter().find(|file| base(file.name) == wanted).copied();
    let get = |wanted: &'static str, all: &[&str]| {
        let file = find(wanted).ok_or_else(|| missing(wanted, all))?;
        if file.bytes.len() > MOST_BYTES {
            let message = format!("the file is larger than {} MB", MOST_BYTES >> 20);
            return Err(bad_ratings(file.name, None, "too_large", &message).with("limit", MOST_BYTES >> 20));
        }
        Ok(file)
    };
    if ML_100K.iter().any(|name| find(name).is_some()) && find(ML_1M[0]).is_none() {
        let [data, items, users, genres] = ML_100K.map(|name| get(name, &ML_100K));
        return ml_100k::read(data?, items?, users?, genres?);
    }
    let [ratings, users, movies] = ML_1M.map(|name| get(name, &ML_1M));
    ml_1m::read(ratings?, users?, movies?)
}

fn missing(wanted: &str, all: &[&str]) -> LabError {
    let known = all.join(", ");
    LabError::new("missing_file", format!("There is no {wanted}. A table of ratings has the files {known}."))
        .with("missing", wanted)
        .with("known", known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_named() {
        let file = |name| File { name, bytes: b"1" };
        let missing = |names: &[&'static str]| {
            let files: Vec<File> = names.iter().map(|name| file(name)).collect();
            read(&files).unwrap_err().details["missing"].clone()
        };
        assert_eq!(missing(&[]), "ratings.dat");
        assert_eq!(missing(&["ml-1m/ratings.dat", "ml-1m/movies.dat", "ml-1m/README"]), "users.dat");
        assert_eq!(missing(&["ml-100k\\u.data", "u.item"]), "u.user");
    }

    #[test]
    fn files_are_known_by_their_names_alone() {
        let files = [
            ("ml-1m/README", &b"x"[..]),
            ("ml-1m/users.dat", b"1::F::1::10::48067"),
            ("ml-1m/movies.dat", b"7::A (1990)::Drama"),
            ("ml-1m/ratings.dat", b"1::7::4::978300760"),
        ];
        let files = files.map(|(name, bytes)| File { name, bytes });
        assert_eq!(read(&files).unwrap().half_stars, [8]);
        assert!(is_read("a/ratings.dat") && is_read("u.item") && !is_read("ratings.csv"));
    }
}
