//! Points with classes over two features, with the regions a model decides.

use super::axes::{Axes, Span};
use super::color::Color;
use super::error::PlotError;
use super::frame::Frame;
use super::layout::{Layout, Point, ScaleKind};
use super::marker::{self, Shape};
use super::regions::Regions;
use super::surface::Surface;
use serde::Deserialize;

const RADIUS: f64 = 4.0;
const FADED_OPACITY: f64 = 0.5;

/// A class: its name, colour and shape.
#[derive(Debug, Clone, Deserialize)]
pub struct Class {
    /// Name; the page shows it in its legend.
    pub label: String,
    /// Colour.
    pub color: Color,
    /// Shape.
    #[serde(default)]
    pub shape: Shape,
}

/// The points, one per position in each list.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Points {
    /// Horizontal values.
    pub x: Vec<f64>,
    /// Vertical values.
    pub y: Vec<f64>,
    /// Index of each point's class.
    pub class: Vec<usize>,
    /// Which points stand back; none do if the list is empty.
    #[serde(default)]
    pub faded: Vec<bool>,
}

/// A point given by its values.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Place {
    /// Horizontal value.
    pub x: f64,
    /// Vertical value.
    pub y: f64,
}

/// A scatter chart.
#[derive(Debug, Clone, Deserialize)]
pub struct Scatter {
    /// Horizontal range; none to follow the points.
    #[serde(default)]
    pub x_range: Option<[f64; 2]>,
    /// Vertical range; none to follow the points.
    #[serde(default)]
    pub y_range: Option<[f64; 2]>,
    /// The points.
    pub points: Points,
    /// The classes they belong to.
    pub classes: Vec<Class>,
    /// What a model decides, over the whole of both ranges.
    #[serde(default)]
    pub regions: Option<Regions>,
    /// The point the reader asks about.
    #[serde(default)]
    pub query: Option<Place>,
    /// Index of a point to ring.
    #[serde(default)]
    pub highlight: Option<usize>,
}

impl Scatter {
    /// Draws the chart inside its frame.
    ///
    /// # Errors
    /// Lists of different lengths, a class that is not declared, or whatever the surface says.
    pub fn draw(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<Layout, PlotError> {
        self.check()?;
        let span = |range: Option<[f64; 2]>, values: &[f64]| match range {
            Some(range) => Span::exact(range),
            None => Span::around(values.iter().copied()),
        };
        let x = span(self.x_range, &self.points.x);
        let y = span(self.y_range, &self.points.y);
        let axes = Axes::lay_out(frame, x, y, ScaleKind::Linear);
        match &self.regions {
            Some(regions) => {
                let colors: Vec<Color> = self.classes.iter().map(|class| class.color).collect();
                regions.draw(surface, &axes.plot, &colors, &frame.theme)?;
                axes.draw_base(surface, frame)?;
            }
            None => axes.draw_grid(surface, frame)?,
        }
        self.draw_points(surface, frame, &axes)?;
        axes.draw_labels(surface, frame)?;
        Ok(axes.layout())
    }

    fn check(&self) -> Result<(), PlotError> {
        let Points { x, y, class, faded } = &self.points;
        if x.len() != y.len() || x.len() != class.len() || !(faded.is_empty() || faded.len() == x.len()) {
            return Err(PlotError::new(format!(
                "{} x values, {} y values, {} classes and {} faded marks do not make points",
                x.len(),
                y.len(),
                class.len(),
                faded.len()
            )));
        }
        if let Some(unknown) = class.iter().find(|class| **class >= self.classes.len()) {
            return Err(PlotError::new(format!("a point has class {unknown} of {}", self.classes.len())));
        }
        if let Some(index) = self.highlight.filter(|index| *index >= x.len()) {
            return Err(PlotError::new(format!("point {index} of {} cannot be highlighted", x.len())));
        }
        self.regions.as_ref().map_or(Ok(()), |regions| regions.check(self.classes.len()))
    }

    fn draw_points(&self, surface: &mut dyn Surface, frame: &Frame, axes: &Axes) -> Result<(), PlotError> {
        let theme = &frame.theme;
        let place = |x: f64, y: f64| -> Option<Point> {
            let at = (axes.x.position(x)?, axes.y.position(y)?);
            let seen = at.0 >= axes.plot.left - 0.01
                && at.0 <= axes.plot.right + 0.01
                && at.1 >= axes.plot.top - 0.01
                && at.1 <= axes.plot.bottom + 0.01;
            seen.then_some(at)
        };
        let is_faded = |index: usize| self.points.faded.get(index).copied().unwrap_or(false);
        for faded in [true, false] {
            for index in (0..self.points.x.len()).filter(|index| is_faded(*index) == faded) {
                let Some(at) = place(self.points.x[index], self.points.y[index]) else { continue };
                let class = &self.classes[self.points.class[index]];
                let color =
                    if faded { theme.background.mix(class.color, FADED_OPACITY) } else { class.color };
                class.shape.draw(surface, at, RADIUS, color, theme.background)?;
            }
        }
        let highlighted = self.highlight.and_then(|i| place(self.points.x[i], self.points.y[i]));
        if let Some(at) = highlighted {
            marker::highlight(surface, at, theme.text, theme.background)?;
        }
        match self.query.and_then(|query| place(query.x, query.y)) {
            Some(at) => marker::query(surface, at, theme.text, theme.background),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::samples::spec;
    use crate::test_surface::{Drawn, draw};
    use serde_json::{Value, json};

    fn flowers(more: Value) -> Value {
        let mut fields = json!({
            "points": {"x": [1.4, 4.7, 6.0], "y": [0.2, 1.4, 2.5], "class": [0, 1, 2]},
            "classes": [
                {"label": "setosa", "color": "#0072b2", "shape": "circle"},
                {"label": "versicolor", "color": "#b35900", "shape": "triangle"},
                {"label": "virginica", "color": "#009e73", "shape": "square"},
            ],
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        spec("scatter", fields)
    }

    #[test]
    fn each_class_has_its_own_shape() {
        let (_, drawn) = draw(&flowers(json!({}))).unwrap();
        let corners: Vec<usize> = drawn
            .iter()
            .filter_map(|d| if let Drawn::Polygon(p) = d { Some(p.len()) } else { None })
            .collect();
        assert_eq!(corners, [3, 4]);
        let blue = Color::opaque(0, 0x72, 0xb2);
        assert_eq!(drawn.iter().filter(|d| matches!(d, Drawn::Disc(c) if *c == blue)).count(), 1);
    }

    #[test]
    fn regions_fill_the_plot_without_gaps() {
        let regions = json!({"columns": 7, "rows": 3, "classes": vec![1; 21], "confidence": vec![0.8; 21]});
        let ranges = json!({"regions": regions, "x_range": [1, 7], "y_range": [0, 3]});
        let (layout, drawn) = draw(&flowers(ranges)).unwrap();
        assert_eq!((layout.x_range, layout.y_range), (Some([1.0, 7.0]), Some([0.0, 3.0])));
        let tint = Color::opaque(255, 255, 255).mix(Color::opaque(0xb3, 0x59, 0), 0.2);
        let near = |c: &Color| (0..3).all(|i| c.rgb[i].abs_diff(tint.rgb[i]) < 25);
        let rows: Vec<&Area> = drawn
            .iter()
            .filter_map(|d| if let Drawn::Rectangle(area, c) = d { near(c).then_some(area) } else { None })
            .collect();
        use crate::layout::Area;
        assert_eq!(rows.len(), 3, "equal cells of a row are one rectangle");
        assert!(rows.windows(2).all(|pair| pair[0].top == pair[1].bottom));
        assert!(rows.iter().all(|row| (row.left - layout.plot.left).abs() <= 0.5));
    }

    #[test]
    fn query_and_highlight_are_marked_only_inside_the_ranges() {
        let rings = |fields| {
            let (_, drawn) = draw(&flowers(fields)).unwrap();
            drawn.iter().filter(|d| matches!(d, Drawn::Ring)).count()
        };
        assert_eq!(rings(json!({})), 0);
        assert_eq!(rings(json!({"query": {"x": 3, "y": 1}, "highlight": 1})), 4);
        assert_eq!(rings(json!({"query": {"x": 99, "y": 1}, "x_range": [1, 7]})), 0);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for wrong in [
            json!({"points": {"x": [1], "y": [], "class": [0]}}),
            json!({"points": {"x": [1], "y": [1], "class": [3]}}),
            json!({"points": {"x": [1], "y": [1], "class": [0], "faded": [true, false]}}),
            json!({"highlight": 3}),
            json!({"regions": {"columns": 2, "rows": 2, "classes": [0], "confidence": [1]}}),
        ] {
            assert!(draw(&flowers(wrong.clone())).is_err(), "{wrong}");
        }
    }
}
