//! The choice of a label and features: the table a classifier learns from, or why there is none.

use super::classes::{FEWEST_ROWS, Label, MOST_CLASSES, NoLabel};
use super::errors::bad_table;
use super::{ColumnDescription, ColumnUse, Doubt, LONGEST_NAME, TypedColumn, TypedTable, likely_label};
use crate::error::LabError;
use serde::Deserialize;

/// Numeric features with a class for each row.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTable {
    /// Names of the features.
    pub features: Vec<String>,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// One row of feature values per example; NaN only where gaps are still to be filled.
    pub rows: Vec<Vec<f64>>,
    /// Class of each row, an index into `classes`.
    pub labels: Vec<u32>,
    /// Which rows of the file these are, counted from 0; `None` where it is all of them.
    pub kept: Option<Vec<usize>>,
}

/// What becomes of rows in which a feature has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gaps {
    /// They are left out.
    LeaveOut,
    /// The mean over the training rows stands in.
    TrainMean,
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
            rows: self.rows.iter().map(|row| columns.iter().map(|&c| row[c]).collect()).collect(),
            ..self.clone()
        }
    }

    /// Number of a row in the file, from 0.
    pub fn number(&self, row: usize) -> usize {
        self.kept.as_ref().map_or(row, |kept| kept[row])
    }

    /// Puts the mean over the training rows where a feature has no value; gives that of each feature.
    pub fn fill_gaps(&mut self, train: &[usize]) -> Vec<f64> {
        let mut stand_ins = Vec::with_capacity(self.features.len());
        for column in 0..self.features.len() {
            let mean = |rows: &mut dyn Iterator<Item = &usize>| {
                let filled = rows.map(|row| self.rows[*row][column]).filter(|value| !value.is_nan());
                let (sum, count) = filled.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
                sum / count
            };
            let of_train = mean(&mut train.iter());
            // A column that training never sees a value of.
            let all: Vec<usize> = (0..self.rows.len()).collect();
            let stand_in = if of_train.is_nan() { mean(&mut all.iter()) } else { of_train };
            let gaps = self.rows.iter_mut().map(|row| &mut row[column]).filter(|value| value.is_nan());
            gaps.for_each(|value| *value = stand_in);
            stand_ins.push(stand_in);
        }
        stand_ins
    }
}

impl TypedTable {
    /// Whether a classifier could learn from some choice of columns.
    ///
    /// # Errors
    /// `bad_table`: why the column that is likeliest to be the label cannot be it, `no_label` where none is likely, or
    /// `no_features` at the header.
    pub fn check_classifiable(&self) -> Result<(), LabError> {
        if self.default_label().is_some() {
            return Ok(());
        }
        if self.columns.iter().any(|column| column.is_label(&self.lines)) {
            return Err(self.no_features());
        }
        let texts: Vec<&str> = self.columns.iter().filter(|column| column.is_text()).map(name_of).collect();
        if let Some((name, _)) = likely_label(&self.columns, &texts) {
            let index = self.index_of(name)?;
            self.check_filled(index)?;
            self.label(index)?;
        }
        let (file, row) = (&self.file, self.lines.header().max(1));
        let message = format!(
            "No column of {file} can be the label: it needs 2 to {MOST_CLASSES} different texts or whole \
             numbers, each in {FEWEST_ROWS} rows at least."
        );
        let error = bad_table(file, row, "no_label", message);
        Err(error.with("most", MOST_CLASSES).with("fewest", FEWEST_ROWS))
    }

    /// Columns that can be the label: 2 to [`MOST_CLASSES`] different texts or whole numbers, each in at least
    /// [`FEWEST_ROWS`] rows, not missing in more than half of them, and a feature beside them.
    pub fn label_candidates(&self) -> Vec<&str> {
        let names = self.columns.iter().filter(|column| column.is_label(&self.lines)).map(name_of);
        names.filter(|label| !self.feature_candidates(label).is_empty()).collect()
    }

    /// The likeliest of the columns that can be the label. A table that was read has one.
    pub fn default_label(&self) -> Option<&str> {
        likely_label(&self.columns, &self.label_candidates()).map(|(name, _)| name)
    }

    /// Columns that can be features beside a label: numbers.
    pub fn feature_candidates(&self, label: &str) -> Vec<&str> {
        self.columns.iter().filter(|column| is_feature(column) && column.name != label).map(name_of).collect()
    }

    /// The features where nothing is said: numbers that are no dates and do not number the rows, with few gaps; those
    /// without, where too many rows would have to be left out.
    pub fn default_features(&self, label: &str) -> Vec<&str> {
        let all = self.feature_candidates(label);
        let choose = |fits: &dyn Fn(&TypedColumn) -> bool| -> Vec<&str> {
            all.iter().copied().filter(|name| self.column(name).is_some_and(fits)).collect()
        };
        let with_gaps = choose(&|column| column.is_used() && column.missing * 10 <= self.rows);
        let without = choose(&|column| column.is_used() && column.missing == 0);
        let labelled = self.rows - self.column(label).map_or(0, |column| column.missing);
        let enough = || self.complete_rows(label, &with_gaps) * 5 >= labelled * 4;
        let whole = choose(&|column| column.missing == 0);
        if !with_gaps.is_empty() && (without.is_empty() || enough()) {
            return with_gaps;
        }
        [without, whole, all].into_iter().find(|names| !names.is_empty()).unwrap_or_default()
    }

    /// Rows in which neither the label nor a feature is missing.
    pub fn complete_rows(&self, label: &str, features: &[&str]) -> usize {
        let columns: Vec<&TypedColumn> =
            features.iter().chain([&label]).filter_map(|name| self.column(name)).collect();
        let gaps: Vec<&&TypedColumn> = columns.iter().filter(|column| column.missing > 0).collect();
        (0..self.rows).filter(|row| gaps.iter().all(|column| !column.values[*row].is_nan())).count()
    }

    /// What the page is told of the columns, where a classifier is to learn from them.
    pub fn described_for_classifier(&self) -> Vec<ColumnDescription> {
        let labels = self.label_candidates();
        let used = self.default_label().map(|label| self.default_features(label)).unwrap_or_default();
        let mut described = self.described(|column| ColumnUse {
            label: labels.contains(&column.name.as_str()),
            feature: is_feature(column),
            used: used.contains(&column.name.as_str()),
        });
        for (column, described) in self.columns.iter().zip(&mut described) {
            if let Some((example, count, row)) = column.stray_class(&self.lines) {
                let of = self.rows - column.missing;
                described.doubts.push(Doubt { doubt: "stray_class", count, of, example, row });
            }
        }
        described
    }

    fn no_features(&self) -> LabError {
        let message = format!(
            "{} has no feature to learn from: a column besides the label must hold numbers.",
            self.file
        );
        bad_table(&self.file, self.lines.header().max(1), "no_features", message)
    }

    /// The table to learn from, its classes sorted: as numbers when all are, as text otherwise. Rows without a label are
    /// left out, and so are those in which a feature is missing, unless these gaps are filled later.
    ///
    /// # Errors
    /// `bad_table` with `file`, `row`, `column`, `name` and `reason`: `unknown_column`, `no_features`,
    /// `label_as_feature`, `missing_value`, `not_a_number`, `one_class`, `too_many_classes`, `label_not_whole`,
    /// `class_name_unfit`, `class_too_small` or `gaps_leave_too_few`.
    pub fn labelled(&self, label: &str, features: &[&str], gaps: Gaps) -> Result<LabelledTable, LabError> {
        let label_index = self.index_of(label)?;
        self.check_filled(label_index)?;
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
        let labels = &self.columns[label_index].values;
        let is_whole =
            |row: &usize| gaps == Gaps::TrainMean || values.iter().all(|column| !column[*row].is_nan());
        let with_label = (0..self.rows).filter(|row| !labels[*row].is_nan());
        let (kept, labels): (Vec<usize>, Vec<u32>) =
            with_label.zip(of_rows).filter(|(row, _)| is_whole(row)).unzip();
        self.check_classes_kept(label_index, &classes, &labels)?;
        Ok(LabelledTable {
            features: features.iter().map(ToString::to_string).collect(),
            classes,
            rows: kept.iter().map(|row| values.iter().map(|column| column[*row]).collect()).collect(),
            labels,
            kept: (kept.len() < self.rows).then_some(kept),
        })
    }

    /// Whether enough rows of each class are left without those that have gaps.
    fn check_classes_kept(&self, index: usize, classes: &[String], labels: &[u32]) -> Result<(), LabError> {
        let mut counts = vec![0; classes.len()];
        labels.iter().for_each(|label| counts[*label as usize] += 1);
        let Some(class) = counts.iter().position(|count| *count < FEWEST_ROWS) else { return Ok(()) };
        let (name, found) = (&classes[class], counts[class]);
        let problem = format!(
            "has the class {name} in {found} rows only in which no feature is missing; {FEWEST_ROWS} are needed: \
             fill the gaps with the mean, or leave columns with gaps out."
        );
        let error = self.bad(self.lines.header(), index, "gaps_leave_too_few", &problem);
        Err(error.with("class", name.as_str()).with("found", found).with("fewest", FEWEST_ROWS))
    }

    fn label(&self, index: usize) -> Result<Label, LabError> {
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
                    &format!(
                        "has the class {name} in {rows} rows only; each class needs {FEWEST_ROWS}: correct the cell, \
                         or take more rows of it."
                    ),
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
        self.check_filled(index)?;
        if column.categories.is_some() {
            let row = column.values.iter().position(|value| !value.is_nan()).unwrap_or(0);
            let problem = "is not a number: correct it, or leave the column out.";
            return Err(self.bad(self.lines.of(row), index, "not_a_number", problem));
        }
        Ok(&column.values)
    }

    /// Whether a column has any value.
    fn check_filled(&self, index: usize) -> Result<(), LabError> {
        let column = &self.columns[index];
        if column.missing < self.rows {
            return Ok(());
        }
        let row = column.missing_rows.first().copied().unwrap_or(self.lines.header());
        let problem = "has no value in any row: leave the column out.";
        Err(self.bad(row, index, "missing_value", problem).with("missing", column.missing))
    }

    fn index_of(&self, name: &str) -> Result<usize, LabError> {
        self.columns.iter().position(|column| column.name == name).ok_or_else(|| {
            let message = format!("{} has no column named {name}: choose one that it has.", self.file);
            bad_table(&self.file, self.lines.header().max(1), "unknown_column", message).with("name", name)
        })
    }

    fn bad(&self, row: usize, index: usize, reason: &str, problem: &str) -> LabError {
        let (column, name, row) = (index + 1, &self.columns[index].name, row.max(1));
        let message = format!("Row {row}, column {column} ({name}) of {} {problem}", self.file);
        bad_table(&self.file, row, reason, message).with("column", column).with("name", name.as_str())
    }
}

fn name_of(column: &TypedColumn) -> &str {
    &column.name
}

/// Whether a classifier can learn from it: numbers, one at least.
fn is_feature(column: &TypedColumn) -> bool {
    column.missing < column.values.len() && column.categories.is_none()
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
            kept: None,
        };
        assert_eq!(table.select(&["c", "a"]).rows, [[3.0, 1.0]]);
    }

    #[test]
    fn gaps_are_filled_with_the_mean_of_the_training_rows_alone() {
        let mut table = LabelledTable {
            features: vec!["a".into(), "b".into()],
            classes: vec!["x".into()],
            rows: vec![vec![1.0, f64::NAN], vec![3.0, f64::NAN], vec![f64::NAN, 7.0], vec![100.0, 9.0]],
            labels: vec![0; 4],
            kept: None,
        };
        table.fill_gaps(&[0, 1, 2]);
        assert_eq!(table.rows, [[1.0, 7.0], [3.0, 7.0], [2.0, 7.0], [100.0, 9.0]]);
    }
}
