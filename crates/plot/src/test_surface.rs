//! A surface for tests: it remembers what was drawn.

use super::color::Color;
use super::error::PlotError;
use super::layout::{Area, Layout, Point};
use super::spec::Spec;
use super::surface::{Lettering, Stroke, Surface};

/// One drawn shape.
#[derive(Debug, Clone)]
pub enum Drawn {
    /// A line.
    Path(Vec<Point>, Stroke),
    /// A filled outline.
    Polygon(Vec<Point>),
    /// A filled circle, by its colour.
    Disc(Color),
    /// An outlined circle.
    Ring,
    /// A filled rectangle.
    Rectangle(Area, Color),
    /// A text, and where it stands.
    Text(String, Point),
}

/// Draws a JSON spec and lists the shapes in order.
pub fn draw(spec: &serde_json::Value) -> Result<(Layout, Vec<Drawn>), PlotError> {
    let spec = Spec::from_json(spec)?;
    let mut surface = Recorder(Vec::new());
    let layout = super::draw(&mut surface, &spec.frame, &spec.chart)?;
    Ok((layout, surface.0))
}

struct Recorder(Vec<Drawn>);

impl Surface for Recorder {
    fn path(&mut self, points: &[Point], stroke: Stroke) -> Result<(), PlotError> {
        self.0.push(Drawn::Path(points.to_vec(), stroke));
        Ok(())
    }

    fn polygon(&mut self, points: &[Point], _: Color) -> Result<(), PlotError> {
        self.0.push(Drawn::Polygon(points.to_vec()));
        Ok(())
    }

    fn disc(&mut self, _: Point, _: f64, fill: Color) -> Result<(), PlotError> {
        self.0.push(Drawn::Disc(fill));
        Ok(())
    }

    fn ring(&mut self, _: Point, _: f64, _: Stroke) -> Result<(), PlotError> {
        self.0.push(Drawn::Ring);
        Ok(())
    }

    fn rectangle(&mut self, area: Area, fill: Color) -> Result<(), PlotError> {
        self.0.push(Drawn::Rectangle(area, fill));
        Ok(())
    }

    fn text(&mut self, text: &str, at: Point, _: Lettering) -> Result<(), PlotError> {
        self.0.push(Drawn::Text(text.into(), at));
        Ok(())
    }

    fn snap(&self, position: f64) -> f64 {
        position.round()
    }
}
