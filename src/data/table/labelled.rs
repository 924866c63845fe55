//! The choice of a label and features: the table a classifier learns from, or why there is none.

use super::classes::{FEWEST_ROWS, LONGEST_NAME, Label, MOST_CLASSES, NoClasses, NoLabel};
use super::content::NoNumber;
use super::own::OwnTable;
use super::{LabelledTable, bad_table};
use crate::error::LabError;

impl OwnTable {
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
                return Err(self.bad(self.header_row, index, "label_as_feature", problem));
            }
            values.push(self.feature(index)?);
        }
        Ok(LabelledTable {
            features: features.iter().map(|name| name.to_string()).collect(),
            classes,
            rows: (0..self.rows).map(|row| values.iter().map(|column| column[row]).collect()).collect(),
            labels: of_rows,
        })
    }

    fn label(&self, index: usize) -> Result<Label, LabError> {
        self.check_nothing_missing(index)?;
        self.columns[index].label().map_err(|reason| match reason {
            NoLabel::OneClass => {
                let problem = "has one value only: a label needs two classes at least.";
                self.bad(self.header_row, index, "one_class", problem)
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
            NoLabel::NoClasses(NoClasses::TooMany(row)) => self
                .bad(
                    row,
                    index,
                    "too_many_classes",
                    &format!("has more than {MOST_CLASSES} different values: choose another label."),
                )
                .with("most", MOST_CLASSES),
            NoLabel::NoClasses(NoClasses::NotWhole(row)) => {
                let problem = "is not a whole number, so the column is no label: choose another.";
                self.bad(row, index, "label_not_whole", problem)
            }
            NoLabel::NoClasses(NoClasses::NotAName(row)) => self
                .bad(
                    row,
                    index,
                    "class_name_unfit",
                    &format!("has several lines or more than {LONGEST_NAME} characters: shorten it."),
                )
                .with("most", LONGEST_NAME),
        })
    }

    fn feature(&self, index: usize) -> Result<&[f32], LabError> {
        match self.columns[index].numbers() {
            Ok(values) => self.check_nothing_missing(index).map(|()| values),
            Err(Some((row, NoNumber::Text))) => {
                let problem = "is not a number: correct it, or leave the column out.";
                Err(self.bad(row, index, "not_a_number", problem))
            }
            Err(Some((row, NoNumber::OutOfRange))) => {
                let problem = "is too large a number to compute with: choose a larger unit, or leave it out.";
                Err(self.bad(row, index, "number_out_of_range", problem))
            }
            // No number and no text: everything is missing.
            Err(None) => Err(self.missing_value(index)),
        }
    }

    fn check_nothing_missing(&self, index: usize) -> Result<(), LabError> {
        if self.columns[index].missing == 0 { Ok(()) } else { Err(self.missing_value(index)) }
    }

    fn missing_value(&self, index: usize) -> LabError {
        let column = &self.columns[index];
        let row = column.missing_rows.first().copied().unwrap_or(self.header_row);
        let problem = "is missing: fill it in, or leave the column out.";
        self.bad(row, index, "missing_value", problem).with("missing", column.missing)
    }

    fn index_of(&self, name: &str) -> Result<usize, LabError> {
        self.columns.iter().position(|column| column.name == name).ok_or_else(|| {
            let message = format!("{} has no column named {name}: choose one that it has.", self.file);
            bad_table(&self.file, self.header_row, "unknown_column", message).with("name", name)
        })
    }
}
