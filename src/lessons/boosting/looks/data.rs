//! The table, its columns as the model sees them, and its splits.

use crate::data::table::TypedColumn;
use crate::error::LabError;
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::run::maybe::MaybeNan;
use serde::Serialize;

/// Rows of the table that are shown.
const SAMPLE: usize = 8;

/// The table that is learned from.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DatasetShown {
    /// Name of the file.
    file: String,
    rows: usize,
    /// Name of the label column.
    label: String,
    /// Classes of the label; none where it is a number.
    classes: Vec<String>,
    columns: Vec<ColumnShown>,
    #[serde(rename = "parts")]
    splits: SplitsShown,
    /// Bins of all features.
    total_bins: usize,
    /// Cells of the first rows.
    sample: Vec<Vec<String>>,
    /// Whether people are asked one by one for a product.
    products: bool,
}

/// A column of the table.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ColumnShown {
    name: String,
    role: ColumnRole,
    /// Rows without a value.
    missing: usize,
    /// Bins of a feature.
    bins: Option<usize>,
    #[serde(flatten)]
    values: ColumnValues,
}

/// What a column is to the model.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum ColumnRole {
    Label,
    LeftOut,
    /// The same in all rows, or too rare to split by.
    Useless,
    Feature,
}

/// The values of a column; not finite where it has none.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ColumnValues {
    Number { min: MaybeNan<f64>, max: MaybeNan<f64>, mean: f64 },
    Category { distinct: usize },
}

/// Rows of the splits.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct SplitsShown {
    train: SplitShown,
    valid: SplitShown,
    test: SplitShown,
}

/// Rows of a split, and how many are of each class.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct SplitShown {
    rows: usize,
    classes: Vec<usize>,
}

/// The table of the run.
pub fn data(run: &BoostingRun, _: NoOptions) -> Result<DatasetShown, LabError> {
    let table = &run.data.table;
    let binned = run.booster().data();
    let column = |(index, column): (usize, &TypedColumn)| {
        let seen = run.features.from.iter().position(|from| *from == index);
        let feature = seen.and_then(|seen| binned.features.iter().find(|feature| feature.column == seen));
        let role = match (column.name == run.data.label, seen, feature) {
            (true, ..) => ColumnRole::Label,
            (_, None, _) => ColumnRole::LeftOut,
            (_, Some(_), None) => ColumnRole::Useless,
            (_, Some(_), Some(_)) => ColumnRole::Feature,
        };
        ColumnShown {
            name: column.name.clone(),
            role,
            missing: column.missing,
            bins: feature.map(|feature| feature.mapper.bins),
            values: values_of(column),
        }
    };
    let sample = (0..SAMPLE.min(table.rows))
        .map(|row| (0..table.columns.len()).map(|column| run.cell_text(column, row)).collect())
        .collect();
    Ok(DatasetShown {
        file: table.file.clone(),
        rows: table.rows,
        label: run.data.label.clone(),
        classes: run.data.classes.clone(),
        columns: table.columns.iter().enumerate().map(column).collect(),
        splits: SplitsShown {
            train: counts(run, &run.splits.train),
            valid: counts(run, &run.splits.valid),
            test: counts(run, &run.splits.test),
        },
        total_bins: binned.total_bins,
        sample,
        products: run.has_products(),
    })
}

fn values_of(column: &TypedColumn) -> ColumnValues {
    if let Some(names) = &column.categories {
        return ColumnValues::Category { distinct: names.len() };
    }
    let filled = || column.values.iter().copied().filter(|value| !value.is_nan());
    let count = filled().count().max(1) as f64;
    ColumnValues::Number {
        min: filled().fold(f64::INFINITY, f64::min).into(),
        max: filled().fold(f64::NEG_INFINITY, f64::max).into(),
        mean: filled().sum::<f64>() / count,
    }
}

fn counts(run: &BoostingRun, rows: &[usize]) -> SplitShown {
    let mut classes = vec![0; run.data.classes.len()];
    rows.iter().for_each(|row| {
        if let Some(count) = classes.get_mut(run.data.labels[*row] as usize) {
            *count += 1;
        }
    });
    SplitShown { rows: rows.len(), classes }
}
