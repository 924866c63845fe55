//! The first digits of MNIST as they were published: `tests/fixtures/mnist_small.bin` holds 300 pictures for training
//! and 100 for testing, packed as the site packs them. Its licence is in data/vision/LICENSES.md.

use emberbook::data::pictures::mnist::{self, SIDE};
use emberbook::data::pictures::{LabelledPictures, Picture, digit};
use std::io::Read;

fn digits() -> LabelledPictures {
    let mut pack = Vec::new();
    flate2::read::GzDecoder::new(&include_bytes!("../fixtures/mnist_small.bin")[..])
        .read_to_end(&mut pack)
        .unwrap();
    mnist::read(&pack, usize::MAX).unwrap()
}

/// A digit as a reader would draw it: much larger, and off the middle.
fn drawn(digit: &Picture) -> Picture {
    let (scale, canvas, top, left) = (8, 280, 50, 3);
    let large = digit.resized(SIDE * scale, SIDE * scale);
    let mut pixels = vec![0; canvas * canvas];
    for (row, line) in large.pixels.chunks_exact(SIDE * scale).enumerate() {
        pixels[(top + row) * canvas + left..][..SIDE * scale].copy_from_slice(line);
    }
    Picture { width: canvas, height: canvas, channels: 1, pixels }
}

#[test]
fn the_published_digits_are_read() {
    let digits = digits();
    assert_eq!((digits.train, digits.len()), (300, 400));
    assert_eq!(digits.labels[..10], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    assert_eq!(digits.labels[300..310], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
}

#[test]
fn a_drawing_comes_back_as_the_published_digit_it_was_made_from() {
    let digits = digits();
    let differs = |row: usize| {
        let published = digits.bytes(row);
        let centred = digit::centred(&drawn(&digits.picture(row)));
        let sum: u32 = published.iter().zip(&centred.pixels).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        let ink: u32 = published.iter().map(|value| u32::from(*value)).sum();
        f64::from(sum) / f64::from(ink)
    };
    let returned = (0..digits.len()).filter(|row| differs(*row) < 0.01).count();
    // The makers of MNIST found the bounds and the middle in finer pixels than were published.
    assert!(returned as f64 >= 0.98 * digits.len() as f64, "{returned} of {}", digits.len());
}
