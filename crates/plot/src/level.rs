//! Level lines: values to compare curves with.

use super::axes::Axes;
use super::curve::dashed;
use super::error::PlotError;
use super::frame::Frame;
use super::surface::{Align, Lettering, Stroke, Surface};
use super::text;
use serde::Deserialize;

const WIDTH: f64 = 1.25;
/// Length of a dot and of a gap.
const DASHES: (f64, f64) = (2.0, 4.0);

/// A value to compare curves with, such as the loss of one who guesses.
#[derive(Debug, Clone, Deserialize)]
pub struct Level {
    /// Vertical value.
    pub value: f64,
    /// What it is; stands on the line.
    pub label: String,
}

impl Level {
    /// Draws a dotted line with its name on it, at the right end where falling curves leave room.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw(&self, surface: &mut dyn Surface, frame: &Frame, axes: &Axes) -> Result<(), PlotError> {
        let Some(y) = axes
            .y
            .position(self.value)
            .filter(|y| *y >= axes.plot.top - 0.01 && *y <= axes.plot.bottom + 0.01)
        else {
            return Ok(());
        };
        let (plot, size) = (&axes.plot, frame.font_size);
        let stroke = Stroke { color: frame.theme.muted, width: WIDTH };
        for dash in dashed(&[(plot.left, y), (plot.right, y)], DASHES.0, DASHES.1) {
            surface.path(&dash, stroke)?;
        }
        let label = text::fitted(&self.label, size, plot.width());
        // Above the line, unless the plot ends there.
        let above = y - 0.75 * size;
        let at = if above - 0.6 * size >= plot.top { above } else { y + 0.85 * size };
        let lettering = Lettering { size, color: frame.theme.muted, align: Align::End };
        surface.text(&label, (plot.right - 2.0, at), lettering)
    }
}
