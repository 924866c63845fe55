//! One 3×3 filter on one gray picture, and 2×2 max pooling, as the document's first section has them.

use crate::data::pictures::Picture;
use serde::Deserialize;

/// Which neighbour a number of the filter belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// `filter[r][c]` is laid on the pixel `r − 1` columns to the right and `c − 1` rows down: the document calls the
    /// row index `x`, and so applies its filters transposed.
    AsWritten,
    /// Rows of the filter are rows of the picture.
    Corrected,
}

/// `clip(weight · Σ filter · neighbours, 0, 255)`, cut to a whole number; the border keeps the picture's own pixels.
/// It is a cross-correlation: the filter is not turned round.
pub fn filtered(picture: &Picture, filter: &[f64; 9], weight: f64, orientation: Orientation) -> Picture {
    let (width, height) = (picture.width, picture.height);
    let mut pixels = picture.pixels.clone();
    let place = |r: usize, c: usize| match orientation {
        Orientation::AsWritten => filter[c * 3 + r],
        Orientation::Corrected => filter[r * 3 + c],
    };
    let filter: [[f64; 3]; 3] = std::array::from_fn(|r| std::array::from_fn(|c| place(r, c)));
    for row in 1..height.saturating_sub(1) {
        for column in 1..width.saturating_sub(1) {
            let mut sum = 0.0;
            for (r, numbers) in filter.iter().enumerate() {
                let first = (row + r - 1) * width + column - 1;
                for (number, pixel) in numbers.iter().zip(&picture.pixels[first..first + 3]) {
                    sum += number * f64::from(*pixel);
                }
            }
            pixels[row * width + column] = (sum * weight).clamp(0.0, 255.0) as u8;
        }
    }
    Picture { width, height, channels: 1, pixels }
}

/// The largest of each 2×2 pixels; an odd last row or column is left out.
pub fn pooled(picture: &Picture) -> Picture {
    let (width, height) = (picture.width / 2, picture.height / 2);
    let pixel = |row: usize, column: usize| picture.pixels[row * picture.width + column];
    let mut pixels = Vec::with_capacity(width * height);
    for row in 0..height {
        for column in 0..width {
            let (top, left) = (2 * row, 2 * column);
            let upper = pixel(top, left).max(pixel(top, left + 1));
            pixels.push(upper.max(pixel(top + 1, left)).max(pixel(top + 1, left + 1)));
        }
    }
    Picture { width, height, channels: 1, pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, pixels: &[u8]) -> Picture {
        Picture { width, height: pixels.len() / width, channels: 1, pixels: pixels.to_vec() }
    }

    #[test]
    fn an_edge_from_left_to_right_answers_to_the_filter_that_stands_upright() {
        let step = picture(4, &[0, 0, 9, 9, 0, 0, 9, 9, 0, 0, 9, 9]);
        let sobel = [-1.0, 0.0, 1.0, -2.0, 0.0, 2.0, -1.0, 0.0, 1.0];
        let corrected = filtered(&step, &sobel, 1.0, Orientation::Corrected);
        assert_eq!(corrected.pixels, [0, 0, 9, 9, 0, 36, 36, 9, 0, 0, 9, 9]);
        let as_written = filtered(&step, &sobel, 1.0, Orientation::AsWritten);
        assert_eq!(as_written.pixels, [0, 0, 9, 9, 0, 0, 0, 9, 0, 0, 9, 9]);
    }

    #[test]
    fn sums_are_weighted_cut_and_clipped() {
        let flat = picture(3, &[100; 9]);
        let ones = [1.0; 9];
        let middle = |weight: f64| filtered(&flat, &ones, weight, Orientation::Corrected).pixels[4];
        assert_eq!([middle(1.0), middle(-1.0), middle(0.0011)], [255, 0, 0]);
        assert_eq!(middle(1.0 / 9.0), 100);
    }

    #[test]
    fn the_largest_of_four_stays() {
        let pixels = picture(5, &[1, 2, 3, 4, 9, 5, 6, 0, 8, 9, 9, 9, 9, 9, 9]);
        assert_eq!(pooled(&pixels), picture(2, &[6, 8]));
    }

    #[test]
    fn pictures_without_an_inside_stay_as_they_are() {
        for (width, pixels) in [(1, &[7u8][..]), (2, &[1, 2, 3, 4]), (9, &[5; 9])] {
            let small = picture(width, pixels);
            assert_eq!(filtered(&small, &[1.0; 9], 1.0, Orientation::Corrected), small);
        }
    }
}
