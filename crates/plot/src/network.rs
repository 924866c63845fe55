//! A network of fully connected layers: units as circles, weights as lines.

use super::color::Color;
use super::error::PlotError;
use super::frame::Frame;
use super::layout::{EdgeHit, Layout, NodeHit};
use super::legend;
use super::network_layout::{NetworkLayer, Placement};
use super::ramp::Ramp;
use super::surface::{Align, Lettering, Stroke, Surface};
use super::text;
use serde::Deserialize;

/// A network.
///
/// # Shapes
/// For layers of n₀, n₁, … units: `weights[l]` is `[n_l, n_(l+1)]`, `biases[l]` is `[n_(l+1)]`.
#[derive(Debug, Clone, Deserialize)]
pub struct Network {
    /// The layers from the input to the output.
    pub layers: Vec<NetworkLayer>,
    /// Weights between each layer and the next, `[from][to]`; null for a value that is not finite.
    pub weights: Vec<Vec<Vec<Option<f64>>>>,
    /// Biases of each layer but the first.
    pub biases: Vec<Vec<Option<f64>>>,
    /// Name of the colour scale, such as "weight and bias".
    #[serde(default)]
    pub legend_label: String,
    /// A unit or weight to bring out, by what its hit area says.
    #[serde(default)]
    pub highlight: Option<Highlight>,
}

/// A part of a network that is brought out while the rest stands back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Highlight {
    /// Layer of the unit, or the layer the weight leaves.
    pub layer: usize,
    /// The unit, or the unit the weight leaves.
    pub unit: usize,
    /// The unit of the next layer the weight enters; none for a unit with all its weights.
    #[serde(default)]
    pub to: Option<usize>,
}

impl Highlight {
    fn shows_edge(&self, layer: usize, from: usize, to: usize) -> bool {
        match self.to {
            Some(target) => (layer, from, to) == (self.layer, self.unit, target),
            None => (layer, from) == (self.layer, self.unit) || (layer + 1, to) == (self.layer, self.unit),
        }
    }
}

impl Network {
    /// Draws the network inside its frame.
    ///
    /// # Errors
    /// Weights or biases whose shape does not follow from the layers, or whatever the surface says.
    pub fn draw(&self, surface: &mut dyn Surface, frame: &Frame) -> Result<Layout, PlotError> {
        self.check()?;
        let placement = Placement::of(&self.layers, frame);
        let span = Ramp::Diverging.span(self.values());

        let edges = self.draw_edges(surface, frame, &placement, span)?;
        let nodes = self.draw_nodes(surface, frame, &placement, span)?;
        self.draw_names(surface, frame, &placement)?;
        let bar = (2.0, frame.height - legend::height(frame.font_size) + 0.6 * frame.font_size);
        legend::draw(surface, frame, Ramp::Diverging, span, &self.legend_label, bar, frame.width - 4.0)?;
        Ok(Layout { plot: placement.plot, nodes, edges, ..Layout::default() })
    }

    fn check(&self) -> Result<(), PlotError> {
        let pairs = self.layers.len().saturating_sub(1);
        if self.weights.len() != pairs || self.biases.len() != pairs {
            return Err(PlotError::new(format!(
                "{} layers need {pairs} weight tables and bias lists, not {} and {}",
                self.layers.len(),
                self.weights.len(),
                self.biases.len()
            )));
        }
        for (l, pair) in self.layers.windows(2).enumerate() {
            let (from, to) = (pair[0].units.len(), pair[1].units.len());
            let weights = &self.weights[l];
            if weights.len() != from
                || weights.iter().any(|row| row.len() != to)
                || self.biases[l].len() != to
            {
                return Err(PlotError::new(format!(
                    "between `{}` and `{}` there must be {from} × {to} weights and {to} biases",
                    pair[0].label, pair[1].label
                )));
            }
        }
        Ok(())
    }

    /// All weights and biases.
    fn values(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        let weights = self.weights.iter().flatten().flatten();
        weights.chain(self.biases.iter().flatten()).filter_map(|value| *value)
    }

    fn draw_edges(
        &self,
        surface: &mut dyn Surface,
        frame: &Frame,
        placement: &Placement,
        span: [f64; 2],
    ) -> Result<Vec<EdgeHit>, PlotError> {
        let Placement { columns, radius, .. } = placement;
        let mut drawn = Vec::new();
        for (layer, pair) in columns.windows(2).enumerate() {
            for &(from, start) in &pair[0].nodes {
                for &(to, end) in &pair[1].nodes {
                    let Some(weight) = self.weights[layer][from][to].filter(|w| w.is_finite()) else {
                        continue;
                    };
                    let position = Ramp::Diverging.position(weight, span);
                    let (x1, x2) = (start.0 + radius, end.0 - radius);
                    let hit = EdgeHit { x1, y1: start.1, x2, y2: end.1, layer, from, to };
                    drawn.push((position, hit));
                }
            }
        }
        let is_shown = |hit: &EdgeHit| {
            self.highlight.is_none_or(|highlight| highlight.shows_edge(hit.layer, hit.from, hit.to))
        };
        // Strong weights lie above weak ones, those brought out above all.
        let mut order: Vec<&(f64, EdgeHit)> = drawn.iter().collect();
        order.sort_by(|(a, hit_a), (b, hit_b)| {
            is_shown(hit_a).cmp(&is_shown(hit_b)).then(a.abs().total_cmp(&b.abs()))
        });
        for (position, hit) in order {
            let stroke = edge_stroke(*position, frame, is_shown(hit));
            surface.path(&[(hit.x1, hit.y1), (hit.x2, hit.y2)], stroke)?;
        }
        // Answered in the network's own order, so that a position keeps its meaning while weights change.
        Ok(drawn.into_iter().map(|(_, hit)| hit).collect())
    }

    fn draw_nodes(
        &self,
        surface: &mut dyn Surface,
        frame: &Frame,
        placement: &Placement,
        span: [f64; 2],
    ) -> Result<Vec<NodeHit>, PlotError> {
        let Placement { columns, radius, .. } = placement;
        let radius = *radius;
        let mut hits = Vec::new();
        for (layer, column) in columns.iter().enumerate() {
            for &(unit, at) in &column.nodes {
                let bias = layer.checked_sub(1).and_then(|l| self.biases[l][unit]);
                // Inputs have no bias: they are drawn empty.
                let fill = bias.map_or(frame.theme.background, |b| {
                    Ramp::Diverging.color(Ramp::Diverging.position(b, span))
                });
                let meant =
                    self.highlight.is_some_and(|h| h.to.is_none() && (h.layer, h.unit) == (layer, unit));
                let (outline, width) =
                    if meant { (frame.theme.text, 2.5) } else { (frame.theme.muted, 1.25) };
                surface.disc(at, radius, fill)?;
                surface.ring(at, radius, Stroke { color: outline, width })?;
                hits.push(NodeHit { x: at.0, y: at.1, radius, layer, unit });
            }
            if let Some((x, y)) = column.gap {
                for offset in [-5.0, 0.0, 5.0] {
                    surface.disc((x, y + offset), 1.5, frame.theme.muted)?;
                }
            }
        }
        Ok(hits)
    }

    fn draw_names(
        &self,
        surface: &mut dyn Surface,
        frame: &Frame,
        placement: &Placement,
    ) -> Result<(), PlotError> {
        let Placement { columns, radius, .. } = placement;
        let size = frame.font_size;
        let step = if columns.len() > 1 { columns[1].x - columns[0].x } else { frame.width };
        let crowded = self.layers.iter().any(|layer| text::width(&layer.label, size) > step - 0.6 * size);
        let label_size = if crowded { 0.85 * size } else { size };
        for (index, (layer, column)) in self.layers.iter().zip(columns).enumerate() {
            // Where labels would touch, every other one stands a line lower.
            let lowered = crowded && index % 2 == 1;
            let room = if crowded { 2.0 * step } else { step };
            let label = text::fitted(&layer.label, label_size, (room - 0.4 * size).max(4.0 * size));
            let half = 0.5 * text::width(&label, label_size);
            let x = column.x.max(half + 2.0).min(frame.width - half - 2.0);
            let y = if lowered { 2.15 * size } else { 0.85 * size };
            let lettering = Lettering { size: label_size, color: frame.theme.text, align: Align::Middle };
            surface.text(&label, (x, y), lettering)?;
        }
        let sides = [(0, Align::End, -1.0), (self.layers.len().saturating_sub(1), Align::Start, 1.0)];
        // A single layer is an input: its names stand on the left only.
        for (layer, align, side) in sides.into_iter().take(self.layers.len()) {
            for (unit, at) in &columns[layer].nodes {
                let x = at.0 + side * (radius + 0.5 * size);
                let room = if side < 0.0 { x - 2.0 } else { frame.width - x - 2.0 };
                let name = text::fitted(&self.layers[layer].units[*unit], size, room);
                surface.text(&name, (x, at.1), Lettering { size, color: frame.theme.text, align })?;
            }
        }
        Ok(())
    }
}

/// Colour, opacity and width of a weight: all three fade towards zero, so that a weight near zero is
/// faint on a light page and on a dark one.
fn edge_stroke(position: f64, frame: &Frame, shown: bool) -> Stroke {
    let strength = position.abs();
    let color: Color = Ramp::Diverging.color(position.signum() * (0.45 + 0.55 * strength));
    let opacity = if shown { 0.25 + 0.75 * strength } else { 0.08 };
    Stroke { color: frame.theme.background.mix(color, opacity), width: 0.75 + 4.25 * strength }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::samples::spec;
    use crate::test_surface::{Drawn, draw};
    use serde_json::{Value, json};

    fn network(sizes: &[usize], weight: Value) -> Value {
        let layers: Vec<Value> =
            sizes.iter().map(|n| json!({"label": format!("layer · {n}"), "units": vec![""; *n]})).collect();
        let pairs = || sizes.windows(2);
        let weights: Vec<Value> = pairs().map(|p| json!(vec![vec![weight.clone(); p[1]]; p[0]])).collect();
        let biases: Vec<Value> = pairs().map(|p| json!(vec![0.5; p[1]])).collect();
        spec("network", json!({"layers": layers, "weights": weights, "biases": biases}))
    }

    #[test]
    fn every_unit_and_weight_has_a_hit_area() {
        let (layout, _) = draw(&network(&[4, 6, 3], json!(-0.25))).unwrap();
        assert_eq!((layout.nodes.len(), layout.edges.len()), (13, 4 * 6 + 6 * 3));
        let order: Vec<_> = layout.edges.iter().map(|edge| (edge.layer, edge.from, edge.to)).collect();
        assert!(order.is_sorted());
        for node in &layout.nodes {
            let inside = node.x - node.radius >= 0.0 && node.x + node.radius <= 360.0;
            assert!(inside && node.y > 0.0 && node.y < 240.0, "{node:?}");
        }
    }

    #[test]
    fn large_layers_are_shown_by_their_first_few_and_last() {
        let (layout, _) = draw(&network(&[100, 64, 3], json!(0.1))).unwrap();
        let units: Vec<usize> = layout.nodes.iter().filter(|n| n.layer == 0).map(|n| n.unit).collect();
        assert!(units.len() < 12, "{units:?}");
        assert_eq!((units[0], units[units.len() - 1]), (0, 99));
    }

    #[test]
    fn a_weight_that_is_not_finite_is_left_out() {
        let (layout, drawn) = draw(&network(&[2, 2], Value::Null)).unwrap();
        assert!(layout.edges.is_empty());
        assert!(drawn.iter().all(|d| !matches!(d, Drawn::Path(..))));
    }

    #[test]
    fn the_stronger_weight_is_the_thicker_and_has_its_sign_in_its_colour() {
        let mut given = network(&[1, 3], json!(0.0));
        given["weights"] = json!([[[-1.0, 0.2, 1.0]]]);
        let (_, drawn) = draw(&given).unwrap();
        let strokes: Vec<Stroke> =
            drawn.iter().filter_map(|d| if let Drawn::Path(_, s) = d { Some(*s) } else { None }).collect();
        assert!(strokes[0].width < strokes[1].width, "weak weights are drawn first");
        let blueish = strokes.iter().filter(|s| s.color.rgb[2] > s.color.rgb[0]).count();
        assert_eq!(blueish, 1);
    }

    #[test]
    fn a_highlighted_unit_leaves_only_its_weights_strong() {
        let mut given = network(&[2, 2, 2], json!(1.0));
        given["highlight"] = json!({"layer": 1, "unit": 0});
        let (_, drawn) = draw(&given).unwrap();
        let strong = |d: &Drawn| matches!(d, Drawn::Path(_, s) if s.color.luminance() < 0.7);
        assert_eq!(drawn.iter().filter(|d| strong(d)).count(), 4);
    }

    #[test]
    fn shapes_that_do_not_follow_from_the_layers_are_refused() {
        let mut given = network(&[4, 6, 3], json!(0.1));
        given["weights"][1] = json!([[0.1]]);
        assert!(draw(&given).unwrap_err().to_string().contains("6 × 3 weights"));
        given["weights"] = json!([]);
        assert!(draw(&given).is_err());
        assert!(draw(&network(&[], json!(0))).is_ok());
        assert!(draw(&network(&[4], json!(0))).is_ok());
    }
}
