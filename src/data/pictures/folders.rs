//! Labels from folder names, as Keras' `flow_from_directory` gives them.

use crate::data::unseen::trimmed;

/// Names of folders that hold pictures to train on, and of those that hold the others.
const TRAIN: [&str; 3] = ["train", "training", "训练"];
const TEST: [&str; 7] = ["validation", "valid", "val", "test", "testing", "测试", "验证"];
/// What may follow such a name: `training_set`, `test-images`, `训练集`.
const ENDINGS: [&str; 4] = ["set", "data", "images", "集"];

/// What a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Train,
    Test,
    /// No folder says so.
    Unsaid,
}

/// What the folders of a picture say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub class: String,
    pub part: Part,
}

/// A label for each path. The folders that all pictures share say nothing; where all the next ones are called
/// `train`, `validation`, `test` or the like, they say what a picture is for; the next one is the class, and those
/// below it say nothing again. Pictures that all lie in one folder are of one class.
///
/// # Errors
/// The first path that has no folder for its class.
pub(super) fn labels<'a>(paths: &[&'a str]) -> Result<Vec<Label>, &'a str> {
    let folders: Vec<Vec<&str>> = paths.iter().map(|path| folders(path)).collect();
    let Some(shared) = folders.iter().map(Vec::as_slice).reduce(shared) else {
        return Ok(Vec::new());
    };
    if let Some(class) = shared.last()
        && folders.iter().all(|folders| folders.len() == shared.len())
    {
        return Ok(vec![Label { class: trimmed(class).into(), part: Part::Unsaid }; paths.len()]);
    }
    let below = shared.len();
    let parted =
        folders.iter().all(|folders| folders.get(below).is_some_and(|name| part(name) != Part::Unsaid));
    let class_at = if parted { below + 1 } else { below };
    let label = |(folders, path): (&Vec<&str>, &&'a str)| {
        let class = folders.get(class_at).ok_or(*path)?;
        let part = if parted { part(folders[below]) } else { Part::Unsaid };
        Ok(Label { class: trimmed(class).into(), part })
    };
    folders.iter().zip(paths).map(label).collect()
}

/// The folders of a path, without the name of its file.
fn folders(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    parts.pop();
    parts
}

/// What both begin with.
fn shared<'a, 'b>(one: &'b [&'a str], other: &[&str]) -> &'b [&'a str] {
    let count = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    &one[..count]
}

fn part(folder: &str) -> Part {
    let folder = folder.to_ascii_lowercase();
    let stem = ENDINGS.iter().find_map(|ending| folder.strip_suffix(ending));
    let stem = stem.map_or(folder.as_str(), |stem| stem.trim_end_matches(['_', '-', ' ']));
    match stem {
        _ if TRAIN.contains(&stem) => Part::Train,
        _ if TEST.contains(&stem) => Part::Test,
        _ => Part::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels as words, such as `cats` or `Test cats`.
    fn said(paths: &[&str]) -> Vec<String> {
        let word = |label: Label| match label.part {
            Part::Unsaid => label.class,
            part => format!("{part:?} {}", label.class),
        };
        labels(paths).unwrap().into_iter().map(word).collect()
    }

    #[test]
    fn the_class_is_the_first_folder_that_is_not_shared() {
        assert_eq!(said(&["cats/1.png", "dogs/1.png"]), ["cats", "dogs"]);
        assert_eq!(said(&["my/pets/cats/1.png", "./my/pets/dogs//1.png"]), ["cats", "dogs"]);
        assert_eq!(said(&["horses/horse01/1.png", "horses/horse02/1.png", "humans/1.png"])[1], "horses");
    }

    #[test]
    fn what_nobody_sees_at_the_ends_of_a_folder_does_not_make_a_class() {
        assert_eq!(said(&["cat /a.png", "cat\u{200b}/b.png", "dog/c.png"]), ["cat", "cat", "dog"]);
    }

    #[test]
    fn folders_for_training_and_testing_are_no_classes() {
        assert_eq!(said(&["set/Train/cats/1.png", "set/val/cats/2.png"]), ["Train cats", "Test cats"]);
        assert_eq!(said(&["train/cats/1.png", "train/dogs/2.png"]), ["cats", "dogs"]);
        for [train, test] in
            [["training_set", "test_set"], ["Train-images", "VAL images"], ["训练集", "测试集"]]
        {
            let [one, other] = [format!("{train}/cats/1.png"), format!("{test}/dogs/2.png")];
            assert_eq!(said(&[&one, &other]), ["Train cats", "Test dogs"]);
        }
        assert_eq!(said(&["sunset/1.png", "testament/2.png"]), ["sunset", "testament"]);
        // Of vehicles a train is one.
        assert_eq!(said(&["train/1.png", "plane/2.png"]), ["train", "plane"]);
    }

    #[test]
    fn pictures_of_one_folder_are_of_one_class() {
        assert_eq!(said(&["cats/1.png", "cats/2.png"]), ["cats", "cats"]);
        assert!(said(&[]).is_empty());
    }

    #[test]
    fn a_picture_beside_the_folders_has_no_class() {
        assert_eq!(labels(&["lonely.png"]), Err("lonely.png"));
        assert_eq!(labels(&["pets/cats/1.png", "pets/2.png", "pets/dogs/3.png"]), Err("pets/2.png"));
        assert_eq!(labels(&["train/cats/1.png", "test/2.png"]), Err("test/2.png"));
    }
}
