//! Two axes with their grid, marks and names around the area of the data.

use super::error::PlotError;
use super::frame::Frame;
use super::layout::{Area, Layout, ScaleKind};
use super::surface::{Align, Lettering, Surface};
use super::text;
use super::ticks::{self, Tick};

/// The values along one axis.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// Value at the left or lower end.
    pub low: f64,
    /// Value at the right or upper end.
    pub high: f64,
    /// Whether the ends may move outwards to round values.
    pub widen: bool,
    /// Whether only whole numbers are marked.
    pub whole: bool,
}

impl Span {
    /// Exactly `low..high`, or a range around `low` if there is nothing between.
    pub fn exact([low, high]: [f64; 2]) -> Self {
        let sound = low.is_finite() && high.is_finite();
        let (low, high) = match sound {
            true if high > low => (low, high),
            true if high < low => (high, low),
            true => (low, low + 1.0),
            false => (0.0, 1.0),
        };
        Self { low, high, widen: false, whole: false }
    }

    /// At least the finite values given; 0 to 1 if there is none.
    pub fn around(values: impl Iterator<Item = f64>) -> Self {
        let [low, high] = extent(values).unwrap_or([0.0, 1.0]);
        Self { low, high, widen: true, whole: false }
    }
}

/// The smallest and the largest finite value.
pub fn extent(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    values.filter(|v| v.is_finite()).fold(None, |range, v| match range {
        None => Some([v, v]),
        Some([low, high]) => Some([low.min(v), high.max(v)]),
    })
}

/// One axis: turns values into CSS pixels.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    range: [f64; 2],
    scale: ScaleKind,
    /// Pixels of the two ends of the range.
    ends: [f64; 2],
}

impl Axis {
    /// An axis of its own: `range` from the first pixel of `ends` to the second.
    pub fn linear(range: [f64; 2], ends: [f64; 2]) -> Self {
        let Span { low, high, .. } = Span::exact(range);
        Self { range: [low, high], scale: ScaleKind::Linear, ends }
    }

    /// Where `value` stands; none if it has no place (NaN, or not positive on a logarithmic scale).
    pub fn position(&self, value: f64) -> Option<f64> {
        let place = |v: f64| match self.scale {
            ScaleKind::Linear => v,
            ScaleKind::Log => v.log10(),
        };
        let [low, high] = self.range.map(place);
        let share = (place(value) - low) / (high - low);
        // A value of 10^300 on an axis to 1 must not overflow what a backend can hold.
        share.is_finite().then(|| self.ends[0] + share.clamp(-50.0, 50.0) * (self.ends[1] - self.ends[0]))
    }
}

/// Both axes and the area between them.
#[derive(Debug, Clone)]
pub struct Axes {
    /// The area of the data.
    pub plot: Area,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    x_ticks: Vec<Tick>,
    y_ticks: Vec<Tick>,
}

impl Axes {
    /// Finds ranges, marks and margins for a chart of the frame's size.
    pub fn lay_out(frame: &Frame, x: Span, y: Span, y_scale: ScaleKind) -> Self {
        let size = frame.font_size;
        let top = if frame.y_label.is_empty() { 0.8 * size } else { 2.0 * size };
        let name_room = if frame.x_label.is_empty() { 0.3 * size } else { 1.6 * size };
        let bottom = (frame.height - name_room - 1.7 * size).max(top + 1.0);

        let most_rows = ((bottom - top) / (2.6 * size)).clamp(2.0, 8.0) as usize;
        let y_range = match (y.widen, y_scale) {
            (true, ScaleKind::Linear) => ticks::widen_linear(y.low, y.high, most_rows),
            (true, ScaleKind::Log) => ticks::widen_logarithmic(y.low, y.high),
            (false, _) => [y.low, y.high],
        };
        let y_ticks = match y_scale {
            ScaleKind::Linear => ticks::linear(y_range[0], y_range[1], most_rows, y.whole),
            ScaleKind::Log => ticks::logarithmic(y_range[0], y_range[1], most_rows.max(3)),
        };
        let widest = y_ticks.iter().map(|tick| text::width(&tick.label, size)).fold(0.0, f64::max);
        let left = (widest + 0.7 * size).min(0.5 * frame.width);

        let sample = text::width(&super::number::rounded(x.high, 4), size);
        let right = (frame.width - (0.5 * sample + 2.0).max(0.8 * size)).max(left + 1.0);
        let most_columns = ((right - left) / (sample + size)).clamp(1.0, 10.0) as usize;
        let x_range = match x.widen {
            true => ticks::widen_linear(x.low, x.high, most_columns),
            false => [x.low, x.high],
        };
        let x_ticks = ticks::linear(x_range[0], x_range[1], most_columns, x.whole);

        Self {
            plot: Area { left, top, right, bottom },
            x: Axis { range: x_range, scale: ScaleKind::Linear, ends: [left, right] },
            y: Axis { range: y_range, scale: y_scale, ends: [bottom, top] },
            x_ticks,
            y_ticks,
        }
    }

    /// Only a horizontal axis: what stands above it are rows with names, `left` pixels from the edge.
    pub fn lay_out_across(frame: &Frame, x: Span, left: f64) -> Self {
        let named = Self::lay_out(frame, x, Span::exact([0.0, 1.0]), ScaleKind::Linear);
        let widest = |ticks: &[Tick]| {
            ticks.iter().map(|tick| text::width(&tick.label, frame.font_size)).fold(0.0, f64::max)
        };
        let left = left.min(0.5 * frame.width);
        let right = (frame.width - 0.5 * widest(&named.x_ticks)).max(left + 1.0);
        let plot = Area { left, right, ..named.plot };
        let [low, high] = named.x.range;
        let fits = |ticks: &Vec<Tick>| {
            (widest(ticks) + 0.5 * frame.font_size) * ticks.len() as f64 <= plot.width() || ticks.len() < 3
        };
        let mut fewer = (1..=8).rev().map(|most| ticks::linear(low, high, most, x.whole));
        let x_ticks = fewer.find(fits).unwrap_or_default();
        // What is drawn at the ends of the range has a size of its own.
        let margin = (0.6 * frame.font_size).min(0.25 * plot.width());
        let x = Axis { ends: [left + margin, right - margin], ..named.x };
        Self { plot, x, x_ticks, y_ticks: Vec::new(), ..named }
    }

    /// Vertical grid lines, the base line and marks below it.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw_columns(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<(), PlotError> {
        let hairline = 1.0 / frame.pixel_ratio.clamp(1.0, 1.5);
        for x in self.x_ticks.iter().filter_map(|tick| self.x.position(tick.value)) {
            let left = surface.snap(x - 0.5 * hairline);
            let line = Area { left, right: left + hairline, ..self.plot };
            surface.rectangle(line, frame.theme.grid)?;
        }
        self.draw_base(surface, frame)
    }

    /// Horizontal grid lines, the base line and marks below it.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw_grid(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<(), PlotError> {
        let hairline = 1.0 / frame.pixel_ratio.clamp(1.0, 1.5);
        for tick in &self.y_ticks {
            let Some(y) = self.y.position(tick.value) else { continue };
            let line = level(surface, y, hairline, self.plot.left, self.plot.right);
            surface.rectangle(line, frame.theme.grid)?;
        }
        self.draw_base(surface, frame)
    }

    /// Only the base line and the marks below it, where the area itself is filled.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw_base(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<(), PlotError> {
        let hairline = 1.0 / frame.pixel_ratio.clamp(1.0, 1.5);
        let base = level(surface, self.plot.bottom, hairline, self.plot.left, self.plot.right);
        surface.rectangle(base, frame.theme.muted)?;
        for x in self.x_ticks.iter().filter_map(|tick| self.x.position(tick.value)) {
            let left = surface.snap(x - 0.5 * hairline);
            let mark = Area { left, top: base.bottom, right: left + hairline, bottom: base.bottom + 4.0 };
            surface.rectangle(mark, frame.theme.muted)?;
        }
        Ok(())
    }

    /// Numbers at the marks and names of the axes.
    ///
    /// # Errors
    /// Whatever the surface says.
    pub fn draw_labels(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<(), PlotError> {
        let size = frame.font_size;
        let numbers = |align| Lettering { size, color: frame.theme.muted, align };
        for tick in &self.y_ticks {
            if let Some(y) = self.y.position(tick.value) {
                surface.text(&tick.label, (self.plot.left - 0.5 * size, y), numbers(Align::End))?;
            }
        }
        for tick in &self.x_ticks {
            if let Some(x) = self.x.position(tick.value) {
                surface.text(&tick.label, (x, self.plot.bottom + 1.05 * size), numbers(Align::Middle))?;
            }
        }
        let names = |align| Lettering { size, color: frame.theme.text, align };
        // The vertical axis is named above it, level: turned letters are hard to read, Chinese ones more so.
        let room = frame.width - 4.0;
        if !frame.y_label.is_empty() {
            let name = text::fitted(&frame.y_label, size, room);
            surface.text(&name, (2.0, 0.75 * size), names(Align::Start))?;
        }
        if !frame.x_label.is_empty() {
            let name = text::fitted(&frame.x_label, size, room);
            let center = 0.5 * (self.plot.left + self.plot.right);
            surface.text(&name, (center, frame.height - 0.8 * size), names(Align::Middle))?;
        }
        Ok(())
    }

    /// The layout as far as the axes know it.
    pub fn layout(&self) -> Layout {
        Layout {
            plot: self.plot,
            x_range: Some(self.x.range),
            y_range: Some(self.y.range),
            y_scale: self.y.scale,
            ..Layout::default()
        }
    }
}

/// A level line as a rectangle on whole device pixels: sharp on every screen.
fn level(surface: &dyn Surface, y: f64, width: f64, left: f64, right: f64) -> Area {
    let top = surface.snap(y - 0.5 * width);
    Area { left, top, right, bottom: top + width }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Spec, samples};
    use serde_json::json;

    fn frame() -> Frame {
        Spec::from_json(&samples::spec("line", json!({"series": []}))).unwrap().frame
    }

    #[test]
    fn the_ends_of_the_ranges_are_the_edges_of_the_plot() {
        for scale in [ScaleKind::Linear, ScaleKind::Log] {
            let y = Span::around([0.02, 1.1].into_iter());
            let axes = Axes::lay_out(&frame(), Span::exact([0.0, 1200.0]), y, scale);
            let layout = axes.layout();
            let ([x0, x1], [y0, y1]) = (layout.x_range.unwrap(), layout.y_range.unwrap());
            assert_eq!(axes.x.position(x0), Some(axes.plot.left));
            assert_eq!(axes.x.position(x1), Some(axes.plot.right));
            assert!((axes.y.position(y0).unwrap() - axes.plot.bottom).abs() < 1e-9);
            assert!((axes.y.position(y1).unwrap() - axes.plot.top).abs() < 1e-9);
            assert!(axes.plot.left > 0.0 && axes.plot.right < 360.0 && axes.plot.bottom < 240.0);
        }
    }

    #[test]
    fn values_without_a_place_have_none() {
        let span = Span::exact([0.01, 1.0]);
        let axes = Axes::lay_out(&frame(), span, span, ScaleKind::Log);
        for value in [0.0, -1.0, f64::NAN] {
            assert_eq!(axes.y.position(value), None, "{value}");
        }
        assert_eq!(axes.x.position(f64::NAN), None);
        assert!(axes.y.position(1e300).unwrap().is_finite());
    }

    #[test]
    fn a_chart_smaller_than_its_margins_still_has_an_area() {
        let tiny = Frame { width: 10.0, height: 10.0, ..frame() };
        let axes = Axes::lay_out(&tiny, Span::exact([0.0, 1.0]), Span::exact([0.0, 1.0]), ScaleKind::Linear);
        assert!(axes.plot.width() >= 1.0 && axes.plot.height() >= 1.0);
    }
}
