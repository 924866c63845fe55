//! The document's filters on its picture: the six md5 sums its own code gives (NumPy, `scipy.misc.ascent`).

#![cfg(feature = "flex")]

use crate::common::open_lesson;
use emberbook::data::pictures::{NamedPicture, Picture};
use emberbook::lab::Ask;
use emberbook::lessons::{Content, Material};
use pollster::block_on;
use serde_json::{Value, json};
use std::rc::Rc;

fn ascent() -> Picture {
    let decoder = png::Decoder::new(std::io::Cursor::new(include_bytes!("../../data/vision/ascent.png")));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Grayscale);
    let rgba = pixels.iter().flat_map(|gray| [*gray, *gray, *gray, 255]).collect();
    Picture::from_rgba(frame.width as usize, frame.height as usize, rgba).unwrap()
}

fn material() -> Material {
    let material = Material::default();
    material.files.add("ascent.png", Content::Picture(Rc::new(ascent())));
    material
}

fn filter(options: Value) -> Value {
    let mut bench = open_lesson("vision", json!({"task": "filters"}), &material()).unwrap();
    block_on(bench.inspect("filter", options.into())).unwrap()
}

/// Filter, then sum and md5 of the output, then of the pooled output.
const DOCUMENT: [([i32; 9], u64, &str, u64, &str); 3] = [
    (
        [0, 1, 0, 1, -4, 1, 0, 1, 0],
        2_350_351,
        "d5831f615407fd101be62bb4dfb429bf",
        1_363_318,
        "b495e29cb9615742d0a88359f7a3f4e5",
    ),
    (
        [-1, -2, -1, 0, 0, 0, 1, 2, 1],
        5_738_470,
        "6e83e571ff454e6dcff306b7f18d9281",
        2_419_280,
        "b30772085e4e35feac443450f0a65b7f",
    ),
    (
        [-1, 0, 1, -2, 0, 2, -1, 0, 1],
        4_233_830,
        "5467ce49bbe93739baec7e650ab60b35",
        1_849_656,
        "4996f613ce91b2171316b00aa5e2f398",
    ),
];

#[test]
fn the_documents_filters_give_the_documents_bytes() {
    assert_eq!(ascent().gray().pixels.iter().map(|pixel| u64::from(*pixel)).sum::<u64>(), 22_932_324);
    for (numbers, sum, md5, pooled_sum, pooled_md5) in DOCUMENT {
        let options = json!({ "filter": numbers, "orientation": "as_written", "pool": true });
        let answer = filter(options);
        assert_eq!(answer["sums"], json!({ "output": sum, "pooled": pooled_sum }), "{numbers:?}");
        assert_eq!(answer["md5"], json!({ "output": md5, "pooled": pooled_md5 }), "{numbers:?}");
    }
}

#[test]
fn corrected_and_as_written_are_each_others_transposed() {
    let sums = |numbers: [i32; 9], orientation: &str| {
        filter(json!({ "filter": numbers, "orientation": orientation }))["sums"]["output"].clone()
    };
    let transposed = |n: [i32; 9]| [n[0], n[3], n[6], n[1], n[4], n[7], n[2], n[5], n[8]];
    for (numbers, ..) in DOCUMENT {
        assert_eq!(sums(numbers, "as_written"), sums(transposed(numbers), "corrected"));
    }
}

#[test]
fn a_picture_of_the_readers_is_filtered_in_its_place() {
    let mut bench = open_lesson("vision", json!({}), &material()).unwrap();
    let picture = Picture::from_rgba(5, 4, vec![200; 80]).unwrap();
    let named = NamedPicture { name: "own.png".into(), picture };
    let options = json!({ "filter": [0, 0, 0, 0, 1, 0, 0, 0, 0] });
    let answer = block_on(bench.inspect("filter", Ask::from(options).with(vec![named]))).unwrap();
    assert_eq!((&answer["output"]["width"], &answer["output"]["height"]), (&json!(5), &json!(4)));
    assert_eq!(answer["output"]["pixels"], answer["original"]["pixels"]);
}

#[test]
fn what_is_no_filter_is_refused() {
    let mut bench = open_lesson("vision", json!({}), &material()).unwrap();
    for options in [json!({}), json!({"filter": [1, 2]}), json!({"filter": [0, 0, 0, 0, "a", 0, 0, 0, 0]})] {
        assert_eq!(block_on(bench.inspect("filter", options.into())).unwrap_err().code, "bad_input");
    }
    assert_eq!(block_on(bench.inspect("maps", json!({}).into())).unwrap_err().code, "unknown_inspection");
}
