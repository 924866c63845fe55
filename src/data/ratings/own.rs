//! The reader's own ratings: which files of a folder or archive are those of a published table, and what was read.

use super::lines::NamedFile as File;
use super::{Gender, Ratings, bad_ratings, ml_1m, ml_100k};
use crate::error::LabError;
use serde::Serialize;
use std::rc::Rc;

pub use super::lines::NamedFile;

/// The files that are read: first those of ml-1m, then those of ml-100k.
pub const FILES: [&str; 7] =
    ["ratings.dat", "users.dat", "movies.dat", "u.data", "u.item", "u.user", "u.genre"];

/// Most bytes of the files of a table: two and a half times those of ml-1m.
pub const MOST_BYTES: usize = 64_000_000;

/// A published table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum RatingsFormat {
    /// ml-1m.
    #[serde(rename = "ml-1m")]
    Ml1m,
    /// ml-100k.
    #[serde(rename = "ml-100k")]
    Ml100k,
}

impl RatingsFormat {
    /// Names of its files, the ratings first.
    fn files(self) -> &'static [&'static str] {
        let (of_1m, of_100k) = FILES.split_at(3);
        match self {
            Self::Ml1m => of_1m,
            Self::Ml100k => of_100k,
        }
    }
}

/// Ratings of the reader's own, and what they are.
#[derive(Debug)]
pub struct OwnRatings {
    /// What the page says of them.
    pub summary: RatingsSummary,
    /// The ratings.
    pub table: Rc<Ratings>,
}

/// What was read, in numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RatingsSummary {
    /// What was brought is called: the file or folder.
    pub file: String,
    /// Which table it is.
    pub format: RatingsFormat,
    /// How many users, with ratings or without.
    pub users: usize,
    /// How many films, rated or not.
    pub films: usize,
    /// How many of the films have a rating.
    pub rated_films: usize,
    /// How many ratings.
    pub ratings: usize,
    /// When the first was made, in seconds since 1970.
    pub from: u32,
    /// When the last was made, in seconds since 1970.
    pub to: u32,
    /// How many genres.
    pub genres: usize,
    /// How many users are women; all others are men.
    pub women: usize,
    /// How many occupations they have.
    pub occupations: usize,
}

impl RatingsSummary {
    fn new(file: &str, format: RatingsFormat, table: &Ratings) -> Self {
        let mut is_rated = vec![false; table.films.len()];
        table.rated.iter().for_each(|film| is_rated[*film as usize] = true);
        let known = table.demographics.as_ref();
        let is_woman = |gender: &&Gender| **gender == Gender::Female;
        let mut has_occupation = vec![false; known.map_or(0, |known| known.occupations.len())];
        known.iter().flat_map(|known| &known.jobs).for_each(|job| has_occupation[usize::from(*job)] = true);
        let count = |flags: Vec<bool>| flags.into_iter().filter(|flag| *flag).count();
        Self {
            file: file.into(),
            format,
            users: table.user_ids.len(),
            films: table.films.len(),
            rated_films: count(is_rated),
            ratings: table.len(),
            from: table.times.iter().copied().min().unwrap_or(0),
            to: table.times.iter().copied().max().unwrap_or(0),
            genres: table.films.genres.len(),
            women: known.map_or(0, |known| known.genders.iter().filter(is_woman).count()),
            occupations: count(has_occupation),
        }
    }
}

/// The name of a file without the folders before it.
fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Which table is among files, and their places in the order of that table's files. What else lies there is left
/// alone. `file` names the whole; `files` are paths with the number of bytes of each.
///
/// # Errors
/// `missing_file` with the `missing` one and the `known` ones; `bad_ratings` with the reason `nothing` where there is no
/// file of either table, `twice` where two have the same name, and `too_large`.
pub fn pick(file: &str, files: &[(&str, usize)]) -> Result<(RatingsFormat, Vec<usize>), LabError> {
    let has = |name: &&str| files.iter().any(|(path, _)| base(path) == *name);
    let (of_1m, of_100k) = (RatingsFormat::Ml1m.files(), RatingsFormat::Ml100k.files());
    // Two tables in one folder: the one whose ratings are there, the larger first.
    let format = if has(&of_1m[0]) {
        RatingsFormat::Ml1m
    } else if of_100k.iter().any(&has) {
        RatingsFormat::Ml100k
    } else if of_1m.iter().any(has) {
        RatingsFormat::Ml1m
    } else {
        return Err(bad_ratings(file, None, "nothing", "there is no file of ml-1m or ml-100k in it"));
    };
    let mut places = Vec::new();
    let mut bytes = 0;
    for name in format.files() {
        let mut found = (0..files.len()).filter(|place| base(files[*place].0) == *name);
        let place = found.next().ok_or_else(|| missing(file, name, format))?;
        if let Some(other) = found.next() {
            let (path, other) = (files[place].0, files[other].0);
            let message = format!("there are two files {name}: {path} and {other}");
            return Err(bad_ratings(file, None, "twice", &message).with("path", path).with("other", other));
        }
        bytes += files[place].1;
        places.push(place);
    }
    if bytes > MOST_BYTES {
        let most = MOST_BYTES / 1_000_000;
        let message = format!("its files have more than {most} MB");
        return Err(bad_ratings(file, None, "too_large", &message).with("most", most));
    }
    Ok((format, places))
}

fn missing(file: &str, wanted: &str, format: RatingsFormat) -> LabError {
    let known = format.files().join(", ");
    let message = format!("There is no {wanted} in {file}. The table has the files {known}.");
    LabError::new("missing_file", message).with("file", file).with("missing", wanted).with("known", known)
}

/// Reads ml-1m or ml-100k from files of its folder or archive, which is called `file`; others among them are left alone.
///
/// # Errors
/// As [`pick`]; `bad_ratings` with `file`, `line` and `reason`.
pub fn read(file: &str, files: &[File]) -> Result<OwnRatings, LabError> {
    let sizes: Vec<(&str, usize)> = files.iter().map(|file| (file.name, file.bytes.len())).collect();
    let (format, places) = pick(file, &sizes)?;
    let of = |place: usize| files[places[place]];
    let table = match format {
        RatingsFormat::Ml1m => ml_1m::read(of(0), of(1), of(2))?,
        RatingsFormat::Ml100k => ml_100k::read(of(0), of(1), of(2), of(3))?,
    };
    Ok(OwnRatings { summary: RatingsSummary::new(file, format, &table), table: Rc::new(table) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(paths: &[&str]) -> Result<(RatingsFormat, Vec<usize>), LabError> {
        let files: Vec<(&str, usize)> = paths.iter().map(|path| (*path, 1)).collect();
        pick("ml.zip", &files)
    }

    fn refusal(paths: &[&str]) -> (String, Option<String>) {
        let error = picked(paths).unwrap_err();
        let reason = error.details.get("reason").or(error.details.get("missing"));
        assert_eq!(error.details["file"], "ml.zip");
        (error.code.clone(), reason.and_then(|reason| reason.as_str()).map(str::to_string))
    }

    #[test]
    fn the_files_of_a_table_are_found_in_any_folder() {
        let zip = ["ml-1m/", "ml-1m/movies.dat", "ml-1m/README", "ml-1m/users.dat", "ml-1m/ratings.dat"];
        assert_eq!(picked(&zip).unwrap(), (RatingsFormat::Ml1m, vec![4, 3, 1]));
        let loose = ["u.genre", "u.user", "a\\u.item", "b/c/u.data", "u1.base", "users.dat"];
        assert_eq!(picked(&loose).unwrap(), (RatingsFormat::Ml100k, vec![3, 2, 1, 0]));
    }

    #[test]
    fn a_missing_file_is_named_with_those_of_its_table() {
        let missing = |paths: &[&str]| {
            let error = picked(paths).unwrap_err();
            assert_eq!(error.code, "missing_file");
            (error.details["missing"].clone(), error.details["known"].clone())
        };
        let (name, known) = missing(&["ml-1m/ratings.dat", "ml-1m/movies.dat", "ml-1m/README"]);
        assert_eq!((name, known), ("users.dat".into(), "ratings.dat, users.dat, movies.dat".into()));
        let (name, known) = missing(&["ml-100k\\u.data", "u.item"]);
        assert_eq!((name, known), ("u.user".into(), "u.data, u.item, u.user, u.genre".into()));
        assert_eq!(missing(&["users.dat"]).0, "ratings.dat");
    }

    #[test]
    fn what_is_no_table_of_ratings_is_refused() {
        let bad = |reason: &str| ("bad_ratings".to_string(), Some(reason.to_string()));
        assert_eq!(refusal(&[]), bad("nothing"));
        assert_eq!(refusal(&["ml-25m/ratings.csv", "xratings.dat", "ratings.dat/x"]), bad("nothing"));
        let whole = ["a/ratings.dat", "a/users.dat", "a/movies.dat"];
        assert_eq!(refusal(&[&whole[..], &["b/users.dat"]].concat()), bad("twice"));
    }

    #[test]
    fn the_files_may_be_so_large_together_and_no_larger() {
        let of = |size| pick("m.zip", &[("ratings.dat", size), ("users.dat", 1), ("movies.dat", 1)]);
        assert!(of(MOST_BYTES - 2).is_ok());
        assert_eq!(of(MOST_BYTES - 1).unwrap_err().details["reason"], "too_large");
        // Others beside them do not count.
        let files = [("ratings.dat", 1), ("users.dat", 1), ("movies.dat", 1), ("film.mp4", MOST_BYTES)];
        assert!(pick("m.zip", &files).is_ok());
    }

    #[test]
    fn ml_100k_is_read_by_its_own_rules() {
        let genres: String = (0..19).map(|genre| format!("G{genre}|{genre}\n")).collect();
        let item = format!("5|B\u{e9}b\u{e9} (1995)|01-Jan-1995||http://x{}\n", "|1".repeat(19));
        let item: Vec<u8> = item.chars().map(|letter| letter as u8).collect();
        let files = [
            ("ml-100k/u.data", &b"2\t5\t4\t881250949\n"[..]),
            ("ml-100k/u.item", &item),
            ("ml-100k/u.user", b"1|24|M|technician|85711\n2|53|F|other|94043\n"),
            ("ml-100k/u.genre", genres.as_bytes()),
        ];
        let own = read("ml-100k.zip", &files.map(|(name, bytes)| File { name, bytes })).unwrap();
        let RatingsSummary { format, users, ratings, genres, women, occupations, .. } = own.summary;
        assert_eq!((format, users, ratings), (RatingsFormat::Ml100k, 2, 1));
        assert_eq!((genres, women, occupations), (19, 1, 2));
        assert_eq!(own.table.films.titles, ["Bébé"]);
    }

    #[test]
    fn what_was_read_is_counted() {
        let files = [
            ("ml-1m/README", &b"x"[..]),
            ("ml-1m/users.dat", b"1::F::1::10::48067\n2::M::1::10::48067"),
            ("ml-1m/movies.dat", b"7::A (1990)::Drama|Comedy\n8::B (1990)::Drama"),
            ("ml-1m/ratings.dat", b"1::7::4::978300760\n2::7::5::978300700"),
        ];
        let files = files.map(|(name, bytes)| File { name, bytes });
        let own = read("ml-1m.zip", &files).unwrap();
        assert_eq!(own.table.half_stars, [8, 10]);
        let summary = RatingsSummary {
            file: "ml-1m.zip".into(),
            format: RatingsFormat::Ml1m,
            users: 2,
            films: 2,
            rated_films: 1,
            ratings: 2,
            from: 978_300_700,
            to: 978_300_760,
            genres: 2,
            women: 1,
            occupations: 1,
        };
        assert_eq!(own.summary, summary);
    }
}
