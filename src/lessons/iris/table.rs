//! The table a run learns from: Fisher's flowers, or the reader's own.

use crate::data::iris::{UNIT, iris};
use crate::data::split::Split;
use crate::data::table::{LabelledTable, TableLimits, TableRules, TypedTable};
use crate::error::LabError;
use crate::lessons::{
    Accepts, FeatureDescription, Material, OwnTableDescription, TableDescription, TableForm,
};

/// The label of the flowers.
pub const SPECIES: &str = "species";

/// Tables of the reader's own: features are numbers, and none is missing.
pub const ACCEPTS: Accepts = Accepts::Table(TableForm {
    name: "numbers",
    rules: TableRules {
        limits: TableLimits { bytes: 20_000_000, rows: 100_000, columns: 200 },
        texts_are_features: false,
        libsvm: false,
    },
    check: TypedTable::check_classifiable,
});

/// Rows of the table that are trained on when all of them are.
pub fn rows_to_train(material: &Material) -> usize {
    let rows = material.table().map_or_else(|| iris().rows.len(), |table| table.rows);
    Split::sizes(rows).0
}

/// The chosen columns.
///
/// # Errors
/// `bad_table` where the reader's table cannot be learned from by these columns.
pub fn table(features: &[String], label: &str, material: &Material) -> Result<LabelledTable, LabError> {
    let features = features.iter().map(String::as_str);
    match material.table() {
        None => Ok(iris().select(&features.collect::<Vec<_>>())),
        Some(own) => own.labelled(label, &features.filter(|name| *name != label).collect::<Vec<_>>()),
    }
}

/// Columns and classes for the page.
pub fn describe(table: &LabelledTable, material: &Material) -> TableDescription {
    let unit = if material.table().is_some() { "" } else { UNIT };
    let column = |c: usize| table.rows.iter().map(move |row| row[c]);
    let features = table
        .features
        .iter()
        .enumerate()
        .map(|(c, name)| FeatureDescription {
            name: name.clone(),
            unit: unit.into(),
            min: column(c).fold(f64::INFINITY, f64::min),
            max: column(c).fold(f64::NEG_INFINITY, f64::max),
            mean: column(c).sum::<f64>() / table.rows.len() as f64,
        })
        .collect();
    TableDescription { features, classes: table.classes.clone(), rows: table.rows.len() }
}

/// The reader's table for the page.
pub fn describe_own(material: &Material) -> Option<OwnTableDescription> {
    let table = material.table()?;
    let (file, columns) = (table.file.clone(), table.described_for_classifier());
    Some(OwnTableDescription { file, rows: table.rows, columns })
}
