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

/// Where a border cannot be found by the cells beyond, no cell leads by less than the first; and none by more than the
/// second: a probability of 32 bits ends there.
const LEADS: (f64, f64) = (1e-6, 17.0);

/// What a model decides on a grid over the plot.
///
/// # Shapes
/// `classes`, `confidence` and `lead`: `rows × columns`, row by row; row 0 is at the bottom, column 0 at the left.
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
    /// How far that class is ahead of the next one, in a measure that is 0 on the border and even across it, such as
    /// the difference of their logits. Empty to take the logit of `confidence`.
    #[serde(default)]
    pub lead: Vec<f64>,
}

/// The four cells around a crossing of the grid's lines, and what lies between them.
struct Square {
    /// Middle of each cell, counter-clockwise.
    corners: [Point; 4],
    /// Index of each cell.
    cells: [usize; 4],
    /// Where the border crosses the side to the next corner.
    crossings: [Option<Point>; 4],
}

impl Square {
    /// Where the borders meet; for a single one the middle of its piece in here.
    fn middle(&self) -> Point {
        let crossings = self.crossings.iter().flatten();
        let n = crossings.clone().count().max(1) as f64;
        crossings.fold((0.0, 0.0), |m, p| (m.0 + p.0 / n, m.1 + p.1 / n))
    }

    /// Where the part of a corner ends on the side to the next one.
    fn edge(&self, side: usize) -> Point {
        let (a, b) = (self.corners[side], self.corners[(side + 1) % 4]);
        self.crossings[side].unwrap_or((0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1)))
    }
}

impl Regions {
    /// Checks sizes and class numbers.
    ///
    /// # Errors
    /// Lists of the wrong length, or a class that is not among `class_count`.
    pub fn check(&self, class_count: usize) -> Result<(), PlotError> {
        let cells = self.columns.saturating_mul(self.rows);
        let leads = self.lead.len();
        if self.classes.len() != cells || self.confidence.len() != cells || !(leads == 0 || leads == cells) {
            return Err(PlotError::new(format!(
                "regions of {} columns and {} rows have {} classes, {} confidences and {leads} leads",
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
        let squares = self.squares(plot);
        for square in &squares {
            self.draw_square(surface, square, colors, theme)?;
        }
        let stroke = Stroke { color: theme.background.mix(theme.text, 0.65), width: 1.5 };
        for segment in squares.iter().flat_map(segments) {
            surface.path(&segment, stroke)?;
        }
        Ok(())
    }

    /// The tints on either side of a border, up to the border itself.
    fn draw_square(
        &self,
        surface: &mut dyn Surface,
        square: &Square,
        colors: &[Color],
        theme: &Theme,
    ) -> Result<(), PlotError> {
        let middle = square.middle();
        for (corner, cell) in square.cells.into_iter().enumerate() {
            let part = [square.corners[corner], square.edge(corner), middle, square.edge((corner + 3) % 4)];
            surface.polygon(&part, tint(self.shade(cell), colors, theme))?;
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
                let shade = |column: usize| self.shade(row * self.columns + column);
                if column < self.columns && shade(column) == shade(start) {
                    continue;
                }
                let tint = tint(shade(start), colors, theme);
                let (left, right) = (surface.snap(x(start)), surface.snap(x(column)));
                surface.rectangle(Area { left, top, right, bottom }, tint)?;
                start = column;
            }
        }
        Ok(())
    }

    /// Class and shade of a cell: 0 where the model guesses evenly, `SHADES` where it is sure.
    fn shade(&self, cell: usize) -> (usize, u8) {
        // Below a half the model is not sure of anything; every class count has its least near there or lower.
        let sure = ((self.confidence[cell] - 0.34) / 0.66).clamp(0.0, 1.0);
        (self.classes[cell], (sure * SHADES).round() as u8)
    }

    /// How far the class of a cell is ahead. For two classes the logit of a probability is the difference of their
    /// logits; for more it is that to all others together, and may be negative.
    fn lead(&self, cell: usize) -> f64 {
        let lead = self.lead.get(cell).copied().unwrap_or_else(|| {
            let sure = self.confidence[cell];
            (sure / (1.0 - sure)).ln()
        });
        // Written so that NaN is the least.
        if lead >= -LEADS.1 { lead.min(LEADS.1) } else { -LEADS.1 }
    }

    /// How far from the middle of cell `from` to that of `to`, which has another class, the border is: a share of the way.
    ///
    /// Towards a border each lead falls, on either side along a line of its own, and where both lines meet both classes
    /// are equally likely; so a third class that is likely, too, does no harm. `before` and `after` are the cells beyond
    /// on the same line, where there are some.
    fn crossing(&self, [before, from, to, after]: [usize; 4]) -> f64 {
        let slope = |near: usize, far: usize| {
            let known = far != near && self.classes[far] == self.classes[near] && self.lead(far) < LEADS.1;
            known.then(|| self.lead(far) - self.lead(near))
        };
        let (left, right) = (slope(from, before), slope(to, after));
        // What one side does not show is taken to be as on the other.
        if let (Some(falls), Some(rises)) = (left.or(right), right.or(left)) {
            let share = (self.lead(from) - self.lead(to) + rises) / (falls + rises);
            // Between the two cells it is, wherever rough numbers put it.
            if falls + rises > 1e-6 {
                return share.clamp(0.0, 1.0);
            }
        }
        let (from, to) = (self.lead(from).max(LEADS.0), self.lead(to).max(LEADS.0));
        from / (from + to)
    }

    /// The squares between the middles of four cells in which classes differ: marching squares over the leads, whose
    /// outermost nodes reach to the plot's edge.
    fn squares(&self, plot: &Area) -> Vec<Square> {
        let mut squares = Vec::new();
        if self.classes.is_empty() {
            return squares;
        }
        let x = Nodes { count: self.columns, start: plot.left, end: plot.right };
        let y = Nodes { count: self.rows, start: plot.bottom, end: plot.top };
        for row in 0..=self.rows {
            for column in 0..=self.columns {
                let nodes = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
                let cell = |column: usize, row: usize| y.cell(row) * self.columns + x.cell(column);
                let cells = nodes.map(|(column, row)| cell(column, row));
                let class = |corner: usize| self.classes[cells[corner % 4]];
                if (1..4).all(|corner| class(corner) == class(0)) {
                    continue;
                }
                let corners = nodes.map(|(column, row)| (x.position(column), y.position(row)));
                let crossings = std::array::from_fn(|side| {
                    let (a, b) = (corners[side], corners[(side + 1) % 4]);
                    let (from, to) = (nodes[side], nodes[(side + 1) % 4]);
                    // One step further on the same line.
                    let beyond = |near: (usize, usize), far: (usize, usize)| {
                        cell((2 * near.0).saturating_sub(far.0), (2 * near.1).saturating_sub(far.1))
                    };
                    let line = [beyond(from, to), cell(from.0, from.1), cell(to.0, to.1), beyond(to, from)];
                    let share = self.crossing(line);
                    let at = (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1));
                    (class(side) != class(side + 1)).then_some(at)
                });
                squares.push(Square { corners, cells, crossings });
            }
        }
        squares
    }
}

fn tint((class, level): (usize, u8), colors: &[Color], theme: &Theme) -> Color {
    let sure = f64::from(level) / SHADES;
    theme.background.mix(colors[class], TINTS.0 + (TINTS.1 - TINTS.0) * sure)
}

/// The pieces of border in a square: one across it, or as many as meet in it.
fn segments(square: &Square) -> Vec<[Point; 2]> {
    let crossings: Vec<Point> = square.crossings.iter().flatten().copied().collect();
    match crossings[..] {
        [from, to] => vec![[from, to]],
        // Three or four classes meet here.
        _ => crossings.into_iter().map(|crossing| [crossing, square.middle()]).collect(),
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
        let confidence = vec![confidence; classes.len()];
        Regions { columns, rows, classes: classes.to_vec(), confidence, lead: Vec::new() }
    }

    impl Regions {
        fn boundaries(&self, plot: &Area) -> Vec<[Point; 2]> {
            self.squares(plot).iter().flat_map(segments).collect()
        }
    }

    #[test]
    fn a_straight_border_is_drawn_straight_however_steep_the_model() {
        // Two classes whose logits differ by a linear function of the place: the border is a line.
        let (columns, rows) = (12, 9);
        for steepness in [0.3, 4.0] {
            let ahead = |x: f64, y: f64| steepness * (x - 20.0 + 0.7 * (y - 10.0));
            let (mut classes, mut confidence, mut lead) = (Vec::new(), Vec::new(), Vec::new());
            for row in 0..rows {
                for column in 0..columns {
                    let x = (column as f64 + 0.5) * 40.0 / columns as f64;
                    let y = 20.0 - (row as f64 + 0.5) * 20.0 / rows as f64;
                    let z = ahead(x, y);
                    classes.push(usize::from(z > 0.0));
                    confidence.push(1.0 / (1.0 + (-z.abs()).exp()));
                    lead.push(z.abs());
                }
            }
            for lead in [Vec::new(), lead] {
                let regions =
                    Regions { columns, rows, classes: classes.clone(), confidence: confidence.clone(), lead };
                // Beyond the outermost middles there is nothing to interpolate.
                let inner = |p: &&Point| p.0 > 2.0 && p.0 < 38.0 && p.1 > 1.2 && p.1 < 18.8;
                let segments = regions.boundaries(&PLOT);
                let ends: Vec<&Point> = segments.iter().flatten().filter(inner).collect();
                assert!(ends.len() > 10);
                for end in ends {
                    let off = ahead(end.0, end.1) / steepness;
                    assert!(off.abs() < 0.05, "{end:?} lies {off:.3} beside the border");
                }
            }
        }
    }

    #[test]
    fn a_third_class_that_is_likely_too_does_not_bend_a_border() {
        // Logits that are linear in the place, as those of a softmax regression: each border is a line.
        let (columns, rows) = (20, 15);
        let logits = |x: f64, y: f64| [0.05 * x - 0.02 * y, 0.9 - 0.01 * x, 0.3 + 0.01 * y];
        let (mut classes, mut confidence) = (Vec::new(), Vec::new());
        for row in 0..rows {
            for column in 0..columns {
                let x = (column as f64 + 0.5) * 40.0 / columns as f64;
                let y = 20.0 - (row as f64 + 0.5) * 20.0 / rows as f64;
                let z = logits(x, y);
                let sum: f64 = z.iter().map(|z| z.exp()).sum();
                let winner = (0..3).max_by(|a, b| z[*a].total_cmp(&z[*b])).unwrap();
                classes.push(winner);
                confidence.push(z[winner].exp() / sum);
            }
        }
        assert!(confidence.iter().any(|sure| *sure < 0.5));
        let regions = Regions { columns, rows, classes, confidence, lead: Vec::new() };
        let inner = |p: &&Point| p.0 > 2.0 && p.0 < 38.0 && p.1 > 1.5 && p.1 < 18.5;
        let segments = regions.boundaries(&PLOT);
        let ends: Vec<&Point> = segments.iter().flatten().filter(inner).collect();
        assert!(ends.len() > 10);
        for end in ends {
            let [first, second, _] = logits(end.0, end.1);
            // In pixels across the border, whose slope is 0.06 to the right.
            let off = (first - second) / 0.06;
            assert!(off.abs() < 0.1, "{end:?} lies {off:.3} beside the border");
        }
    }

    #[test]
    fn tints_reach_to_the_border_itself() {
        let mut unequal = regions(2, 1, &[0, 1], 0.999);
        unequal.confidence[1] = 0.6;
        let square = &unequal.squares(&PLOT)[0];
        // The border lies in the cell of class 1; the part of class 0 ends on it.
        assert!(square.edge(0).0 > 25.0 && square.crossings[0] == Some(square.edge(0)));
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
        let short = Regions { lead: vec![1.0], ..regions(2, 2, &[0, 1, 2, 2], 1.0) };
        assert!(short.check(3).is_err());
    }
}
