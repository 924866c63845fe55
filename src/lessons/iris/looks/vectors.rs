//! Support vectors and margins.

use super::super::lab::classical::Fitted;
use super::super::lab::run::IrisRun;
use super::super::settings::ModelKind;
use crate::classic::svm::{one_versus_one_machines, one_versus_rest_machines};
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;

/// A support vector machine, pair by pair of classes.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Vectors {
    pairs: Vec<Pair>,
    /// Rows of the table that are a support vector of any pair.
    support: Vec<usize>,
    /// Rows the machine was fitted to.
    rows_used: usize,
    /// Rows of train.
    rows: usize,
    /// How many machines two to ten classes need.
    machines: Vec<Machines>,
}

/// The machine of two classes.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Pair {
    /// Names of the classes.
    classes: [String; 2],
    /// Rows of the table that are its support vectors.
    support: Vec<usize>,
    /// The coefficient of each.
    coefficients: Vec<f64>,
    intercept: f64,
    /// The normal of the separating plane, for a linear kernel.
    normal: Option<Vec<f64>>,
    /// The width of the margin, for a linear kernel.
    margin: Option<f64>,
}

/// How many machines the two ways of telling classes apart need.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Machines {
    classes: usize,
    one_vs_one: usize,
    one_vs_rest: usize,
}

/// The machines of a support vector machine: the lab's own, or the one fitted for comparison.
///
/// # Errors
/// None.
pub fn vectors(run: &mut IrisRun, _: NoOptions) -> Result<Vectors, LabError> {
    run.fit_companions();
    let found = run.companions().into_iter().find(|(model, _)| *model == ModelKind::Svm);
    let (_, fitted) = found.expect("a support vector machine is among those compared");
    let Fitted::Svm(model) = fitted.fitted() else { unreachable!("a support vector machine was fitted") };
    let name = |class: usize| run.table.classes[class].clone();
    let number = |row: &usize| run.table.number(fitted.train_rows()[*row]);
    let rows = |support: &[usize]| support.iter().map(number).collect::<Vec<_>>();
    let pairs = model.pairs.iter().map(|pair| Pair {
        classes: [name(pair.classes.0), name(pair.classes.1)],
        support: rows(&pair.support),
        coefficients: pair.coefficients.clone(),
        intercept: pair.intercept,
        normal: pair.normal.clone(),
        margin: pair.margin_width(),
    });
    let machines = (2..=10).map(|classes| Machines {
        classes,
        one_vs_one: one_versus_one_machines(classes),
        one_vs_rest: one_versus_rest_machines(classes),
    });
    Ok(Vectors {
        pairs: pairs.collect(),
        support: rows(&model.support()),
        rows_used: fitted.train_rows().len(),
        rows: run.split.train.len(),
        machines: machines.collect(),
    })
}
