//! Three models over the same columns.

use super::super::lab::run::{IrisRun, Model, certainty_of};
use super::super::settings::ModelKind;
use super::plane::{Plane, Regions, RegionsOptions};
use crate::error::LabError;
use crate::lessons::run::maybe::MaybeNan;
use serde::Serialize;

/// Models fitted to the same rows and columns, side by side.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Comparison {
    models: Vec<Compared>,
    /// Names of the columns.
    features: Vec<String>,
}

/// One of them.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Compared {
    model: ModelKind,
    regions: Regions,
    accuracy: Accuracy,
    /// Accuracy on test where a column is missing and its mean stands in for it, column by column.
    without: Vec<MaybeNan<f64>>,
}

/// Accuracy on each part; none where it has no rows.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Accuracy {
    train: MaybeNan<f64>,
    dev: MaybeNan<f64>,
    test: MaybeNan<f64>,
}

/// The lab's model, and beside it softmax regression and a support vector machine fitted to the same rows with the
/// same columns: regions over the same grid, accuracy on each part, and what a missing value costs.
///
/// # Errors
/// `bad_input`, `device_lost`.
pub async fn comparison(run: &mut IrisRun, options: RegionsOptions) -> Result<Comparison, LabError> {
    run.fit_companions();
    let plane = Plane::new(run, options)?;
    let (classes, columns) = (run.table.classes.len(), run.table.features.len());
    let mut models = Vec::new();
    if let Model::Network(_) = run.model {
        let certainty = run.certainty(&plane.points).await?;
        let accuracy = Accuracy {
            train: run.figures(&run.split.train).await?.1.into(),
            dev: run.figures(&run.split.dev).await?.1.into(),
            test: run.figures(&run.split.test).await?.1.into(),
        };
        let mut without = Vec::new();
        for column in 0..columns {
            without.push(run.accuracy_without(column).await?.into());
        }
        let regions = plane.judged(&certainty, classes);
        models.push(Compared { model: ModelKind::Mlp, regions, accuracy, without });
    }
    let scaled: Vec<f32> = plane.points.iter().flat_map(|row| run.scale.scale(row)).collect();
    for (model, fitted) in run.companions() {
        let without = |column| fitted.accuracy_without(column, &run.split.train, &run.split.test).into();
        models.push(Compared {
            model,
            regions: plane.judged(&certainty_of(fitted, &scaled, columns), classes),
            accuracy: Accuracy {
                train: fitted.evaluate(&run.split.train).1.into(),
                dev: fitted.evaluate(&run.split.dev).1.into(),
                test: fitted.evaluate(&run.split.test).1.into(),
            },
            without: (0..columns).map(without).collect(),
        });
    }
    Ok(Comparison { models, features: run.table.features.clone() })
}
