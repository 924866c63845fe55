//! A folder of the reader's pictures: labels come from the names of the folders, as in the document's generator.

use super::{LabelledPictures, Picture};
use crate::lab::LabError;
use crate::random::{Purpose, Random};
use std::collections::BTreeMap;

/// Most pictures of a folder.
pub const MOST_PICTURES: usize = 5_000;
/// Most classes.
pub const MOST_CLASSES: usize = 20;
/// Most bytes of all pictures at the size they are learned from.
const MOST_BYTES: usize = 1 << 30;
/// One picture in so many is held out, where the folder has no part of its own for that.
const HELD_OUT_PART: usize = 5;
/// Names of folders that hold pictures to train on, and of those that hold the others.
const TRAIN_FOLDERS: [&str; 2] = ["train", "training"];
const TEST_FOLDERS: [&str; 5] = ["validation", "valid", "val", "test", "testing"];

/// Where a picture belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Train,
    Test,
    Unsaid,
}

/// A picture that has been read, at its new size.
struct Read {
    path: String,
    class: String,
    part: Part,
    pixels: Vec<u8>,
}

/// A folder being read, picture by picture.
pub struct OwnPictures {
    name: String,
    side: usize,
    pictures: Vec<Read>,
}

impl OwnPictures {
    /// A folder called `name`, whose pictures become `side` pixels wide and high.
    pub fn begin(name: &str, side: usize) -> Self {
        Self { name: name.into(), side: side.max(1), pictures: Vec::new() }
    }

    /// Takes a picture in. Its class is the folder it lies in.
    ///
    /// # Errors
    /// `bad_pictures` with the reason `too_many` or `too_much_memory`, or `no_folder` for a picture that lies in none.
    pub fn add(&mut self, path: &str, picture: &Picture) -> Result<(), LabError> {
        if self.pictures.len() >= MOST_PICTURES {
            return Err(self
                .bad("too_many", format!("at most {MOST_PICTURES} are read"))
                .with("most", MOST_PICTURES));
        }
        let size = self.side * self.side * 3;
        if (self.pictures.len() + 1) * size > MOST_BYTES {
            let message = format!("pictures of {0} by {0} pixels take more memory than there is", self.side);
            return Err(self.bad("too_much_memory", message));
        }
        let folders: Vec<&str> = path.split('/').filter(|folder| !folder.is_empty()).collect();
        let [folders @ .., _file] = &folders[..] else {
            return Err(self.bad("no_folder", "a picture lies in no folder".into()).with("path", path));
        };
        let Some(class) = folders.last() else {
            return Err(self.bad("no_folder", "a picture lies in no folder".into()).with("path", path));
        };
        let named = |names: &[&str]| {
            let above = folders[..folders.len() - 1].iter();
            above.rev().any(|folder| names.iter().any(|name| folder.eq_ignore_ascii_case(name)))
        };
        let part = if named(&TEST_FOLDERS) {
            Part::Test
        } else if named(&TRAIN_FOLDERS) {
            Part::Train
        } else {
            Part::Unsaid
        };
        let pixels = picture.rgb().resized(self.side, self.side).pixels;
        self.pictures.push(Read { path: path.into(), class: (*class).into(), part, pixels });
        Ok(())
    }

    /// The pictures, those held out behind the others. Where no folder says which they are, every fifth of each class,
    /// drawn with the seed, is held out.
    ///
    /// # Errors
    /// `bad_pictures` with the reason `empty`, `one_class`, `too_many_classes` or `too_few`.
    pub fn finish(mut self, seed: u64) -> Result<LabelledPictures, LabError> {
        self.pictures.sort_by(|one, other| one.path.cmp(&other.path));
        let mut of_class: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, picture) in self.pictures.iter().enumerate() {
            of_class.entry(&picture.class).or_default().push(index);
        }
        self.check(&of_class)?;
        let said = self.pictures.iter().any(|picture| picture.part == Part::Test);
        let mut random = Random::new(seed, Purpose::Split);
        let (mut train, mut test) = (Vec::new(), Vec::new());
        for (label, (class, mut members)) in of_class.iter().map(|(c, m)| (c, m.clone())).enumerate() {
            random.shuffle(&mut members);
            let held_out = (members.len() / HELD_OUT_PART).max(1);
            let (mut trained, mut kept) = (0, 0);
            for (place, index) in members.into_iter().enumerate() {
                let is_test = if said { self.pictures[index].part == Part::Test } else { place < held_out };
                if is_test {
                    test.push((kept, label, index));
                    kept += 1;
                } else {
                    train.push((trained, label, index));
                    trained += 1;
                }
            }
            if trained == 0 || kept == 0 {
                let message = format!("the class {class} has no picture to train on, or none held out");
                return Err(self.bad("too_few", message).with("class", *class));
            }
        }
        // Class by class in turn, so that fewer pictures are still of all classes.
        train.sort_unstable();
        test.sort_unstable();
        let order: Vec<(usize, usize)> =
            train.iter().chain(&test).map(|(_, label, index)| (*label, *index)).collect();
        Ok(LabelledPictures {
            height: self.side,
            width: self.side,
            channels: 3,
            pixels: order
                .iter()
                .flat_map(|(_, index)| self.pictures[*index].pixels.iter().copied())
                .collect(),
            labels: order.iter().map(|(label, _)| *label as u32).collect(),
            classes: of_class.keys().map(|class| class.to_string()).collect(),
            origins: order.iter().map(|(_, index)| self.pictures[*index].path.clone()).collect(),
            train: train.len(),
        })
    }

    fn check(&self, of_class: &BTreeMap<&str, Vec<usize>>) -> Result<(), LabError> {
        match of_class.len() {
            0 => Err(self.bad("empty", "it holds no pictures".into())),
            1 => Err(self
                .bad("one_class", "all pictures lie in one folder: each class needs its own".into())
                .with("class", *of_class.keys().next().expect("one class"))),
            count if count > MOST_CLASSES => Err(self
                .bad(
                    "too_many_classes",
                    format!("it holds {count} folders; at most {MOST_CLASSES} classes are told apart"),
                )
                .with("found", count)
                .with("most", MOST_CLASSES)),
            _ => match of_class.iter().find(|(_, members)| members.len() < 2) {
                Some((class, _)) => Err(self
                    .bad("too_few", format!("the class {class} has one picture; each needs two at least"))
                    .with("class", *class)),
                None => Ok(()),
            },
        }
    }

    fn bad(&self, reason: &str, message: String) -> LabError {
        LabError::new("bad_pictures", format!("{} cannot be learned from: {message}.", self.name))
            .with("file", &*self.name)
            .with("reason", reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(value: u8) -> Picture {
        Picture { width: 4, height: 3, channels: 1, pixels: vec![value; 12] }
    }

    fn folder(paths: &[String]) -> Result<LabelledPictures, LabError> {
        let mut own = OwnPictures::begin("own.zip", 2);
        for (index, path) in paths.iter().enumerate() {
            own.add(path, &picture(index as u8))?;
        }
        own.finish(1)
    }

    fn paths(folder: &str, count: usize) -> Vec<String> {
        (0..count).map(|number| format!("{folder}/{number}.png")).collect()
    }

    #[test]
    fn labels_come_from_the_folders_and_every_fifth_is_held_out() {
        let all = [paths("pets/dogs", 10), paths("pets/cats", 5)].concat();
        let pictures = folder(&all).unwrap();
        assert_eq!(pictures.classes, ["cats", "dogs"]);
        assert_eq!((pictures.train, pictures.len()), (12, 15));
        for row in 0..pictures.len() {
            let class = &pictures.classes[pictures.labels[row] as usize];
            assert!(pictures.origins[row].contains(class.as_str()));
            let index = all.iter().position(|path| *path == pictures.origins[row]).unwrap();
            assert!(pictures.bytes(row).iter().all(|pixel| *pixel == index as u8));
        }
        assert_eq!(pictures.labels[..4], [0, 1, 0, 1]);
        assert_eq!(folder(&all).unwrap(), pictures);
    }

    #[test]
    fn folders_for_validation_are_kept_as_they_are() {
        let all =
            [paths("train/a", 4), paths("train/b", 4), paths("validation/a", 2), paths("validation/b", 1)]
                .concat();
        let pictures = folder(&all).unwrap();
        assert_eq!((pictures.train, pictures.len()), (8, 11));
        assert!(pictures.origins[8..].iter().all(|path| path.starts_with("validation")));
    }

    #[test]
    fn what_cannot_be_learned_from_says_why() {
        let reason = |paths: &[String]| folder(paths).unwrap_err().details["reason"].clone();
        assert_eq!(reason(&[]), "empty");
        assert_eq!(reason(&paths("horses", 9)), "one_class");
        assert_eq!(reason(&[paths("a", 5), paths("b", 1)].concat()), "too_few");
        assert_eq!(reason(&["lonely.png".to_string()]), "no_folder");
        let many: Vec<String> = (0..21).flat_map(|class| paths(&format!("c{class}"), 2)).collect();
        assert_eq!(reason(&many), "too_many_classes");
        assert_eq!(
            reason(&[paths("train/a", 3), paths("train/b", 3), paths("test/a", 2)].concat()),
            "too_few"
        );
    }
}
