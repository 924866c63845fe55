//! Colours: reading `#rrggbb`, mixing, and the contrast that decides whether something can be seen.

use serde::Deserialize;

/// An sRGB colour with an opacity.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Color {
    /// Red, green and blue, each 0 to 255.
    pub rgb: [u8; 3],
    /// Opacity from 0 (invisible) to 1.
    pub alpha: f64,
}

impl Color {
    /// An opaque colour.
    pub const fn opaque(red: u8, green: u8, blue: u8) -> Self {
        Self { rgb: [red, green, blue], alpha: 1.0 }
    }

    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let digits: Vec<u8> =
            digits.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Self::opaque(r * 17, g * 17, b * 17)),
            [r1, r2, g1, g2, b1, b2] => Some(Self::opaque(r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2)),
            _ => None,
        }
    }

    /// The same colour with another opacity.
    pub fn faded(self, alpha: f64) -> Self {
        Self { alpha: alpha.clamp(0.0, 1.0), ..self }
    }

    /// The colour a share `amount` (0 to 1) of the way from this one to `other`.
    pub fn mix(self, other: Self, amount: f64) -> Self {
        let amount = amount.clamp(0.0, 1.0);
        let between = |from: f64, to: f64| from + (to - from) * amount;
        let channel = |i: usize| between(f64::from(self.rgb[i]), f64::from(other.rgb[i])).round() as u8;
        Self { rgb: [channel(0), channel(1), channel(2)], alpha: between(self.alpha, other.alpha) }
    }

    /// Relative luminance of the opaque colour, 0 (black) to 1 (white); WCAG 2.2.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.rgb[0]) + 0.7152 * linear(self.rgb[1]) + 0.0722 * linear(self.rgb[2])
    }

    /// Contrast ratio between two opaque colours, 1 (equal) to 21 (black on white); WCAG 2.2.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whichever of two colours is easier to read on this one.
    pub fn more_legible(self, first: Self, second: Self) -> Self {
        if self.contrast(first) >= self.contrast(second) { first } else { second }
    }
}

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not a colour such as #0072b2"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_colours_are_read() {
        assert_eq!(Color::parse("#0072B2"), Some(Color::opaque(0, 114, 178)));
        assert_eq!(Color::parse(" #fff "), Some(Color::opaque(255, 255, 255)));
        for wrong in ["", "0072B2", "#0072B", "#00g2b2", "red", "#é2"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_the_published_one() {
        let (black, white) = (Color::opaque(0, 0, 0), Color::opaque(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        // #767676 is the well-known lightest grey with 4.5:1 on white.
        let grey = Color::opaque(0x76, 0x76, 0x76);
        assert!((grey.contrast(white) - 4.54).abs() < 0.01);
        assert_eq!(grey.more_legible(black, white), black);
    }

    #[test]
    fn mixing_meets_both_ends_and_the_middle() {
        let (a, b) = (Color::opaque(0, 100, 200), Color::opaque(100, 100, 100));
        assert_eq!((a.mix(b, 0.0), a.mix(b, 1.0)), (a, b));
        assert_eq!(a.mix(b, 0.5), Color::opaque(50, 100, 150));
    }
}
