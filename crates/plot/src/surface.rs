//! What the charts draw on: a handful of shapes in CSS pixels.
//!
//! The charts know nothing of plotters' backends, nor of its whole-pixel coordinates; [`Pen`] turns their
//! shapes into a backend's on a finer grid.

use super::color::Color;
use super::error::PlotError;
use super::layout::{Area, Point};
use plotters::prelude::{DrawingBackend, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The fonts of every chart; Chinese labels fall back to a Chinese face.
pub const FONT_FAMILY: &str = "system-ui, 'Noto Sans CJK SC', sans-serif";

/// A line's colour and width in CSS pixels.
#[derive(Debug, Clone, Copy)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in CSS pixels.
    pub width: f64,
}

/// On which side of its position a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The text begins at the position.
    Start,
    /// The text is centred on the position.
    Middle,
    /// The text ends at the position.
    End,
}

/// How a text looks. Vertically it is always centred on its position.
#[derive(Debug, Clone, Copy)]
pub struct Lettering {
    /// Height of the font in CSS pixels.
    pub size: f64,
    /// Colour.
    pub color: Color,
    /// Horizontal alignment.
    pub align: Align,
}

/// Something that can be drawn on. Coordinates are CSS pixels from the upper left corner.
pub trait Surface {
    /// A line through `points`.
    ///
    /// # Errors
    /// What the backend says.
    fn path(&mut self, points: &[Point], stroke: Stroke) -> Result<(), PlotError>;

    /// A filled outline.
    ///
    /// # Errors
    /// What the backend says.
    fn polygon(&mut self, points: &[Point], fill: Color) -> Result<(), PlotError>;

    /// A filled circle.
    ///
    /// # Errors
    /// What the backend says.
    fn disc(&mut self, center: Point, radius: f64, fill: Color) -> Result<(), PlotError>;

    /// The outline of a circle.
    ///
    /// # Errors
    /// What the backend says.
    fn ring(&mut self, center: Point, radius: f64, stroke: Stroke) -> Result<(), PlotError>;

    /// A filled rectangle.
    ///
    /// # Errors
    /// What the backend says.
    fn rectangle(&mut self, area: Area, fill: Color) -> Result<(), PlotError>;

    /// One line of text.
    ///
    /// # Errors
    /// What the backend says.
    fn text(&mut self, text: &str, at: Point, lettering: Lettering) -> Result<(), PlotError>;

    /// The nearest place for the edge of a filled shape that falls on the device's pixels.
    fn snap(&self, position: f64) -> f64;
}

/// Grid units per device pixel. Backends take whole numbers only; a finer grid keeps curves smooth.
pub const UNITS_PER_DEVICE_PIXEL: f64 = 10.0;

/// Draws shapes with a plotters backend on a grid finer than the device's pixels.
///
/// It speaks to the backend itself: plotters' drawing areas cut every coordinate to the size the backend
/// states, and a canvas states its size in device pixels.
pub struct Pen<B: DrawingBackend> {
    backend: B,
    units_per_pixel: f64,
}

impl<B: DrawingBackend> Pen<B> {
    /// A pen on `backend`, whose coordinates must be scaled by `1 / UNITS_PER_DEVICE_PIXEL` on their way
    /// to the device.
    pub fn new(backend: B, pixel_ratio: f64) -> Self {
        Self { backend, units_per_pixel: pixel_ratio * UNITS_PER_DEVICE_PIXEL }
    }

    /// Finishes the drawing.
    ///
    /// # Errors
    /// What the backend says.
    pub fn present(&mut self) -> Result<(), PlotError> {
        self.backend.present().map_err(failed)
    }

    /// See [`Surface::path`].
    ///
    /// # Errors
    /// What the backend says.
    pub fn path(&mut self, points: &[Point], stroke: Stroke) -> Result<(), PlotError> {
        let style = self.stroke_style(stroke);
        let points: Vec<_> = points.iter().map(|p| self.units(*p)).collect();
        self.backend.draw_path(points, &style).map_err(failed)
    }

    /// See [`Surface::polygon`].
    ///
    /// # Errors
    /// What the backend says.
    pub fn polygon(&mut self, points: &[Point], fill: Color) -> Result<(), PlotError> {
        let points: Vec<_> = points.iter().map(|p| self.units(*p)).collect();
        self.backend.fill_polygon(points, &fill_style(fill)).map_err(failed)
    }

    /// See [`Surface::disc`].
    ///
    /// # Errors
    /// What the backend says.
    pub fn disc(&mut self, center: Point, radius: f64, fill: Color) -> Result<(), PlotError> {
        let (center, radius) = (self.units(center), self.length(radius));
        self.backend.draw_circle(center, radius, &fill_style(fill), true).map_err(failed)
    }

    /// See [`Surface::ring`].
    ///
    /// # Errors
    /// What the backend says.
    pub fn ring(&mut self, center: Point, radius: f64, stroke: Stroke) -> Result<(), PlotError> {
        let style = self.stroke_style(stroke);
        let (center, radius) = (self.units(center), self.length(radius));
        self.backend.draw_circle(center, radius, &style, false).map_err(failed)
    }

    /// See [`Surface::rectangle`].
    ///
    /// # Errors
    /// What the backend says.
    pub fn rectangle(&mut self, area: Area, fill: Color) -> Result<(), PlotError> {
        let (first, last) = (self.units((area.left, area.top)), self.units((area.right, area.bottom)));
        self.backend.draw_rect(first, last, &fill_style(fill), true).map_err(failed)
    }

    /// A text at `at` in the backend's own coordinates, `size` in the backend's own unit.
    ///
    /// # Errors
    /// What the backend says.
    pub fn text(
        &mut self,
        text: &str,
        at: (i32, i32),
        size: f64,
        lettering: Lettering,
    ) -> Result<(), PlotError> {
        let side = match lettering.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let font = FontDesc::new(FontFamily::Name(FONT_FAMILY), size, FontStyle::Normal);
        let style = font.color(&rgba(lettering.color)).pos(Pos::new(side, VPos::Center));
        self.backend.draw_text(text, &style, at).map_err(failed)
    }

    /// See [`Surface::snap`].
    pub fn snap(&self, position: f64) -> f64 {
        let pixel_ratio = self.units_per_pixel / UNITS_PER_DEVICE_PIXEL;
        (position * pixel_ratio).round() / pixel_ratio
    }

    /// A position on the backend's grid.
    pub fn units(&self, (x, y): Point) -> (i32, i32) {
        ((x * self.units_per_pixel).round() as i32, (y * self.units_per_pixel).round() as i32)
    }

    fn length(&self, pixels: f64) -> u32 {
        (pixels * self.units_per_pixel).round().max(1.0) as u32
    }

    fn stroke_style(&self, stroke: Stroke) -> ShapeStyle {
        ShapeStyle { color: rgba(stroke.color), filled: false, stroke_width: self.length(stroke.width) }
    }
}

fn fill_style(color: Color) -> ShapeStyle {
    ShapeStyle { color: rgba(color), filled: true, stroke_width: 0 }
}

fn rgba(color: Color) -> RGBAColor {
    let [red, green, blue] = color.rgb;
    RGBAColor(red, green, blue, color.alpha)
}

fn failed(error: impl std::error::Error) -> PlotError {
    PlotError::new(error.to_string())
}
