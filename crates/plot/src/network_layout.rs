//! Where the units of a network stand.

use super::frame::Frame;
use super::layout::{Area, Point};
use super::legend;
use super::text;
use serde::Deserialize;

/// A layer takes at most this many places; the units of a larger one are not all drawn.
const MOST_PLACES: usize = 12;
const WIDEST_SPACING: f64 = 46.0;

/// A layer.
#[derive(Debug, Clone, Deserialize)]
pub struct NetworkLayer {
    /// What stands above it, such as "hidden 1 · 6".
    pub label: String,
    /// Names of its units, one for each; empty names for hidden units.
    pub units: Vec<String>,
}

/// The units of one layer.
#[derive(Debug, Clone)]
pub struct Column {
    /// Centre of the layer, from the left.
    pub x: f64,
    /// The drawn units: index in the layer and centre.
    pub nodes: Vec<(usize, Point)>,
    /// The place of the units that are left out.
    pub gap: Option<Point>,
}

/// The units of all layers.
#[derive(Debug, Clone)]
pub struct Placement {
    /// The area of the units: under the layers' labels, between the names of inputs and outputs.
    pub plot: Area,
    /// One column for each layer.
    pub columns: Vec<Column>,
    /// Radius of a unit.
    pub radius: f64,
}

impl Placement {
    /// Places the units of `layers` inside the frame.
    pub fn of(layers: &[NetworkLayer], frame: &Frame) -> Self {
        let plot = plot_area(layers, frame);
        let places = ((plot.height() / (1.3 * frame.font_size)) as usize).clamp(3, MOST_PLACES);
        let tallest = layers.iter().map(|layer| layer.units.len().min(places)).max().unwrap_or(0).max(1);
        let spacing = plot.height() / tallest as f64;
        let column = |index: usize| {
            let share = index as f64 / (layers.len() - 1).max(1) as f64;
            let x = plot.left + share * plot.width();
            let middle = 0.5 * (plot.top + plot.bottom);
            column(layers[index].units.len(), places, (x, middle), spacing.min(WIDEST_SPACING))
        };
        Self {
            plot,
            columns: (0..layers.len()).map(column).collect(),
            radius: (0.34 * spacing).clamp(3.0, 13.0),
        }
    }
}

fn plot_area(layers: &[NetworkLayer], frame: &Frame) -> Area {
    let size = frame.font_size;
    let margin = |layer: Option<&NetworkLayer>| {
        let units = layer.map_or(&[][..], |layer| &layer.units);
        let widest = units.iter().map(|name| text::width(name, size)).fold(0.0, f64::max);
        (widest + 2.2 * size).min(0.32 * frame.width)
    };
    let top = 3.4 * size;
    Area {
        left: margin(layers.first()),
        top,
        right: frame.width - margin(layers.last()),
        bottom: (frame.height - legend::height(size) - 0.4 * size).max(top + 1.0),
    }
}

/// `count` units around `middle`, in at most `places` places: all, or the first few, a gap and the last.
fn column(count: usize, places: usize, (x, middle): Point, spacing: f64) -> Column {
    let taken = count.min(places);
    let place = |slot: usize| (x, middle + spacing * (slot as f64 - 0.5 * (taken as f64 - 1.0)));
    if count <= places {
        return Column { x, nodes: (0..count).map(|unit| (unit, place(unit))).collect(), gap: None };
    }
    let mut nodes: Vec<_> = (0..places - 2).map(|unit| (unit, place(unit))).collect();
    nodes.push((count - 1, place(places - 1)));
    Column { x, nodes, gap: Some(place(places - 2)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_layer_is_drawn_whole_and_centred() {
        let layer = column(3, 12, (5.0, 100.0), 20.0);
        assert_eq!(layer.nodes, [(0, (5.0, 80.0)), (1, (5.0, 100.0)), (2, (5.0, 120.0))]);
        assert_eq!(layer.gap, None);
    }

    #[test]
    fn a_large_layer_shows_its_first_few_and_its_last() {
        let layer = column(100, 5, (0.0, 0.0), 10.0);
        let units: Vec<usize> = layer.nodes.iter().map(|(unit, _)| *unit).collect();
        assert_eq!(units, [0, 1, 2, 99]);
        assert_eq!(layer.gap, Some((0.0, 10.0)));
        assert_eq!(column(5, 5, (0.0, 0.0), 10.0).gap, None);
    }
}
