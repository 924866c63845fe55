//! Curves over steps: losses and accuracies of one run or of several.

use super::axes::{Axes, Span, extent};
use super::color::Color;
use super::curve::{clipped, dashed, thinned};
use super::error::PlotError;
use super::frame::Frame;
use super::gaps::numbers_or_gaps;
use super::layout::{Area, CursorMark, Layout, Point, ScaleKind};
use super::level::Level;
use super::surface::{Stroke, Surface};
use serde::Deserialize;

const LINE_WIDTH: f64 = 1.75;
const DASHED_WIDTH: f64 = 2.25;
const FADED_WIDTH: f64 = 1.5;
/// How far the background shows around a dot, and how opaque it is.
const HALO: (f64, f64) = (1.75, 0.85);
const FADED_OPACITY: f64 = 0.4;
const DOT_RADIUS: f64 = 3.5;
const BOLD_WIDTH: f64 = 2.5;
/// A level as far above the curves as this share of their highest value is still taken in.
const LEVEL_REACH: f64 = 1.2;
/// Length of a dash and of a gap.
const DASHES: (f64, f64) = (6.0, 5.0);

/// How a series is drawn: train solid, dev dashed, test as points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineStyle {
    /// One line.
    #[default]
    Solid,
    /// Dashes.
    Dashed,
    /// A dot for each point, no line.
    Points,
}

/// One curve.
#[derive(Debug, Clone, Deserialize)]
pub struct Series {
    /// Name, for error messages; the page shows it in its legend.
    pub label: String,
    /// Colour.
    pub color: Color,
    /// Solid, dashed or points.
    #[serde(default)]
    pub style: LineStyle,
    /// Whether it stands back: an older run, the values behind a mean.
    #[serde(default)]
    pub faded: bool,
    /// Whether it stands out: the mean of a noisy curve.
    #[serde(default)]
    pub bold: bool,
    /// Horizontal values, ascending.
    pub x: Vec<f64>,
    /// Vertical values, as many; null breaks the line.
    #[serde(deserialize_with = "numbers_or_gaps")]
    pub y: Vec<f64>,
}

/// A chart of curves.
#[derive(Debug, Clone, Deserialize)]
pub struct LineChart {
    /// Vertical scale.
    #[serde(default)]
    pub y_scale: ScaleKind,
    /// Vertical range; none to follow the values.
    #[serde(default)]
    pub y_range: Option<[f64; 2]>,
    /// Horizontal range; none to follow the values. A fixed one lets a run grow into its place.
    #[serde(default)]
    pub x_range: Option<[f64; 2]>,
    /// The curves.
    pub series: Vec<Series>,
    /// Level lines with names.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Where the reader points: a hair line and a dot on each series' nearest point.
    #[serde(default)]
    pub cursor: Option<f64>,
}

impl LineChart {
    /// Draws the chart inside its frame.
    ///
    /// # Errors
    /// A series whose `x` and `y` differ in length, or whatever the surface says.
    pub fn draw(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<Layout, PlotError> {
        for series in &self.series {
            if series.x.len() != series.y.len() {
                return Err(PlotError::new(format!(
                    "series `{}` has {} x values and {} y values",
                    series.label,
                    series.x.len(),
                    series.y.len()
                )));
            }
        }
        let axes = Axes::lay_out(frame, self.x_span(), self.y_span(), self.y_scale);
        axes.draw_grid(surface, frame)?;
        for level in &self.levels {
            level.draw(surface, frame, &axes)?;
        }
        let cursor_x = self.cursor.and_then(|x| axes.x.position(x)).filter(|x| inside(*x, &axes.plot));
        if let Some(x) = cursor_x {
            let left = surface.snap(x - 0.5);
            let hair = Area { left, right: left + 1.0, ..axes.plot };
            surface.rectangle(hair, frame.theme.muted)?;
        }
        // Older runs lie below the present one, lines below dashes, dashes below dots.
        let mut order: Vec<&Series> = self.series.iter().collect();
        order.sort_by_key(|series| (!series.faded, series.style));
        for series in order {
            draw_series(surface, frame, &axes, series)?;
        }
        axes.draw_labels(surface, frame)?;
        let mut layout = axes.layout();
        if let (Some(_), Some(x)) = (cursor_x, self.cursor) {
            layout.cursor = self.cursor_marks(&axes, x);
            for mark in &layout.cursor {
                surface.disc(mark.at, DOT_RADIUS + 2.0, frame.theme.background)?;
                surface.disc(mark.at, DOT_RADIUS + 0.5, shade(&self.series[mark.series], frame))?;
            }
        }
        Ok(layout)
    }

    fn x_span(&self) -> Span {
        let values = || self.series.iter().flat_map(|series| series.x.iter().copied());
        let range = self.x_range.or_else(|| extent(values())).unwrap_or([0.0, 1.0]);
        Span { whole: values().all(|x| x.fract() == 0.0), ..Span::exact(range) }
    }

    fn y_span(&self) -> Span {
        let has_place = |y: f64| self.y_scale == ScaleKind::Linear || y > 0.0;
        if let Some(range) = self.y_range.filter(|range| range.iter().all(|y| has_place(*y))) {
            return Span::exact(range);
        }
        let values = self.series.iter().flat_map(|series| series.y.iter().copied());
        let values: Vec<f64> = values.filter(|y| has_place(*y)).collect();
        match extent(values.into_iter()).map(|range| self.with_levels(range)) {
            // A logarithmic axis has no zero to begin with.
            None if self.y_scale == ScaleKind::Log => Span::around([0.01, 1.0].into_iter()),
            None => Span::around([0.0, 1.0].into_iter()),
            // A loss is read against zero, unless zero is far away.
            Some([low, high]) if self.y_scale == ScaleKind::Linear && low > 0.0 && low < 0.5 * high => {
                Span::around([0.0, high].into_iter())
            }
            Some(range) => Span::around(range.into_iter()),
        }
    }

    /// A range that takes in the levels just above it; what is far away would flatten the curves.
    fn with_levels(&self, [low, high]: [f64; 2]) -> [f64; 2] {
        let near = self.levels.iter().map(|level| level.value).filter(|value| *value <= LEVEL_REACH * high);
        [low, near.fold(high, f64::max)]
    }

    /// The drawn point of each series nearest to `x`.
    fn cursor_marks(&self, axes: &Axes, x: f64) -> Vec<CursorMark> {
        let nearest = |(index, series): (usize, &Series)| {
            let points = series.x.iter().zip(&series.y).enumerate();
            points
                .filter_map(|(i, (px, py))| Some((i, px, placed(axes, *px, *py)?)))
                .filter(|(_, _, at)| inside(at.0, &axes.plot) && level_with(at.1, &axes.plot))
                .min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()))
                .map(|(i, _, at)| CursorMark { series: index, index: i, at })
        };
        self.series.iter().enumerate().filter_map(nearest).collect()
    }
}

fn inside(x: f64, plot: &Area) -> bool {
    x >= plot.left - 0.01 && x <= plot.right + 0.01
}

fn level_with(y: f64, plot: &Area) -> bool {
    y >= plot.top - 0.01 && y <= plot.bottom + 0.01
}

fn placed(axes: &Axes, x: f64, y: f64) -> Option<Point> {
    Some((axes.x.position(x)?, axes.y.position(y)?))
}

/// The colour of a series; a faded one is mixed with the background, so that crossings stay even.
fn shade(series: &Series, frame: &Frame) -> Color {
    if series.faded { frame.theme.background.mix(series.color, FADED_OPACITY) } else { series.color }
}

fn draw_series(
    surface: &mut dyn Surface,
    frame: &Frame,
    axes: &Axes,
    series: &Series,
) -> Result<(), PlotError> {
    let color = shade(series, frame);
    let halo = frame.theme.background.faded(HALO.1);
    let width = match (series.faded, series.style) {
        (true, _) => FADED_WIDTH,
        (false, _) if series.bold => BOLD_WIDTH,
        (false, LineStyle::Dashed) => DASHED_WIDTH,
        (false, _) => LINE_WIDTH,
    };
    let points: Vec<Option<Point>> =
        series.x.iter().zip(&series.y).map(|(x, y)| placed(axes, *x, *y)).collect();
    for run in points.split(Option::is_none) {
        let run = thinned(&run.iter().flatten().copied().collect::<Vec<_>>());
        if series.style == LineStyle::Points || run.len() == 1 {
            for at in run.into_iter().filter(|at| inside(at.0, &axes.plot) && level_with(at.1, &axes.plot)) {
                surface.disc(at, DOT_RADIUS + HALO.0, halo)?;
                surface.disc(at, DOT_RADIUS, color)?;
            }
            continue;
        }
        for part in clipped(&run, &axes.plot) {
            if series.style != LineStyle::Dashed {
                surface.path(&part, Stroke { color, width })?;
                continue;
            }
            for dash in dashed(&part, DASHES.0, DASHES.1) {
                surface.path(&dash, Stroke { color, width })?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::samples::spec;
    use crate::test_surface::{Drawn, draw};
    use serde_json::{Value, json};

    fn series(style: &str, x: &[f64], y: Value) -> Value {
        json!({"label": "train", "color": "#0072b2", "style": style, "x": x, "y": y})
    }

    #[test]
    fn null_breaks_the_line_and_a_lone_point_is_a_dot() {
        let fields =
            json!({"series": [series("solid", &[0., 1., 2., 3., 4.], json!([1, 2, null, 3, null]))]});
        let (_, drawn) = draw(&spec("line", fields)).unwrap();
        let blue = Color::opaque(0, 0x72, 0xb2);
        assert_eq!(drawn.iter().filter(|d| matches!(d, Drawn::Path(_, s) if s.color == blue)).count(), 1);
        assert_eq!(drawn.iter().filter(|d| matches!(d, Drawn::Disc(c) if *c == blue)).count(), 1);
    }

    #[test]
    fn a_logarithmic_chart_leaves_out_what_is_not_positive() {
        let one = series("points", &[0., 1., 2., 3.], json!([0, -1, 0.5, 0.02]));
        let (layout, drawn) = draw(&spec("line", json!({"y_scale": "log", "series": [one]}))).unwrap();
        assert_eq!(layout.y_range, Some([0.02, 0.5]));
        assert_eq!(layout.y_scale, ScaleKind::Log);
        let blue = Color::opaque(0, 0x72, 0xb2);
        assert_eq!(drawn.iter().filter(|d| matches!(d, Drawn::Disc(c) if *c == blue)).count(), 2);
    }

    #[test]
    fn charts_without_values_have_axes() {
        for scale in ["linear", "log"] {
            for list in [
                json!([]),
                json!([series("solid", &[], json!([]))]),
                json!([series("solid", &[1.], json!([null]))]),
            ] {
                let fields = json!({"y_scale": scale, "series": list, "x_range": [0, 1200]});
                let (layout, drawn) = draw(&spec("line", fields)).unwrap();
                assert_eq!(layout.x_range, Some([0.0, 1200.0]));
                assert!(drawn.iter().any(|d| matches!(d, Drawn::Text(text, _) if text == "1,200")));
            }
        }
    }

    #[test]
    fn a_level_near_the_curves_is_named_and_one_far_away_changes_nothing() {
        let drawn = |value: f64, loss: &[f64]| {
            let one = series("solid", &[0., 1., 2.], json!(loss));
            let levels = json!([{"value": value, "label": "guessing"}]);
            let (layout, drawn) = draw(&spec("line", json!({"series": [one], "levels": levels}))).unwrap();
            let named = drawn.iter().find_map(|d| match d {
                Drawn::Text(text, at) if text == "guessing" => Some(*at),
                _ => None,
            });
            (layout, named)
        };
        let (layout, named) = drawn(1.1, &[1.05, 0.5, 0.1]);
        let y = layout.plot.bottom - layout.plot.height() * 1.1 / layout.y_range.unwrap()[1];
        let at = named.expect("the level is taken in");
        assert!((at.1 - y).abs() < 12.0 && at.1 > layout.plot.top, "{at:?} beside a line at {y}");
        let (layout, named) = drawn(1.1, &[0.05, 0.04, 0.03]);
        assert!(named.is_none() && layout.y_range.unwrap()[1] < 0.2);
        // At the upper edge the name stands below its line.
        let (layout, named) = drawn(1.2, &[1.05, 0.5, 0.1]);
        assert!(named.unwrap().1 > layout.plot.top);
    }

    #[test]
    fn a_mean_stands_out_from_the_values_behind_it() {
        let (mut raw, mut mean) =
            (series("solid", &[0., 1.], json!([1, 2])), series("solid", &[0., 1.], json!([1, 2])));
        raw["faded"] = json!(true);
        mean["bold"] = json!(true);
        let (_, drawn) = draw(&spec("line", json!({"series": [mean, raw]}))).unwrap();
        let lines: Vec<f64> = drawn
            .iter()
            .filter_map(|d| match d {
                Drawn::Path(_, stroke) => Some(stroke.width),
                _ => None,
            })
            .collect();
        assert_eq!(lines, [FADED_WIDTH, BOLD_WIDTH], "the mean lies above");
    }

    #[test]
    fn the_cursor_marks_the_nearest_recorded_point_of_each_series() {
        let train = series("solid", &[0., 1., 2., 3., 4.], json!([5, 4, 3, 2, 1]));
        let dev = series("dashed", &[0., 4.], json!([5, 1]));
        let gap = series("solid", &[3.], json!([null]));
        let fields = json!({"series": [train, dev, gap], "cursor": 2.9});
        let (layout, _) = draw(&spec("line", fields)).unwrap();
        let marks: Vec<_> = layout.cursor.iter().map(|mark| (mark.series, mark.index)).collect();
        assert_eq!(marks, [(0, 3), (1, 1)]);
    }

    #[test]
    fn nothing_is_drawn_outside_the_plot() {
        let wild = series("solid", &[0., 1., 2., 3.], json!([0.5, 1e9, -1e9, 0.5]));
        let (layout, drawn) = draw(&spec("line", json!({"y_range": [0, 1], "series": [wild]}))).unwrap();
        let plot = layout.plot;
        for path in
            drawn.iter().filter_map(|d| if let Drawn::Path(points, _) = d { Some(points) } else { None })
        {
            assert!(path.iter().all(|p| inside(p.0, &plot) && level_with(p.1, &plot)), "{path:?}");
        }
    }

    #[test]
    fn unequal_lengths_are_an_error_that_names_the_series() {
        let fields = json!({"series": [series("solid", &[0., 1.], json!([1]))]});
        assert!(
            draw(&spec("line", fields)).unwrap_err().to_string().contains("`train` has 2 x values and 1")
        );
    }
}
