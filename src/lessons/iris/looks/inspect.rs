//! A look inside the iris lab: data, network, decision regions, a replay for oracles.

use super::super::lab::classical::Fitted;
use super::super::lab::run::{IrisLab, Model, certainty_of};
use super::super::table::decimal;
use crate::classic::svm::{one_versus_one_machines, one_versus_rest_machines};
use crate::error::LabError;
use crate::nn::layers::parameters::{self, NamedTensor};
use crate::nn::models::mlp::{from_state_dict, state_dict_name};
use crate::nn::objective::metric::largest;
use crate::nn::run::runner::{Weights, device_lost};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Most cells along one side of the decision regions.
const MOST_CELLS: usize = 200;
/// Regions reach beyond the data by this share of its range.
const MARGIN: f32 = 0.08;
/// Parts of the table.
const SPLITS: [&str; 3] = ["train", "dev", "test"];
/// Most minibatches of a replay.
const MOST_BATCHES: usize = 100_000;

/// Most rows of a table that are sent to be drawn.
const MOST_ROWS_SHOWN: usize = 2_000;

/// The table in its own units, and which part each row is in (`train+test` where the split leaks). Of a long table
/// every n-th row, so that a page can draw them; `counts` counts all rows, class by class, for each part.
pub fn data(lab: &IrisLab) -> Value {
    let table = &lab.table;
    let every = table.rows.len().div_ceil(MOST_ROWS_SHOWN);
    let shown: Vec<usize> = (0..table.rows.len()).step_by(every).collect();
    let rows: Vec<Vec<f64>> =
        shown.iter().map(|&row| table.rows[row].iter().map(|v| decimal(*v)).collect()).collect();
    let parts = lab.split.parts(table.rows.len());
    json!({
        "features": table.features,
        "total": table.rows.len(),
        "row_numbers": shown,
        "rows": rows,
        "labels": shown.iter().map(|&row| table.labels[row]).collect::<Vec<_>>(),
        "split": shown.iter().map(|&row| &parts[row]).collect::<Vec<_>>(),
        "split_rows": if every == 1 { json!(lab.split) } else { Value::Null },
        "counts": counts(lab),
        "leaked": lab.split.leaked(),
    })
}

/// Rows of each class in each part and in the whole table.
fn counts(lab: &IrisLab) -> Value {
    let classes = lab.table.classes.len();
    let count = |rows: &mut dyn Iterator<Item = usize>| {
        let mut counts = vec![0u32; classes];
        rows.for_each(|row| counts[lab.table.labels[row] as usize] += 1);
        counts
    };
    let part = |rows: &[usize]| count(&mut rows.iter().copied());
    json!({
        "train": part(&lab.split.train),
        "dev": part(&lab.split.dev),
        "test": part(&lab.split.test),
        "all": count(&mut (0..lab.table.rows.len())),
    })
}

/// Layers, and all weights of the latest step by their names; `shape` is `[inputs, outputs]`. A support vector machine
/// has no layers: the lists are empty.
pub async fn network(lab: &IrisLab) -> Result<Value, LabError> {
    let (sizes, tensors) = match &lab.model {
        Model::Network(runner) => {
            let mut tensors = parameters::read(runner.network(Weights::Last)).await.map_err(device_lost)?;
            tensors.iter_mut().for_each(|tensor| tensor.name = state_dict_name(&tensor.name));
            (lab.config.sizes(), tensors)
        }
        Model::Classical(run) => match run.fitted() {
            Fitted::Softmax(_) => {
                (vec![lab.table.features.len(), lab.table.classes.len()], from_state_dict(run.tensors()))
            }
            Fitted::Svm(_) => (Vec::new(), Vec::new()),
        },
    };
    let last = sizes.len().saturating_sub(1);
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
    let parameters: usize = tensors.iter().map(|tensor| tensor.values.len()).sum();
    let tensors: Vec<Value> = tensors
        .into_iter()
        .map(|tensor| {
            json!({
                "name": tensor.name,
                "shape": tensor.shape,
                "parameters": tensor.values.len(),
                "values": tensor.values,
            })
        })
        .collect();
    Ok(json!({ "layers": layers, "tensors": tensors, "parameters": parameters }))
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

/// A grid over two features; cells are judged at their middle, the other features are held still.
struct Plane {
    options: RegionOptions,
    at: Vec<f32>,
    x_range: (f32, f32),
    y_range: (f32, f32),
    /// One row of all features for each cell, in the table's units, the row of cells with the smallest `y` first.
    points: Vec<Vec<f32>>,
}

impl Plane {
    fn new(lab: &IrisLab, options: &Value) -> Result<Self, LabError> {
        let bad = |expected: String| {
            let message = format!("The decision regions cannot be drawn: {expected} was expected.");
            LabError::new("bad_input", message).with("expected", expected)
        };
        let mut options: RegionOptions =
            serde_json::from_value(options.clone()).map_err(|error| bad(error.to_string()))?;
        let features = &lab.table.features;
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
        let count = lab.table.rows.len() as f32;
        let mean = |c: usize| lab.table.rows.iter().map(|row| row[c]).sum::<f32>() / count;
        let at = options.at.take().unwrap_or_else(|| (0..features.len()).map(mean).collect());
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
        Ok(Self { options, at, x_range, y_range, points })
    }

    /// Class and certainty of each cell.
    fn judged(&self, certainty: &[f32], classes: usize) -> Value {
        let cells = certainty.chunks_exact(classes);
        let winners: Vec<usize> = cells.clone().map(largest).collect();
        let confidence: Vec<f32> = cells.map(|row| row[largest(row)]).collect();
        json!({
            "x_range": [self.x_range.0, self.x_range.1],
            "y_range": [self.y_range.0, self.y_range.1],
            "columns": self.options.columns,
            "rows": self.options.rows,
            "classes": winners,
            "confidence": confidence,
            "at": self.at.iter().map(|v| decimal(*v)).collect::<Vec<_>>(),
        })
    }
}

/// Class and its certainty over a grid of two features.
pub async fn regions(lab: &IrisLab, options: &Value) -> Result<Value, LabError> {
    let plane = Plane::new(lab, options)?;
    let certainty = lab.certainty(&plane.points).await?;
    Ok(plane.judged(&certainty, lab.table.classes.len()))
}

/// The lab's model, and beside it softmax regression and a support vector machine fitted to the same rows with the
/// same columns: regions over the same grid, accuracy on each part, and what a missing value costs.
pub async fn comparison(lab: &mut IrisLab, options: &Value) -> Result<Value, LabError> {
    lab.fit_companions();
    let plane = Plane::new(lab, options)?;
    let classes = lab.table.classes.len();
    let scaled: Vec<f32> = plane.points.iter().flat_map(|row| lab.scale.scale(row)).collect();
    let mut models = Vec::new();
    if let Model::Network(_) = lab.model {
        let certainty = lab.certainty(&plane.points).await?;
        let mut accuracy = Map::new();
        for split in SPLITS {
            let result = lab.figures(lab.split_rows(split)?).await?;
            accuracy.insert(split.into(), json!(result.1));
        }
        let mut missing = Vec::new();
        for column in 0..lab.table.features.len() {
            missing.push(lab.accuracy_without(column).await?);
        }
        models.push(json!({
            "model": "mlp",
            "regions": plane.judged(&certainty, classes),
            "accuracy": accuracy,
            "without": missing,
        }));
    }
    for (name, run) in lab.companions() {
        let certainty = certainty_of(run, &scaled, lab.table.features.len());
        let mut accuracy = Map::new();
        for split in SPLITS {
            accuracy.insert(split.into(), json!(run.evaluate(lab.split_rows(split)?).1));
        }
        let missing: Vec<f64> = (0..lab.table.features.len())
            .map(|column| run.accuracy_without(column, &lab.split.train, &lab.split.test))
            .collect();
        models.push(json!({
            "model": name,
            "regions": plane.judged(&certainty, classes),
            "accuracy": accuracy,
            "without": missing,
        }));
    }
    Ok(json!({ "models": models, "features": lab.table.features }))
}

/// The machines of a support vector machine: support vectors by row of the table, margins, how many machines the two
/// ways of telling many classes apart need. The lab's own, or the one fitted for comparison.
pub fn vectors(lab: &mut IrisLab) -> Result<Value, LabError> {
    lab.fit_companions();
    let run = lab.companions().into_iter().find(|(name, _)| *name == "svm").map(|(_, run)| run);
    let run = run.expect("a support vector machine is among those compared");
    let Fitted::Svm(model) = run.fitted() else { unreachable!("a support vector machine was fitted") };
    let classes = &lab.table.classes;
    let pairs: Vec<Value> = model
        .pairs
        .iter()
        .map(|pair| {
            json!({
                "classes": [classes[pair.classes.0], classes[pair.classes.1]],
                "support": pair.support.iter().map(|&row| run.train_rows()[row]).collect::<Vec<_>>(),
                "coefficients": pair.coefficients,
                "intercept": pair.intercept,
                "normal": pair.normal,
                "margin": pair.margin_width(),
            })
        })
        .collect();
    let support: Vec<usize> = model.support().iter().map(|&row| run.train_rows()[row]).collect();
    Ok(json!({
        "pairs": pairs,
        "support": support,
        "rows_used": run.train_rows().len(),
        "rows": lab.split.train.len(),
        "machines": (2..=10usize).map(|k| json!({
            "classes": k,
            "one_vs_one": one_versus_one_machines(k),
            "one_vs_rest": one_versus_rest_machines(k),
        })).collect::<Vec<_>>(),
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
pub async fn replay(lab: &IrisLab, options: Value) -> Result<Value, LabError> {
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
    let replay =
        lab.network()?.replay(&from_state_dict(weights), &options.batches, rows).await.map_err(bad)?;
    Ok(json!({ "losses": replay.losses }))
}
