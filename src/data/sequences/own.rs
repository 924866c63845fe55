//! The reader's own sequences: a table of who took what when, perhaps a list of the items, and pictures or vectors of them.

mod columns;
mod files;
mod npy;
mod refusal;
mod tables;

use super::Sequences;
use super::histories::{Histories, HistoryPart};
use super::items::{Item, Items, Modality};
use super::pictures::ItemPictures;
use super::vectors::Vectors;
use crate::data::pictures::Picture;
use crate::data::ratings::own::NamedFile;
use crate::error::LabError;
use refusal::bad;
use serde::Serialize;
use std::rc::Rc;
use tables::{Ids, Rows, read_items, read_rows};

pub use files::{ENDINGS, PickedFiles, modality_of, pick};
pub use refusal::{MOST_BYTES, MOST_ITEMS, MOST_ROWS, MOST_USERS};

/// Sequences of the reader's own, and what they are.
#[derive(Debug)]
pub struct OwnSequences {
    /// What the page says of them.
    pub summary: SequencesSummary,
    /// The sequences.
    pub sequences: Rc<Sequences>,
}

/// What was read, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SequencesSummary {
    /// What was brought is called.
    pub file: String,
    /// How many users.
    pub users: usize,
    /// How many items.
    pub items: usize,
    /// How many times somebody took something.
    pub taken: usize,
    /// How many users took fewer than three items: nothing of theirs is held out.
    pub short: usize,
    /// How many items have a title.
    pub titles: usize,
    /// How many items have a picture.
    pub pictures: usize,
    /// How many pictures are of no item.
    pub pictures_of_none: usize,
    /// Columns of the vectors that stand for pictures; 0 without.
    pub image_columns: usize,
    /// Columns of the vectors that stand for words; 0 without.
    pub text_columns: usize,
}

/// The reader's files, one after another.
#[derive(Debug)]
pub struct OwnReading {
    name: String,
    rows: Rows,
    items: Items,
    /// Name of the list of items, where there is one.
    list: Option<String>,
    pictures_of_none: usize,
}

impl OwnReading {
    /// Reads the tables of what is called `name`: that of who took what when, and the list of the items, where there is
    /// one. Which they are is seen from their columns; others among them are left alone.
    ///
    /// # Errors
    /// As [`OwnReading::begin`], and `bad_sequences` with the reason `no_table`, `tables_twice` or `lists_twice`.
    pub fn of_tables(name: &str, tables: &[NamedFile]) -> Result<Self, LabError> {
        let (taken, items) = files::among(name, tables)?;
        Self::begin(name, taken, items)
    }

    /// Reads the tables of what is called `name`.
    ///
    /// # Errors
    /// `bad_table` and `bad_sequences` with `file`, `row`, mostly `column`, and `reason`.
    pub fn begin(name: &str, taken: NamedFile, items: Option<NamedFile>) -> Result<Self, LabError> {
        let listed = items.map(read_items).transpose()?;
        let (known, mut list) = listed.map_or((None, Vec::new()), |(ids, list)| (Some(ids), list));
        let rows = read_rows(taken, known)?;
        if items.is_none() {
            list = named(&rows.items);
        }
        let items_of = Items { list, ..Items::default() };
        let list = items.map(|file| file.name.to_string());
        Ok(Self { name: name.into(), rows, items: items_of, list, pictures_of_none: 0 })
    }

    /// The places of those among pictures that are of an item, by their paths: `shoes/B00021.png` is of the item
    /// `B00021`. Others are counted.
    ///
    /// # Errors
    /// `bad_sequences` with the reason `picture_twice` for a second one of the same item, or `no_picture` where there are
    /// pictures and none is of an item.
    pub fn pick_pictures(&mut self, paths: &[String]) -> Result<Vec<usize>, LabError> {
        let mut has_one = vec![false; self.items.len()];
        let mut places = Vec::new();
        for (place, path) in paths.iter().enumerate() {
            let Some(item) = self.item_of(path) else {
                self.pictures_of_none += 1;
                continue;
            };
            if std::mem::replace(&mut has_one[item], true) {
                let id = &self.items.list[item].id;
                let message = format!("{path} is a second picture of the item `{id}`: remove one of them.");
                return Err(bad(path, "picture_twice", message).with("value", &**id));
            }
            places.push(place);
        }
        match paths.first() {
            Some(stray) if places.is_empty() => {
                let message =
                    format!("{stray} is called as no item is: name each picture by the id of its item.");
                Err(bad(stray, "no_picture", message))
            }
            _ => Ok(places),
        }
    }

    /// Takes a picture that was picked.
    pub fn picture(&mut self, path: &str, picture: &Picture) {
        if let Some(item) = self.item_of(path) {
            let count = self.items.len();
            self.items.pictures.get_or_insert_with(|| ItemPictures::none(count)).set(item, picture);
        }
    }

    /// The item a picture is of.
    fn item_of(&self, path: &str) -> Option<usize> {
        let base = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let id = base.rsplit_once('.').map_or(base, |(id, _)| id);
        self.rows.items.number(id).map(|item| item as usize)
    }

    /// Takes vectors in place of pictures or of words: an array of NumPy's whose rows are those of the list of items.
    ///
    /// # Errors
    /// `bad_sequences` with `file` and `reason`: `no_list` without such a list, `rows_of_items`, `vectors_twice`, and what
    /// is wrong with the file itself.
    pub fn vectors(&mut self, modality: Modality, file: NamedFile) -> Result<(), LabError> {
        let Some(list) = &self.list else {
            let message = format!(
                "{} has a row for each item: bring a list of the items, too, which says which row is whose.",
                file.name
            );
            return Err(bad(file.name, "no_list", message));
        };
        let vectors = npy::read(file)?;
        let (found, expected) = (vectors.len(), self.items.len());
        if found != expected {
            let message = format!(
                "{} has {found} rows and {list} {expected}: save one row for each item, in the order of {list}.",
                file.name
            );
            return Err(bad(file.name, "rows_of_items", message)
                .with("found", found)
                .with("expected", expected));
        }
        let place = match modality {
            Modality::Image => &mut self.items.image_vectors,
            Modality::Text => &mut self.items.text_vectors,
        };
        if place.is_some() {
            let message = format!(
                "{} holds vectors of the same kind as an earlier file: bring one of them.",
                file.name
            );
            return Err(bad(file.name, "vectors_twice", message));
        }
        *place = Some(vectors);
        Ok(())
    }

    /// The sequences by time, rows of one time in the order of the file.
    ///
    /// # Errors
    /// `bad_sequences` with the reason `too_few` where nothing can be learned or nobody can be judged.
    pub fn finish(self) -> Result<OwnSequences, LabError> {
        let Rows { users, user_of, item_of, time_of, .. } = self.rows;
        let histories = Histories::by_time(users.list.len(), &user_of, &item_of, &time_of);
        let train = histories.places(HistoryPart::Train).len();
        if train == 0 || histories.places(HistoryPart::Test).is_empty() || self.items.len() < 2 {
            let message = format!(
                "{} is too short to learn from: there have to be two items, and a user with four rows.",
                self.name
            );
            return Err(bad(&self.name, "too_few", message));
        }
        let columns = |vectors: &Option<Vectors>| vectors.as_ref().map_or(0, Vectors::columns);
        let summary = SequencesSummary {
            file: self.name,
            users: histories.len(),
            items: self.items.len(),
            taken: histories.taken(),
            short: histories.iter().filter(|history| history.len() < super::histories::SHORTEST_CUT).count(),
            titles: self.items.list.iter().filter(|item| item.titles().next().is_some()).count(),
            pictures: self.items.pictures.as_ref().map_or(0, ItemPictures::count),
            pictures_of_none: self.pictures_of_none,
            image_columns: columns(&self.items.image_vectors),
            text_columns: columns(&self.items.text_vectors),
        };
        let sequences = Sequences { items: self.items, user_ids: users.list, histories };
        Ok(OwnSequences { summary, sequences: Rc::new(sequences) })
    }
}

/// Items of which nothing but the id is known.
fn named(ids: &Ids) -> Vec<Item> {
    ids.list.iter().map(|id| Item { id: id.clone(), ..Item::default() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKEN: &str = "user,item,time\na,x,4\na,y,1\na,x,3\na,z,2\nb,z,1\n";
    const ITEMS: &str = "id,title\nz,Zebra\ny,\nx,Axe\nnever,Never taken\n";

    fn file<'a>(name: &'a str, bytes: &'a [u8]) -> NamedFile<'a> {
        NamedFile { name, bytes }
    }

    fn begin(items: Option<&str>) -> OwnReading {
        let items = items.map(|text| file("i.csv", text.as_bytes()));
        OwnReading::begin("shop", file("s.csv", TAKEN.as_bytes()), items).unwrap()
    }

    fn picture() -> Picture {
        Picture { width: 1, height: 1, channels: 1, pixels: vec![9] }
    }

    /// An array of `rows` rows of two numbers.
    fn npy(rows: u8) -> Vec<u8> {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, 2), }}\n");
        let values: Vec<u8> = (0..2 * rows).flat_map(|value| f32::from(value).to_le_bytes()).collect();
        [b"\x93NUMPY\x01\x00", &(header.len() as u16).to_le_bytes()[..], header.as_bytes(), &values].concat()
    }

    fn reason(error: LabError) -> String {
        assert_eq!(error.code, "bad_sequences");
        error.details["reason"].as_str().unwrap().into()
    }

    #[test]
    fn without_a_list_items_are_numbered_as_they_are_met() {
        let own = begin(None).finish().unwrap();
        let Sequences { items, user_ids, histories } = &*own.sequences;
        assert_eq!(items.list.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["x", "y", "z"]);
        assert_eq!(
            (user_ids.join(","), histories.of(0), histories.of(1)),
            ("a,b".into(), &[1, 2, 0, 0][..], &[2][..])
        );
        let SequencesSummary { users, items, taken, short, titles, pictures, .. } = own.summary;
        assert_eq!((users, items, taken, short, titles, pictures), (2, 3, 5, 1, 0, 0));
    }

    #[test]
    fn a_list_pictures_and_vectors_belong_to_their_items() {
        let mut own = begin(Some(ITEMS));
        let mut paths = ["shop/x.png", "shop\\deep\\z.tar.jpeg", "a/z"].map(String::from).to_vec();
        assert_eq!(own.pick_pictures(&paths).unwrap(), [0, 2]);
        own.picture(&paths[0], &picture());
        own.picture(&paths[2], &picture());
        own.vectors(Modality::Text, file("t.npy", &npy(4))).unwrap();
        paths.push("other/x.jpg".into());
        let error = begin(None).pick_pictures(&paths).unwrap_err();
        assert_eq!((&error.details["file"], &error.details["value"]), (&"other/x.jpg".into(), &"x".into()));
        assert_eq!(reason(error), "picture_twice");
        assert_eq!(reason(own.vectors(Modality::Text, file("t.npy", &npy(4))).unwrap_err()), "vectors_twice");
        let own = own.finish().unwrap();
        let items = &own.sequences.items;
        let pictures = items.pictures.as_ref().unwrap();
        assert_eq!([0, 1, 2, 3].map(|item| pictures.has(item)), [true, false, true, false]);
        assert_eq!(items.vectors(Modality::Text).unwrap().row(2), [4.0, 5.0]);
        assert_eq!(own.sequences.histories.of(0), [1, 0, 2, 2]);
        let SequencesSummary {
            file,
            items,
            titles,
            pictures,
            pictures_of_none,
            image_columns,
            text_columns,
            ..
        } = own.summary;
        assert_eq!((file.as_str(), items, titles), ("shop", 4, 3));
        assert_eq!((pictures, pictures_of_none, image_columns, text_columns), (2, 1, 0, 2));
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        assert_eq!(
            reason(begin(None).vectors(Modality::Image, file("i.npy", &npy(3))).unwrap_err()),
            "no_list"
        );
        let error = begin(Some(ITEMS)).vectors(Modality::Image, file("i.npy", &npy(3))).unwrap_err();
        assert_eq!((error.details["found"].as_u64(), error.details["expected"].as_u64()), (Some(3), Some(4)));
        assert_eq!(reason(error), "rows_of_items");
        assert!(begin(None).pick_pictures(&[]).unwrap().is_empty());
        let stray = begin(None).pick_pictures(&["photos/holiday.png".into()]).unwrap_err();
        assert_eq!(
            (&stray.details["file"], reason(stray.clone())),
            (&"photos/holiday.png".into(), "no_picture".into())
        );
        let few = "user,item,time\na,x,1\na,y,2\na,x,3\n";
        let few = OwnReading::begin("shop", file("s.csv", few.as_bytes()), None).unwrap();
        assert_eq!(reason(few.finish().unwrap_err()), "too_few");
    }
}
