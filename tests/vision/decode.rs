//! Picture files of all kinds as Pillow decodes them: tests/fixtures/picture_kinds, made by tests/oracles/vision_pictures.py.

#![cfg(feature = "pictures")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use emberbook::data::pictures::Picture;
use emberbook::data::pictures::decode::decode;
use flate2::read::ZlibDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// The most by which a channel of a JPEG may differ from libjpeg-turbo: each of the three stored colours is one off at
/// most before colour that was stored smaller is interpolated, and blue-yellow counts 1.8 times in blue.
const MOST_OF_JPEG: u8 = 4;
/// And on average over a picture.
const MOST_ON_AVERAGE: f64 = 0.3;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new("tests/fixtures/picture_kinds").join(name)).unwrap()
}

fn expected() -> BTreeMap<String, Value> {
    serde_json::from_slice(&file("expected.json")).unwrap()
}

fn size(picture: &Picture) -> (u64, u64) {
    (picture.width as u64, picture.height as u64)
}

fn expected_size(of: &Value) -> (u64, u64) {
    (of["width"].as_u64().unwrap(), of["height"].as_u64().unwrap())
}

#[test]
fn every_kind_of_png_is_equal_to_the_bit() {
    let mut count = 0;
    for (name, of) in expected() {
        let Some(digest) = of["md5"].as_str() else { continue };
        let picture = decode(file(&name), None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(size(&picture), expected_size(&of), "{name}");
        assert_eq!(format!("{:x}", md5::compute(&picture.pixels)), digest, "{name}");
        count += 1;
    }
    assert!(count >= 45, "{count}");
}

#[test]
fn pictures_that_browsers_saw_each_in_its_own_way_are_as_pillow_has_them() {
    for (name, digest) in [
        ("half_transparent.png", "5107e9bc7acae8b13c11e7be9b87a95f"),
        ("exif_orientation_6.png", "cd464e2b6ed106cf9f2657cf81158ee3"),
    ] {
        let picture =
            decode(std::fs::read(Path::new("tests/fixtures/pictures").join(name)).unwrap(), None).unwrap();
        assert_eq!(format!("{:x}", md5::compute(&picture.pixels)), digest, "{name}");
    }
}

#[test]
fn every_kind_of_jpeg_is_as_libjpeg_has_it_but_for_rounding() {
    let mut count = 0;
    for (name, of) in expected() {
        let Some(packed) = of["rgb"].as_str() else { continue };
        let mut rgb = Vec::new();
        let packed = STANDARD.decode(packed).unwrap();
        ZlibDecoder::new(packed.as_slice()).read_to_end(&mut rgb).unwrap();
        let picture = decode(file(&name), None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(size(&picture), expected_size(&of), "{name}");
        let ours = picture.rgb().pixels;
        assert_eq!(ours.len(), rgb.len(), "{name}");
        let off: Vec<u8> = ours.iter().zip(&rgb).map(|(one, other)| one.abs_diff(*other)).collect();
        let most = off.iter().max().unwrap();
        assert!(*most <= MOST_OF_JPEG, "{name}: {most}");
        let average = off.iter().map(|off| f64::from(*off)).sum::<f64>() / off.len() as f64;
        assert!(average <= MOST_ON_AVERAGE, "{name}: {average} on average");
        assert!(picture.pixels.iter().skip(3).step_by(4).all(|alpha| *alpha == 255), "{name}");
        count += 1;
    }
    assert!(count >= 75, "{count}");
}

#[test]
fn what_cannot_be_read_is_refused_by_its_reason() {
    let mut count = 0;
    for (name, of) in expected() {
        let Some(reason) = of["reason"].as_str() else { continue };
        let error = decode(file(&name), None).expect_err(&name);
        assert_eq!(
            (error.code.as_str(), error.details["reason"].as_str()),
            ("bad_picture", Some(reason)),
            "{name}"
        );
        count += 1;
    }
    assert!(count >= 15, "{count}");
}
