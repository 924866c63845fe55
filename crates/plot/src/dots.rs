//! Rows of dots along one axis: a dot for each run, the mean of the row and where the mean plausibly lies.

use super::axes::{Axes, Span};
use super::color::Color;
use super::error::PlotError;
use super::frame::Frame;
use super::gaps::numbers_or_gaps;
use super::layout::{Area, Grid, Layout, Point};
use super::surface::{Align, Lettering, Stroke, Surface};
use super::text;
use serde::Deserialize;

const RADIUS: f64 = 3.5;
const FADED_OPACITY: f64 = 0.45;
const MEAN_WIDTH: f64 = 3.0;
const INTERVAL_WIDTH: f64 = 2.0;
/// Share of a row's height that belongs to its dots; the rest is for the mean and its interval.
const DOTS: f64 = 0.66;
/// Share of the frame's width above which names stand over their rows and not beside them.
const NAMES_BESIDE: f64 = 0.32;

/// A row: one thing that was run several times.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// Name.
    pub label: String,
    /// Colour.
    pub color: Color,
    /// A value for each run; null where a run has none.
    #[serde(deserialize_with = "numbers_or_gaps")]
    pub values: Vec<f64>,
    /// Mean of the values, if there are any.
    #[serde(default)]
    pub mean: Option<f64>,
    /// Where the mean plausibly lies, if that is known.
    #[serde(default)]
    pub interval: Option<[f64; 2]>,
}

/// A chart of rows of dots.
#[derive(Debug, Clone, Deserialize)]
pub struct Dots {
    /// Horizontal range; none to follow the values.
    #[serde(default)]
    pub x_range: Option<[f64; 2]>,
    /// The rows, from the top.
    pub rows: Vec<Row>,
}

impl Dots {
    /// Draws the chart inside its frame.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<Layout, PlotError> {
        let size = frame.font_size;
        let widest = self.rows.iter().map(|row| text::width(&row.label, size)).fold(0.0, f64::max);
        let beside = widest + 0.8 * size <= NAMES_BESIDE * frame.width;
        let left = if beside { widest + 0.8 * size } else { size };
        let axes = Axes::lay_out_across(frame, self.span(), left);
        axes.draw_columns(surface, frame)?;
        let height = axes.plot.height() / self.rows.len().max(1) as f64;
        for (index, row) in self.rows.iter().enumerate() {
            let top = axes.plot.top + height * index as f64;
            let all = Area { top, bottom: top + height, ..axes.plot };
            let name_room = if beside { 0.0 } else { (1.5 * size).min(0.5 * height) };
            draw_row(surface, frame, &axes, row, Area { top: top + name_room, ..all })?;
            let lettering = |align| Lettering { size, color: frame.theme.text, align };
            if beside {
                let at = (all.left - 0.6 * size, 0.5 * (all.top + all.bottom));
                surface.text(&row.label, at, lettering(Align::End))?;
            } else if height >= 2.0 * size {
                let label = text::fitted(&row.label, size, axes.plot.width());
                surface.text(&label, (all.left, all.top + 0.8 * size), lettering(Align::Start))?;
            }
        }
        axes.draw_labels(surface, frame)?;
        let grid = Some(Grid { rows: self.rows.len(), columns: 1 });
        Ok(Layout { plot: axes.plot, grid, ..Layout::default() })
    }

    fn span(&self) -> Span {
        let values = self.rows.iter().flat_map(|row| {
            let interval = row.interval.iter().flatten();
            row.values.iter().chain(&row.mean).chain(interval).copied()
        });
        self.x_range.map_or_else(|| Span::around(values), Span::exact)
    }
}

/// The dots of a row in the upper part of its area; below them the mean and its interval, which would hide them.
fn draw_row(
    surface: &mut dyn Surface,
    frame: &Frame,
    axes: &Axes,
    row: &Row,
    area: Area,
) -> Result<(), PlotError> {
    let gap = 0.1 * area.height();
    let split = area.top + DOTS * area.height();
    let seen =
        |value: f64| axes.x.position(value).filter(|x| *x >= area.left - 0.01 && *x <= area.right + 0.01);
    let places: Vec<f64> = row.values.iter().filter_map(|value| seen(*value)).collect();
    let color = frame.theme.background.mix(row.color, 1.0 - FADED_OPACITY);
    for at in stacked(places, 0.5 * (area.top + gap + split), split - area.top - gap) {
        surface.disc(at, RADIUS + 0.5, frame.theme.background)?;
        surface.disc(at, RADIUS, color)?;
    }
    let middle = 0.5 * (split + area.bottom);
    let half = (0.5 * (area.bottom - split) - 0.3 * gap).clamp(2.0, 0.7 * frame.font_size);
    if let Some([low, high]) = row.interval {
        let place = |value: f64| axes.x.position(value).map(|x| x.clamp(area.left, area.right));
        if let (Some(low), Some(high)) = (place(low), place(high)) {
            let stroke = Stroke { color: frame.theme.text, width: INTERVAL_WIDTH };
            surface.path(&[(low, middle), (high, middle)], stroke)?;
            for x in [low, high] {
                surface.path(&[(x, middle - 0.5 * half), (x, middle + 0.5 * half)], stroke)?;
            }
        }
    }
    let Some(x) = row.mean.and_then(seen) else { return Ok(()) };
    let stroke = Stroke { color: row.color, width: MEAN_WIDTH };
    surface.path(&[(x, middle - half), (x, middle + half)], stroke)
}

/// Puts dots that would cover one another into stacks around `middle`, no higher than `height`; a stack that would
/// be higher gets columns side by side. Wilkinson, *Dot Plots*, The American Statistician 53 (1999).
fn stacked(mut places: Vec<f64>, middle: f64, height: f64) -> Vec<Point> {
    places.sort_by(f64::total_cmp);
    let size = 2.0 * RADIUS;
    let rows = ((height / size).floor() as usize).max(1);
    let mut dots = Vec::with_capacity(places.len());
    let mut rest = places.as_slice();
    while let Some(first) = rest.first() {
        let (stack, after) = rest.split_at(rest.partition_point(|x| x - first < size));
        let center = stack.iter().sum::<f64>() / stack.len() as f64;
        let columns = stack.len().div_ceil(rows);
        for column in 0..columns {
            let count = stack.len() / columns + usize::from(column < stack.len() % columns);
            let x = center + size * (column as f64 - 0.5 * (columns - 1) as f64);
            let top = middle - 0.5 * size * count.saturating_sub(1) as f64;
            dots.extend((0..count).map(|row| (x, top + size * row as f64)));
        }
        rest = after;
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::samples::spec;
    use crate::test_surface::{Drawn, draw};
    use serde_json::json;

    #[test]
    fn every_run_has_a_dot_and_every_row_a_place() {
        let rows = json!([
            {"label": "a", "color": "#0072b2", "values": [0.9, 0.9, null, 1.0], "mean": 0.93, "interval": [0.8, 1.0]},
            {"label": "b", "color": "#b35900", "values": []},
        ]);
        let (layout, drawn) = draw(&spec("dots", json!({ "rows": rows }))).unwrap();
        assert_eq!(layout.grid, Some(Grid { rows: 2, columns: 1 }));
        let dot = Color::opaque(255, 255, 255).mix(Color::opaque(0, 0x72, 0xb2), 1.0 - FADED_OPACITY);
        assert_eq!(drawn.iter().filter(|d| matches!(d, Drawn::Disc(c) if *c == dot)).count(), 3);
        for name in ["a", "b"] {
            assert!(drawn.iter().any(|d| matches!(d, Drawn::Text(text, _) if text == name)), "{name}");
        }
        let ends =
            drawn.iter().filter_map(|d| if let Drawn::Path(points, _) = d { Some(points) } else { None });
        assert!(
            ends.flatten().all(|p| p.0 > layout.plot.left && p.0 < layout.plot.right),
            "the interval fits too"
        );
    }

    #[test]
    fn equal_values_do_not_cover_each_other_and_stay_in_their_row() {
        for (count, height) in [(5, 40.0), (60, 40.0), (3, 1.0)] {
            let dots = stacked(vec![50.0; count], 100.0, height);
            assert_eq!(dots.len(), count);
            for (index, one) in dots.iter().enumerate() {
                let apart = |other: &Point| (one.0 - other.0).hypot(one.1 - other.1) > 2.0 * RADIUS - 0.01;
                assert!(dots[..index].iter().all(apart), "{dots:?}");
                assert!((one.1 - 100.0).abs() <= 0.5 * height, "{one:?}");
            }
        }
        assert_eq!(stacked(vec![10.0, 90.0], 5.0, 20.0), [(10.0, 5.0), (90.0, 5.0)]);
    }

    #[test]
    fn the_numbers_below_a_narrow_chart_keep_apart() {
        let rows = json!([{"label": "a row", "color": "#0072b2", "values": [0.8625, 0.9999]}]);
        let mut chart = spec("dots", json!({ "rows": rows, "x_label": "" }));
        chart["width"] = json!(220);
        let (layout, drawn) = draw(&chart).unwrap();
        let is_number = |text: &&String| text.parse::<f64>().is_ok();
        let texts = drawn.iter().filter_map(|d| if let Drawn::Text(text, _) = d { Some(text) } else { None });
        let taken: f64 = texts.filter(is_number).map(|number| text::width(number, 12.0)).sum();
        assert!(taken > 0.0 && taken < layout.plot.width(), "{taken} of {}", layout.plot.width());
    }

    #[test]
    fn long_names_stand_above_their_rows() {
        let name = "a name that is far too long to stand beside a row on a phone";
        let rows = json!([{"label": name, "color": "#0072b2", "values": [1, 2]}]);
        let (layout, drawn) = draw(&spec("dots", json!({ "rows": rows }))).unwrap();
        assert!(layout.plot.left < 40.0, "{:?}", layout.plot);
        assert!(drawn.iter().any(|d| matches!(d, Drawn::Text(text, _) if text.starts_with("a name"))));
    }
}
