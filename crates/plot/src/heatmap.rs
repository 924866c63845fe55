//! A table of numbers as colours: a confusion matrix, a weight matrix, an embedding.

use super::color::Color;
use super::error::PlotError;
use super::frame::Frame;
use super::layout::{Area, Grid, Layout};
use super::legend;
use super::number::fixed;
use super::ramp::Ramp;
use super::surface::{Align, Lettering, Stroke, Surface};
use super::text;
use serde::Deserialize;

const BLACK: Color = Color::opaque(0x11, 0x11, 0x11);
const WHITE: Color = Color::opaque(0xff, 0xff, 0xff);

/// A heat map.
///
/// # Shapes
/// `values`: `rows × columns`, row by row; row 0 is at the top.
#[derive(Debug, Clone, Deserialize)]
pub struct Heatmap {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// The numbers; null leaves a cell empty.
    pub values: Vec<Option<f64>>,
    /// Names of the rows; empty for none.
    #[serde(default)]
    pub row_labels: Vec<String>,
    /// Names of the columns; empty for none.
    #[serde(default)]
    pub column_labels: Vec<String>,
    /// Which colours.
    pub scale: Ramp,
    /// Values at the ends of the scale; none to follow the numbers.
    #[serde(default)]
    pub range: Option<[f64; 2]>,
    /// Name of the colour scale.
    #[serde(default)]
    pub legend_label: String,
    /// Row and column of the cell the reader points at.
    #[serde(default)]
    pub highlight: Option<[usize; 2]>,
}

impl Heatmap {
    /// Draws the heat map inside its frame.
    ///
    /// # Errors
    /// Lists whose length does not follow from rows and columns, or whatever the surface says.
    pub fn draw(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<Layout, PlotError> {
        self.check()?;
        let plot = self.plot_area(surface, frame);
        let numbers = self.values.iter().copied().flatten();
        let span = match (self.range, self.scale) {
            // The diverging scale is symmetric whatever it is given.
            (Some([low, high]), Ramp::Diverging) => Ramp::Diverging.span([low, high].into_iter()),
            (Some([low, high]), Ramp::Sequential) if high > low => [low, high],
            _ => self.scale.span(numbers),
        };
        let decimals = self.decimals();
        for row in 0..self.rows {
            for column in 0..self.columns {
                self.draw_cell(surface, frame, &plot, (row, column), span, decimals)?;
            }
        }
        self.draw_highlight(surface, frame, &plot)?;
        self.draw_names(surface, frame, &plot)?;
        let bar = (plot.left, frame.height - legend::height(frame.font_size) + 0.6 * frame.font_size);
        legend::draw(
            surface,
            frame,
            self.scale,
            span,
            &self.legend_label,
            bar,
            frame.width - plot.left - 4.0,
        )?;
        let grid = Some(Grid { rows: self.rows, columns: self.columns });
        Ok(Layout { plot, grid, ..Layout::default() })
    }

    fn check(&self) -> Result<(), PlotError> {
        let cells = self.rows.saturating_mul(self.columns);
        let fits = |labels: &[String], count: usize| labels.is_empty() || labels.len() == count;
        if self.values.len() != cells
            || !fits(&self.row_labels, self.rows)
            || !fits(&self.column_labels, self.columns)
        {
            return Err(PlotError::new(format!(
                "{} rows and {} columns do not go with {} values, {} row labels and {} column labels",
                self.rows,
                self.columns,
                self.values.len(),
                self.row_labels.len(),
                self.column_labels.len()
            )));
        }
        Ok(())
    }

    /// Decimals of the numbers in the cells: none for counts, else three digits of the largest.
    fn decimals(&self) -> usize {
        let numbers = || self.values.iter().flatten().filter(|value| value.is_finite());
        if numbers().all(|value| value.fract() == 0.0) {
            return 0;
        }
        let largest = numbers().fold(f64::MIN_POSITIVE, |largest, value| value.abs().max(largest));
        (2.0 - largest.log10().floor()).clamp(0.0, 6.0) as usize
    }

    /// Whether rows and columns have names and a title over them, as in a table: that of the columns above their
    /// names, that of the rows in the corner. Where it stood above the columns, it was read as theirs.
    fn is_table(&self, frame: &Frame) -> bool {
        !(frame.x_label.is_empty() || self.row_labels.is_empty() || self.column_labels.is_empty())
    }

    fn plot_area(&self, surface: &dyn Surface, frame: &Frame) -> Area {
        let size = frame.font_size;
        let table = self.is_table(frame);
        let corner = if table { text::width(&frame.y_label, size) } else { 0.0 };
        let widest = self.row_labels.iter().map(|name| text::width(name, size)).fold(corner, f64::max);
        let left = if widest > 0.0 { (widest + 0.8 * size).min(0.35 * frame.width) } else { 2.0 };
        let names = if frame.y_label.is_empty() && !table { 0.3 * size } else { 1.8 * size };
        let top = names + if self.column_labels.is_empty() { 0.0 } else { 1.6 * size };
        let title_below = !table && !frame.x_label.is_empty();
        let below = legend::height(size) + if title_below { 1.9 * size } else { 0.4 * size };
        Area {
            left: surface.snap(left),
            top: surface.snap(top),
            right: surface.snap(frame.width - 2.0).max(left + 1.0),
            bottom: surface.snap(frame.height - below).max(top + 1.0),
        }
    }

    fn draw_cell(
        &self,
        surface: &mut dyn Surface,
        frame: &Frame,
        plot: &Area,
        (row, column): (usize, usize),
        span: [f64; 2],
        decimals: usize,
    ) -> Result<(), PlotError> {
        let Some(value) = self.values[row * self.columns + column].filter(|v| v.is_finite()) else {
            return Ok(());
        };
        let (width, height) = (plot.width() / self.columns as f64, plot.height() / self.rows as f64);
        // A line of background between cells, unless they are too small to spare it.
        let gap = if width.min(height) >= 12.0 { 1.0 } else { 0.0 };
        let cell = Area {
            left: surface.snap(plot.left + width * column as f64),
            top: surface.snap(plot.top + height * row as f64),
            right: surface.snap(plot.left + width * (column + 1) as f64) - gap,
            bottom: surface.snap(plot.top + height * (row + 1) as f64) - gap,
        };
        let color = self.scale.color(self.scale.position(value, span));
        surface.rectangle(cell, color)?;
        let label = fixed(value, decimals);
        let size = frame.font_size;
        if height >= 1.4 * size && width >= text::width(&label, size) + 0.5 * size {
            let center = (0.5 * (cell.left + cell.right), 0.5 * (cell.top + cell.bottom));
            let ink = color.more_legible(BLACK, WHITE);
            surface.text(&label, center, Lettering { size, color: ink, align: Align::Middle })?;
        }
        Ok(())
    }

    /// A frame of two colours around the cell pointed at, which stands out from every fill.
    fn draw_highlight(&self, surface: &mut dyn Surface, frame: &Frame, plot: &Area) -> Result<(), PlotError> {
        let Some([row, column]) = self.highlight.filter(|[r, c]| *r < self.rows && *c < self.columns) else {
            return Ok(());
        };
        let x = |column: usize| plot.left + plot.width() * column as f64 / self.columns as f64;
        let y = |row: usize| plot.top + plot.height() * row as f64 / self.rows as f64;
        let (left, right, top, bottom) = (x(column), x(column + 1), y(row), y(row + 1));
        let outline = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        surface.path(&outline, Stroke { color: frame.theme.background, width: 5.0 })?;
        surface.path(&outline, Stroke { color: frame.theme.text, width: 2.0 })
    }

    fn draw_names(&self, surface: &mut dyn Surface, frame: &Frame, plot: &Area) -> Result<(), PlotError> {
        let size = frame.font_size;
        let muted = |align| Lettering { size, color: frame.theme.muted, align };
        let height = plot.height() / self.rows.max(1) as f64;
        for row in shown(&self.row_labels, 1.2 * size / height) {
            let y = plot.top + height * (row as f64 + 0.5);
            let label = text::fitted(&self.row_labels[row], size, plot.left - 0.5 * size);
            surface.text(&label, (plot.left - 0.4 * size, y), muted(Align::End))?;
        }
        let width = plot.width() / self.columns.max(1) as f64;
        for column in shown(&self.column_labels, 2.5 * size / width) {
            let x = plot.left + width * (column as f64 + 0.5);
            let room = width.max(2.5 * size) - 0.3 * size;
            let label = text::fitted(&self.column_labels[column], size, room);
            surface.text(&label, (x, plot.top - 0.9 * size), muted(Align::Middle))?;
        }
        let plain = |align| Lettering { size, color: frame.theme.text, align };
        if self.is_table(frame) {
            let corner = text::fitted(&frame.y_label, size, plot.left - 0.5 * size);
            surface.text(&corner, (plot.left - 0.4 * size, plot.top - 0.9 * size), plain(Align::End))?;
            let title = text::fitted(&frame.x_label, size, plot.width());
            let center = 0.5 * (plot.left + plot.right);
            return surface.text(&title, (center, 0.75 * size), plain(Align::Middle));
        }
        if !frame.y_label.is_empty() {
            surface.text(&frame.y_label, (2.0, 0.75 * size), plain(Align::Start))?;
        }
        if !frame.x_label.is_empty() {
            let center = 0.5 * (plot.left + plot.right);
            surface.text(&frame.x_label, (center, plot.bottom + 1.1 * size), plain(Align::Middle))?;
        }
        Ok(())
    }
}

/// The labels that can be drawn where one takes the room of `cells` cells; blank ones need none.
fn shown(labels: &[String], cells: f64) -> impl Iterator<Item = usize> + '_ {
    let mut free = 0.0;
    labels.iter().enumerate().filter(|(_, label)| !label.is_empty()).filter_map(move |(index, _)| {
        let fits = index as f64 >= free;
        free = if fits { index as f64 + cells.max(1.0) } else { free };
        fits.then_some(index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::samples::spec;
    use crate::test_surface::{Drawn, draw};
    use serde_json::{Value, json};

    fn confusion(more: Value) -> Value {
        let mut fields = json!({
            "rows": 2, "columns": 3, "values": [15, 0, 0, 1, null, 13], "scale": "sequential",
            "row_labels": ["a", "b"], "column_labels": ["x", "y", "z"],
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        spec("heatmap", fields)
    }

    #[test]
    fn the_cells_fill_the_plot_and_carry_their_numbers() {
        let (layout, drawn) = draw(&confusion(json!({}))).unwrap();
        assert_eq!(layout.grid, Some(Grid { rows: 2, columns: 3 }));
        for number in ["15", "13", "1", "a", "z"] {
            assert!(drawn.iter().any(|d| matches!(d, Drawn::Text(text, _) if text == number)), "{number}");
        }
        let deepest = Ramp::Sequential.color(1.0);
        let first = drawn.iter().find_map(|d| match d {
            Drawn::Rectangle(area, c) if *c == deepest => Some(*area),
            _ => None,
        });
        assert_eq!((first.unwrap().left, first.unwrap().top), (layout.plot.left, layout.plot.top));
    }

    #[test]
    fn blank_labels_leave_their_room_to_others() {
        let labels = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let all = labels(&["a", "b", "c", "d", "e"]);
        assert_eq!(shown(&all, 0.3).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(shown(&all, 1.4).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(shown(&labels(&["", "b", "", "", "e"]), 3.0).collect::<Vec<_>>(), [1, 4]);
    }

    #[test]
    fn the_cell_pointed_at_has_a_frame() {
        let frames = |more: Value| {
            let (_, drawn) = draw(&confusion(more)).unwrap();
            drawn.iter().filter(|d| matches!(d, Drawn::Path(points, _) if points.len() == 5)).count()
        };
        assert_eq!(frames(json!({"highlight": [1, 2]})), 2);
        assert_eq!(frames(json!({"highlight": null})), 0);
        assert_eq!(frames(json!({"highlight": [2, 0]})), 0, "no such row");
    }

    #[test]
    fn the_title_of_the_columns_stands_over_them_and_that_of_the_rows_over_the_rows() {
        let titles = json!({"x_label": "predicted", "y_label": "true"});
        let (layout, drawn) = draw(&confusion(titles.clone())).unwrap();
        let plot = layout.plot;
        let place = |drawn: &[Drawn], title: &str| {
            drawn.iter().find_map(|d| match d {
                Drawn::Text(text, at) if text == title => Some(*at),
                _ => None,
            })
        };
        let (across, down) = (place(&drawn, "predicted").unwrap(), place(&drawn, "true").unwrap());
        assert!(across.0 > plot.left && across.0 < plot.right && across.1 < down.1, "{across:?}");
        assert!(down.0 < plot.left && down.1 < plot.top, "{down:?}");
        // Without names there is no corner.
        let mut bare = titles;
        bare["row_labels"] = json!([]);
        let (layout, drawn) = draw(&confusion(bare)).unwrap();
        assert!(place(&drawn, "predicted").unwrap().1 > layout.plot.bottom);
    }

    #[test]
    fn small_cells_have_no_numbers() {
        let many = json!({
            "rows": 28, "columns": 28, "values": vec![0.5; 784], "row_labels": [], "column_labels": [],
        });
        let (_, drawn) = draw(&confusion(many)).unwrap();
        let texts = drawn.iter().filter(|d| matches!(d, Drawn::Text(..))).count();
        assert!(texts <= 5, "legend and axis names only, not {texts}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for wrong in [json!({"rows": 3}), json!({"row_labels": ["a"]}), json!({"scale": "rainbow"})] {
            assert!(draw(&confusion(wrong.clone())).is_err(), "{wrong}");
        }
    }
}
