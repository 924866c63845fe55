//! Charts, drawn with plotters on whatever backend is at hand: the page's canvas or an SVG file.
//!
//! A chart is asked for by a [`spec::Spec`], plain data that arrives as JSON. Each kind of chart lives in a
//! file of its own and draws on a [`surface::Surface`] in CSS pixels; every drawing answers a
//! [`layout::Layout`] from which the page serves hover, tap and focus. Titles, legends of series and tables
//! for screen readers are the page's own HTML.

pub mod axes;
pub mod color;
pub mod curve;
pub mod dots;
pub mod error;
pub mod frame;
mod gaps;
pub mod heatmap;
pub mod layout;
pub mod legend;
pub mod level;
pub mod line;
pub mod marker;
pub mod network;
pub mod network_layout;
pub mod number;
pub mod pairs;
pub mod palette;
pub mod ramp;
pub mod regions;
pub mod scatter;
pub mod spec;
pub mod surface;
pub mod svg;
#[cfg(test)]
mod test_surface;
pub mod text;
pub mod ticks;

use error::PlotError;
use frame::Frame;
use layout::{Area, Layout};
use spec::Chart;
use surface::Surface;

/// Draws a chart over the whole of its frame.
///
/// # Errors
/// What is wrong with the spec (lengths that do not match, sizes out of range), or with the surface.
pub fn draw(surface: &mut dyn Surface, frame: &Frame, chart: &Chart) -> Result<Layout, PlotError> {
    frame.check()?;
    let all = Area { left: 0.0, top: 0.0, right: frame.width, bottom: frame.height };
    surface.rectangle(all, frame.theme.background)?;
    match chart {
        Chart::Line(chart) => chart.draw(surface, frame),
        Chart::Scatter(chart) => chart.draw(surface, frame),
        Chart::Network(chart) => chart.draw(surface, frame),
        Chart::Heatmap(chart) => chart.draw(surface, frame),
        Chart::Dots(chart) => chart.draw(surface, frame),
        Chart::Pairs(chart) => chart.draw(surface, frame),
    }
}

#[cfg(test)]
mod tests {
    use super::spec::samples::spec;
    use super::test_surface::draw;
    use serde_json::{Value, json};

    fn one_of_each() -> Vec<Value> {
        let regions = json!({"columns": 2, "rows": 1, "classes": [0, 0], "confidence": [1, 0.5]});
        vec![
            spec("line", json!({"series": [{"label": "a", "color": "#000", "x": [0, 1], "y": [1, 2]}]})),
            spec(
                "scatter",
                json!({
                    "points": {"x": [1], "y": [1], "class": [0]}, "regions": regions,
                    "classes": [{"label": "a", "color": "#000"}],
                }),
            ),
            spec(
                "network",
                json!({
                    "layers": [{"label": "input", "units": ["a"]}, {"label": "output", "units": ["b", "c"]}],
                    "weights": [[[1, -1]]], "biases": [[0, null]], "legend_label": "weight",
                }),
            ),
            spec("heatmap", json!({"rows": 1, "columns": 2, "values": [1, 2], "scale": "diverging"})),
            spec("dots", json!({"rows": [{"label": "a", "color": "#000", "values": [1, 2], "mean": 1.5}]})),
            spec(
                "pairs",
                json!({
                    "features": [
                        {"label": "a", "range": [0, 1], "values": [0.5]},
                        {"label": "b", "range": [0, 1], "values": [0.5]},
                    ],
                    "class": [0], "classes": [{"label": "a", "color": "#000"}],
                }),
            ),
        ]
    }

    #[test]
    fn every_chart_survives_any_size() {
        for chart in one_of_each() {
            for (width, height) in [(1, 1), (10, 400), (400, 10), (60, 60), (16_384, 16_384)] {
                let mut chart = chart.clone();
                chart["width"] = json!(width);
                chart["height"] = json!(height);
                let (layout, _) = draw(&chart).unwrap();
                let plot = layout.plot;
                assert!(plot.width() > 0.0 && plot.height() > 0.0, "{width} × {height}: {plot:?}");
            }
        }
    }

    #[test]
    fn extreme_values_are_survived() {
        for values in
            [json!([0, 1e-310]), json!([-1e308, 1e308]), json!([1e17, 1e17 + 16.0]), json!([null, 1e300])]
        {
            for scale in ["linear", "log"] {
                let mut chart = one_of_each().remove(0);
                chart["series"][0]["y"] = values.clone();
                chart["y_scale"] = json!(scale);
                draw(&chart).unwrap();
            }
        }
    }
}
