//! JPEG by the crate `zune-jpeg`, in the form that refuses what it cannot make sense of.

use super::jpeg_outline::{Outline, outline};
use super::{Stored, check_size, damaged};
use crate::data::pictures::Picture;
use crate::error::LabError;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// Ones put behind the coded data. No Huffman code consists of ones alone (T.81, C.2), so a decoder that has not yet all
/// it needs stops here, where it would otherwise go on with zeros and make the rest of the picture gray.
const ONES: [u8; 64] = {
    let mut ones = [0; 64];
    let mut at = 0;
    while at < ones.len() {
        ones[at] = 0xff;
        at += 2;
    }
    ones
};
const EOI: [u8; 2] = [0xff, 0xd9];

/// Red, green and blue: what the crate makes of every kind of JPEG.
const CHANNELS: usize = 3;

/// Most pixels of a side: what the format can say.
const LONGEST_SIDE: usize = 65_535;

/// Decodes the first picture of a JPEG.
///
/// # Errors
/// `damaged`, `too_many_pixels`, `arithmetic`, `twelve_bits`, `lossless`.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<Stored, LabError> {
    let Outline { width, height, orientation, end } = outline(&bytes)?;
    check_size(width, height)?;
    bytes.truncate(end);
    bytes.extend(ONES);
    bytes.extend(EOI);
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_use_unsafe(false)
        .set_max_width(LONGEST_SIDE)
        .set_max_height(LONGEST_SIDE)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes.as_slice()), options);
    let pixels = decoder.decode().map_err(damaged)?;
    if decoder.dimensions() != Some((width, height)) || pixels.len() != width * height * CHANNELS {
        return Err(damaged("its head names another size than its data"));
    }
    Ok(Stored { picture: Picture { width, height, channels: CHANNELS, pixels }, orientation })
}
