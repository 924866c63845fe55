//! PNG and JPEG files as pixels: the same bytes from the same file on every machine and in every browser.
//!
//! Browsers differ here: half-transparent pixels come back from a canvas rounded, each rounds in its own way, some turn
//! a PNG upright and some do not, each has its own view of gamma and of damaged files, and some change pixels at random so
//! that nobody can tell on which machine they run.
//!
//! | what a file may hold | what becomes of it |
//! |---|---|
//! | 16 bits a channel | the upper 8 of them, as in libpng's `png_set_strip_16` and in PIL |
//! | 1, 2 and 4 bits of gray | multiplied by 255, 85 and 17 |
//! | a palette, a transparent colour (`tRNS`) | red, green, blue and alpha, by the file's full depth |
//! | half transparency | alpha as it stands, colours as they stand; [`Picture::rgb`] lays them over white |
//! | gamma and colour profiles (`gAMA`, `cHRM`, `sRGB`, `iCCP`, ICC in a JPEG) | ignored, as PIL, OpenCV and Keras do: the numbers are taken for sRGB |
//! | the way a camera was held (EXIF orientation in a JPEG, `eXIf` in a PNG) | turned upright, as browsers show it; PIL and Keras leave that to the caller |
//! | several pictures (APNG, MPF) | the first |
//! | text, thumbnails, whatever stands behind the end | ignored |
//!
//! A JPEG does not say to the last bit what its pixels are. Here the transform is in whole numbers, colour that was stored
//! at half the width or height is interpolated, and black in CMYK is multiplied in as PIL does it; of the fixtures no
//! channel is more than 4 of 255 from what libjpeg-turbo makes of it, and 0.3 on average (tests/vision/decode.rs).
//!
//! A damaged file is refused, not shown in half, so far as its damage can be seen: of a JPEG, whose data carry no checksum,
//! a changed bit often means nothing but other pixels.

mod jpeg;
mod jpeg_outline;
mod orientation;
mod png;

use super::{Picture, nearest};
use crate::error::LabError;
use orientation::Orientation;

/// Most pixels of a picture.
pub const MOST_PIXELS: usize = 40_000_000;

/// Red, green, blue and alpha.
const CHANNELS: usize = 4;

/// A picture as it lies in its file, with 1 channel (gray), 2 (gray and alpha), 3 or 4, and how it has to be turned.
struct Stored {
    picture: Picture,
    orientation: Orientation,
}

/// Decodes a PNG or a JPEG: upright, with four channels, `side` pixels wide and high where that is given
/// ([`Picture::resized`]). Beside the bytes it takes up to 16 bytes of memory for each pixel of the file, and nothing before
/// the number of pixels is known and allowed.
///
/// # Errors
/// `bad_picture` with a `reason`: `not_a_picture`, `damaged`, `too_many_pixels` (more than [`MOST_PIXELS`]), and with a `kind`
/// `rare_jpeg` for those that browsers do not show either: more than 8 bits, arithmetic coding, lossless, hierarchical.
pub fn decode(bytes: Vec<u8>, side: Option<usize>) -> Result<Picture, LabError> {
    let stored = if bytes.starts_with(png::SIGNATURE) {
        png::decode(&bytes)?
    } else if bytes.starts_with(jpeg_outline::SIGNATURE) {
        jpeg::decode(bytes)?
    } else {
        return Err(bad("not_a_picture", "These bytes are neither a PNG nor a JPEG."));
    };
    Ok(stored.upright(side.map(|side| side.max(1))))
}

impl Stored {
    /// The picture as it is meant, at its own or another size.
    fn upright(self, side: Option<usize>) -> Picture {
        let Self { picture, orientation } = self;
        if orientation == Orientation::UPRIGHT && side.is_none() {
            return with_four_channels(picture);
        }
        let (old_width, old_height) = orientation.size(picture.width, picture.height);
        let (width, height) = side.map_or((old_width, old_height), |side| (side, side));
        let mut pixels = Vec::with_capacity(width * height * picture.channels);
        for row in 0..height {
            let old_row = nearest(row, old_height, height);
            for column in 0..width {
                let old_column = nearest(column, old_width, width);
                let (x, y) = orientation.place(old_column, old_row, picture.width, picture.height);
                let at = (y * picture.width + x) * picture.channels;
                pixels.extend_from_slice(&picture.pixels[at..at + picture.channels]);
            }
        }
        let channels = picture.channels;
        // Gone before the next copy is made: together they are more than a phone has room for.
        drop(picture);
        with_four_channels(Picture { width, height, channels, pixels })
    }
}

/// Red, green, blue and alpha of a picture with fewer channels.
fn with_four_channels(picture: Picture) -> Picture {
    let Picture { channels, pixels: narrow, .. } = picture;
    if channels == CHANNELS {
        return Picture { pixels: narrow, ..picture };
    }
    let mut pixels = vec![255; narrow.len() / channels * CHANNELS];
    for (wide, narrow) in pixels.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(narrow.chunks_exact(channels)) {
        match *narrow {
            [gray] => wide[..3].fill(gray),
            [gray, alpha] => *wide = [gray, gray, gray, alpha],
            _ => wide[..channels].copy_from_slice(narrow),
        }
    }
    Picture { channels: CHANNELS, pixels, ..picture }
}

/// Throws out sizes that cannot be taken before any memory is.
fn check_size(width: usize, height: usize) -> Result<(), LabError> {
    if width == 0 || height == 0 {
        return Err(damaged("it has no pixels"));
    }
    if width.saturating_mul(height) <= MOST_PIXELS {
        return Ok(());
    }
    let most = MOST_PIXELS / 1_000_000;
    let message =
        format!("A picture of {width} by {height} pixels is too large: at most {most} million are taken.");
    Err(bad("too_many_pixels", message).with("width", width).with("height", height).with("most", most))
}

fn damaged(what: impl std::fmt::Display) -> LabError {
    bad("damaged", format!("The picture is damaged or breaks off: {what}."))
}

fn bad(reason: &str, message: impl Into<String>) -> LabError {
    LabError::new("bad_picture", message).with("reason", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(orientation: u16) -> Stored {
        let pixels = (1..=6).flat_map(|pixel| [pixel, 0, 0, 255]).collect();
        let picture = Picture { width: 3, height: 2, channels: CHANNELS, pixels };
        Stored { picture, orientation: Orientation::of(orientation) }
    }

    fn reds(picture: &Picture) -> Vec<u8> {
        picture.pixels.as_chunks::<CHANNELS>().0.iter().map(|[red, ..]| *red).collect()
    }

    #[test]
    fn each_of_the_eight_orientations_is_turned_upright() {
        // 1 2 3
        // 4 5 6
        for (orientation, width, expected) in [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [4, 1, 5, 2, 6, 3]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [3, 6, 2, 5, 1, 4]),
        ] {
            let upright = stored(orientation).upright(None);
            assert_eq!((upright.width, reds(&upright)), (width, expected.to_vec()), "{orientation}");
        }
    }

    #[test]
    fn a_picture_that_is_made_smaller_at_once_is_the_same_as_one_made_smaller_afterwards() {
        for orientation in 1..=8 {
            for side in 1..=7 {
                let whole = stored(orientation).upright(None);
                assert_eq!(
                    stored(orientation).upright(Some(side)),
                    whole.resized(side, side),
                    "{orientation}"
                );
            }
        }
    }

    #[test]
    fn what_is_neither_png_nor_jpeg_is_named_so() {
        for bytes in [&b""[..], b"GIF89a", b"\x89PNG", b"RIFF\x04\0\0\0WEBP"] {
            assert_eq!(decode(bytes.to_vec(), None).unwrap_err().details["reason"], "not_a_picture");
        }
    }
}
