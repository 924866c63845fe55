//! A look inside the iris lab: data, network, decision regions, a replay for oracles.

use super::lab::IrisLab;
use crate::lab::LabError;
use crate::nn::metric::largest;
use crate::nn::mlp::{from_state_dict, state_dict_name};
use crate::nn::parameters::{self, NamedTensor};
use crate::nn::runner::{Weights, device_lost};
use serde::Deserialize;
use serde_json::{Value, json};

/// Most cells along one side of the decision regions.
const MOST_CELLS: usize = 200;
/// Regions reach beyond the data by this share of its range.
const MARGIN: f32 = 0.08;
/// Most minibatches of a replay.
const MOST_BATCHES: usize = 100_000;

/// The shortest decimal that reads back as the same `f32`: 5.1, not 5.099999904632568.
fn decimal(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

/// The table in centimetres, and which part each row is in (`train+test` where the split leaks).
pub(super) fn data(lab: &IrisLab) -> Value {
    let rows: Vec<Vec<f64>> =
        lab.table.rows.iter().map(|row| row.iter().map(|v| decimal(*v)).collect()).collect();
    let split: Vec<String> = (0..lab.table.rows.len()).map(|row| lab.split.parts_of(row)).collect();
    json!({
        "features": lab.table.features,
        "rows": rows,
        "labels": lab.table.labels,
        "split": split,
        "split_rows": lab.split,
        "leaked": lab.split.leaked(),
    })
}

/// Layers, and all weights of the latest step by their names; `shape` is `[inputs, outputs]`.
pub(super) async fn network(lab: &IrisLab) -> Result<Value, LabError> {
    let tensors = parameters::read(lab.runner.network(Weights::Last)).await.map_err(device_lost)?;
    let sizes = lab.config.sizes();
    let last = sizes.len() - 1;
    let layers: Vec<Value> = sizes
        .iter()
        .enumerate()
        .map(|(index, units)| match index {
            0 => json!({ "name": "input", "units": units, "unit_names": lab.table.features }),
            _ if index == last => {
                json!({ "name": "output", "units": units, "unit_names": lab.table.classes })
            }
            _ => json!({ "name": format!("hidden{index}"), "units": units }),
        })
        .collect();
    let tensors: Vec<Value> = tensors
        .into_iter()
        .map(|tensor| {
            json!({
                "name": state_dict_name(&tensor.name),
                "shape": tensor.shape,
                "parameters": tensor.values.len(),
                "values": tensor.values,
            })
        })
        .collect();
    Ok(json!({ "layers": layers, "tensors": tensors, "parameters": lab.config.parameters() }))
}

#[derive(Deserialize)]
struct RegionOptions {
    x: String,
    y: String,
    #[serde(default = "sixty")]
    columns: usize,
    #[serde(default = "sixty")]
    rows: usize,
    /// Values of all features, of which those that are not `x` or `y` are used; the means by default.
    at: Option<Vec<f32>>,
}

fn sixty() -> usize {
    60
}

/// Class and its probability over a grid of two features, row 0 at the smallest `y`; cells are judged at their
/// middle, the other features are held still.
pub(super) async fn regions(lab: &IrisLab, options: &Value) -> Result<Value, LabError> {
    let bad = |expected: String| {
        LabError::new("bad_input", format!("The decision regions cannot be drawn: {expected} was expected."))
            .with("expected", expected)
    };
    let options: RegionOptions = serde_json::from_value(options.clone()).map_err(|e| bad(e.to_string()))?;
    let features = &lab.table.features;
    let column = |name: &str| {
        features.iter().position(|f| f == name).ok_or_else(|| bad(format!("one of {}", features.join(", "))))
    };
    let (x, y) = (column(&options.x)?, column(&options.y)?);
    for cells in [options.columns, options.rows] {
        if !(2..=MOST_CELLS).contains(&cells) {
            return Err(bad(format!("2 to {MOST_CELLS} cells along each side")));
        }
    }
    let count = lab.table.rows.len() as f32;
    let means =
        (0..features.len()).map(|c| lab.table.rows.iter().map(|row| row[c]).sum::<f32>() / count).collect();
    let at = options.at.unwrap_or(means);
    if at.len() != features.len() || at.iter().any(|v| !v.is_finite()) {
        return Err(bad(format!("{} numbers in `at`", features.len())));
    }
    let range = |c: usize| {
        let (min, max) = (lab.scale.min[c], lab.scale.max[c]);
        let margin = (max - min) * MARGIN;
        (min - margin, max + margin)
    };
    let (x_range, y_range) = (range(x), range(y));
    let middle = |(low, high): (f32, f32), cell: usize, cells: usize| {
        low + (high - low) * (cell as f32 + 0.5) / cells as f32
    };
    let mut grid = Vec::with_capacity(options.columns * options.rows);
    for row in 0..options.rows {
        for column in 0..options.columns {
            let mut point = at.clone();
            // With one feature only, x and y are the same column: the grid is then constant along y.
            point[y] = middle(y_range, row, options.rows);
            point[x] = middle(x_range, column, options.columns);
            grid.push(point);
        }
    }
    let probabilities = lab.probabilities(&grid).await?;
    let cells = probabilities.chunks_exact(lab.table.classes.len());
    let classes: Vec<usize> = cells.clone().map(largest).collect();
    let confidence: Vec<f32> = cells.map(|row| row[largest(row)]).collect();
    Ok(json!({
        "x_range": [x_range.0, x_range.1],
        "y_range": [y_range.0, y_range.1],
        "columns": options.columns,
        "rows": options.rows,
        "classes": classes,
        "confidence": confidence,
        "at": at.iter().map(|v| decimal(*v)).collect::<Vec<_>>(),
    }))
}

#[derive(Deserialize)]
struct ReplayOptions {
    /// Initial weights under the names of the exported file, in its layout.
    weights: Vec<ReplayTensor>,
    /// Row numbers of each minibatch.
    batches: Vec<Vec<usize>>,
}

#[derive(Deserialize)]
struct ReplayTensor {
    name: String,
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// The loss of every step of a run over given minibatches from given weights, with the lab's optimiser; the lab's
/// own run is not touched. Oracles are compared with it, in every browser and on every device.
pub(super) async fn replay(lab: &IrisLab, options: Value) -> Result<Value, LabError> {
    let bad = |reason: String| {
        LabError::new("bad_input", format!("This run cannot be replayed: {reason}.")).with("expected", reason)
    };
    let options: ReplayOptions = serde_json::from_value(options).map_err(|error| bad(error.to_string()))?;
    if options.batches.len() > MOST_BATCHES {
        return Err(bad(format!("at most {MOST_BATCHES} minibatches are replayed")));
    }
    let mut weights = Vec::with_capacity(options.weights.len());
    for tensor in options.weights {
        if tensor.shape.iter().product::<usize>() != tensor.values.len() {
            return Err(bad(format!("`{}` does not hold as many values as its shape says", tensor.name)));
        }
        weights.push(NamedTensor::new(tensor.name, tensor.shape, tensor.values));
    }
    let rows = lab.table.rows.len();
    let losses = lab.runner.replay(&from_state_dict(weights), &options.batches, rows).await.map_err(bad)?;
    Ok(json!({ "losses": losses }))
}
