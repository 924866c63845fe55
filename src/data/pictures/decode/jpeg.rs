//! JPEG by the crate `jpeg-decoder`.
//!
//! `zune-jpeg`, to which new programs are pointed, was tried first: of 232 files of all samplings, with their colours in one
//! scan or several and with restart markers, 0.5.15 shows 89 wrong without a word; this crate shows all as libjpeg does.

use super::jpeg_outline::{Outline, outline};
use super::{Stored, check_size, damaged};
use crate::data::pictures::Picture;
use crate::error::LabError;
use jpeg_decoder::{Decoder, PixelFormat};
use std::io::Cursor;

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

/// Decodes the first picture of a JPEG.
///
/// # Errors
/// `damaged`, `too_many_pixels`, `rare_jpeg`.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<Stored, LabError> {
    let Outline { width, height, orientation, colors, end } = outline(&bytes)?;
    check_size(width, height)?;
    bytes.truncate(end);
    bytes.extend(ONES);
    bytes.extend(EOI);
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_color_transform(colors);
    let decoded = decoder.decode().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| damaged("it holds no picture"))?;
    let (channels, pixels) = match info.pixel_format {
        PixelFormat::L8 => (1, decoded),
        PixelFormat::RGB24 => (3, decoded),
        PixelFormat::CMYK32 => (3, from_inks(&decoded)),
        PixelFormat::L16 => return Err(damaged("it has more than 8 bits a colour")),
    };
    if (usize::from(info.width), usize::from(info.height)) != (width, height)
        || pixels.len() != width * height * channels
    {
        return Err(damaged("its head names another size than its data"));
    }
    Ok(Stored { picture: Picture { width, height, channels, pixels }, orientation })
}

/// Cyan, magenta, yellow and black, as far as they are printed, as red, green and blue, in the whole numbers of PIL.
fn from_inks(inks: &[u8]) -> Vec<u8> {
    let light = |ink: u8, paper: u8| {
        let product = u32::from(ink) * u32::from(paper) + 128;
        paper - ((product + (product >> 8)) >> 8) as u8
    };
    let pixel = |[cyan, magenta, yellow, black]: &[u8; 4]| {
        [*cyan, *magenta, *yellow].map(|ink| light(ink, 255 - black))
    };
    inks.as_chunks::<4>().0.iter().flat_map(pixel).collect()
}
