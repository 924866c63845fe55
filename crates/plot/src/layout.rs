//! What a drawing answers: where things stand, so that the page can serve hover, tap and focus.
//!
//! All positions are CSS pixels from the upper left corner of the drawing.

use serde::Serialize;

/// A point in CSS pixels: from the left, from the top.
pub type Point = (f64, f64);

/// A rectangle in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// Distance from the left to the right edge.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Distance from the upper to the lower edge.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// How values become positions on the vertical axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScaleKind {
    /// Equal differences are equally far apart.
    #[default]
    Linear,
    /// Equal ratios are equally far apart; only positive values have a place.
    Log,
}

/// A recorded point beside the cursor of a line chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CursorMark {
    /// Index of the series in the spec.
    pub series: usize,
    /// Index of the point in the series.
    pub index: usize,
    /// Where the dot stands.
    pub at: Point,
}

/// A unit of a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NodeHit {
    /// Centre, from the left.
    pub x: f64,
    /// Centre, from the top.
    pub y: f64,
    /// Radius of the drawn circle.
    pub radius: f64,
    /// Index of the layer.
    pub layer: usize,
    /// Index of the unit in its layer.
    pub unit: usize,
}

/// A weight of a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EdgeHit {
    /// Start, from the left.
    pub x1: f64,
    /// Start, from the top.
    pub y1: f64,
    /// End, from the left.
    pub x2: f64,
    /// End, from the top.
    pub y2: f64,
    /// Index of the layer the edge leaves.
    pub layer: usize,
    /// Unit it leaves.
    pub from: usize,
    /// Unit of the next layer it enters.
    pub to: usize,
}

/// Cells of a heat map, which fill the plot area evenly.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Grid {
    /// Number of rows; row 0 is at the top.
    pub rows: usize,
    /// Number of columns; column 0 is at the left.
    pub columns: usize,
}

/// Where a drawing has put things.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Layout {
    /// The area of the data, inside the axes.
    pub plot: Area,
    /// Values at the left and right edge of `plot`; none for a network or a heat map.
    pub x_range: Option<[f64; 2]>,
    /// Values at the lower and upper edge of `plot`; none for a network or a heat map.
    pub y_range: Option<[f64; 2]>,
    /// Vertical scale.
    pub y_scale: ScaleKind,
    /// The points marked by the cursor of a line chart.
    pub cursor: Vec<CursorMark>,
    /// The drawn units of a network.
    pub nodes: Vec<NodeHit>,
    /// The drawn weights of a network.
    pub edges: Vec<EdgeHit>,
    /// The cells of a heat map.
    pub grid: Option<Grid>,
}
