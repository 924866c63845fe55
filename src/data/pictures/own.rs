//! A folder of the reader's pictures: labels come from the names of the folders, as in the document's generator.

use super::folders::{self, Label, Part};
use super::{LabelledPictures, Picture};
use crate::error::LabError;
use crate::random::{Purpose, Random};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Most pictures of a folder.
pub const MOST_PICTURES: usize = 5_000;
/// Most classes.
pub const MOST_CLASSES: usize = 20;
/// Most bytes of all pictures at the size they are learned from: with the copy that is made to bring them into order
/// a gigabyte and a fifth. All 5,000 fit at 200 by 200 pixels, 2,222 at 300 by 300.
const MOST_BYTES: usize = 600_000_000;
/// One picture in so many is held out, where no folder says which.
const HELD_OUT_PART: usize = 5;

/// Red, green and blue.
const CHANNELS: usize = 3;

/// A picture that has been read, at its new size.
#[derive(Default)]
struct Read {
    path: String,
    pixels: Vec<u8>,
}

/// Where a picture stands among the others: its number in its class goes before the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    turn: usize,
    label: usize,
    index: usize,
}

/// Pictures read at one size, with the seed their held-out part was drawn with.
type ReadAt = (usize, u64, Rc<LabelledPictures>);

/// A folder of pictures: what their paths tell, and the pictures themselves once they are read.
#[derive(Debug)]
pub struct PictureFolder {
    /// What it is called.
    pub name: String,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// How many pictures are for training.
    pub train: usize,
    /// How many are held out.
    pub test: usize,
    read: RefCell<Option<ReadAt>>,
}

impl PictureFolder {
    /// A folder by the paths of its pictures. How many are held out does not depend on the seed.
    ///
    /// # Errors
    /// `bad_pictures` with the reason `too_many`, `no_folder`, `empty`, `one_class`, `too_many_classes` or `too_few`.
    pub fn of(name: &str, mut paths: Vec<String>) -> Result<Self, LabError> {
        if paths.len() > MOST_PICTURES {
            return Err(too_many(name, paths.len()));
        }
        paths.sort();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let labels = labels(name, &paths)?;
        let of_class = members(&labels);
        check(name, &of_class)?;
        let (train, test) = split(name, &labels, &of_class, 0)?;
        Ok(Self {
            name: name.into(),
            classes: of_class.keys().map(ToString::to_string).collect(),
            train: train.len(),
            test: test.len(),
            read: RefCell::new(None),
        })
    }

    /// Takes the pictures in place of those read before.
    pub fn keep(&self, side: usize, seed: u64, pictures: LabelledPictures) {
        // Freed first: two sets at once are more than a phone has room for.
        self.read.borrow_mut().take();
        *self.read.borrow_mut() = Some((side, seed, Rc::new(pictures)));
    }

    /// The pictures, where they were read last at this size and with this seed.
    pub fn pictures(&self, side: usize, seed: u64) -> Option<Rc<LabelledPictures>> {
        let read = self.read.borrow();
        read.as_ref().filter(|(at, with, _)| (*at, *with) == (side, seed)).map(|(_, _, read)| read.clone())
    }
}

/// A folder being read, picture by picture.
pub struct PictureReading {
    name: String,
    side: usize,
    pictures: Vec<Read>,
}

impl PictureReading {
    /// A folder called `name`, whose pictures become `side` pixels wide and high.
    pub fn begin(name: &str, side: usize) -> Self {
        Self { name: name.into(), side: side.max(1), pictures: Vec::new() }
    }

    /// Takes a picture in.
    ///
    /// # Errors
    /// `bad_pictures` with the reason `too_many` or `too_large`.
    pub fn add(&mut self, path: &str, picture: &Picture) -> Result<(), LabError> {
        if self.pictures.len() >= MOST_PICTURES {
            return Err(too_many(&self.name, MOST_PICTURES + 1));
        }
        let size = self.side.saturating_mul(self.side).saturating_mul(CHANNELS);
        if (self.pictures.len() + 1).saturating_mul(size) > MOST_BYTES {
            let (fitting, most) = (MOST_BYTES / size, MOST_BYTES / 1_000_000);
            let message = format!(
                "of {0} by {0} pixels {fitting} pictures fit into the {most} MB there are for them",
                self.side
            );
            return Err(bad(&self.name, "too_large", message)
                .with("most", most)
                .with("side", self.side)
                .with("fitting", fitting));
        }
        let pixels = picture.resized(self.side, self.side).rgb().pixels;
        self.pictures.push(Read { path: path.into(), pixels });
        Ok(())
    }

    /// The pictures, those held out behind the others, with the classes their folders name. Where no folder says which
    /// are held out, every fifth of each class, drawn with the seed, is.
    ///
    /// # Errors
    /// `bad_pictures` with the reason `no_folder`, `empty`, `one_class`, `too_many_classes` or `too_few`.
    pub fn finish(mut self, seed: u64) -> Result<LabelledPictures, LabError> {
        self.pictures.sort_by(|one, other| one.path.cmp(&other.path));
        let paths: Vec<&str> = self.pictures.iter().map(|picture| picture.path.as_str()).collect();
        let labels = labels(&self.name, &paths)?;
        let of_class = members(&labels);
        check(&self.name, &of_class)?;
        let (train, test) = split(&self.name, &labels, &of_class, seed)?;
        let mut pictures = LabelledPictures {
            height: self.side,
            width: self.side,
            channels: CHANNELS,
            pixels: Vec::with_capacity(self.pictures.len() * self.side * self.side * CHANNELS),
            labels: Vec::with_capacity(self.pictures.len()),
            classes: of_class.keys().map(ToString::to_string).collect(),
            origins: Vec::with_capacity(self.pictures.len()),
            train: train.len(),
        };
        for Place { label, index, .. } in train.into_iter().chain(test) {
            // Each picture's own memory is given back as soon as it is copied.
            let Read { path, pixels } = std::mem::take(&mut self.pictures[index]);
            pictures.pixels.extend_from_slice(&pixels);
            pictures.labels.push(label as u32);
            pictures.origins.push(path);
        }
        Ok(pictures)
    }
}

/// The class that each path names.
///
/// # Errors
/// `bad_pictures` with the reason `no_folder`.
fn labels(name: &str, paths: &[&str]) -> Result<Vec<Label>, LabError> {
    folders::labels(paths).map_err(|path| {
        bad(name, "no_folder", format!("{path} lies in no folder that names its class")).with("path", path)
    })
}

/// The pictures of each class, in the order of the classes' names.
fn members(labels: &[Label]) -> BTreeMap<&str, Vec<usize>> {
    let mut of_class: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, label) in labels.iter().enumerate() {
        of_class.entry(&label.class).or_default().push(index);
    }
    of_class
}

fn too_many(name: &str, found: usize) -> LabError {
    bad(name, "too_many", format!("it holds {found} pictures; at most {MOST_PICTURES} are read"))
        .with("found", found)
        .with("most", MOST_PICTURES)
}

/// The pictures to train on and those held out, the classes taking turns, so that the first few are of all classes.
fn split(
    name: &str,
    labels: &[Label],
    of_class: &BTreeMap<&str, Vec<usize>>,
    seed: u64,
) -> Result<(Vec<Place>, Vec<Place>), LabError> {
    let said = labels.iter().any(|label| label.part == Part::Test);
    let mut random = Random::new(seed, Purpose::Split);
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for (label, (class, members)) in of_class.iter().enumerate() {
        let mut members = members.clone();
        random.shuffle(&mut members);
        let held_out = (members.len() / HELD_OUT_PART).max(1);
        let (mut trained, mut kept) = (0, 0);
        for (drawn, index) in members.into_iter().enumerate() {
            let is_test = if said { labels[index].part == Part::Test } else { drawn < held_out };
            let (part, count) = if is_test { (&mut test, &mut kept) } else { (&mut train, &mut trained) };
            part.push(Place { turn: *count, label, index });
            *count += 1;
        }
        if trained == 0 || kept == 0 {
            let message = format!("the class {class} has no picture to train on, or none held out");
            return Err(bad(name, "too_few", message).with("class", *class));
        }
    }
    train.sort_unstable();
    test.sort_unstable();
    Ok((train, test))
}

fn check(name: &str, of_class: &BTreeMap<&str, Vec<usize>>) -> Result<(), LabError> {
    match of_class.len() {
        0 => Err(bad(name, "empty", "it holds no pictures".into())),
        1 => Err(bad(name, "one_class", "all pictures lie in one folder: each class needs its own".into())
            .with("class", *of_class.keys().next().expect("one class"))),
        count if count > MOST_CLASSES => Err(bad(
            name,
            "too_many_classes",
            format!("it holds {count} folders; at most {MOST_CLASSES} classes are told apart"),
        )
        .with("found", count)
        .with("most", MOST_CLASSES)),
        _ => match of_class.iter().find(|(_, members)| members.len() < 2) {
            Some((class, _)) => Err(bad(
                name,
                "too_few",
                format!("the class {class} has one picture; each needs two at least"),
            )
            .with("class", *class)),
            None => Ok(()),
        },
    }
}

fn bad(name: &str, reason: &str, message: String) -> LabError {
    LabError::new("bad_pictures", format!("{name} cannot be learned from: {message}."))
        .with("file", name)
        .with("reason", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(value: u8) -> Picture {
        Picture { width: 4, height: 3, channels: 1, pixels: vec![value; 12] }
    }

    fn folder(paths: &[String]) -> Result<LabelledPictures, LabError> {
        let mut own = PictureReading::begin("own.zip", 2);
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

    #[test]
    fn what_does_not_fit_is_refused_before_it_is_kept() {
        let mut many = PictureReading::begin("own.zip", 1);
        for number in 0..MOST_PICTURES {
            many.add(&format!("{}/{number}.png", number % 2), &picture(0)).unwrap();
        }
        assert_eq!(many.add("0/more.png", &picture(0)).unwrap_err().details["reason"], "too_many");
        assert_eq!(many.finish(1).unwrap().train, 4_000);
        let mut large = PictureReading::begin("own.zip", 20_000);
        let error = large.add("a/1.png", &picture(0)).unwrap_err();
        assert_eq!(
            (error.details["reason"].as_str(), error.details["most"].as_u64()),
            (Some("too_large"), Some(600))
        );
        assert!(PictureReading::begin("own.zip", usize::MAX).add("a/1.png", &picture(0)).is_err());
    }

    #[test]
    fn what_is_held_out_hangs_on_the_seed_and_not_on_the_order_of_reading() {
        let mut all = [paths("a", 20), paths("b", 20)].concat();
        let read = |paths: &[String], seed| {
            let mut own = PictureReading::begin("own.zip", 1);
            for path in paths {
                own.add(path, &picture(path.len() as u8)).unwrap();
            }
            own.finish(seed).unwrap()
        };
        let pictures = read(&all, 1);
        assert_ne!(pictures.origins[32..], read(&all, 2).origins[32..]);
        all.reverse();
        assert_eq!(pictures, read(&all, 1));
    }
}
