//! PNG by the crate `png`.

use super::orientation::Orientation;
use super::{Stored, check_size, damaged};
use crate::data::pictures::Picture;
use crate::error::LabError;
use png::{Decoder, DecodingError, Limits, Transformations};
use std::io::Cursor;

/// How every PNG begins.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Most bytes that chunks beside the pixels may take.
const MOST_BESIDE: usize = 64_000_000;

/// Decodes a PNG up to its end.
///
/// # Errors
/// `damaged`, `too_many_pixels`.
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, LabError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MOST_BESIDE });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::ALPHA | Transformations::STRIP_16);
    let info = decoder.read_header_info().map_err(broken)?;
    let (width, height) = (info.width as usize, info.height as usize);
    check_size(width, height)?;
    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().ok_or_else(|| damaged("it has no size"))?;
    let mut pixels = vec![0; size];
    reader.next_frame(&mut pixels).map_err(broken)?;
    // A file that breaks off behind its pixels is not the file that was saved.
    reader.finish().map_err(broken)?;
    let exif = reader.info().exif_metadata.as_deref().unwrap_or_default();
    let orientation = Orientation::in_exif(exif);
    Ok(Stored { picture: Picture { width, height, channels: size / (width * height), pixels }, orientation })
}

fn broken(error: DecodingError) -> LabError {
    damaged(error)
}
