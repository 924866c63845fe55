//! Small pictures of items.

use crate::data::pictures::Picture;
use crate::error::LabError;

/// Pixels of a picture's row, and rows.
pub const SIDE: usize = 32;
/// Pictures in a row of the sheet.
const COLUMNS: usize = 20;
/// Red, green, blue and alpha.
const CHANNELS: usize = 4;
/// Bytes of a picture.
pub const BYTES: usize = SIDE * SIDE * CHANNELS;

/// A picture of 32 by 32 pixels for each item; some may have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPictures {
    pixels: Vec<u8>,
    is_there: Vec<bool>,
}

impl ItemPictures {
    /// No picture yet for any of `count` items.
    pub fn none(count: usize) -> Self {
        Self { pixels: vec![0; count * BYTES], is_there: vec![false; count] }
    }

    /// The first `count` cells of a sheet with 20 in a row.
    ///
    /// # Errors
    /// `bad_data` where the sheet is not as large as that.
    pub fn cut(file: &str, sheet: &Picture, count: usize) -> Result<Self, LabError> {
        let (width, height) = (COLUMNS * SIDE, count.div_ceil(COLUMNS) * SIDE);
        let fits = (sheet.width, sheet.height, sheet.channels) == (width, height, CHANNELS);
        if !fits || sheet.pixels.len() != width * height * CHANNELS {
            let message = format!(
                "{file} has {} by {} pixels of {} channels; {width} by {height} of 4 were expected.",
                sheet.width, sheet.height, sheet.channels
            );
            return Err(LabError::new("bad_data", message).with("file", file).with("reason", "size"));
        }
        let mut pictures = Self::none(count);
        for item in 0..count {
            let corner = item / COLUMNS * SIDE * width + item % COLUMNS * SIDE;
            for row in 0..SIDE {
                let from = (corner + row * width) * CHANNELS;
                let into = item * BYTES + row * SIDE * CHANNELS;
                let line = &sheet.pixels[from..from + SIDE * CHANNELS];
                pictures.pixels[into..into + SIDE * CHANNELS].copy_from_slice(line);
            }
        }
        pictures.is_there.fill(true);
        Ok(pictures)
    }

    /// Gives an item a picture, brought to 32 by 32 pixels by its nearest ones.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn set(&mut self, item: usize, picture: &Picture) {
        let small = picture.resized(SIDE, SIDE);
        let pixels = small.pixels.chunks_exact(small.channels.max(1));
        let into = self.pixels[item * BYTES..(item + 1) * BYTES].as_chunks_mut::<CHANNELS>().0;
        for (pixel, into) in pixels.zip(into) {
            *into = match pixel {
                [gray] => [*gray, *gray, *gray, 255],
                [red, green, blue] => [*red, *green, *blue, 255],
                [red, green, blue, alpha, ..] => [*red, *green, *blue, *alpha],
                _ => [0; CHANNELS],
            };
        }
        self.is_there[item] = true;
    }

    /// Takes the pictures of some items away.
    pub fn clear(&mut self, which: &[bool]) {
        let each = self.is_there.iter_mut().zip(self.pixels.chunks_exact_mut(BYTES)).zip(which);
        for ((is_there, pixels), _) in each.filter(|(_, is_one)| **is_one) {
            *is_there = false;
            pixels.fill(0);
        }
    }

    /// How many items.
    pub fn len(&self) -> usize {
        self.is_there.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.is_there.is_empty()
    }

    /// Whether an item has a picture.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn has(&self, item: usize) -> bool {
        self.is_there[item]
    }

    /// How many items have one.
    pub fn count(&self) -> usize {
        self.is_there.iter().filter(|is_there| **is_there).count()
    }

    /// The picture of an item, row by row: red, green, blue and alpha.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn rgba(&self, item: usize) -> Option<&[u8]> {
        self.is_there[item].then(|| &self.pixels[item * BYTES..(item + 1) * BYTES])
    }

    /// The colours of an item's pixels over white, row by row, each in 0 to 1; nothing for an item without a picture.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn over_white(&self, item: usize) -> impl Iterator<Item = [f64; 3]> {
        let pixels = self.rgba(item).unwrap_or_default().as_chunks::<CHANNELS>().0;
        pixels.iter().map(|[red, green, blue, alpha]| {
            let alpha = f64::from(*alpha) / 255.0;
            [red, green, blue].map(|color| f64::from(*color) / 255.0 * alpha + (1.0 - alpha))
        })
    }

    /// [`over_white`](Self::over_white) number by number, put behind `into`: a loop that is fast in a module built for size.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn write_over_white(&self, item: usize, into: &mut Vec<f32>) {
        let pixels = self.rgba(item).unwrap_or_default().as_chunks::<CHANNELS>().0;
        let begin = into.len();
        into.resize(begin + 3 * pixels.len(), 0.0);
        for (pixel, into) in pixels.iter().zip(into[begin..].as_chunks_mut::<3>().0) {
            let alpha = u16::from(pixel[3]);
            for (color, into) in pixel.iter().zip(into) {
                // How much darker than white.
                *into = 1.0 - f32::from(u16::from(255 - color) * alpha) / (255.0 * 255.0);
            }
        }
    }

    /// The pictures of some items.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn of(&self, items: &[usize]) -> Self {
        let pixels = items.iter().flat_map(|item| &self.pixels[item * BYTES..(item + 1) * BYTES]);
        Self {
            pixels: pixels.copied().collect(),
            is_there: items.iter().map(|item| self.is_there[*item]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet whose pixels say in which row and column of the sheet they stand.
    fn sheet(rows: usize) -> Picture {
        let (width, height) = (COLUMNS * SIDE, rows * SIDE);
        let pixel =
            |at: usize| [(at % width / SIDE) as u8, (at / width / SIDE) as u8, (at % SIDE) as u8, 255];
        let pixels = (0..width * height).flat_map(pixel).collect();
        Picture { width, height, channels: 4, pixels }
    }

    #[test]
    fn a_sheet_is_cut_row_by_row() {
        let pictures = ItemPictures::cut("emoji.png", &sheet(2), 23).unwrap();
        assert_eq!((pictures.len(), pictures.count()), (23, 23));
        for (item, column, row) in [(0, 0, 0), (19, 19, 0), (20, 0, 1), (22, 2, 1)] {
            let pixels = pictures.rgba(item).unwrap();
            assert_eq!(pixels.len(), BYTES);
            assert!(
                pixels
                    .chunks(4)
                    .enumerate()
                    .all(|(at, pixel)| *pixel == [column, row, (at % SIDE) as u8, 255])
            );
        }
        assert_eq!(pictures.of(&[22]).rgba(0), pictures.rgba(22));
    }

    #[test]
    fn a_sheet_of_another_size_is_refused() {
        for (sheet, count) in [(sheet(1), 21), (sheet(2), 20), (Picture { channels: 3, ..sheet(1) }, 20)] {
            let error = ItemPictures::cut("emoji.png", &sheet, count).unwrap_err();
            assert_eq!((error.code.as_str(), &error.details["file"]), ("bad_data", &"emoji.png".into()));
        }
    }

    #[test]
    fn any_picture_is_brought_to_size_and_some_items_have_none() {
        let mut pictures = ItemPictures::none(3);
        let gray = Picture { width: 1, height: 1, channels: 1, pixels: vec![51] };
        let half = Picture { width: 64, height: 2, channels: 4, pixels: [255, 0, 0, 51].repeat(128) };
        pictures.set(0, &gray);
        pictures.set(2, &half);
        assert_eq!((pictures.count(), pictures.has(1), pictures.rgba(1)), (2, false, None));
        assert_eq!(pictures.over_white(1).count(), 0);
        assert_eq!(pictures.rgba(0).unwrap()[..4], [51, 51, 51, 255]);
        assert!(pictures.over_white(0).all(|color| color == [0.2; 3]));
        let red: Vec<[f64; 3]> = pictures.over_white(2).collect();
        assert_eq!(red.len(), SIDE * SIDE);
        assert!((red[0][0] - 1.0).abs() < 1e-12 && (red[0][1] - 0.8).abs() < 1e-12, "{red:?}");
        let mut numbers = vec![0.5];
        (0..3).for_each(|item| pictures.write_over_white(item, &mut numbers));
        assert_eq!((numbers.len(), numbers[0]), (1 + 2 * SIDE * SIDE * 3, 0.5));
        let both = (0..3).flat_map(|item| pictures.over_white(item)).flatten();
        assert!(both.zip(&numbers[1..]).all(|(exact, number)| (exact - f64::from(*number)).abs() < 1e-6));
    }
}
