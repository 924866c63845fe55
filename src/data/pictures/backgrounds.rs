//! What a figure stands in front of. Nothing here knows the figure: a background does not give its class away.

use crate::random::Random;

type Color = [f32; 3];

/// Blobs of one background, at most.
const BLOBS: usize = 6;

/// Paints a scene over `pixels`, which are `side × side × 3`: sky and ground, one colour, noise or blobs.
pub(super) fn scene(pixels: &mut [u8], side: usize, random: &mut Random) {
    match random.below(4) {
        0 => sky_and_ground(pixels, side, random),
        1 => plain(pixels, color(random, 40.0, 235.0)),
        2 => noise(pixels, random),
        _ => blobs(pixels, side, random),
    }
}

/// One pale colour.
pub(super) fn pastel(pixels: &mut [u8], random: &mut Random) {
    plain(pixels, color(random, 165.0, 250.0));
}

/// A number in `low..high`.
pub(super) fn between(random: &mut Random, low: f32, high: f32) -> f32 {
    random.uniform(f64::from(low), f64::from(high)) as f32
}

fn color(random: &mut Random, low: f32, high: f32) -> Color {
    [0; 3].map(|_| between(random, low, high))
}

/// `as` clips to 0 to 255.
fn bytes(color: Color) -> [u8; 3] {
    color.map(|value| (value + 0.5) as u8)
}

fn mixed(from: Color, to: Color, share: f32) -> Color {
    std::array::from_fn(|channel| from[channel] + (to[channel] - from[channel]) * share)
}

fn plain(pixels: &mut [u8], color: Color) {
    pixels.as_chunks_mut::<3>().0.fill(bytes(color));
}

/// A sky that grows paler towards the horizon, and ground that grows darker towards the viewer.
fn sky_and_ground(pixels: &mut [u8], side: usize, random: &mut Random) {
    let horizon = between(random, 0.35, 0.8) * side as f32;
    let sky = [between(random, 60.0, 200.0), between(random, 120.0, 220.0), between(random, 170.0, 255.0)];
    let ground = [between(random, 70.0, 200.0), between(random, 80.0, 190.0), between(random, 40.0, 150.0)];
    let pale = mixed(sky, [255.0; 3], between(random, 0.3, 0.8));
    let dark = mixed(ground, [0.0; 3], between(random, 0.1, 0.5));
    for (row, line) in pixels.chunks_exact_mut(side * 3).enumerate() {
        let row = row as f32 + 0.5;
        plain(
            line,
            if row < horizon {
                mixed(sky, pale, row / horizon)
            } else {
                mixed(ground, dark, (row - horizon) / (side as f32 - horizon))
            },
        );
    }
}

/// One colour with grain in each pixel.
fn noise(pixels: &mut [u8], random: &mut Random) {
    let color = color(random, 60.0, 210.0);
    let strength = between(random, 0.1, 0.4);
    // A grain needs no better generator than Marsaglia's xorshift, and a picture has many.
    let mut state = random.below(1 << 31) as u32 | 1;
    for pixel in pixels.as_chunks_mut::<3>().0 {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let grain = |shift: u32| ((state >> shift & 0xff) as f32 - 127.5) * strength;
        let [red, green, blue] = color;
        *pixel = bytes([red + grain(0), green + grain(8), blue + grain(16)]);
    }
}

/// One colour with soft discs of others.
fn blobs(pixels: &mut [u8], side: usize, random: &mut Random) {
    plain(pixels, color(random, 60.0, 220.0));
    for _ in 0..3 + random.below(BLOBS - 2) {
        let color = color(random, 40.0, 235.0);
        let [x, y] = [0; 2].map(|_| between(random, 0.0, side as f32));
        let radius = between(random, 0.1, 0.35) * side as f32;
        let strength = between(random, 0.4, 0.9);
        let reach =
            |middle: f32| ((middle - radius).max(0.0) as usize)..((middle + radius) as usize + 1).min(side);
        for row in reach(y) {
            let down = (row as f32 + 0.5 - y) / radius;
            for column in reach(x) {
                let right = (column as f32 + 0.5 - x) / radius;
                let inside = (1.0 - right * right - down * down).max(0.0);
                let share = (inside * 3.0).min(1.0) * strength;
                let at = (row * side + column) * 3;
                let old = std::array::from_fn(|channel| f32::from(pixels[at + channel]));
                pixels[at..at + 3].copy_from_slice(&bytes(mixed(old, color, share)));
            }
        }
    }
}
