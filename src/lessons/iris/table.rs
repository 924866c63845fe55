//! The table a run learns from: Fisher's flowers, or the reader's own.

use crate::data::iris::{UNIT, iris};
use crate::data::split::Split;
use crate::data::table::{Gaps, LabelledTable, TableLimits, TableRules, TypedTable, likely_label};
use crate::error::LabError;
use crate::lessons::{
    Accepts, FeatureDescription, Material, OwnDescription, OwnTableDescription, TableDescription, TableForm,
};

/// The label of the flowers.
pub const SPECIES: &str = "species";

/// Tables of the reader's own: features are numbers, and none is missing.
pub const ACCEPTS: Accepts = Accepts::Table(TableForm {
    name: "numbers",
    rules: TableRules {
        limits: TableLimits { bytes: 20_000_000, rows: 100_000, columns: 200 },
        libsvm: false,
    },
    check: TypedTable::check_classifiable,
    look,
});

/// Most rows of the table that can be trained on, and how many are where nothing is said: those without gaps.
pub fn rows_to_train(material: &Material) -> (usize, usize) {
    let rows = |rows| Split::sizes(rows).0;
    let Some(table) = material.table() else {
        let all = rows(iris().rows.len());
        return (all, all);
    };
    let label = table.default_label().unwrap_or_default();
    (rows(table.rows), rows(table.complete_rows(label, &table.default_features(label))))
}

/// The chosen columns.
///
/// # Errors
/// `bad_table` where the reader's table cannot be learned from by these columns.
pub fn table(
    features: &[String],
    label: &str,
    gaps: Gaps,
    material: &Material,
) -> Result<LabelledTable, LabError> {
    let features = features.iter().map(String::as_str);
    match material.table() {
        None => Ok(iris().select(&features.collect::<Vec<_>>())),
        Some(own) => own.labelled(label, &features.filter(|name| *name != label).collect::<Vec<_>>(), gaps),
    }
}

/// Columns and classes for the page.
pub fn describe(table: &LabelledTable, material: &Material) -> TableDescription {
    let unit = if material.table().is_some() { "" } else { UNIT };
    let column = |c: usize| table.rows.iter().map(move |row| row[c]).filter(|value| !value.is_nan());
    let features = table
        .features
        .iter()
        .enumerate()
        .map(|(c, name)| FeatureDescription {
            name: name.clone(),
            unit: unit.into(),
            min: column(c).fold(f64::INFINITY, f64::min),
            max: column(c).fold(f64::NEG_INFINITY, f64::max),
            mean: column(c).sum::<f64>() / column(c).count() as f64,
            decimals: decimals(column(c)),
        })
        .collect();
    TableDescription { features, classes: table.classes.clone(), rows: table.rows.len() }
}

/// Decimals that the finest of some values has; `None` where there are more than a slider needs steps for.
fn decimals(values: impl Iterator<Item = f64>) -> Option<usize> {
    /// More are what is left of a computation.
    const MOST: usize = 9;
    let of = |value: f64| value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Some(values.map(of).max().unwrap_or(0)).filter(|decimals| *decimals <= MOST)
}

/// A table of the reader's for the page.
fn look(table: &TypedTable) -> OwnTableDescription {
    let columns = table.described_for_classifier();
    let likely = likely_label(&table.columns, &table.label_candidates()).unwrap_or_default();
    // The label may be the column that a mistyped cell keeps from it.
    let has_stray =
        columns.iter().any(|column| column.doubts.iter().any(|doubt| doubt.doubt == "stray_class"));
    OwnTableDescription::new(table, columns, likely.0.into(), likely.1 && !has_stray)
}

/// The reader's table in use for the page.
pub fn describe_own(material: &Material) -> Option<OwnDescription> {
    material.table().map(|table| OwnDescription::Table(look(table)))
}
