use std::collections::BTreeSet;

use super::*;

/// What both tasks have in common.
type Compose = fn(&Picture, usize, usize, usize, u64) -> Result<LabelledPictures, LabError>;

const TASKS: [(Compose, &str, &[u8], &Style); 2] = [
    (horses_and_humans, "horses", include_bytes!("../../../../data/vision/horses_humans.png"), &SCENE),
    (faces, "happy", include_bytes!("../../../../data/vision/faces.png"), &PORTRAIT),
];

fn decoded(file: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Rgba, png::BitDepth::Eight));
    Picture::from_rgba(frame.width as usize, frame.height as usize, pixels).unwrap()
}

/// Mean of each channel over some pictures.
fn mean(pictures: &LabelledPictures, rows: impl Iterator<Item = usize>) -> [f64; 3] {
    let mut sums = [0.0; 3];
    let mut count = 0.0;
    for row in rows {
        for pixel in pictures.bytes(row).as_chunks::<3>().0 {
            count += 1.0;
            sums = std::array::from_fn(|channel| sums[channel] + f64::from(pixel[channel]));
        }
    }
    sums.map(|sum| sum / count)
}

#[test]
fn the_classes_take_turns_and_test_figures_are_in_no_training_picture() {
    for (compose, first, file, _) in TASKS {
        let pictures = compose(&decoded(file), 24, 401, 201, 7).unwrap();
        assert_eq!((pictures.len(), pictures.train, pictures.channels), (602, 401, 3));
        assert_eq!((pictures.pixels.len(), pictures.origins.len()), (602 * 24 * 24 * 3, 602));
        assert_eq!(pictures.classes[0], first);
        assert!(pictures.labels[..401].iter().enumerate().all(|(row, label)| *label == row as u32 % 2));
        assert!(pictures.labels[401..].iter().enumerate().all(|(row, label)| *label == row as u32 % 2));
        let origins = |range: std::ops::Range<usize>| pictures.origins[range].iter().collect::<BTreeSet<_>>();
        let (train, test) = (origins(0..401), origins(401..602));
        assert!(train.is_disjoint(&test));
        assert!(train.len() > 30 && test.len() > 10, "{} {}", train.len(), test.len());
    }
    let sets = |pictures: &LabelledPictures, range: std::ops::Range<usize>| -> BTreeSet<String> {
        pictures.origins[range].iter().map(|origin| origin.split(':').next().unwrap().into()).collect()
    };
    let pictures = faces(&decoded(TASKS[1].2), 16, 400, 200, 7).unwrap();
    assert!(sets(&pictures, 400..600).into_iter().eq(["emojione", "twemoji"]));
    assert_eq!(sets(&pictures, 0..400).len(), 5);
}

#[test]
fn a_picture_depends_on_seed_split_and_number_alone() {
    for (compose, _, file, _) in TASKS {
        let sheet = decoded(file);
        let few = compose(&sheet, 32, 6, 4, 3).unwrap();
        assert_eq!(few, compose(&sheet, 32, 6, 4, 3).unwrap());
        let more = compose(&sheet, 32, 10, 5, 3).unwrap();
        assert!((0..6).all(|row| few.bytes(row) == more.bytes(row)));
        assert!((0..4).all(|row| few.bytes(6 + row) == more.bytes(10 + row)));
        let other = compose(&sheet, 32, 6, 4, 4).unwrap();
        assert!((0..10).all(|row| few.bytes(row) != other.bytes(row)));
        assert!((0..4).all(|row| few.bytes(row) != few.bytes(6 + row)));
    }
}

#[test]
fn every_picture_shows_a_figure() {
    for (compose, _, file, style) in TASKS {
        let side = 32;
        let pictures = compose(&decoded(file), side, 120, 0, 11).unwrap();
        for row in 0..pictures.len() {
            let mut background = vec![0; side * side * 3];
            let mut random = Random::at_place(11, Purpose::Pictures, row as u64 * PLACES);
            (style.background)(&mut background, side, &mut random);
            let pairs = pictures.bytes(row).as_chunks::<3>().0.iter().zip(background.as_chunks::<3>().0);
            let differs = |a: &[u8; 3], b: &[u8; 3]| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 20);
            let share = pairs.filter(|(a, b)| differs(a, b)).count() as f64 / (side * side) as f64;
            assert!((0.025..0.9).contains(&share), "{row} {} {share}", pictures.origins[row]);
        }
    }
}

#[test]
fn colours_do_not_give_the_class_away() {
    for (compose, _, file, _) in TASKS {
        let pictures = compose(&decoded(file), 16, 2_000, 0, 5).unwrap();
        let [first, second] = [0, 1].map(|class| mean(&pictures, (class..2_000).step_by(2)));
        for (first, second) in first.into_iter().zip(second) {
            assert!((first - second).abs() < 12.0, "{first} {second}");
        }
    }
}

#[test]
fn a_sheet_that_is_not_the_one_expected_is_refused() {
    for (compose, _, file, _) in TASKS {
        let other = decoded(file).rgb();
        assert_eq!(compose(&other, 16, 2, 2, 1).unwrap_err().code, "bad_data");
    }
}

/// The sums were the same natively (x86-64) and in a module for wasm32, with and without optimisation for size.
#[test]
fn pictures_are_the_same_on_every_machine() {
    for ((compose, _, file, _), sum) in
        TASKS.into_iter().zip(["08c74f82a5cda1a53d5054f0c3b30d38", "b35778f2fc5de49ddccdb8121d6c987c"])
    {
        let pictures = compose(&decoded(file), 94, 20, 10, 7).unwrap();
        assert_eq!(format!("{:x}", md5::compute(&pictures.pixels)), sum);
    }
}
