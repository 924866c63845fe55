//! Charts as SVG: for download, and for whoever has no canvas.

use super::color::Color;
use super::error::PlotError;
use super::frame::Frame;
use super::layout::{Area, Point};
use super::spec::Spec;
use super::surface::{Lettering, Pen, Stroke, Surface, UNITS_PER_DEVICE_PIXEL};
use plotters_svg::SVGBackend;

/// plotters-svg divides every font size by this number.
const SIZE_DIVISOR: f64 = 1.24;

/// plotters-svg centres lower-case letters; capitals and digits sit this share of the size too high.
const CENTER_SHIFT: f64 = 0.09;

/// A chart as the text of an SVG file.
///
/// # Errors
/// What is wrong with the spec.
pub fn svg(spec: &Spec) -> Result<String, PlotError> {
    let mut text = String::new();
    // A file has no device: one pixel of it is one CSS pixel.
    let frame = Frame { pixel_ratio: 1.0, ..spec.frame.clone() };
    frame.check()?;
    let units = |pixels: f64| (pixels * UNITS_PER_DEVICE_PIXEL).round() as u32;
    let size = (units(frame.width), units(frame.height));
    {
        let mut surface = SvgSurface { pen: Pen::new(SVGBackend::with_string(&mut text, size), 1.0) };
        super::draw(&mut surface, &frame, &spec.chart)?;
        surface.pen.present()?;
    }
    Ok(with_true_size(&text, &frame, size))
}

/// Replaces the first tag, which states the size in grid units, by one that states it in pixels.
fn with_true_size(text: &str, frame: &Frame, (width, height): (u32, u32)) -> String {
    let body = text.split_once('>').map_or("", |(_, body)| body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" \
         stroke-linejoin=\"round\" stroke-linecap=\"round\" font-variant=\"tabular-nums\">{body}",
        frame.width, frame.height
    )
}

struct SvgSurface<'a> {
    pen: Pen<SVGBackend<'a>>,
}

impl Surface for SvgSurface<'_> {
    fn path(&mut self, points: &[Point], stroke: Stroke) -> Result<(), PlotError> {
        self.pen.path(points, stroke)
    }

    fn polygon(&mut self, points: &[Point], fill: Color) -> Result<(), PlotError> {
        self.pen.polygon(points, fill)
    }

    fn disc(&mut self, center: Point, radius: f64, fill: Color) -> Result<(), PlotError> {
        self.pen.disc(center, radius, fill)
    }

    fn ring(&mut self, center: Point, radius: f64, stroke: Stroke) -> Result<(), PlotError> {
        self.pen.ring(center, radius, stroke)
    }

    fn rectangle(&mut self, area: Area, fill: Color) -> Result<(), PlotError> {
        self.pen.rectangle(area, fill)
    }

    fn text(&mut self, text: &str, (x, y): Point, lettering: Lettering) -> Result<(), PlotError> {
        let at = self.pen.units((x, y + CENTER_SHIFT * lettering.size));
        let size = lettering.size * UNITS_PER_DEVICE_PIXEL * SIZE_DIVISOR;
        self.pen.text(text, at, size, lettering)
    }

    fn snap(&self, position: f64) -> f64 {
        self.pen.snap(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::samples;
    use serde_json::json;

    #[test]
    fn the_file_states_its_size_and_escapes_its_text() {
        let fields = json!({"series": [], "x_label": "a < b & c", "width": 300, "pixel_ratio": 3});
        let text = svg(&Spec::from_json(&samples::spec("line", fields)).unwrap()).unwrap();
        assert!(text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"240\" "));
        assert!(text.contains("viewBox=\"0 0 3000 2400\""));
        assert!(text.contains("a &lt; b &amp; c"));
        assert!(text.trim_end().ends_with("</svg>"));
        assert_eq!(text.matches("<svg").count(), 1);
    }
}
