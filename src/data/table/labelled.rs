//! The choice of a label and features: the table a classifier learns from, or why there is none.

use super::cell::NoNumber;
use super::classes::{FEWEST_ROWS, Label, MOST_CLASSES, NoLabel};
use super::errors::bad_table;
use super::{ColumnDescription, LONGEST_NAME, TypedColumn, TypedTable};
use crate::error::LabError;

/// Numeric features with a class for each row.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTable {
    /// Names of the features.
    pub features: Vec<String>,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// One row of feature values per example.
    pub rows: Vec<Vec<f64>>,
    /// Class of each row, an index into `classes`.
    pub labels: Vec<u32>,
}

impl LabelledTable {
    /// The table with only the columns `features`, in that order.
    ///
    /// # Panics
    /// If a name is not a feature of the table (settings are checked before they come here).
    pub fn select(&self, features: &[&str]) -> Self {
        let columns: Vec<usize> = features
            .iter()
            .map(|name| self.features.iter().position(|f| f == name).expect("a declared feature"))
            .collect();
        Self {
            features: features.iter().map(ToString::to_string).collect(),
            classes: self.classes.clone(),
            rows: self.rows.iter().map(|row| columns.iter().map(|&c| row[c]).collect()).collect(),
            labels: self.labels.clone(),
        }
    }
}

impl TypedTable {
    /// Whether a classifier could learn from some choice of columns.
    ///
    /// # Errors
    /// `bad_table` with reason `no_label` or `no_features`, at the header.
    pub fn check_classifiable(&self) -> Result<(), LabError> {
        let (file, row) = (&self.file, self.lines.header());
        if self.columns.iter().all(|column| !column.is_label(&self.lines)) {
            let message = format!(
                "No column of {file} can be the label: it needs 2 to {MOST_CLASSES} different texts or whole \
                 numbers, none missing, each in {FEWEST_ROWS} rows at least."
            );
            let error = bad_table(file, row, "no_label", message);
            return Err(error.with("most", MOST_CLASSES).with("fewest", FEWEST_ROWS));
        }
        if self.default_label().is_none() { Err(self.no_features()) } else { Ok(()) }
    }

    /// Columns that can be the label: 2 to [`MOST_CLASSES`] different texts or whole numbers, none missing, each
    /// in at least [`FEWEST_ROWS`] rows, and a feature beside them.
    pub fn label_candidates(&self) -> Vec<&str> {
        let names = self
            .columns
            .iter()
            .filter(|column| column.is_label(&self.lines))
            .map(|column| column.name.as_str());
        names.filter(|label| !self.feature_candidates(label).is_empty()).collect()
    }

    /// The last of the columns that can be the label, which is where tables usually have it. A table that was read
    /// has one.
    pub fn default_label(&self) -> Option<&str> {
        self.label_candidates().last().copied()
    }

    /// Columns that can be features beside a label: numbers without missing values.
    pub fn feature_candidates(&self, label: &str) -> Vec<&str> {
        let features = self.columns.iter().filter(|column| is_feature(column) && column.name != label);
        features.map(|column| column.name.as_str()).collect()
    }

    /// What the page is told of the columns, where a classifier is to learn from them.
    pub fn described_for_classifier(&self) -> Vec<ColumnDescription> {
        let labels = self.label_candidates();
        self.described(|column| (labels.contains(&column.name.as_str()), is_feature(column)))
    }

    fn no_features(&self) -> LabError {
        let message = format!(
            "{} has no feature to learn from: a column besides the label must hold numbers, none missing.",
            self.file
        );
        bad_table(&self.file, self.lines.header(), "no_features", message)
    }

    /// The table to learn from, its classes sorted: as numbers when all are, as text otherwise.
    ///
    /// # Errors
    /// `bad_table` with `file`, `row`, `column`, `name` and `reason`: `unknown_column`, `no_features`,
    /// `label_as_feature`, `missing_value`, `not_a_number`, `number_out_of_range`, `one_class`,
    /// `too_many_classes`, `label_not_whole`, `class_name_unfit` or `class_too_small`.
    pub fn labelled(&self, label: &str, features: &[&str]) -> Result<LabelledTable, LabError> {
        let label_index = self.index_of(label)?;
        let Label { classes, of_rows } = self.label(label_index)?;
        if features.is_empty() {
            return Err(self.no_features());
        }
        let mut values = Vec::with_capacity(features.len());
        for name in features {
            let index = self.index_of(name)?;
            if index == label_index {
                let problem = "is the label and cannot be a feature too: leave it out of the features.";
                return Err(self.bad(self.lines.header(), index, "label_as_feature", problem));
            }
            values.push(self.feature(index)?);
        }
        Ok(LabelledTable {
            features: features.iter().map(ToString::to_string).collect(),
            classes,
            rows: (0..self.rows).map(|row| values.iter().map(|column| column[row]).collect()).collect(),
            labels: of_rows,
        })
    }

    fn label(&self, index: usize) -> Result<Label, LabError> {
        self.check_nothing_missing(index)?;
        self.columns[index].label(&self.lines).map_err(|reason| match reason {
            NoLabel::OneClass => {
                let problem = "has one value only: a label needs two classes at least.";
                self.bad(self.lines.header(), index, "one_class", problem)
            }
            NoLabel::SmallClass { name, rows, first_row } => self
                .bad(
                    first_row,
                    index,
                    "class_too_small",
                    &format!("has the class {name} in {rows} rows only; each class needs {FEWEST_ROWS}."),
                )
                .with("class", name)
                .with("found", rows)
                .with("fewest", FEWEST_ROWS),
            NoLabel::TooMany(row) => self
                .bad(
                    row,
                    index,
                    "too_many_classes",
                    &format!("has more than {MOST_CLASSES} different values: choose another label."),
                )
                .with("most", MOST_CLASSES),
            NoLabel::NotWhole(row) => {
                let problem = "is not a whole number, so the column is no label: choose another.";
                self.bad(row, index, "label_not_whole", problem)
            }
            NoLabel::NotAName(row) => self
                .bad(
                    row,
                    index,
                    "class_name_unfit",
                    &format!("has several lines or more than {LONGEST_NAME} characters: shorten it."),
                )
                .with("most", LONGEST_NAME),
        })
    }

    fn feature(&self, index: usize) -> Result<&[f64], LabError> {
        let column = &self.columns[index];
        match column.no_number {
            None => {
                self.check_nothing_missing(index)?;
                Ok(&column.values)
            }
            Some((row, NoNumber::Text)) => {
                let problem = "is not a number: correct it, or leave the column out.";
                Err(self.bad(row, index, "not_a_number", problem))
            }
            Some((row, NoNumber::OutOfRange)) => {
                let problem = "is too large a number to compute with: choose a larger unit, or leave it out.";
                Err(self.bad(row, index, "number_out_of_range", problem))
            }
        }
    }

    fn check_nothing_missing(&self, index: usize) -> Result<(), LabError> {
        if self.columns[index].missing == 0 { Ok(()) } else { Err(self.missing_value(index)) }
    }

    fn missing_value(&self, index: usize) -> LabError {
        let column = &self.columns[index];
        let row = column.missing_rows.first().copied().unwrap_or(self.lines.header());
        let problem = "is missing: fill it in, or leave the column out.";
        self.bad(row, index, "missing_value", problem).with("missing", column.missing)
    }

    fn index_of(&self, name: &str) -> Result<usize, LabError> {
        self.columns.iter().position(|column| column.name == name).ok_or_else(|| {
            let message = format!("{} has no column named {name}: choose one that it has.", self.file);
            bad_table(&self.file, self.lines.header(), "unknown_column", message).with("name", name)
        })
    }

    fn bad(&self, row: usize, index: usize, reason: &str, problem: &str) -> LabError {
        let (column, name) = (index + 1, &self.columns[index].name);
        let message = format!("Row {row}, column {column} ({name}) of {} {problem}", self.file);
        bad_table(&self.file, row, reason, message).with("column", column).with("name", name.as_str())
    }
}

/// Whether a classifier can learn from it: numbers, and none missing.
fn is_feature(column: &TypedColumn) -> bool {
    column.missing == 0 && column.categories.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_selected_by_name_in_the_order_asked_for() {
        let table = LabelledTable {
            features: vec!["a".into(), "b".into(), "c".into()],
            classes: vec!["x".into()],
            rows: vec![vec![1.0, 2.0, 3.0]],
            labels: vec![0],
        };
        assert_eq!(table.select(&["c", "a"]).rows, [[3.0, 1.0]]);
    }
}
