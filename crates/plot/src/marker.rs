//! The shapes that stand for classes, so that colour is never the only difference.

use super::color::Color;
use super::error::PlotError;
use super::layout::Point;
use super::surface::{Stroke, Surface};
use serde::Deserialize;
use std::f64::consts::PI;

const SQRT_HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// The shape of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// A triangle that points down.
    TriangleDown,
    /// An upright cross.
    Plus,
    /// A cross on its side.
    Cross,
    /// A star with five points.
    Star,
    /// Two triangles, one on the tip of the other.
    Hourglass,
    /// Two triangles, tip beside tip.
    Bowtie,
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
            Self::TriangleDown => {
                let r = 1.3 * radius;
                let (half, high) = (0.866 * r, 0.5 * r);
                let y = y - 0.1 * r;
                vec![(x, y + r), (x - half, y - high), (x + half, y - high)]
            }
            Self::Plus => beams(radius).map(|(dx, dy)| (x + dx, y + dy)).to_vec(),
            Self::Cross => {
                beams(radius).map(|(dx, dy)| (x + (dx - dy) * SQRT_HALF, y + (dx + dy) * SQRT_HALF)).to_vec()
            }
            Self::Star => (0..10)
                .map(|corner| {
                    let r = if corner % 2 == 0 { 1.45 * radius } else { 0.58 * radius };
                    let angle = PI * f64::from(corner) / 5.0;
                    (x + r * angle.sin(), y - r * angle.cos())
                })
                .collect(),
            Self::Hourglass => {
                let (half, r) = (1.1 * radius, 1.25 * radius);
                vec![(x - half, y - r), (x + half, y - r), (x - half, y + r), (x + half, y + r)]
            }
            Self::Bowtie => {
                let (half, r) = (1.1 * radius, 1.25 * radius);
                vec![(x - r, y - half), (x - r, y + half), (x + r, y - half), (x + r, y + half)]
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

/// The corners of two beams that cross upright, around the origin.
fn beams(radius: f64) -> [Point; 12] {
    let (far, near) = (1.3 * radius, 0.42 * radius);
    [
        (-near, -far),
        (near, -far),
        (near, -near),
        (far, -near),
        (far, near),
        (near, near),
        (near, far),
        (-near, far),
        (-near, near),
        (-far, near),
        (-far, -near),
        (-near, -near),
    ]
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

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&str; 10] = [
        "circle",
        "triangle",
        "square",
        "diamond",
        "triangle_down",
        "plus",
        "cross",
        "star",
        "hourglass",
        "bowtie",
    ];

    /// How far a shape reaches from its centre in each of sixteen directions; a disc reaches its radius.
    fn outline(shape: Shape) -> Vec<f64> {
        let corners = shape.corners((0.0, 0.0), 1.0);
        let reach = |angle: f64| {
            let along = (angle.cos(), angle.sin());
            let crossed = (0..corners.len()).filter_map(|i| {
                let (a, b) = (corners[i], corners[(i + 1) % corners.len()]);
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                let turn = along.0 * dy - along.1 * dx;
                if turn.abs() < 1e-9 {
                    return None;
                }
                let distance = (a.0 * dy - a.1 * dx) / turn;
                let share = (a.0 * along.1 - a.1 * along.0) / turn;
                ((-1e-9..=1.0 + 1e-9).contains(&share) && distance >= 0.0).then_some(distance)
            });
            crossed.fold(0.0, f64::max)
        };
        if corners.is_empty() {
            return vec![1.0; 16];
        }
        (0..16).map(|i| reach(PI * (f64::from(i) + 0.1) / 8.0)).collect()
    }

    #[test]
    fn ten_classes_have_ten_shapes_that_differ_plainly_and_look_equally_large() {
        let shapes = ALL.map(|name| serde_json::from_value::<Shape>(serde_json::json!(name)).unwrap());
        for (i, a) in shapes.iter().enumerate() {
            let own = outline(*a);
            let mean = own.iter().sum::<f64>() / 16.0;
            assert!((0.45..=1.2).contains(&mean), "{a:?} reaches {mean:.2} in the mean");
            for b in &shapes[i + 1..] {
                let apart = own.iter().zip(outline(*b)).map(|(p, q)| (p - q).abs()).fold(0.0, f64::max);
                assert!(apart >= 0.15, "{a:?} and {b:?} are only {apart:.2} radii apart");
            }
        }
    }
}
