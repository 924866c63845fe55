//! Decision regions: tinted cells and the boundary between classes.

use super::color::Color;
use super::error::PlotError;
use super::frame::Theme;
use super::layout::{Area, Point};
use super::surface::{Stroke, Surface};
use serde::Deserialize;

/// Tint of a cell the model is sure of, and of one it guesses.
const TINTS: (f64, f64) = (0.06, 0.34);
/// Confidence is drawn in this many shades, so that equal neighbours become one rectangle.
const SHADES: f64 = 16.0;

/// What a model decides on a grid over the plot.
///
/// # Shapes
/// `classes` and `confidence`: `rows × columns`, row by row; row 0 is at the bottom, column 0 at the left.
#[derive(Debug, Clone, Deserialize)]
pub struct Regions {
    /// Cells from left to right.
    pub columns: usize,
    /// Cells from bottom to top.
    pub rows: usize,
    /// Most probable class of each cell.
    pub classes: Vec<usize>,
    /// Probability of that class, 0 to 1.
    pub confidence: Vec<f64>,
}

impl Regions {
    /// Checks sizes and class numbers.
    ///
    /// # Errors
    /// Lists of the wrong length, or a class that is not among `class_count`.
    pub fn check(&self, class_count: usize) -> Result<(), PlotError> {
        let cells = self.columns.saturating_mul(self.rows);
        if self.classes.len() != cells || self.confidence.len() != cells {
            return Err(PlotError::new(format!(
                "regions of {} columns and {} rows have {} classes and {} confidences",
                self.columns,
                self.rows,
                self.classes.len(),
                self.confidence.len()
            )));
        }
        match self.classes.iter().find(|class| **class >= class_count) {
            Some(class) => Err(PlotError::new(format!("a region has class {class} of {class_count}"))),
            None => Ok(()),
        }
    }

    /// Draws tints, then boundaries, over `plot`.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw(
        &self,
        surface: &mut dyn Surface,
        plot: &Area,
        colors: &[Color],
        theme: &Theme,
    ) -> Result<(), PlotError> {
        self.draw_cells(surface, plot, colors, theme)?;
        let stroke = Stroke { color: theme.background.mix(theme.text, 0.65), width: 1.5 };
        for segment in self.boundaries(plot) {
            surface.path(&segment, stroke)?;
        }
        Ok(())
    }

    fn draw_cells(
        &self,
        surface: &mut dyn Surface,
        plot: &Area,
        colors: &[Color],
        theme: &Theme,
    ) -> Result<(), PlotError> {
        let x = |column: usize| plot.left + plot.width() * column as f64 / self.columns as f64;
        let y = |row: usize| plot.bottom - plot.height() * row as f64 / self.rows as f64;
        for row in 0..self.rows {
            // Edges on whole device pixels: no seams between neighbours.
            let (top, bottom) = (surface.snap(y(row + 1)), surface.snap(y(row)));
            let mut start = 0;
            for column in 1..=self.columns {
                if column < self.columns && self.shade(row, column) == self.shade(row, start) {
                    continue;
                }
                let (class, level) = self.shade(row, start);
                let sure = f64::from(level) / SHADES;
                let tint = theme.background.mix(colors[class], TINTS.0 + (TINTS.1 - TINTS.0) * sure);
                let (left, right) = (surface.snap(x(start)), surface.snap(x(column)));
                surface.rectangle(Area { left, top, right, bottom }, tint)?;
                start = column;
            }
        }
        Ok(())
    }

    /// Class and shade of a cell: 0 where the model guesses evenly, `SHADES` where it is sure.
    fn shade(&self, row: usize, column: usize) -> (usize, u8) {
        let cell = row * self.columns + column;
        // Below a half the model is not sure of anything; every class count has its least near there or lower.
        let sure = ((self.confidence[cell] - 0.34) / 0.66).clamp(0.0, 1.0);
        (self.classes[cell], (sure * SHADES).round() as u8)
    }

    /// Line segments between cells of different classes, through the point where both are equally likely.
    ///
    /// Marching squares over the centres of the cells, whose outermost ones reach to the plot's edge.
    fn boundaries(&self, plot: &Area) -> Vec<[Point; 2]> {
        let mut segments = Vec::new();
        if self.classes.is_empty() {
            return segments;
        }
        let x = Nodes { count: self.columns, start: plot.left, end: plot.right };
        let y = Nodes { count: self.rows, start: plot.bottom, end: plot.top };
        for row in 0..=self.rows {
            for column in 0..=self.columns {
                let corner = |dc: usize, dr: usize| {
                    let (column, row) = (column + dc, row + dr);
                    let cell = y.cell(row) * self.columns + x.cell(column);
                    let margin = (2.0 * self.confidence[cell] - 1.0).max(0.02);
                    ((x.position(column), y.position(row)), self.classes[cell], margin)
                };
                let corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
                let crossings: Vec<Point> = (0..4)
                    .filter_map(|i| {
                        let ((a, class_a, margin_a), (b, class_b, margin_b)) =
                            (corners[i], corners[(i + 1) % 4]);
                        let share = margin_a / (margin_a + margin_b);
                        let at = (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1));
                        (class_a != class_b).then_some(at)
                    })
                    .collect();
                match crossings[..] {
                    [] => {}
                    [from, to] => segments.push([from, to]),
                    // Three or four classes meet here.
                    _ => {
                        let n = crossings.len() as f64;
                        let middle = crossings.iter().fold((0.0, 0.0), |m, p| (m.0 + p.0 / n, m.1 + p.1 / n));
                        segments.extend(crossings.iter().map(|crossing| [*crossing, middle]));
                    }
                }
            }
        }
        segments
    }
}

/// Centres of the cells along one side, with one more node at either edge.
struct Nodes {
    count: usize,
    start: f64,
    end: f64,
}

impl Nodes {
    fn cell(&self, node: usize) -> usize {
        node.saturating_sub(1).min(self.count - 1)
    }

    fn position(&self, node: usize) -> f64 {
        let share = ((node as f64 - 0.5) / self.count as f64).clamp(0.0, 1.0);
        self.start + share * (self.end - self.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Area = Area { left: 0.0, top: 0.0, right: 40.0, bottom: 20.0 };

    fn regions(columns: usize, rows: usize, classes: &[usize], confidence: f64) -> Regions {
        Regions { columns, rows, classes: classes.to_vec(), confidence: vec![confidence; classes.len()] }
    }

    #[test]
    fn one_class_has_no_boundary() {
        assert!(regions(4, 2, &[1; 8], 0.5).boundaries(&PLOT).is_empty());
    }

    #[test]
    fn a_boundary_runs_from_edge_to_edge_between_two_classes() {
        let segments = regions(4, 2, &[0, 0, 1, 1, 0, 0, 1, 1], 0.9).boundaries(&PLOT);
        assert!(segments.iter().flatten().all(|point| (point.0 - 20.0).abs() < 1e-9), "{segments:?}");
        let length: f64 = segments.iter().map(|[a, b]| (a.1 - b.1).abs()).sum();
        assert!((length - 20.0).abs() < 1e-9, "{length}");
    }

    #[test]
    fn the_boundary_moves_towards_the_less_certain_side() {
        let mut unequal = regions(2, 1, &[0, 1], 1.0);
        unequal.confidence[1] = 0.6;
        let segments = unequal.boundaries(&PLOT);
        assert!(segments.iter().flatten().all(|point| point.0 > 20.0 && point.0 < 30.0), "{segments:?}");
    }

    #[test]
    fn three_classes_meet_in_one_point() {
        let segments = regions(2, 2, &[0, 1, 2, 2], 0.9).boundaries(&PLOT);
        let ends: Vec<Point> = segments.iter().flatten().copied().collect();
        assert!(ends.iter().any(|p| ends.iter().filter(|q| *q == p).count() >= 3), "{segments:?}");
    }

    #[test]
    fn wrong_sizes_and_classes_are_refused() {
        assert!(regions(2, 2, &[0, 1, 2], 1.0).check(3).is_err());
        assert!(regions(2, 2, &[0, 1, 2, 3], 1.0).check(3).is_err());
        assert!(regions(2, 2, &[0, 1, 2, 2], 1.0).check(3).is_ok());
    }
}
