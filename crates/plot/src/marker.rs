//! The shapes that stand for classes, so that colour is never the only difference.

use super::color::Color;
use super::error::PlotError;
use super::layout::Point;
use super::surface::{Stroke, Surface};
use serde::Deserialize;

/// The shape of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A disc.
    #[default]
    Circle,
    /// A triangle that points up.
    Triangle,
    /// A square.
    Square,
    /// A square on its tip.
    Diamond,
}

impl Shape {
    /// Corners around `center`; none for a circle. Sizes are chosen so that all shapes look equally
    /// large beside a circle of `radius`.
    fn corners(self, (x, y): Point, radius: f64) -> Vec<Point> {
        match self {
            Self::Circle => Vec::new(),
            Self::Triangle => {
                let r = 1.3 * radius;
                let (half, low) = (0.866 * r, 0.5 * r);
                // Lowered a little: the eye puts the middle of a triangle above its centroid.
                let y = y + 0.1 * r;
                vec![(x, y - r), (x + half, y + low), (x - half, y + low)]
            }
            Self::Square => {
                let r = 0.88 * radius;
                vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
            }
            Self::Diamond => {
                let r = 1.24 * radius;
                vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            }
        }
    }

    /// Draws the shape with an outline of `halo`, which keeps neighbours apart.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw(
        self,
        surface: &mut dyn Surface,
        center: Point,
        radius: f64,
        color: Color,
        halo: Color,
    ) -> Result<(), PlotError> {
        let mut corners = self.corners(center, radius);
        if let Some(first) = corners.first().copied() {
            corners.extend([first, corners[1]]);
            surface.path(&corners, Stroke { color: halo, width: 2.0 })?;
        } else {
            surface.disc(center, radius + 1.0, halo)?;
        }
        self.draw_plain(surface, center, radius, color)
    }

    /// Draws the shape without an outline: many small ones in little time.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw_plain(
        self,
        surface: &mut dyn Surface,
        center: Point,
        radius: f64,
        color: Color,
    ) -> Result<(), PlotError> {
        match self {
            Self::Circle => surface.disc(center, radius, color),
            _ => surface.polygon(&self.corners(center, radius), color),
        }
    }
}

/// A cross with a ring: the flower the reader asks about.
///
/// # Errors
/// Whatever the surface says.
pub fn query(surface: &mut dyn Surface, (x, y): Point, color: Color, halo: Color) -> Result<(), PlotError> {
    let (ring, arm) = (9.0, 13.0);
    for (color, width) in [(halo, 5.0), (color, 2.0)] {
        let stroke = Stroke { color, width };
        surface.path(&[(x - arm, y), (x + arm, y)], stroke)?;
        surface.path(&[(x, y - arm), (x, y + arm)], stroke)?;
        surface.ring((x, y), ring, stroke)?;
    }
    Ok(())
}

/// A ring around a point that is meant.
///
/// # Errors
/// Whatever the surface says.
pub fn highlight(surface: &mut dyn Surface, at: Point, color: Color, halo: Color) -> Result<(), PlotError> {
    surface.ring(at, 9.0, Stroke { color: halo, width: 5.0 })?;
    surface.ring(at, 9.0, Stroke { color, width: 2.0 })
}
