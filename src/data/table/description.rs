//! What the page is told of a column.

use super::{Doubt, Kind, TypedColumn, TypedTable};
use serde::Serialize;

/// What is known of a column of the reader's table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ColumnDescription {
    /// Name in the header.
    pub name: String,
    /// What stands in it.
    #[serde(flatten)]
    pub kind: ColumnKind,
    /// How many values are missing.
    pub missing: usize,
    /// The first rows of the file with a missing value.
    pub missing_rows: Vec<usize>,
    /// Whether it can be the label.
    pub label: bool,
    /// Whether it can be a feature, unless it is the label.
    pub feature: bool,
    /// Whether it is a feature where nothing else is said.
    pub used: bool,
    /// What it is taken for.
    pub guess: Kind,
    /// Some of its cells as they stand in the file.
    pub samples: Vec<String>,
    /// What of it may be meant otherwise.
    pub doubts: Vec<Doubt>,
}

/// What a lesson can use a column as.
#[derive(Debug, Clone, Copy)]
pub struct ColumnUse {
    /// As the label.
    pub label: bool,
    /// As a feature, unless it is the label.
    pub feature: bool,
    /// As a feature where nothing else is said.
    pub used: bool,
}

/// What stands in a column; missing values are left out of the figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ColumnKind {
    /// Nothing but numbers, one at least.
    Number {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Arithmetic mean.
        mean: f64,
    },
    /// Anything else.
    Text {
        /// How many different values.
        distinct: usize,
    },
}

impl TypedTable {
    /// The columns for the page, with what the lesson can use each as.
    pub fn described(&self, uses: impl Fn(&TypedColumn) -> ColumnUse) -> Vec<ColumnDescription> {
        let describe = |column: &TypedColumn| {
            let ColumnUse { label, feature, used } = uses(column);
            ColumnDescription {
                name: column.name.clone(),
                kind: column.kind(),
                missing: column.missing,
                missing_rows: column.missing_rows.clone(),
                label,
                feature,
                used,
                guess: column.guess,
                samples: column.samples.clone(),
                doubts: column.doubts.clone(),
            }
        };
        self.columns.iter().map(describe).collect()
    }
}

impl TypedColumn {
    /// What stands in it.
    pub fn kind(&self) -> ColumnKind {
        if self.is_text() {
            return ColumnKind::Text { distinct: self.distinct };
        }
        let filled = || self.values.iter().copied().filter(|value| !value.is_nan());
        ColumnKind::Number {
            min: filled().fold(f64::INFINITY, f64::min),
            max: filled().fold(f64::NEG_INFINITY, f64::max),
            mean: filled().fold(0.0, |sum, value| sum + value) / filled().count() as f64,
        }
    }
}
