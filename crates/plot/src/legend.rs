//! The legend of a colour scale: a bar with its two ends and its middle.

use super::error::PlotError;
use super::frame::Frame;
use super::layout::{Area, Point};
use super::number::rounded;
use super::ramp::Ramp;
use super::surface::{Align, Lettering, Surface};
use super::text;

const BAR_HEIGHT: f64 = 8.0;
const STEPS: usize = 40;

/// Height in CSS pixels that a legend takes at the given font size.
pub fn height(font_size: f64) -> f64 {
    BAR_HEIGHT + 2.2 * font_size
}

/// Draws the legend with its bar's upper left corner near `at`, as wide as `width` with its name.
///
/// # Errors
/// Whatever the surface says.
pub fn draw(
    surface: &mut dyn Surface,
    frame: &Frame,
    ramp: Ramp,
    span: [f64; 2],
    name: &str,
    at: Point,
    width: f64,
) -> Result<(), PlotError> {
    let size = frame.font_size;
    let bar_width = (0.5 * width).clamp(80.0, 180.0).min(width.max(1.0));
    let name = text::fitted(name, size, width - bar_width - size);
    let name_width = if name.is_empty() { 0.0 } else { text::width(&name, size) + 0.8 * size };
    if !name.is_empty() {
        let lettering = Lettering { size, color: frame.theme.text, align: Align::Start };
        surface.text(&name, (at.0, at.1 + 0.5 * BAR_HEIGHT), lettering)?;
    }
    let left = at.0 + name_width;
    let edge = |step: usize| left + bar_width * step as f64 / STEPS as f64;
    let outline = Area {
        left: left - 1.0,
        top: at.1 - 1.0,
        right: left + bar_width + 1.0,
        bottom: at.1 + BAR_HEIGHT + 1.0,
    };
    surface.rectangle(outline, frame.theme.muted)?;
    for step in 0..STEPS {
        let share = (step as f64 + 0.5) / STEPS as f64;
        let position = match ramp {
            Ramp::Diverging => 2.0 * share - 1.0,
            Ramp::Sequential => share,
        };
        let (left, right) = (surface.snap(edge(step)), surface.snap(edge(step + 1)));
        surface
            .rectangle(Area { left, top: at.1, right, bottom: at.1 + BAR_HEIGHT }, ramp.color(position))?;
    }
    let lettering = |align| Lettering { size, color: frame.theme.muted, align };
    let below = at.1 + BAR_HEIGHT + 0.9 * size;
    let middle = 0.5 * (span[0] + span[1]);
    surface.text(&rounded(span[0], 3), (left, below), lettering(Align::Start))?;
    surface.text(&rounded(middle, 3), (left + 0.5 * bar_width, below), lettering(Align::Middle))?;
    surface.text(&rounded(span[1], 3), (left + bar_width, below), lettering(Align::End))
}
