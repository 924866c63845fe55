//! Damaged picture files: each is refused by its reason or decoded; nothing panics, and none takes more memory than its
//! pixels allow. A program of its own, because its allocator counts.

#![cfg(feature = "pictures")]

#[path = "../common/counting.rs"]
mod counting;

use counting::{Counting, in_use, most_in_use};
use emberbook::data::pictures::decode::{MOST_PIXELS, decode};
use emberbook::random::{Purpose, Random};
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Files made of each whole one.
const ROUNDS: usize = 60;
/// Of each pixel, as `decode` says.
const BYTES_OF_A_PIXEL: usize = 16;
/// What a decoder takes whatever the size: tables, lines, and the chunks of a PNG beside its pixels.
const BYTES_BESIDE: usize = 2_000_000;
/// Of the paths of all files, and of what the test program itself keeps.
const BYTES_OF_NAMES: usize = 200_000;
/// What is put into files: markers, restart markers, an end, names of chunks, lengths.
const PIECES: [&[u8]; 10] = [
    b"\xff\xd9",
    b"\xff\xd0",
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00",
    b"\xff\xc4\x00\x13",
    b"\xff\xdd\x00\x04\x00\x01",
    b"IEND",
    b"IDAT",
    b"\x7f\xff\xff\xff",
    b"\x00\x00",
    b"\xff\xff\xff\xff",
];

fn damaged(whole: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=random.below(3) {
        // What stands in the head matters most.
        let reach = if random.below(2) == 0 { bytes.len().min(700) } else { bytes.len() };
        let at = random.below(reach.max(1));
        match random.below(5) {
            0 => bytes.truncate(at.max(4)),
            1 | 2 => bytes[at] = random.below(256) as u8,
            3 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {
                let end = (at + random.below(60)).min(bytes.len());
                bytes.drain(at..end);
                bytes.extend_from_slice(b"\xff\xd9");
            }
        }
    }
    bytes
}

/// A PNG whose checksums are those of its content, so that what is wrong is found behind them.
fn with_checksums(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut at = 8;
    while let Some(length) =
        bytes.get(at..at + 4).map(|bytes| u32::from_be_bytes(bytes.try_into().unwrap()) as usize)
    {
        let Some(content) = bytes.get(at + 4..(at + 8).saturating_add(length)) else { break };
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let sum = crc.sum().to_be_bytes();
        match bytes.get_mut(at + 8 + length..at + 12 + length) {
            Some(place) => place.copy_from_slice(&sum),
            None => break,
        }
        at += 12 + length;
    }
    bytes
}

/// Width and height as the head of a file claims them; the largest that is allowed where there are several.
fn claimed_pixels(bytes: &[u8]) -> usize {
    let long =
        |at: usize| bytes.get(at..at + 4).map_or(0, |of| u32::from_be_bytes(of.try_into().unwrap()) as usize);
    let short = |at: usize| {
        bytes.get(at..at + 2).map_or(0, |of| usize::from(u16::from_be_bytes(of.try_into().unwrap())))
    };
    if bytes.starts_with(b"\x89PNG") {
        return long(16).saturating_mul(long(20));
    }
    // Whatever might be taken for a frame header; units of up to 32 by 32 pixels are stored whole.
    let is_frame = |at: &usize| bytes[*at] == 0xff && matches!(bytes.get(at + 1), Some(0xc0..=0xc2));
    let padded = |side: usize| side.next_multiple_of(32);
    (0..bytes.len())
        .filter(is_frame)
        .map(|at| padded(short(at + 5)) * padded(short(at + 7)))
        .filter(|pixels| *pixels <= 2 * MOST_PIXELS)
        .max()
        .unwrap_or(0)
}

/// Waits until no more bytes are in use than are expected. Natively, not in WebAssembly, `jpeg-decoder` starts threads, which
/// outlive a refusal for a moment.
fn wait_until_given_back(expected: usize) {
    for _ in 0..100_000 {
        if in_use() <= expected {
            return;
        }
        std::thread::sleep(Duration::from_micros(100));
    }
    panic!("{} bytes are in use, {expected} are expected", in_use());
}

#[test]
fn damaged_pictures_are_refused_or_decoded_and_take_no_more_memory_than_their_pixels() {
    let mut random = Random::new(11, Purpose::Batches);
    let (mut refused, mut decoded, mut files) = (0, 0, 0);
    let at_rest = in_use();
    let mut paths: Vec<_> = std::fs::read_dir("tests/fixtures/picture_kinds")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|kind| kind != "json")) {
        let whole = std::fs::read(path).unwrap();
        files += 1;
        for round in 0..ROUNDS {
            let bytes = damaged(&whole, &mut random);
            let bytes = if round % 2 == 0 { with_checksums(bytes) } else { bytes };
            let pixels = claimed_pixels(&bytes).min(MOST_PIXELS);
            let side = (round % 3 == 0).then_some(8);
            wait_until_given_back(at_rest + whole.capacity() + bytes.capacity() + BYTES_OF_NAMES);
            let before = in_use();
            most_in_use();
            let result = decode(bytes, side);
            let taken = most_in_use().saturating_sub(before);
            let allowed = pixels * BYTES_OF_A_PIXEL + BYTES_BESIDE;
            assert!(taken <= allowed, "{}, round {round}: {taken} bytes for {pixels} pixels", path.display());
            match result {
                Ok(picture) => {
                    decoded += 1;
                    assert_eq!(picture.pixels.len(), picture.width * picture.height * 4);
                    assert!(picture.width * picture.height <= MOST_PIXELS);
                }
                Err(error) => {
                    refused += 1;
                    assert_eq!(error.code, "bad_picture");
                    assert!(error.details["reason"].is_string());
                }
            }
        }
    }
    assert!(
        files > 90 && refused > files * 20 && decoded > files * 5,
        "{files}: {refused} refused, {decoded} decoded"
    );
}
