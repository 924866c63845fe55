//! A drawing made like MNIST's digits: what a network was trained on is what it can read.

use super::Picture;
use super::mnist::SIDE;

/// The ink fits into a square of so many pixels.
pub const INK: usize = 20;
/// Darker pixels count as paper.
pub const FAINT: u8 = 24;

/// Where the border is brighter than this, dark ink is on light paper.
pub const LIGHT_PAPER: u8 = 127;

/// A gray picture with bright ink on black: one whose border is bright is turned over, and what is no brighter than the
/// paper, the median of the border, becomes black, for gray paper is no ink. Black and white paper stay as they are.
///
/// # Panics
/// If the picture has more than one channel.
pub fn light_on_dark(mut gray: Picture) -> Picture {
    assert_eq!(gray.channels, 1, "a gray picture");
    let (width, height) = (gray.width, gray.height);
    let on_border = |index: usize| {
        let (row, column) = (index / width, index % width);
        row == 0 || column == 0 || row + 1 == height || column + 1 == width
    };
    let border = gray.pixels.iter().enumerate().filter(|(index, _)| on_border(*index));
    let mut border: Vec<u8> = border.map(|(_, pixel)| *pixel).collect();
    let sum: u64 = border.iter().map(|pixel| u64::from(*pixel)).sum();
    if sum > u64::from(LIGHT_PAPER) * border.len() as u64 {
        gray.pixels.iter_mut().chain(&mut border).for_each(|pixel| *pixel = 255 - *pixel);
    }
    border.sort_unstable();
    let paper = u32::from(border.get(border.len() / 2).copied().unwrap_or(0));
    let room = (255 - paper).max(1);
    for pixel in &mut gray.pixels {
        *pixel = ((u32::from(*pixel).saturating_sub(paper) * 255 + room / 2) / room) as u8;
    }
    gray
}

/// A drawing, bright on dark, as MNIST's makers prepared theirs: the ink is scaled into 20 by 20 pixels with its
/// proportions kept, each pixel the mean of what it covers, and its centre of mass is moved to the middle of 28 by 28.
/// A drawing without ink gives a black picture.
///
/// # Panics
/// If the drawing has more than one channel.
pub fn centred(drawing: &Picture) -> Picture {
    assert_eq!(drawing.channels, 1, "a gray drawing");
    let mut pixels = vec![0; SIDE * SIDE];
    if let Some(bounds) = Bounds::of(drawing) {
        let (ink, width, height) = scaled(drawing, &bounds);
        let (row, column) = place(&ink, width, height);
        for (y, line) in ink.chunks_exact(width).enumerate() {
            for (x, value) in line.iter().enumerate() {
                pixels[(row + y) * SIDE + column + x] = *value;
            }
        }
    }
    Picture { width: SIDE, height: SIDE, channels: 1, pixels }
}

/// Rows and columns that hold ink, the last ones excluded.
struct Bounds {
    top: usize,
    bottom: usize,
    left: usize,
    right: usize,
}

impl Bounds {
    fn of(drawing: &Picture) -> Option<Self> {
        let inked = |index: &usize| drawing.pixels[*index] >= FAINT;
        let places = || (0..drawing.pixels.len()).filter(inked);
        let rows = || places().map(|index| index / drawing.width);
        let columns = || places().map(|index| index % drawing.width);
        Some(Self {
            top: rows().min()?,
            bottom: rows().max()? + 1,
            left: columns().min()?,
            right: columns().max()? + 1,
        })
    }
}

/// The ink at its new size, row by row, and that size.
fn scaled(drawing: &Picture, bounds: &Bounds) -> (Vec<u8>, usize, usize) {
    let (old_width, old_height) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
    let longest = old_width.max(old_height);
    let new = |old: usize| ((old * INK + longest / 2) / longest).max(1);
    let (width, height) = (new(old_width), new(old_height));
    let mut ink = Vec::with_capacity(width * height);
    for row in 0..height {
        let rows = covered(row, old_height, height);
        for column in 0..width {
            let columns = covered(column, old_width, width);
            let (mut sum, mut area) = (0.0, 0.0);
            for (y, tall) in &rows {
                for (x, wide) in &columns {
                    let pixel = drawing.pixels[(bounds.top + y) * drawing.width + bounds.left + x];
                    sum += f64::from(pixel) * tall * wide;
                    area += tall * wide;
                }
            }
            ink.push((sum / area + 0.5) as u8);
        }
    }
    (ink, width, height)
}

/// Old pixels that a new one covers, and how much of each.
fn covered(index: usize, old: usize, new: usize) -> Vec<(usize, f64)> {
    let ratio = old as f64 / new as f64;
    let (begin, end) = (index as f64 * ratio, (index + 1) as f64 * ratio);
    let pixels = begin as usize..(end.ceil() as usize).min(old);
    pixels
        .map(|pixel| (pixel, end.min((pixel + 1) as f64) - begin.max(pixel as f64)))
        .filter(|(_, share)| *share > 0.0)
        .collect()
}

/// Row and column of the ink's corner that bring its centre of mass to the middle, or as near as the edges allow.
///
/// The middle is that of pixel 14, counted from 0, as in the published files: there the centre of mass, in numbers of
/// pixels, lies between 13.5 and 14.5 in rows and in columns.
fn place(ink: &[u8], width: usize, height: usize) -> (usize, usize) {
    let mass: f64 = ink.iter().map(|value| f64::from(*value)).sum();
    let mean = |position: &dyn Fn(usize) -> usize| {
        let moments = ink.iter().enumerate().map(|(i, value)| f64::from(*value) * position(i) as f64);
        moments.sum::<f64>() / mass.max(1.0)
    };
    let corner = |mean: f64, size: usize| {
        // To the nearest whole pixel; from the middle between two of them up and to the left.
        let wanted = (SIDE as f64 / 2.0 - mean - 0.5).ceil().max(0.0) as usize;
        wanted.min(SIDE - size)
    };
    (corner(mean(&|index| index / width), height), corner(mean(&|index| index % width), width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(width: usize, height: usize, inked: impl Fn(usize, usize) -> bool) -> Picture {
        let pixels = (0..width * height).map(|i| if inked(i / width, i % width) { 255 } else { 0 }).collect();
        Picture { width, height, channels: 1, pixels }
    }

    #[test]
    fn a_stroke_in_a_corner_comes_to_the_middle_twenty_pixels_high() {
        let one =
            centred(&drawing(280, 280, |row, column| (5..105).contains(&row) && (3..13).contains(&column)));
        let rows: Vec<usize> =
            (0..28).filter(|row| one.pixels[row * 28..][..28].iter().any(|pixel| *pixel > 0)).collect();
        assert_eq!((rows[0], rows.len()), (4, 20));
        let columns: Vec<usize> = (0..28).filter(|column| one.pixels[10 * 28 + column] > 0).collect();
        assert_eq!(columns, [13, 14]);
    }

    #[test]
    fn a_wide_drawing_keeps_its_proportions() {
        let dash = centred(&drawing(200, 100, |row, column| (40..60).contains(&row) && column < 200));
        let inked = dash.pixels.iter().filter(|pixel| **pixel > 0).count();
        assert_eq!(inked, 20 * 2);
    }

    #[test]
    fn no_ink_is_a_black_picture_and_a_full_sheet_fits() {
        assert!(centred(&drawing(50, 50, |_, _| false)).pixels.iter().all(|pixel| *pixel == 0));
        let full = centred(&drawing(30, 30, |_, _| true));
        assert_eq!(full.pixels.iter().filter(|pixel| **pixel == 255).count(), 400);
    }

    #[test]
    fn what_is_a_digit_already_stays_nearly_as_it_is() {
        let digit = drawing(28, 28, |row, column| (4..24).contains(&row) && (12..16).contains(&column));
        assert_eq!(centred(&digit), digit);
    }

    /// A bar of dark ink on paper of a brightness, with a little noise.
    fn on_paper(paper: u8, ink: u8, noise: u8) -> Picture {
        let mut picture = drawing(40, 40, |row, column| (8..30).contains(&row) && (18..23).contains(&column));
        for (index, pixel) in picture.pixels.iter_mut().enumerate() {
            *pixel = if *pixel > 0 { ink } else { paper - (index * 7 % 11) as u8 * noise };
        }
        picture
    }

    #[test]
    fn gray_paper_is_no_ink() {
        let white = centred(&light_on_dark(on_paper(255, 0, 0)));
        for paper in [255, 240, 225, 180, 140] {
            for noise in [0, 1] {
                let seen = centred(&light_on_dark(on_paper(paper, 0, noise)));
                let most =
                    seen.pixels.iter().zip(&white.pixels).map(|(one, other)| one.abs_diff(*other)).max();
                assert!(most <= Some(12), "paper of {paper}: {most:?}");
            }
        }
    }

    #[test]
    fn a_drawing_on_black_and_one_on_white_stay_as_they_are() {
        let black = drawing(9, 9, |row, column| row == 4 && column > 1);
        let white =
            Picture { pixels: black.pixels.iter().map(|pixel| 255 - pixel).collect(), ..black.clone() };
        assert_eq!(light_on_dark(black.clone()).pixels, black.pixels);
        assert_eq!(light_on_dark(white).pixels, black.pixels);
    }
}
