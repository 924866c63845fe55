//! An exported network answers as the page does: 200 pictures of each kind through the lab, the Rust program and the
//! Keras program. The files are of other sizes and other kinds of PNG than the network's input.

#![cfg(feature = "tensors")]

use crate::code::{as_for_the_lessons, export, own_figures};
use crate::common::open_lesson;
use crate::common::programs::{Python, empty_folder, programs, python_with, run, text};
use emberbook::data::pictures::{NamedPicture, Picture};
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::{Content, Material};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

const PICTURES: usize = 200;
/// Pictures one call of `predict` takes.
const AT_ONCE: usize = 64;
/// How far probabilities may lie apart.
const TOLERANCE: f64 = 1e-5;

/// Whole numbers that repeat.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// What a file is written as. The pixels are told beforehand, whatever reads the file.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Rgba,
    Rgb,
    Gray,
    GrayAlpha,
    /// 64 colours, some of them transparent.
    Palette,
    /// Of which the upper eight bits count.
    Rgb16,
    Gray16,
    /// White and black.
    Bit,
}

const KINDS: [Kind; 8] =
    [Kind::Rgba, Kind::Rgb, Kind::Gray, Kind::GrayAlpha, Kind::Palette, Kind::Rgb16, Kind::Gray16, Kind::Bit];

/// Colours of a palette: red, green and blue have four values each.
fn palette(index: usize) -> [u8; 4] {
    let [red, green, blue] = [index / 16, index / 4 % 4, index % 4].map(|value| (value * 85) as u8);
    [red, green, blue, if index.is_multiple_of(7) { 90 } else { 255 }]
}

/// A picture as one sees it whose file says that it lies turned: orientation 1 to 8 of EXIF.
fn upright(stored: &Picture, orientation: usize) -> Picture {
    let (width, height) = (stored.width, stored.height);
    let (wide, tall) = if orientation > 4 { (height, width) } else { (width, height) };
    let mut rgba = Vec::with_capacity(stored.pixels.len());
    for y in 0..tall {
        for x in 0..wide {
            let (x, y) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                8 => (width - 1 - y, x),
                _ => (x, y),
            };
            rgba.extend(&stored.pixels[(y * width + x) * 4..][..4]);
        }
    }
    Picture::from_rgba(wide, tall, rgba).unwrap()
}

/// The chunk that says so: one entry, little-endian.
fn exif(orientation: usize) -> Vec<u8> {
    let mut chunk = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    chunk.extend([orientation as u8, 0, 0, 0, 0, 0, 0, 0]);
    chunk
}

/// Writes a picture as a PNG of a kind and gives the pixels that stand in it, in red, green, blue and opacity.
fn write(
    path: &Path,
    kind: Kind,
    orientation: usize,
    [width, height]: [usize; 2],
    pixels: &[[u8; 4]],
) -> Picture {
    use png::{BitDepth, ColorType};
    let (color, depth) = match kind {
        Kind::Rgba => (ColorType::Rgba, BitDepth::Eight),
        Kind::Rgb => (ColorType::Rgb, BitDepth::Eight),
        Kind::Gray => (ColorType::Grayscale, BitDepth::Eight),
        Kind::GrayAlpha => (ColorType::GrayscaleAlpha, BitDepth::Eight),
        Kind::Palette => (ColorType::Indexed, BitDepth::Eight),
        Kind::Rgb16 => (ColorType::Rgb, BitDepth::Sixteen),
        Kind::Gray16 => (ColorType::Grayscale, BitDepth::Sixteen),
        Kind::Bit => (ColorType::Grayscale, BitDepth::One),
    };
    let mut encoder = png::Encoder::new(File::create(path).unwrap(), width as u32, height as u32);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if let Kind::Palette = kind {
        encoder.set_palette((0..64).flat_map(|index| palette(index)[..3].to_vec()).collect::<Vec<u8>>());
        encoder.set_trns((0..64).map(|index| palette(index)[3]).collect::<Vec<u8>>());
    }
    let mut data = Vec::new();
    let mut rgba = Vec::new();
    for line in pixels.chunks(width) {
        let mut bits = vec![0u8; width.div_ceil(8)];
        for (place, &[red, green, blue, alpha]) in line.iter().enumerate() {
            // The lower eight bits would change what is rounded.
            let low = red ^ blue | 0x80;
            let pixel = match kind {
                Kind::Rgba => [red, green, blue, alpha],
                Kind::Rgb | Kind::Rgb16 => [red, green, blue, 255],
                Kind::Gray | Kind::Gray16 => [green, green, green, 255],
                Kind::GrayAlpha => [green, green, green, alpha],
                Kind::Palette => {
                    palette([red, green, blue].iter().fold(0, |all, c| all * 4 + *c as usize / 64))
                }
                Kind::Bit => {
                    let level = if red.max(green).max(blue) > 127 { 255 } else { 0 };
                    [level, level, level, 255]
                }
            };
            rgba.extend(pixel);
            match kind {
                Kind::Rgba => data.extend(pixel),
                Kind::Rgb => data.extend(&pixel[..3]),
                Kind::Gray => data.push(pixel[0]),
                Kind::GrayAlpha => data.extend([pixel[0], pixel[3]]),
                Kind::Palette => {
                    data.push([red, green, blue].iter().fold(0, |all, color| all * 4 + color / 64));
                }
                Kind::Rgb16 => pixel[..3].iter().for_each(|color| data.extend([*color, low])),
                Kind::Gray16 => data.extend([pixel[0], low]),
                Kind::Bit => bits[place / 8] |= (pixel[0] & 1) << (7 - place % 8),
            }
        }
        if let Kind::Bit = kind {
            data.extend(bits);
        }
    }
    let mut writer = encoder.write_header().unwrap();
    if orientation > 1 {
        writer.write_chunk(png::chunk::eXIf, &exif(orientation)).unwrap();
    }
    writer.write_image_data(&data).unwrap();
    upright(&Picture::from_rgba(width, height, rgba).unwrap(), orientation)
}

/// Files in a folder, with the pixels that stand in each.
type Files = Vec<(String, Picture)>;

/// Figures between the two classes of the figures to train on, from 1 to 400 pixels wide and high.
fn figures(folder: &Path) -> Files {
    let mut numbers = Numbers(7);
    (0..PICTURES)
        .map(|number| {
            let (width, height) = (1 + numbers.below(400), 1 + numbers.below(400));
            let share = numbers.below(101);
            let (cell, phase) = (6 + numbers.below(20), numbers.below(7));
            let alpha = if numbers.below(3) == 0 { numbers.below(256) as u8 } else { 255 };
            let mut pixels = Vec::with_capacity(width * height);
            for pixel in 0..width * height {
                let (x, y) = (pixel % width, pixel / width);
                let mixed = |one: usize, other: usize| (one * share + other * (100 - share)) / 100;
                let inside = (x / cell + y / cell + phase).is_multiple_of(2);
                let color = if inside { [mixed(230, 20), mixed(60, 70), mixed(20, 240)] } else { [90; 3] };
                let shade = numbers.below(60);
                let [red, green, blue] = color.map(|part| part.saturating_sub(shade) as u8);
                pixels.push([red, green, blue, alpha]);
            }
            let name = format!("{number:03}.png");
            // Every third lies turned, in each of eight ways.
            let orientation = if number % 3 == 0 { number / 3 % 8 + 1 } else { 1 };
            let kind = KINDS[(number + number / 24) % KINDS.len()];
            let picture = write(&folder.join(&name), kind, orientation, [width, height], &pixels);
            (name, picture)
        })
        .collect()
}

/// Published digits, drawn larger or smaller and off the middle with some ink on some paper, dark or light, which is
/// uneven in most.
fn digits(folder: &Path) -> Files {
    let published = emberbook::data::pictures::mnist::read(&small_mnist(), usize::MAX).unwrap();
    let mut numbers = Numbers(11);
    (0..PICTURES)
        .map(|number| {
            let digit = published.picture(published.len() - 1 - number);
            let (tall, wide) = (10 + numbers.below(250), 10 + numbers.below(250));
            let (top, left) = (numbers.below(60), numbers.below(60));
            let (width, height) = (wide + left + numbers.below(60), tall + top + numbers.below(60));
            let drawn = digit.resized(wide, tall);
            let light = numbers.below(2) == 0;
            let (paper, ink) = (numbers.below(60), 150 + numbers.below(106));
            let uneven = numbers.below(12);
            let mut pixels = Vec::with_capacity(width * height);
            for pixel in 0..width * height {
                let (x, y) = (pixel % width, pixel / width);
                let inked = if (top..top + tall).contains(&y) && (left..left + wide).contains(&x) {
                    usize::from(drawn.pixels[(y - top) * wide + x - left])
                } else {
                    0
                };
                let value = paper + (ink - paper) * inked / 255 + numbers.below(1 + uneven);
                let value = value.min(255) as u8;
                let value = if light { 255 - value } else { value };
                // Coloured a little, and let through at the foot where the paper is white anyhow.
                let alpha = if light && y % 9 == 0 && inked == 0 { 200 } else { 255 };
                pixels.push([value.saturating_sub(9), value, value.saturating_add(5), alpha]);
            }
            let name = format!("{number:03}.png");
            // Every third lies turned, in each of eight ways.
            let orientation = if number % 3 == 0 { number / 3 % 8 + 1 } else { 1 };
            let kind = KINDS[(number + number / 24) % KINDS.len()];
            let picture = write(&folder.join(&name), kind, orientation, [width, height], &pixels);
            (name, picture)
        })
        .collect()
}

fn small_mnist() -> Vec<u8> {
    let mut pack = Vec::new();
    flate2::read::GzDecoder::new(&include_bytes!("../fixtures/mnist_small.bin")[..])
        .read_to_end(&mut pack)
        .unwrap();
    pack
}

/// The class of each picture, and the probabilities of all classes.
type Answers = (Vec<String>, Vec<Vec<f64>>);

fn answers_of_the_lab(lab: &mut dyn Lab, files: &Files) -> Answers {
    let (mut classes, mut probabilities) = (Vec::new(), Vec::new());
    for files in files.chunks(AT_ONCE) {
        let named = |(name, picture): &(String, Picture)| NamedPicture {
            name: name.clone(),
            picture: picture.clone(),
        };
        let asked = Ask::default().with(files.iter().map(named).collect());
        let answer = block_on(lab.predict(asked)).unwrap();
        classes.extend(serde_json::from_value::<Vec<String>>(answer["classes"].clone()).unwrap());
        probabilities
            .extend(serde_json::from_value::<Vec<Vec<f64>>>(answer["probabilities"].clone()).unwrap());
    }
    (classes, probabilities)
}

/// What a program has written.
fn answers_in(folder: &Path) -> Answers {
    let lines = |name: &str| -> Vec<String> {
        fs::read_to_string(folder.join(name)).unwrap().lines().map(str::to_string).collect()
    };
    let numbers = |line: &String| line.split(' ').map(|number| number.parse().unwrap()).collect();
    (lines("predictions.txt"), lines("probabilities.txt").iter().map(numbers).collect())
}

/// The largest difference of two probabilities; the classes are the same.
fn farthest(who: &str, answers: &Answers, expected: &Answers, tolerance: f64) -> f64 {
    assert_eq!(answers.0, expected.0, "{who}");
    let pairs = answers.1.iter().flatten().zip(expected.1.iter().flatten());
    assert_eq!(answers.1.len(), expected.1.len(), "{who}");
    let farthest = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
    assert!(farthest <= tolerance, "{who}: {farthest}");
    farthest
}

/// Exports a lab into a folder, asks it, the program in Rust (where it is built) and that in Keras for all pictures.
fn agree(lab: &mut dyn Lab, built: Option<&str>, folder: &Path, files: &Files, tolerance: f64) -> Answers {
    export(lab, folder);
    let expected = answers_of_the_lab(lab, files);
    assert_eq!(expected.0.len(), PICTURES);
    let names: Vec<&str> =
        ["weights.safetensors"].into_iter().chain(files.iter().map(|(name, _)| &**name)).collect();
    if let Some(built) = built {
        run(built, folder, &names);
        println!("{built} in Rust: {:e}", farthest("Rust", &answers_in(folder), &expected, tolerance));
    }
    fs::write(folder.join("program.py"), text(&programs(lab), "python")).unwrap();
    let names: Vec<&Path> = ["program.py"].into_iter().chain(names).map(Path::new).collect();
    python_with(Python::Programs, folder, &names);
    println!("in Keras: {:e}", farthest("Keras", &answers_in(folder), &expected, tolerance));
    expected
}

/// Most pictures are not clear cases: a shift of a pixel would show.
fn is_telling((classes, probabilities): &Answers, different: usize) {
    assert!(classes.iter().collect::<BTreeSet<_>>().len() >= different, "{classes:?}");
    let open = probabilities.iter().filter(|row| row.iter().any(|p| (0.001..0.999).contains(p))).count();
    assert!(open >= PICTURES / 4, "{open} of {PICTURES}");
}

fn folder(name: &str) -> PathBuf {
    empty_folder("vision_answers", name)
}

#[test]
fn pictures_of_a_folder_are_answered_alike_by_the_lab_and_both_programs() {
    let (material, _) = own_figures(128, "answers_train");
    let mut lab = open_lesson("vision", as_for_the_lessons(), &material).unwrap();
    block_on(lab.train(Budget::steps(6))).unwrap();
    let folder = folder("figures");
    let files = figures(&folder);
    is_telling(&agree(&mut *lab, Some("vision_folders"), &folder, &files, TOLERANCE), 2);
}

#[test]
fn digits_are_answered_alike_by_the_lab_and_both_programs() {
    let material = Material::default();
    material.files.add("mnist_10k.bin", Content::Bytes(Rc::new(small_mnist())));
    let mut lab = open_lesson("vision", json!({ "task": "mnist" }), &material).unwrap();
    block_on(lab.train(Budget::steps(30))).unwrap();
    let folder = folder("digits");
    let files = digits(&folder);
    is_telling(&agree(&mut *lab, Some("vision_mnist"), &folder, &files, TOLERANCE), 8);
}

#[test]
fn the_documents_ways_are_answered_alike_too() {
    let (own, _) = own_figures(64, "answers_as_written");
    let settings = json!({
        "task": "happy_or_sad",
        "image_size": "64",
        "filters": [6, 8],
        "dense_units": 12,
        "augment": "on",
        "rescale_at_prediction": "as_written",
        "labels": "as_written",
    });
    let mut lab = open_lesson("vision", settings, &own).unwrap();
    block_on(lab.train(Budget::steps(4))).unwrap();
    let folder = folder("as_written");
    let files = figures(&folder);
    // Inputs up to 255 in place of 1 make what is rounded larger too.
    let (classes, _) = agree(&mut *lab, None, &folder, &files, 10.0 * TOLERANCE);
    assert!(classes.iter().collect::<BTreeSet<_>>().len() == 2, "{classes:?}");
}
