//! What to draw, as plain data: the frame all charts share, and one of the charts.
//!
//! `www/kit/chart/plot-spec.ts` mirrors these types and those of the chart files for the page.

use super::dots::Dots;
use super::error::PlotError;
use super::frame::Frame;
use super::heatmap::Heatmap;
use super::line::LineChart;
use super::network::Network;
use super::pairs::Pairs;
use super::scatter::Scatter;
use serde::{Deserialize, Deserializer};

/// The names in a spec's `kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Line,
    Scatter,
    Network,
    Heatmap,
    Dots,
    Pairs,
}

#[derive(Deserialize)]
struct Tag {
    kind: Kind,
}

/// One of the charts.
#[derive(Debug, Clone)]
pub enum Chart {
    /// Values over steps.
    Line(LineChart),
    /// Points with classes, and the regions a model decides.
    Scatter(Scatter),
    /// Layers, weights and biases.
    Network(Network),
    /// A table of numbers as colours.
    Heatmap(Heatmap),
    /// Rows of dots along one axis.
    Dots(Dots),
    /// Small scatter charts of all pairs of features.
    Pairs(Pairs),
}

/// A whole spec.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Size, colours, axis names.
    pub frame: Frame,
    /// What is drawn.
    pub chart: Chart,
}

impl Spec {
    /// Reads a spec from a source that can be read more than once.
    ///
    /// The source is asked three times (for the kind, the frame and the chart): an internally tagged
    /// union would first copy every number into a generic tree, which is slow for long series.
    ///
    /// # Errors
    /// What the deserializer says of a missing or ill-typed field.
    pub fn read<'de, D: Deserializer<'de>>(mut source: impl FnMut() -> D) -> Result<Self, D::Error> {
        let tag = Tag::deserialize(source())?;
        let frame = Frame::deserialize(source())?;
        let chart = match tag.kind {
            Kind::Line => Chart::Line(LineChart::deserialize(source())?),
            Kind::Scatter => Chart::Scatter(Scatter::deserialize(source())?),
            Kind::Network => Chart::Network(Network::deserialize(source())?),
            Kind::Heatmap => Chart::Heatmap(Heatmap::deserialize(source())?),
            Kind::Dots => Chart::Dots(Dots::deserialize(source())?),
            Kind::Pairs => Chart::Pairs(Pairs::deserialize(source())?),
        };
        Ok(Self { frame, chart })
    }

    /// Reads a spec from JSON.
    ///
    /// # Errors
    /// A missing or ill-typed field.
    pub fn from_json(spec: &serde_json::Value) -> Result<Self, PlotError> {
        Self::read(|| spec).map_err(|error| PlotError::new(error.to_string()))
    }
}

#[cfg(test)]
pub(super) mod samples {
    //! Specs for the tests of the charts.

    use serde_json::{Value, json};

    /// A spec of `kind` on a light page with the given fields.
    pub fn spec(kind: &str, fields: Value) -> Value {
        let mut spec = json!({
            "kind": kind, "width": 360, "height": 240, "font_size": 12,
            "theme": {"background": "#ffffff", "text": "#1c1c1c", "grid": "#e4e4e0", "muted": "#5f5f5a"},
            "x_label": "step", "y_label": "loss",
        });
        let all = spec.as_object_mut().unwrap();
        all.extend(fields.as_object().unwrap().clone());
        spec
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_wrong_with_a_spec_is_said() {
        let message = |fields| Spec::from_json(&samples::spec("line", fields)).unwrap_err().to_string();
        assert!(message(json!({"kind": "pie"})).contains("pie"));
        assert!(message(json!({"series": 3})).contains("invalid type"));
        assert!(message(json!({"series": [], "width": null})).contains("invalid type"));
        let theme = json!({"background": "white", "text": "#000", "grid": "#000", "muted": "#000"});
        assert!(message(json!({"series": [], "theme": theme})).contains("`white` is not a colour"));
    }

    #[test]
    fn sizes_are_checked() {
        for fields in [json!({"width": 0}), json!({"height": -3}), json!({"pixel_ratio": 99})] {
            let mut fields = fields;
            fields["series"] = json!([]);
            let spec = Spec::from_json(&samples::spec("line", fields)).unwrap();
            assert!(spec.frame.check().is_err());
        }
    }
}
