//! What the segments of a JPEG say before it is decoded, and where its coded data end.
//!
//! Source: ITU-T T.81, annex B.

use super::orientation::Orientation;
use super::{bad, damaged};
use crate::error::LabError;
use jpeg_decoder::ColorTransform;

/// How every JPEG begins: SOI, and the first byte of the next marker.
pub(super) const SIGNATURE: &[u8] = b"\xff\xd8\xff";

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DHT: u8 = 0xc4;
const JPG: u8 = 0xc8;
const DAC: u8 = 0xcc;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP14: u8 = 0xee;

/// What a JPEG is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline {
    pub width: usize,
    pub height: usize,
    pub orientation: Orientation,
    /// What its channels stand for.
    pub colors: ColorTransform,
    /// Where the marker EOI of the first picture stands.
    pub end: usize,
}

/// Reads the segments of the first picture to its end.
///
/// # Errors
/// `damaged` where it does not come to an end, `rare_jpeg`.
pub(super) fn outline(bytes: &[u8]) -> Result<Outline, LabError> {
    let mut found = None;
    let mut orientation = Orientation::UPRIGHT;
    let mut marks = Marks::default();
    let mut scans = 0;
    let mut at = 2;
    loop {
        let marker = marker_at(bytes, &mut at).ok_or_else(|| damaged("its end is missing"))?;
        match marker {
            EOI => break,
            SOI | 0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let content = segment(bytes, at).ok_or_else(|| damaged("its end is missing"))?;
        at += content.len() + 2;
        match marker {
            DHT | JPG | DAC => {}
            0xc0..=0xcf if found.is_none() => found = Some(frame(marker, content)?),
            APP0 => marks.jfif |= content.starts_with(b"JFIF\0"),
            APP14 if content.starts_with(b"Adobe") => marks.adobe = content.get(11).copied(),
            APP1 => {
                if let Some(exif) = content.strip_prefix(b"Exif\0\0") {
                    orientation = Orientation::in_exif(exif);
                }
            }
            SOS => {
                scans += 1;
                at = end_of_scan(bytes, at);
            }
            _ => {}
        }
    }
    match found {
        Some(Frame { width, height, channels }) if scans > 0 => {
            let colors = marks.colors_of(&channels);
            Ok(Outline { width, height, orientation, colors, end: at - 2 })
        }
        _ => Err(damaged("it holds no picture")),
    }
}

/// Goes behind the next marker, which may have any number of FF before it.
fn marker_at(bytes: &[u8], at: &mut usize) -> Option<u8> {
    // Some cameras leave a few bytes between segments.
    while *bytes.get(*at)? != 0xff {
        *at += 1;
    }
    while *bytes.get(*at)? == 0xff {
        *at += 1;
    }
    let marker = *bytes.get(*at)?;
    *at += 1;
    Some(marker)
}

/// The content of a segment, which begins with its length.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    bytes.get(at + 2..at + length.max(2))
}

/// What a frame header says.
struct Frame {
    width: usize,
    height: usize,
    /// What each channel is called.
    channels: Vec<u8>,
}

/// Reads a frame header of a kind that is decoded.
fn frame(marker: u8, content: &[u8]) -> Result<Frame, LabError> {
    let [precision, high, low, wide, narrow, _, ref channels @ ..] = *content else {
        return Err(damaged("its head breaks off"));
    };
    let (width, height) = (u16::from_be_bytes([wide, narrow]), u16::from_be_bytes([high, low]));
    match marker {
        0xc0..=0xc2 if precision == 8 => Ok(Frame {
            width: usize::from(width),
            height: usize::from(height),
            channels: channels.chunks_exact(3).map(|channel| channel[0]).collect(),
        }),
        0xc0..=0xc2 => Err(rare(&format!("{precision} bits"))),
        0xc9..=0xcf => Err(rare("arithmetic coding")),
        _ => Err(rare("lossless, hierarchical")),
    }
}

/// A kind of JPEG that is not read.
fn rare(kind: &str) -> LabError {
    bad("rare_jpeg", format!("This JPEG is of a kind that is not read: {kind}.")).with("kind", kind)
}

/// What programs have left in a JPEG that tells its colours.
#[derive(Default)]
struct Marks {
    jfif: bool,
    /// The transform named by Adobe's segment.
    adobe: Option<u8>,
}

impl Marks {
    /// What channels stand for, as libjpeg guesses it (jdapimin.c, `default_decompress_parms`).
    fn colors_of(&self, channels: &[u8]) -> ColorTransform {
        match (channels.len(), self.adobe) {
            (1, _) => ColorTransform::Grayscale,
            (4, None | Some(0)) => ColorTransform::CMYK,
            (4, _) => ColorTransform::YCCK,
            (_, Some(0)) if !self.jfif => ColorTransform::RGB,
            (_, None) if !self.jfif && channels == b"RGB" => ColorTransform::RGB,
            _ => ColorTransform::YCbCr,
        }
    }
}

/// Where coded data end: at an FF that is followed by neither 0 (an FF of the data) nor a restart marker.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0x01 | 0xd0..=0xd7 | 0xff);
    let data = bytes.get(from..).unwrap_or_default();
    data.windows(2).position(is_marker).map_or(bytes.len(), |index| from + index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = (content.len() + 2) as u16;
        [&[0xff, marker][..], &length.to_be_bytes(), content].concat()
    }

    fn frame_of(marker: u8, precision: u8) -> Vec<u8> {
        segment(marker, &[precision, 1, 224, 2, 128, 1, 1, 0x11, 0])
    }

    /// With a thumbnail of its own size, FF in the data, restart markers and a second scan; bytes follow.
    fn jpeg(frame: &[u8]) -> Vec<u8> {
        let thumbnail =
            [b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\xff\xd8", frame, b"\xff\xd9"];
        [
            b"\xff\xd8".to_vec(),
            segment(0xe1, &thumbnail.concat()),
            segment(0xc4, &[0, 1, 2]),
            b"\xff\xff".to_vec(),
            frame.to_vec(),
            segment(0xda, &[1, 2, 3]),
            b"\x01\xff\x00\x02\xff\xd3\x03".to_vec(),
            segment(0xda, &[1, 2, 3]),
            b"\x04\x05\xff\x00\xff\xd9more".to_vec(),
        ]
        .concat()
    }

    fn reason(bytes: &[u8]) -> String {
        outline(bytes).unwrap_err().details["reason"].as_str().unwrap().into()
    }

    #[test]
    fn size_orientation_and_end_are_those_of_the_picture_and_not_of_its_thumbnail() {
        let bytes = jpeg(&frame_of(0xc2, 8));
        let end = bytes.len() - b"\xff\xd9more".len();
        let expected = Outline {
            width: 640,
            height: 480,
            orientation: Orientation::of(6),
            colors: ColorTransform::Grayscale,
            end,
        };
        assert_eq!(outline(&bytes).unwrap(), expected);
        for length in 2..end + 2 {
            assert_eq!(reason(&bytes[..length]), "damaged", "{length}");
        }
    }

    #[test]
    fn channels_stand_for_what_libjpeg_takes_them_for() {
        let colors = |jfif, adobe, channels: &[u8]| Marks { jfif, adobe }.colors_of(channels);
        assert_eq!(colors(false, None, &[1, 2, 3]), ColorTransform::YCbCr);
        assert_eq!(colors(false, None, &[0, 1, 2]), ColorTransform::YCbCr);
        assert_eq!(colors(false, None, b"RGB"), ColorTransform::RGB);
        assert_eq!(colors(true, Some(0), b"RGB"), ColorTransform::YCbCr);
        assert_eq!(colors(false, Some(0), &[1, 2, 3]), ColorTransform::RGB);
        assert_eq!(colors(false, Some(1), b"RGB"), ColorTransform::YCbCr);
        assert_eq!(colors(false, None, &[1, 2, 3, 4]), ColorTransform::CMYK);
        assert_eq!(colors(true, Some(2), &[1, 2, 3, 4]), ColorTransform::YCCK);
    }

    #[test]
    fn kinds_that_are_not_read_have_their_names() {
        for (marker, precision, kind) in [
            (0xc1, 12, "12 bits"),
            (0xc9, 8, "arithmetic coding"),
            (0xca, 8, "arithmetic coding"),
            (0xc3, 8, "lossless, hierarchical"),
            (0xc5, 8, "lossless, hierarchical"),
        ] {
            let error = outline(&jpeg(&frame_of(marker, precision))).unwrap_err();
            let said = (error.details["reason"].as_str(), error.details["kind"].as_str());
            assert_eq!(said, (Some("rare_jpeg"), Some(kind)));
        }
    }

    #[test]
    fn a_jpeg_without_frame_or_scan_holds_no_picture() {
        assert_eq!(reason(b"\xff\xd8\xff\xd9"), "damaged");
        assert_eq!(
            reason(&[b"\xff\xd8".to_vec(), frame_of(0xc0, 8), b"\xff\xd9".to_vec()].concat()),
            "damaged"
        );
    }
}
