//! What all charts share: size, colours and the names of the axes.

use super::color::Color;
use super::error::PlotError;
use serde::Deserialize;

/// Colours of the page around the chart.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Theme {
    /// Behind everything.
    pub background: Color,
    /// Axis names and marks.
    pub text: Color,
    /// Grid lines.
    pub grid: Color,
    /// Numbers at the axes, outlines, what stands back.
    pub muted: Color,
}

/// What every chart has.
#[derive(Debug, Clone, Deserialize)]
pub struct Frame {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    #[serde(default = "one")]
    pub pixel_ratio: f64,
    /// Size of the text in CSS pixels.
    #[serde(default = "default_font_size")]
    pub font_size: f64,
    /// Colours of the page.
    pub theme: Theme,
    /// Name and unit of the horizontal axis.
    #[serde(default)]
    pub x_label: String,
    /// Name and unit of the vertical axis.
    #[serde(default)]
    pub y_label: String,
}

fn one() -> f64 {
    1.0
}

fn default_font_size() -> f64 {
    13.0
}

impl Frame {
    /// Checks that there is something to draw on.
    ///
    /// # Errors
    /// A size that is not a number, not positive, or beyond what a canvas can hold.
    pub fn check(&self) -> Result<(), PlotError> {
        let sizes = [
            ("width", self.width, 1.0, 16_384.0),
            ("height", self.height, 1.0, 16_384.0),
            ("pixel_ratio", self.pixel_ratio, 0.1, 16.0),
            ("font_size", self.font_size, 1.0, 200.0),
        ];
        for (name, value, least, most) in sizes {
            // Written so that NaN fails too.
            if !(least..=most).contains(&value) {
                return Err(PlotError::new(format!(
                    "{name} is {value}; it must lie between {least} and {most}"
                )));
            }
        }
        Ok(())
    }
}
