//! All pairs of features at once: a small scatter chart for each, and on the diagonal how each feature is spread.

use super::axes::{Axis, extent};
use super::color::Color;
use super::error::PlotError;
use super::frame::Frame;
use super::layout::{Area, Grid, Layout};
use super::number::rounded;
use super::scatter::Class;
use super::surface::{Align, Lettering, Surface};
use super::text;
use serde::Deserialize;

/// Bars of a histogram.
const BINS: usize = 12;
/// Room between the lines of the grid and what is drawn in a panel.
const INSET: f64 = 3.0;
/// Radius of a point for each pixel of its panel's smaller side, and its limits.
const RADIUS_SHARE: f64 = 0.02;
const RADIUS_RANGE: (f64, f64) = (1.3, 3.0);
/// Most lines of a feature's name.
const NAME_LINES: usize = 3;
/// Distance of lines of text in sizes of the font.
const LINE_HEIGHT: f64 = 1.2;

/// A feature: one column and one row of panels.
#[derive(Debug, Clone, Deserialize)]
pub struct Feature {
    /// Name and unit.
    pub label: String,
    /// Values at the ends of its axes.
    pub range: [f64; 2],
    /// A value for each point.
    pub values: Vec<f64>,
}

/// A scatter matrix.
///
/// # Shapes
/// With `k` features `k × k` panels: row `i` has feature `i` upwards, column `j` has feature `j` across, the diagonal
/// has the histogram of a feature, its bars stacked by class in the order of the classes.
#[derive(Debug, Clone, Deserialize)]
pub struct Pairs {
    /// The features in order.
    pub features: Vec<Feature>,
    /// Index of each point's class.
    pub class: Vec<usize>,
    /// The classes they belong to.
    pub classes: Vec<Class>,
}

impl Pairs {
    /// Draws the matrix over its whole frame.
    ///
    /// # Errors
    /// Lists of different lengths, a class that is not declared, or whatever the surface says.
    pub fn draw(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<Layout, PlotError> {
        self.check()?;
        let count = self.features.len();
        let plot = Area { left: 0.0, top: 0.0, right: frame.width, bottom: frame.height };
        for row in 0..count {
            for column in 0..count {
                let panel = self.panel(surface, &plot, row, column);
                if row == column {
                    self.draw_spread(surface, frame, panel, &self.features[row])?;
                } else {
                    self.draw_points(surface, panel, &self.features[column], &self.features[row])?;
                }
            }
        }
        self.draw_lines(surface, frame, &plot)?;
        Ok(Layout { plot, grid: Some(Grid { rows: count, columns: count }), ..Layout::default() })
    }

    fn check(&self) -> Result<(), PlotError> {
        if let Some(wrong) = self.features.iter().find(|feature| feature.values.len() != self.class.len()) {
            return Err(PlotError::new(format!(
                "{} values of {} and {} classes do not make points",
                wrong.values.len(),
                wrong.label,
                self.class.len()
            )));
        }
        match self.class.iter().find(|class| **class >= self.classes.len()) {
            Some(unknown) => {
                Err(PlotError::new(format!("a point has class {unknown} of {}", self.classes.len())))
            }
            None => Ok(()),
        }
    }

    /// The area of a panel inside the lines around it.
    fn panel(&self, surface: &dyn Surface, plot: &Area, row: usize, column: usize) -> Area {
        let edge = |from: f64, length: f64, index: usize| {
            surface.snap(from + length * index as f64 / self.features.len() as f64)
        };
        let (left, top) = (edge(plot.left, plot.width(), column), edge(plot.top, plot.height(), row));
        Area {
            left: left + INSET,
            top: top + INSET,
            right: (edge(plot.left, plot.width(), column + 1) - INSET).max(left + INSET + 1.0),
            bottom: (edge(plot.top, plot.height(), row + 1) - INSET).max(top + INSET + 1.0),
        }
    }

    fn draw_points(
        &self,
        surface: &mut dyn Surface,
        panel: Area,
        across: &Feature,
        upwards: &Feature,
    ) -> Result<(), PlotError> {
        let x = Axis::linear(across.range, [panel.left, panel.right]);
        let y = Axis::linear(upwards.range, [panel.bottom, panel.top]);
        let (least, most) = RADIUS_RANGE;
        let radius = (RADIUS_SHARE * panel.width().min(panel.height())).clamp(least, most);
        for (index, class) in self.class.iter().enumerate() {
            let at = (x.position(across.values[index]), y.position(upwards.values[index]));
            let (Some(x), Some(y)) = at else { continue };
            if x >= panel.left && x <= panel.right && y >= panel.top && y <= panel.bottom {
                let Class { shape, color, .. } = &self.classes[*class];
                shape.draw_plain(surface, (x, y), radius, *color)?;
            }
        }
        Ok(())
    }

    /// The feature's name, its histogram and its smallest and largest value.
    fn draw_spread(
        &self,
        surface: &mut dyn Surface,
        frame: &Frame,
        panel: Area,
        feature: &Feature,
    ) -> Result<(), PlotError> {
        let size = frame.font_size;
        let line = LINE_HEIGHT * size;
        let lettering = |color, align| Lettering { size, color, align };
        let mut top = panel.top;
        for name in text::wrapped(&feature.label, size, panel.width(), NAME_LINES) {
            let middle = (0.5 * (panel.left + panel.right), top + 0.5 * line);
            surface.text(&name, middle, lettering(frame.theme.text, Align::Middle))?;
            top += line;
        }
        let Some(ends) = extent(feature.values.iter().copied()) else { return Ok(()) };
        let numbers = ends.map(|value| rounded(value, 3));
        let room = numbers.iter().map(|number| text::width(number, size)).sum::<f64>() + size;
        let mut bottom = panel.bottom;
        if room <= panel.width() && bottom - line - top >= line {
            let y = bottom - 0.5 * line;
            surface.text(&numbers[0], (panel.left, y), lettering(frame.theme.muted, Align::Start))?;
            surface.text(&numbers[1], (panel.right, y), lettering(frame.theme.muted, Align::End))?;
            bottom -= line;
        }
        if bottom - top < 2.0 {
            return Ok(());
        }
        let x = Axis::linear(feature.range, [panel.left, panel.right]);
        self.draw_bars(surface, Area { top: top + 1.0, bottom, ..panel }, feature, ends, x)
    }

    fn draw_bars(
        &self,
        surface: &mut dyn Surface,
        area: Area,
        feature: &Feature,
        [low, high]: [f64; 2],
        x: Axis,
    ) -> Result<(), PlotError> {
        let counts = self.counts(&feature.values, [low, high]);
        let tallest = counts.iter().map(|bin| bin.iter().sum::<usize>()).max().unwrap_or(0).max(1);
        let edge = |bin: usize| x.position(low + (high - low) * bin as f64 / BINS as f64);
        for (bin, by_class) in counts.iter().enumerate() {
            let (Some(left), Some(right)) = (edge(bin), edge(bin + 1)) else { continue };
            // A feature with one value only has a bar of one pixel.
            let (left, right) =
                (surface.snap(left), (surface.snap(right) - 1.0).max(surface.snap(left) + 1.0));
            let mut below = 0;
            for (class, count) in by_class.iter().enumerate().filter(|(_, count)| **count > 0) {
                let level = |rows: usize| area.bottom - area.height() * rows as f64 / tallest as f64;
                let bar = Area { left, right, top: level(below + count), bottom: level(below) };
                surface.rectangle(bar, self.classes[class].color)?;
                below += count;
            }
        }
        Ok(())
    }

    /// Points in each bin between the ends, by class.
    fn counts(&self, values: &[f64], [low, high]: [f64; 2]) -> Vec<Vec<usize>> {
        let mut counts = vec![vec![0; self.classes.len()]; BINS];
        for (value, class) in values.iter().zip(&self.class).filter(|(value, _)| value.is_finite()) {
            let share = if high > low { (value - low) / (high - low) } else { 0.0 };
            counts[((share * BINS as f64) as usize).min(BINS - 1)][*class] += 1;
        }
        counts
    }

    fn draw_lines(&self, surface: &mut dyn Surface, frame: &Frame, plot: &Area) -> Result<(), PlotError> {
        let color: Color = frame.theme.grid;
        let count = self.features.len();
        for index in 0..=count {
            let share = index as f64 / count.max(1) as f64;
            let x = surface.snap(plot.left + share * plot.width()).min(plot.right - 1.0);
            let y = surface.snap(plot.top + share * plot.height()).min(plot.bottom - 1.0);
            surface.rectangle(Area { left: x, right: x + 1.0, ..*plot }, color)?;
            surface.rectangle(Area { top: y, bottom: y + 1.0, ..*plot }, color)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::samples::spec;
    use crate::test_surface::{Drawn, draw};
    use serde_json::{Value, json};

    const BLUE: Color = Color::opaque(0, 0x72, 0xb2);

    fn matrix(more: Value) -> Value {
        let mut fields = json!({
            "features": [
                {"label": "length (cm)", "range": [0, 8], "values": [1, 4, 7]},
                {"label": "width (cm)", "range": [0, 3], "values": [0.5, 1, 2.5]},
            ],
            "class": [0, 0, 1],
            "classes": [
                {"label": "setosa", "color": "#0072b2", "shape": "circle"},
                {"label": "versicolor", "color": "#b35900", "shape": "triangle"},
            ],
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        spec("pairs", fields)
    }

    #[test]
    fn every_point_stands_in_every_panel_beside_the_diagonal() {
        let (layout, drawn) = draw(&matrix(json!({}))).unwrap();
        assert_eq!(layout.grid, Some(Grid { rows: 2, columns: 2 }));
        assert_eq!(drawn.iter().filter(|d| matches!(d, Drawn::Disc(c) if *c == BLUE)).count(), 4);
        assert_eq!(drawn.iter().filter(|d| matches!(d, Drawn::Polygon(..))).count(), 2);
    }

    #[test]
    fn the_bars_of_a_histogram_are_as_tall_as_their_counts() {
        let features = json!([{"label": "length", "range": [0, 8], "values": [1, 1, 7]}]);
        let (layout, drawn) = draw(&matrix(json!({ "features": features }))).unwrap();
        let heights = |color: Color| -> Vec<f64> {
            let bars = drawn.iter().filter_map(|d| match d {
                Drawn::Rectangle(area, c) if *c == color => Some(area.height()),
                _ => None,
            });
            bars.collect()
        };
        let (two, one) = (heights(BLUE), heights(Color::opaque(0xb3, 0x59, 0)));
        assert_eq!((two.len(), one.len()), (1, 1));
        assert!((two[0] - 2.0 * one[0]).abs() < 1e-9 && two[0] < layout.plot.height(), "{two:?} {one:?}");
        for text in ["length", "1", "7"] {
            assert!(drawn.iter().any(|d| matches!(d, Drawn::Text(found, _) if found == text)), "{text}");
        }
    }

    #[test]
    fn a_feature_of_one_value_is_drawn_too() {
        let features = json!([
            {"label": "a", "range": [1, 2], "values": [1.5, 1.5, 1.5]},
            {"label": "b", "range": [0, 1], "values": [0, 0.5, 1]},
        ]);
        draw(&matrix(json!({ "features": features }))).unwrap();
        draw(&matrix(json!({ "features": [], "class": [] }))).unwrap();
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for wrong in [json!({"class": [0, 1]}), json!({"class": [0, 1, 2]}), json!({"features": 3})] {
            assert!(draw(&matrix(wrong.clone())).is_err(), "{wrong}");
        }
    }
}
