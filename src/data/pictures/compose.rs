//! Pictures composed from sprites: a figure, turned, scaled and moved, over a background.
//!
//! A picture depends on the seed, on whether it is for training or for testing, and on its number among these, and on
//! nothing else: more pictures leave the first ones as they are. All arithmetic is of the kind that is the same on
//! every machine, so no sine is asked for.

use super::backgrounds::{between, pastel, scene};
use super::sprites::{CELL, FACES, FIGURE, HORSES_AND_HUMANS, Sheet, Sprites};
use super::{LabelledPictures, Picture};
use crate::error::LabError;
use crate::random::{Purpose, Random};

/// Places of the generator that one picture may use: 1,024 words of 32 bits.
const PLACES: u64 = 64;
/// Where the test pictures begin among the places.
const TEST: u64 = 1 << 40;

/// How the figures of a task are changed.
struct Style {
    /// The figure's longer side as a share of the picture's.
    size: (f32, f32),
    /// Tangent of half the greatest angle.
    turn: f32,
    /// What each channel is multiplied with.
    gain: (f32, f32),
    /// What is added to all channels, at most.
    brightness: f32,
    /// Paints the background.
    background: fn(&mut [u8], usize, &mut Random),
}

/// Figures of many sizes, up to 15° aslant, over scenes.
const SCENE: Style =
    Style { size: (0.45, 0.9), turn: 0.131_652, gain: (0.75, 1.2), brightness: 30.0, background: scene };

/// Faces that fill the picture, up to 10° aslant, over pale colours.
const PORTRAIT: Style = Style {
    size: (0.7, 0.95),
    turn: 0.087_489,
    gain: (0.88, 1.08),
    brightness: 12.0,
    background: |pixels, _, random| pastel(pixels, random),
};

/// Horses and humans, one after the other. The icons of the test pictures are in no training picture.
///
/// # Errors
/// `bad_data` where the sheet is not as large as its index says.
///
/// # Panics
/// If `side` is 0.
pub fn horses_and_humans(
    sheet: &Picture,
    side: usize,
    train: usize,
    test: usize,
    seed: u64,
) -> Result<LabelledPictures, LabError> {
    composed(sheet, &HORSES_AND_HUMANS, &SCENE, side, [train, test], seed)
}

/// Happy and sad faces, one after the other. The sets of the test pictures are in no training picture.
///
/// # Errors
/// `bad_data` where the sheet is not as large as its index says.
///
/// # Panics
/// If `side` is 0.
pub fn faces(
    sheet: &Picture,
    side: usize,
    train: usize,
    test: usize,
    seed: u64,
) -> Result<LabelledPictures, LabError> {
    composed(sheet, &FACES, &PORTRAIT, side, [train, test], seed)
}

fn composed(
    picture: &Picture,
    sheet: &Sheet,
    style: &Style,
    side: usize,
    [train, test]: [usize; 2],
    seed: u64,
) -> Result<LabelledPictures, LabError> {
    assert!(side > 0, "a picture has pixels");
    let sprites = Sprites::read(picture, sheet)?;
    let size = side * side * 3;
    let mut pictures = LabelledPictures {
        height: side,
        width: side,
        channels: 3,
        pixels: vec![0; (train + test) * size],
        labels: Vec::with_capacity(train + test),
        classes: sheet.classes.map(String::from).to_vec(),
        origins: Vec::with_capacity(train + test),
        train,
    };
    let cells_of = |class, held_out| -> Vec<usize> {
        let fits = |cell: &usize| sprites.cells[*cell].class == class && sprites.held_out[*cell] == held_out;
        (0..sprites.cells.len()).filter(fits).collect()
    };
    let choices = [false, true].map(|held_out| [0, 1].map(|class| cells_of(class, held_out)));
    for (row, pixels) in pictures.pixels.chunks_exact_mut(size).enumerate() {
        let (split, number) = if row < train { (0, row) } else { (1, row - train) };
        let class = number % 2;
        let place = split as u64 * TEST + number as u64;
        let mut random = Random::at_place(seed, Purpose::Pictures, place.wrapping_mul(PLACES));
        (style.background)(pixels, side, &mut random);
        let choice = &choices[split][class];
        let cell = choice[random.below(choice.len())];
        Figure::drawn(style, side, &mut random).paint(pixels, side, &sprites, cell);
        pictures.labels.push(class as u32);
        pictures.origins.push(format!("{}: {}", sprites.cells[cell].set, sprites.cells[cell].icon));
    }
    Ok(pictures)
}

/// How one figure lies in its picture.
struct Figure {
    /// Middle, in pixels of the picture.
    middle: [f32; 2],
    /// From a step to the right in the picture to steps in the cell. A step down goes the same way turned by 90°,
    /// before mirroring.
    right: [f32; 2],
    /// -1 mirrors left and right.
    mirror: f32,
    gains: [f32; 3],
    brightness: f32,
}

impl Figure {
    fn drawn(style: &Style, side: usize, random: &mut Random) -> Self {
        let side = side as f32;
        let size = between(random, style.size.0, style.size.1) * side;
        // cos and sin of an angle from the tangent of its half.
        let half = between(random, -style.turn, style.turn);
        let cosine = (1.0 - half * half) / (1.0 + half * half);
        let sine = 2.0 * half / (1.0 + half * half);
        let scale = FIGURE as f32 / size;
        let room = (side - size) / 2.0;
        Self {
            middle: [0; 2].map(|_| side / 2.0 + between(random, -room, room)),
            right: [cosine * scale, sine * scale],
            mirror: if random.below(2) == 0 { 1.0 } else { -1.0 },
            gains: [0; 3].map(|_| between(random, style.gain.0, style.gain.1)),
            brightness: between(random, -style.brightness, style.brightness),
        }
    }

    /// Draws a cell over the background.
    fn paint(&self, pixels: &mut [u8], side: usize, sprites: &Sprites, cell: usize) {
        let [cosine, sine] = self.right;
        let scale = (cosine * cosine + sine * sine).sqrt();
        // Half the diagonal of the cell: nothing is drawn farther from the middle.
        let reach = CELL as f32 * 0.708 / scale;
        let around =
            |middle: f32| ((middle - reach).max(0.0) as usize)..((middle + reach) as usize + 1).min(side);
        // A figure made much smaller is the mean of several samples of each pixel.
        let samples = (scale as usize).clamp(1, 4);
        let share = 1.0 / (samples * samples) as f32;
        let half_cell = (CELL - 1) as f32 / 2.0;
        for row in around(self.middle[1]) {
            for column in around(self.middle[0]) {
                let mut sum = [0.0; 4];
                for sample in 0..samples * samples {
                    let inside = |index: usize| (index as f32 + 0.5) / samples as f32;
                    let x = column as f32 + inside(sample % samples) - self.middle[0];
                    let y = row as f32 + inside(sample / samples) - self.middle[1];
                    let across = half_cell + self.mirror * (cosine * x + sine * y);
                    let down = half_cell + cosine * y - sine * x;
                    let one = sprites.sample(cell, across, down);
                    sum = std::array::from_fn(|channel| sum[channel] + one[channel]);
                }
                if sum[3] > 0.0 {
                    let at = (row * side + column) * 3;
                    self.blend(&mut pixels[at..at + 3], sum.map(|value| value * share));
                }
            }
        }
    }

    /// One pixel of the figure, its colours changed, over one of the background.
    fn blend(&self, pixel: &mut [u8], [red, green, blue, alpha]: [f32; 4]) {
        let opaque = alpha / 255.0;
        for ((pixel, color), gain) in pixel.iter_mut().zip([red, green, blue]).zip(self.gains) {
            let color = (color * gain + self.brightness * opaque).clamp(0.0, alpha);
            *pixel = (color + f32::from(*pixel) * (1.0 - opaque) + 0.5) as u8;
        }
    }
}

#[cfg(test)]
mod tests;
