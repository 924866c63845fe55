//! Pictures: bytes in rows, brought to one size, with a class each.

mod backgrounds;
pub mod compose;
#[cfg(feature = "pictures")]
pub mod decode;
pub mod digit;
mod folders;
mod idx;
pub mod mnist;
pub mod own;
mod sprites;

use crate::error::LabError;

/// Bytes row by row, channels interleaved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels of a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// 1 gray, 3 red, green and blue, 4 with alpha.
    pub channels: usize,
    /// `height × width × channels` bytes.
    pub pixels: Vec<u8>,
}

/// A picture and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPicture {
    /// Name of its file.
    pub name: String,
    /// The picture.
    pub picture: Picture,
}

impl Picture {
    /// A picture with alpha, as a browser decodes it.
    ///
    /// # Errors
    /// `bad_picture` where the bytes are not `width × height × 4`, or there are none.
    pub fn from_rgba(width: usize, height: usize, rgba: Vec<u8>) -> Result<Self, LabError> {
        let expected = width.checked_mul(height).and_then(|pixels| pixels.checked_mul(4));
        if rgba.is_empty() || expected != Some(rgba.len()) {
            let message = format!("{} bytes are no picture of {width} by {height} pixels.", rgba.len());
            return Err(LabError::new("bad_picture", message).with("reason", "damaged"));
        }
        Ok(Self { width, height, channels: 4, pixels: rgba })
    }

    /// Red, green and blue; what shines through is white.
    pub fn rgb(&self) -> Picture {
        let pixels = match self.channels {
            1 => self.pixels.iter().flat_map(|gray| [*gray; 3]).collect(),
            4 => self
                .pixels
                .as_chunks::<4>()
                .0
                .iter()
                .flat_map(|[red, green, blue, alpha]| {
                    [red, green, blue].map(|color| over_white(*color, *alpha))
                })
                .collect(),
            _ => self.pixels.clone(),
        };
        Picture { channels: 3, pixels, ..*self }
    }

    /// One channel: 0.299 red + 0.587 green + 0.114 blue in the whole numbers of PIL's mode `L`.
    pub fn gray(&self) -> Picture {
        if self.channels == 1 {
            return self.clone();
        }
        let luma = |[red, green, blue]: &[u8; 3]| {
            let sum = 19_595 * u32::from(*red) + 38_470 * u32::from(*green) + 7_471 * u32::from(*blue);
            ((sum + 0x8000) >> 16) as u8
        };
        let pixels = self.rgb().pixels.as_chunks::<3>().0.iter().map(luma).collect();
        Picture { channels: 1, pixels, ..*self }
    }

    /// The picture at another size by the nearest pixel, that at `⌊(i + ½) · old / new⌋`. Keras' `load_img` has the same
    /// rule, but adds up steps that are rounded: at every tenth size some pixels are those beside.
    ///
    /// # Panics
    /// If the new size is 0.
    pub fn resized(&self, width: usize, height: usize) -> Picture {
        assert!(width > 0 && height > 0, "a picture has pixels");
        let mut pixels = Vec::with_capacity(width * height * self.channels);
        for row in 0..height {
            let line = nearest(row, self.height, height) * self.width;
            for column in 0..width {
                let at = (line + nearest(column, self.width, width)) * self.channels;
                pixels.extend_from_slice(&self.pixels[at..at + self.channels]);
            }
        }
        Picture { width, height, channels: self.channels, pixels }
    }
}

/// The pixel of a row of `old` pixels that pixel `index` of a row of `new` pixels is taken from.
fn nearest(index: usize, old: usize, new: usize) -> usize {
    ((2 * index + 1) * old / (2 * new)).min(old - 1)
}

/// A colour with this alpha over white, rounded.
fn over_white(color: u8, alpha: u8) -> u8 {
    let (color, alpha) = (u32::from(color), u32::from(alpha));
    ((color * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// Pictures of one size with a class each. Those before `train` are for training, the rest are held out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelledPictures {
    /// Rows of each picture.
    pub height: usize,
    /// Pixels of a row.
    pub width: usize,
    /// 1 gray, 3 red, green and blue.
    pub channels: usize,
    /// All pictures, one after the other.
    pub pixels: Vec<u8>,
    /// Class of each.
    pub labels: Vec<u32>,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Icon or path that each picture comes from; empty where nothing is to be told.
    pub origins: Vec<String>,
    /// How many are for training.
    pub train: usize,
}

impl LabelledPictures {
    /// Number of pictures.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Bytes of one picture.
    pub fn bytes(&self, row: usize) -> &[u8] {
        let size = self.height * self.width * self.channels;
        &self.pixels[row * size..][..size]
    }

    /// One picture.
    pub fn picture(&self, row: usize) -> Picture {
        let Self { width, height, channels, .. } = *self;
        Picture { width, height, channels, pixels: self.bytes(row).to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gray_is_pils_and_what_shines_through_is_white() {
        let picture = Picture::from_rgba(2, 1, vec![255, 0, 0, 255, 0, 0, 0, 51]).unwrap();
        assert_eq!(picture.rgb().pixels, [255, 0, 0, 204, 204, 204]);
        assert_eq!(picture.gray().pixels, [76, 204]);
        let all: Vec<u8> = (0..=255u8).flat_map(|gray| [gray, gray, gray, 255]).collect();
        assert!(Picture::from_rgba(256, 1, all).unwrap().gray().pixels.into_iter().eq(0..=255));
    }

    #[test]
    fn bytes_that_do_not_fit_are_no_picture() {
        for (width, height, count) in [(2, 2, 15), (0, 5, 0), (usize::MAX, 4, 16)] {
            assert_eq!(Picture::from_rgba(width, height, vec![0; count]).unwrap_err().code, "bad_picture");
        }
    }

    #[test]
    fn another_size_takes_the_nearest_pixels() {
        let picture = Picture { width: 4, height: 2, channels: 1, pixels: vec![0, 1, 2, 3, 4, 5, 6, 7] };
        assert_eq!(picture.resized(2, 1).pixels, [5, 7]);
        assert_eq!(picture.resized(3, 2).pixels, [0, 2, 3, 4, 6, 7]);
        assert_eq!(picture.resized(8, 2).pixels[..8], [0, 0, 1, 1, 2, 2, 3, 3]);
        assert_eq!(picture.resized(4, 2), picture);
    }
}
