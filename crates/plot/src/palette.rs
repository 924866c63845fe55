//! The colours of classes and runs, shared with the page.

use super::color::Color;
use serde::Deserialize;

/// One order of colours for light pages and for dark ones.
#[derive(Debug, Clone, Deserialize)]
pub struct Palette {
    /// For light pages.
    pub light: Vec<Color>,
    /// For dark pages.
    pub dark: Vec<Color>,
}

impl Palette {
    /// The palette of the book: the page reads the same file.
    ///
    /// After Okabe and Ito, *Color Universal Design* (2008). Their set is made for surfaces; lines and dots
    /// need more contrast, so the pale ones are darkened for light pages and the dark ones lightened for
    /// dark pages.
    ///
    /// # Panics
    /// If the file in the source tree is damaged; a test reads it.
    pub fn book() -> Self {
        serde_json::from_str(include_str!("../../../www/kit/palette.json"))
            .expect("palette.json holds two lists of colours")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Backgrounds as light and as dark as a page's may be.
    const PAGES: [(&str, [&str; 2]); 2] =
        [("light", ["#ffffff", "#f6f5f1"]), ("dark", ["#101216", "#22252c"])];

    fn colors_of(page: &str) -> Vec<Color> {
        let palette = Palette::book();
        if page == "light" { palette.light } else { palette.dark }
    }

    /// How severe dichromats see a colour, linear RGB (Machado, Oliveira and Fernandes, 2009).
    const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];

    /// CIE L*a*b* (D65) of a colour as seen through `vision`.
    fn lab(color: Color, vision: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = color.rgb.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        let dot = |row: &[f64; 3], v: &[f64; 3]| row.iter().zip(v).map(|(a, b)| a * b).sum::<f64>();
        let seen: [f64; 3] = std::array::from_fn(|i| dot(&vision[i], &linear).clamp(0.0, 1.0));
        let xyz = [
            dot(&[0.4124564, 0.3575761, 0.1804375], &seen) / 0.95047,
            dot(&[0.2126729, 0.7151522, 0.0721750], &seen),
            dot(&[0.0193339, 0.1191920, 0.9503041], &seen) / 1.08883,
        ]
        .map(|t| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
        [116.0 * xyz[1] - 16.0, 500.0 * (xyz[0] - xyz[1]), 200.0 * (xyz[1] - xyz[2])]
    }

    #[test]
    fn every_colour_stands_out_from_the_page() {
        for (page, backgrounds) in PAGES {
            for color in colors_of(page) {
                for background in backgrounds {
                    let ratio = color.contrast(Color::parse(background).unwrap());
                    assert!(ratio >= 3.0, "{page}: {color:?} on {background} has only {ratio:.2}:1");
                }
            }
        }
    }

    #[test]
    fn colours_differ_for_every_kind_of_eye() {
        for (page, _) in PAGES {
            let colors = colors_of(page);
            assert_eq!(colors.len(), 10, "one for each digit");
            for (eye, vision) in &VISIONS {
                for (i, a) in colors.iter().enumerate() {
                    for b in &colors[i + 1..] {
                        let (p, q) = (lab(*a, vision), lab(*b, vision));
                        let distance = (0..3).map(|k| (p[k] - q[k]).powi(2)).sum::<f64>().sqrt();
                        // About ten is where two patches are plainly different.
                        assert!(distance >= 12.0, "{page}, {eye}: {a:?} and {b:?} are {distance:.1} apart");
                    }
                }
            }
        }
    }
}
