//! MNIST (LeCun, Cortes and Burges): handwritten digits of 28 by 28 pixels.

use super::{LabelledPictures, idx};
use crate::error::LabError;

/// Width and height of a digit.
pub const SIDE: usize = 28;
/// Digits are 0 to 9.
pub const CLASSES: usize = 10;

/// Reads a pack, which is the four published files one after the other: training pictures and labels, test pictures
/// and labels. Of the training pictures the first `train` are taken, of the test pictures all.
///
/// # Errors
/// `bad_data` where the pack is damaged.
pub fn read(pack: &[u8], train: usize) -> Result<LabelledPictures, LabError> {
    let (training, rest) = part(pack)?;
    let (test, _) = part(rest)?;
    let train = train.min(training.labels.len());
    let pixels = [&training.pixels[..train * SIDE * SIDE], test.pixels].concat();
    let labels = training.labels[..train].iter().chain(test.labels).map(|label| u32::from(*label)).collect();
    Ok(LabelledPictures {
        height: SIDE,
        width: SIDE,
        channels: 1,
        pixels,
        labels,
        classes: (0..CLASSES).map(|digit| digit.to_string()).collect(),
        origins: Vec::new(),
        train,
    })
}

struct Part<'a> {
    pixels: &'a [u8],
    labels: &'a [u8],
}

/// A file of pictures and its file of labels, and what comes behind them.
fn part(bytes: &[u8]) -> Result<(Part<'_>, &[u8]), LabError> {
    let bad = |reason: &str| LabError::new("bad_data", format!("The digits cannot be read: {reason}."));
    let ([count, height, width], pixels, rest) = idx::read::<3>(bytes)?;
    if [height, width] != [SIDE, SIDE] {
        return Err(bad("the pictures are not 28 by 28 pixels"));
    }
    let ([labelled], labels, behind) = idx::read::<1>(rest)?;
    if labelled != count || count == 0 {
        return Err(bad("there is not one label for each picture"));
    }
    if labels.iter().any(|label| usize::from(*label) >= CLASSES) {
        return Err(bad("a label is no digit"));
    }
    Ok((Part { pixels, labels }, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(sizes: &[u32], values: &[u8]) -> Vec<u8> {
        let sizes_bytes = sizes.iter().flat_map(|size| size.to_be_bytes());
        [0, 0, 8, sizes.len() as u8].into_iter().chain(sizes_bytes).chain(values.iter().copied()).collect()
    }

    fn pack(train: &[u8], test: &[u8]) -> Vec<u8> {
        let part = |labels: &[u8]| {
            let count = labels.len() as u32;
            let pixels: Vec<u8> = labels.iter().flat_map(|label| [*label + 100; SIDE * SIDE]).collect();
            [array(&[count, 28, 28], &pixels), array(&[count], labels)].concat()
        };
        [part(train), part(test)].concat()
    }

    #[test]
    fn the_first_training_pictures_and_all_test_pictures_are_taken() {
        let digits = read(&pack(&[5, 0, 4, 1], &[7, 2]), 3).unwrap();
        assert_eq!(digits.labels, [5, 0, 4, 7, 2]);
        assert_eq!((digits.train, digits.len()), (3, 5));
        assert!(digits.bytes(3).iter().all(|pixel| *pixel == 107));
        assert_eq!(read(&pack(&[1], &[2]), 60_000).unwrap().train, 1);
    }

    #[test]
    fn a_damaged_pack_is_refused_and_nothing_panics() {
        let whole = pack(&[5, 0], &[7]);
        for length in 0..whole.len() {
            assert!(read(&whole[..length], 2).is_err(), "{length}");
        }
        let mut no_digit = whole.clone();
        *no_digit.last_mut().unwrap() = 10;
        assert_eq!(read(&no_digit, 2).unwrap_err().code, "bad_data");
    }
}
