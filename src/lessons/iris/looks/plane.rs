//! A grid over two columns, whose cells a model judges.

use super::super::lab::run::IrisRun;
use crate::error::LabError;
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::objective::metric::largest;
use serde::{Deserialize, Serialize};

/// Most cells along one side of the decision regions.
const MOST_CELLS: usize = 200;
/// Regions reach beyond the data by this share of its range.
const MARGIN: f64 = 0.08;

/// Which grid is judged.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct RegionsOptions {
    /// The column along the horizontal axis.
    x: String,
    /// The column along the vertical axis.
    y: String,
    /// Cells from left to right; 60 where nothing is said.
    #[serde(default = "sixty")]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    columns: usize,
    /// Cells from bottom to top; 60 where nothing is said.
    #[serde(default = "sixty")]
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    rows: usize,
    /// Values of all features, of which those that are not `x` or `y` are used; the means by default.
    #[cfg_attr(test, ts(optional))]
    at: Option<Vec<f64>>,
}

fn sixty() -> usize {
    60
}

/// The class of each cell of a grid over two columns, the row of cells with the smallest `y` first.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Regions {
    /// Ends of the axes, in the units of the table.
    x_range: (f64, f64),
    y_range: (f64, f64),
    /// Cells from left to right.
    columns: usize,
    /// Cells from bottom to top.
    rows: usize,
    /// The class of each cell, row by row.
    classes: Vec<usize>,
    /// How sure the model is of it.
    confidence: MaybeNan<Vec<f32>>,
    /// How sure the model is of the class that comes next: where both are equal runs a border.
    next: MaybeNan<Vec<f32>>,
    /// Values of all features, at which those that are not `x` or `y` are held.
    at: Vec<f64>,
}

/// A grid over two features; cells are judged at their middle, the other features are held still.
pub struct Plane {
    columns: usize,
    rows: usize,
    at: Vec<f64>,
    x_range: (f64, f64),
    y_range: (f64, f64),
    /// One row of all features for each cell, in the table's units, the row of cells with the smallest `y` first.
    pub points: Vec<Vec<f64>>,
}

impl Plane {
    /// # Errors
    /// `bad_input` for columns the table does not have, too many cells, or numbers that do not fit.
    pub fn new(run: &IrisRun, options: RegionsOptions) -> Result<Self, LabError> {
        let bad = |expected: String| {
            let message = format!("The decision regions cannot be drawn: {expected} was expected.");
            LabError::new("bad_input", message).with("expected", expected)
        };
        let features = &run.table.features;
        let column = |name: &str| {
            let found = features.iter().position(|f| f == name);
            found.ok_or_else(|| bad(format!("one of {}", features.join(", "))))
        };
        let (x, y) = (column(&options.x)?, column(&options.y)?);
        for cells in [options.columns, options.rows] {
            if !(2..=MOST_CELLS).contains(&cells) {
                return Err(bad(format!("2 to {MOST_CELLS} cells along each side")));
            }
        }
        let count = run.table.rows.len() as f64;
        let mean = |c: usize| run.table.rows.iter().map(|row| row[c]).sum::<f64>() / count;
        let at = options.at.unwrap_or_else(|| (0..features.len()).map(mean).collect());
        if at.len() != features.len() || at.iter().any(|v| !v.is_finite()) {
            return Err(bad(format!("{} numbers in `at`", features.len())));
        }
        let range = |c: usize| {
            let (min, max) = (run.scale.min[c], run.scale.max[c]);
            let margin = (max - min) * MARGIN;
            (min - margin, max + margin)
        };
        let (x_range, y_range) = (range(x), range(y));
        let middle = |(low, high): (f64, f64), cell: usize, cells: usize| {
            low + (high - low) * (cell as f64 + 0.5) / cells as f64
        };
        let mut points = Vec::with_capacity(options.columns * options.rows);
        for row in 0..options.rows {
            for column in 0..options.columns {
                let mut point = at.clone();
                // With one feature only, x and y are the same column: the grid is then constant along y.
                point[y] = middle(y_range, row, options.rows);
                point[x] = middle(x_range, column, options.columns);
                points.push(point);
            }
        }
        Ok(Self { columns: options.columns, rows: options.rows, at, x_range, y_range, points })
    }

    /// Class and certainty of each cell.
    pub fn judged(&self, certainty: &[f32], classes: usize) -> Regions {
        let cells = certainty.chunks_exact(classes);
        let winners: Vec<usize> = cells.clone().map(largest).collect();
        let confidence: Vec<f32> = cells.clone().map(|row| row[largest(row)]).collect();
        let next: Vec<f32> = cells.map(second).collect();
        Regions {
            x_range: self.x_range,
            y_range: self.y_range,
            columns: self.columns,
            rows: self.rows,
            classes: winners,
            confidence: confidence.into(),
            next: next.into(),
            at: self.at.clone(),
        }
    }
}

/// The second largest value of a row; that of two equal ones where they are the largest. Of one class alone it is 0.
fn second(row: &[f32]) -> f32 {
    let best = largest(row);
    let others = row.iter().enumerate().filter(|(class, _)| *class != best).map(|(_, value)| *value);
    others.fold(f32::NAN, f32::max).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_class_is_the_second_largest() {
        assert_eq!(second(&[0.2, 0.5, 0.3]), 0.3);
        assert_eq!(second(&[0.4, 0.4, 0.2]), 0.4);
        assert_eq!(second(&[0.1, 0.9]), 0.1);
        assert_eq!(second(&[1.0]), 0.0);
    }
}
