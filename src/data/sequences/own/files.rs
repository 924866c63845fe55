//! Which files of a folder or archive are what: by their names, and tables by the names of their columns.

use super::columns::{self, ITEM, TIME, TITLE, USER};
use super::npy;
use super::refusal::{MOST_BYTES, bad};
use super::tables::limits;
use crate::data::ratings::own::NamedFile;
use crate::data::sequences::items::Modality;
use crate::data::sequences::pictures::SIDE;
use crate::data::table::header_of;
use crate::error::LabError;
use serde::Serialize;

/// How the names of the files end that are read: tables, vectors, and behind them pictures.
pub const ENDINGS: [&str; 8] = [".csv", ".tsv", ".txt", ".npy", ".png", ".jpg", ".jpeg", ".webp"];
const VECTORS_AT: usize = 3;
const PICTURES_FROM: usize = 4;
/// Most bytes of all tables: those of who took what and of the list of items.
const MOST_TABLE_BYTES: usize = 2 * MOST_BYTES;
/// Words in the name of a file with vectors in place of pictures.
const IMAGE_NAMES: [&str; 6] = ["image", "img", "picture", "photo", "visual", "图"];
/// Words in the name of a file with vectors in place of words.
const TEXT_NAMES: [&str; 5] = ["text", "title", "word", "文", "词"];

/// The places of those that are read among files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PickedFiles {
    /// Tables; what each holds is seen when it is read.
    pub tables: Vec<usize>,
    /// Vectors in place of pictures or of words, at most one of each.
    pub vectors: Vec<usize>,
    /// Pictures.
    pub pictures: Vec<usize>,
    /// Width and height to which pictures may be resized before they are handed over.
    pub side: usize,
}

/// What files are by their names; others are left alone. `name` is what they are called together, `files` are paths with
/// the number of bytes of each.
///
/// # Errors
/// `bad_sequences` with the reason `no_table`, `which_vectors`, `vectors_twice` or `too_large`.
pub fn pick(name: &str, files: &[(&str, usize)]) -> Result<PickedFiles, LabError> {
    let mut picked = PickedFiles { side: SIDE, ..PickedFiles::default() };
    let mut bytes = 0;
    let mut kinds = [None; 2];
    for (place, (path, size)) in files.iter().enumerate() {
        let lower = path.to_ascii_lowercase();
        match ENDINGS.iter().position(|ending| lower.ends_with(ending)) {
            Some(PICTURES_FROM..) => picked.pictures.push(place),
            Some(VECTORS_AT) => {
                check_size(path, *size, npy::MOST_BYTES)?;
                let kind = &mut kinds[modality_of(path)? as usize];
                if let Some(other) = kind.replace(*path) {
                    return Err(twice("vectors_twice", "vectors of one kind", other, path));
                }
                picked.vectors.push(place);
            }
            Some(_) => {
                bytes += size;
                check_size(path, *size, MOST_BYTES)?;
                check_size(name, bytes, MOST_TABLE_BYTES)?;
                picked.tables.push(place);
            }
            None => {}
        }
    }
    if picked.tables.is_empty() {
        let message = format!(
            "There is no table in {name}: bring one with the columns user, item and time, as .csv, .tsv or .txt."
        );
        return Err(bad(name, "no_table", message));
    }
    Ok(picked)
}

/// What the vectors in a file stand for, by its name.
///
/// # Errors
/// `bad_sequences` with the reason `which_vectors` where the name does not say it, or says both.
pub fn modality_of(path: &str) -> Result<Modality, LabError> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (says(&IMAGE_NAMES), says(&TEXT_NAMES)) {
        (true, false) => Ok(Modality::Image),
        (false, true) => Ok(Modality::Text),
        _ => {
            let message = format!(
                "The name of {path} does not say what its vectors stand for: call it image.npy or text.npy."
            );
            Err(bad(path, "which_vectors", message))
        }
    }
}

/// The table of who took what when among tables, and the list of the items, where there is one; others are left alone.
///
/// # Errors
/// `bad_sequences` with the reason `tables_twice` or `lists_twice` where two tables would do.
pub(super) fn among<'a>(
    name: &str,
    tables: &[NamedFile<'a>],
) -> Result<(NamedFile<'a>, Option<NamedFile<'a>>), LabError> {
    let has = |header: &[String], role| columns::place(header, role).is_some();
    let (mut taken, mut list): (Option<NamedFile>, Option<NamedFile>) = (None, None);
    // The likeliest, where none has all three columns: what it lacks is said when it is read.
    let mut likely: Option<((usize, usize), NamedFile)> = None;
    for table in tables {
        // What is no table may lie beside those that are.
        let header = header_of(table.name, table.bytes, limits()).unwrap_or_default();
        let known = [USER, ITEM, TIME].into_iter().filter(|role| has(&header, *role)).count();
        let is_list = has(&header, TITLE) && !has(&header, USER);
        if known == 3 {
            if let Some(other) = taken.replace(*table) {
                return Err(twice("tables_twice", "who took what when", other.name, table.name));
            }
        } else if is_list && let Some(other) = list.replace(*table) {
            return Err(twice("lists_twice", "a list of the items", other.name, table.name));
        }
        let rank = (if is_list { 0 } else { known + 1 }, table.bytes.len());
        if likely.is_none_or(|(best, _)| rank > best) {
            likely = Some((rank, *table));
        }
    }
    let Some(taken) = taken.or(likely.map(|(_, table)| table)) else {
        return Err(bad(name, "no_table", format!("There is no table in {name}.")));
    };
    Ok((taken, list.filter(|list| !std::ptr::eq(list.bytes, taken.bytes))))
}

fn twice(reason: &str, what: &str, other: &str, path: &str) -> LabError {
    let message = format!("{other} and {path} both hold {what}: leave one of them out.");
    bad(path, reason, message).with("other", other)
}

fn check_size(file: &str, size: usize, most: usize) -> Result<(), LabError> {
    if size > most {
        let most = most / 1_000_000;
        let message = format!("{file} has more than {most} MB: make it smaller.");
        return Err(bad(file, "too_large", message).with("most", most));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(paths: &[&str]) -> Result<PickedFiles, LabError> {
        let files: Vec<(&str, usize)> = paths.iter().map(|path| (*path, 1)).collect();
        pick("shop", &files)
    }

    /// Reason and the files named.
    fn said(error: &LabError) -> (String, String, String) {
        assert_eq!(error.code, "bad_sequences");
        let text = |name: &str| error.details.get(name).and_then(|value| value.as_str()).unwrap_or("").into();
        (text("reason"), text("file"), text("other"))
    }

    fn expected(reason: &str, file: &str, other: &str) -> (String, String, String) {
        (reason.into(), file.into(), other.into())
    }

    #[test]
    fn files_are_known_by_their_endings_wherever_they_lie() {
        let files = ["shop/a.PNG", "notes.md", "shop/s.csv", "b.webp", "Title_T5.npy", "i.TSV", "x/img.npy"];
        let (tables, vectors, pictures) = (vec![2, 5], vec![4, 6], vec![0, 3]);
        assert_eq!(picked(&files).unwrap(), PickedFiles { tables, vectors, pictures, side: 32 });
        for other in [&[][..], &["a.png", "csv", "i.npy.gz", "text.npy"]] {
            assert_eq!(said(&picked(other).unwrap_err()), expected("no_table", "shop", ""));
        }
    }

    #[test]
    fn vectors_say_by_their_name_what_they_stand_for() {
        for (name, modality) in [
            ("a/text/image_resnet.npy", Modality::Image),
            ("商品图.npy", Modality::Image),
            ("image\\word2vec.npy", Modality::Text),
            ("文字.npy", Modality::Text),
        ] {
            assert_eq!(modality_of(name).unwrap(), modality, "{name}");
        }
        for name in ["features.npy", "image/features.npy", "image_and_text.npy"] {
            assert_eq!(said(&modality_of(name).unwrap_err()), expected("which_vectors", name, ""));
        }
        let two = ["s.csv", "a/photo.npy", "text.npy", "b/images.npy"];
        assert_eq!(
            said(&picked(&two).unwrap_err()),
            expected("vectors_twice", "b/images.npy", "a/photo.npy")
        );
    }

    #[test]
    fn files_are_refused_by_their_size_before_they_are_read() {
        let refused = |files: &[(&str, usize)]| pick("shop", files).unwrap_err().details["file"].clone();
        assert!(pick("shop", &[("a.csv", MOST_BYTES), ("text.npy", npy::MOST_BYTES)]).is_ok());
        assert_eq!(refused(&[("a.csv", MOST_BYTES + 1)]), "a.csv");
        assert_eq!(refused(&[("a.csv", 1), ("text.npy", npy::MOST_BYTES + 1)]), "text.npy");
        assert_eq!(refused(&[("a.csv", MOST_BYTES), ("b.csv", MOST_BYTES), ("c.txt", 1)]), "shop");
        // Of those that are not read none is too large.
        assert!(pick("shop", &[("a.csv", 1), ("film.mp4", usize::MAX)]).is_ok());
    }

    fn of_tables(tables: &[(&'static str, &'static str)]) -> Result<(String, Option<String>), LabError> {
        let tables: Vec<NamedFile> =
            tables.iter().map(|(name, text)| NamedFile { name, bytes: text.as_bytes() }).collect();
        let (taken, list) = among("shop", &tables)?;
        Ok((taken.name.into(), list.map(|list| list.name.into())))
    }

    #[test]
    fn tables_are_known_by_their_columns_and_others_left_alone() {
        let taken = ("1.csv", "用户,商品,时间,标题\na,x,1,X\n");
        let list = ("2.csv", "movieId,title,genres\n1,Heat,Action\n");
        let others = [("links.csv", "movieId,imdbId\n1,2\n"), ("users.csv", "user,age\na,3\n")];
        let notes = [("README.txt", "Read me.\nPlease."), ("empty.txt", ""), ("x.txt", "a,a\n")];
        let all = [&notes[..], &[list], &others, &[taken]].concat();
        assert_eq!(of_tables(&all).unwrap(), ("1.csv".into(), Some("2.csv".into())));
        assert_eq!(of_tables(&[taken]).unwrap(), ("1.csv".into(), None));
        // Alone, a table can be but the one that is needed; what it lacks is said when it is read.
        assert_eq!(of_tables(&[list]).unwrap(), ("2.csv".into(), None));
        let without_time = ("3.csv", "user,item\na,x\n");
        assert_eq!(
            of_tables(&[others[0], list, without_time, notes[0]]).unwrap(),
            ("3.csv".into(), Some("2.csv".into()))
        );
    }

    #[test]
    fn of_two_tables_that_would_do_both_are_named() {
        let taken = |name| (name, "user,item,time\na,x,1\n");
        let list = |name| (name, "id,title\n1,a\n");
        let said = |tables: &[(&'static str, &'static str)]| said(&of_tables(tables).unwrap_err());
        assert_eq!(said(&[taken("a"), list("i"), taken("b")]), expected("tables_twice", "b", "a"));
        assert_eq!(said(&[list("i"), taken("a"), list("j")]), expected("lists_twice", "j", "i"));
        assert_eq!(said(&[]).0, "no_table");
    }
}
