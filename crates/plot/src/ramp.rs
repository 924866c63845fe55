//! The two colour scales of the book: diverging (blue, white, orange) and sequential (white to blue).

use super::color::Color;
use serde::Deserialize;

const WHITE: Color = Color::opaque(0xf7, 0xf7, 0xf7);
const BLUE: Color = Color::opaque(0x00, 0x72, 0xb2);
const PALE_BLUE: Color = Color::opaque(0x7f, 0xbf, 0xe6);
const ORANGE: Color = Color::opaque(0xd5, 0x5e, 0x00);
const PALE_ORANGE: Color = Color::opaque(0xf5, 0xb5, 0x66);
const NIGHT_BLUE: Color = Color::opaque(0x08, 0x30, 0x5c);

/// Which scale turns numbers into colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ramp {
    /// Blue below zero, white at zero, orange above; as far to one side as to the other.
    Diverging,
    /// White at the smallest value, deep blue at the largest.
    Sequential,
}

impl Ramp {
    /// The colour at `position`: -1 to 1 on the diverging scale, 0 to 1 on the sequential one.
    pub fn color(self, position: f64) -> Color {
        let stops: &[Color] = match (self, position < 0.0) {
            (Self::Diverging, true) => &[WHITE, PALE_BLUE, BLUE],
            (Self::Diverging, false) => &[WHITE, PALE_ORANGE, ORANGE],
            (Self::Sequential, _) => &[WHITE, PALE_BLUE, BLUE, NIGHT_BLUE],
        };
        let distance = match self {
            Self::Diverging => position.abs(),
            Self::Sequential => position,
        };
        let along = distance.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
        let first = (along as usize).min(stops.len() - 2);
        stops[first].mix(stops[first + 1], along - first as f64)
    }

    /// The range of values the scale spans: symmetric and rounded outwards where it diverges, so that
    /// colours hold still while a network trains.
    pub fn span(self, values: impl Iterator<Item = f64> + Clone) -> [f64; 2] {
        let finite = values.filter(|v| v.is_finite());
        match self {
            Self::Diverging => {
                let largest = round_up(finite.fold(0.0, |largest, v| v.abs().max(largest)));
                [-largest, largest]
            }
            Self::Sequential => {
                let smallest = finite.clone().fold(f64::INFINITY, f64::min);
                let largest = finite.fold(f64::NEG_INFINITY, f64::max);
                if smallest < largest {
                    [smallest, largest]
                } else if smallest.is_finite() && smallest != 0.0 {
                    // One value only: zero is the other end.
                    [smallest.min(0.0), smallest.max(0.0)]
                } else {
                    [0.0, 1.0]
                }
            }
        }
    }

    /// Where `value` stands on a scale that spans `[low, high]`; the argument of [`Ramp::color`].
    pub fn position(self, value: f64, [low, high]: [f64; 2]) -> f64 {
        match self {
            Self::Diverging => (value / high).clamp(-1.0, 1.0),
            Self::Sequential => ((value - low) / (high - low)).clamp(0.0, 1.0),
        }
    }
}

/// The next of 1, 1.5, 2, 3, 5, 7 × 10^k; 1 for zero, which would span nothing.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let decade = 10f64.powf(value.log10().floor());
    let steps = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0];
    // A hair of tolerance: 0.3 / 0.1 is a little above 3.
    steps.iter().map(|step| step * decade).find(|v| *v >= value * (1.0 - 1e-9)).unwrap_or(10.0 * decade)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diverging_scale_is_symmetric_and_white_at_zero() {
        assert_eq!(Ramp::Diverging.color(0.0), WHITE);
        assert_eq!(Ramp::Diverging.color(-1.0), BLUE);
        assert_eq!(Ramp::Diverging.color(7.0), ORANGE);
        assert_eq!(Ramp::Diverging.span([0.2, -1.61].into_iter()), [-2.0, 2.0]);
        assert_eq!(Ramp::Diverging.span([0.0, f64::NAN].into_iter()), [-1.0, 1.0]);
    }

    #[test]
    fn the_sequential_scale_grows_darker_and_never_spans_nothing() {
        let shades = [0.0, 0.25, 0.5, 0.75, 1.0].map(|p| Ramp::Sequential.color(p).luminance());
        assert!(shades.windows(2).all(|pair| pair[0] > pair[1]), "{shades:?}");
        for values in [vec![], vec![3.0], vec![-3.0, -3.0], vec![f64::NAN], vec![0.0]] {
            let [low, high] = Ramp::Sequential.span(values.iter().copied());
            assert!(low < high, "{values:?}");
        }
    }
}
