//! Fisher's iris flowers: 150 rows, four lengths in centimetres, three species of 50 flowers each.
//!
//! The file is scikit-learn 1.9.1's `iris.csv` (see `data/iris/LICENSES.md`), whose first line reads
//! `150,4,setosa,versicolor,virginica`: rows, features, class names.

use super::table::{LabelledTable, TableLimits, TextTable};
use crate::error::LabError;

/// Names of the features in the order of the file; all are in centimetres.
pub const FEATURES: [&str; 4] = ["sepal_length", "sepal_width", "petal_length", "petal_width"];

/// Unit of all features.
pub const UNIT: &str = "cm";

const FILE: &str = "iris_fisher150.csv";
const LIMITS: TableLimits = TableLimits { bytes: 10_000, rows: 200, columns: 10 };

/// The committed table.
///
/// # Panics
/// Never: the file is part of the program, and a test reads it.
pub fn iris() -> LabelledTable {
    parse(include_bytes!("../../data/iris/iris_fisher150.csv")).expect("the committed iris table is sound")
}

fn parse(text: &[u8]) -> Result<LabelledTable, LabError> {
    let table = TextTable::read(FILE, text, b',', LIMITS)?;
    let bad = |row: usize, column: usize, reason: &str| {
        LabError::new("bad_table", format!("{FILE}, row {row}, column {column}: {reason}"))
            .with("file", FILE)
            .with("row", row)
            .with("column", column)
            .with("reason", reason)
    };
    let classes = table.header[2..].to_vec();
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut labels = Vec::with_capacity(table.rows.len());
    for (index, fields) in table.rows.iter().enumerate() {
        let row = index + 2;
        let mut values = Vec::with_capacity(FEATURES.len());
        for (column, field) in fields[..FEATURES.len()].iter().enumerate() {
            let value: f64 = field.parse().map_err(|_| bad(row, column + 1, "not_a_number"))?;
            values.push(value);
        }
        let label: u32 = fields[FEATURES.len()].parse().map_err(|_| bad(row, 5, "not_a_class"))?;
        if label as usize >= classes.len() {
            return Err(bad(row, 5, "not_a_class"));
        }
        rows.push(values);
        labels.push(label);
    }
    Ok(LabelledTable { features: FEATURES.map(String::from).to_vec(), classes, rows, labels, kept: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_fifty_flowers_of_each_species_and_fishers_own_values() {
        let table = iris();
        assert_eq!(table.rows.len(), 150);
        assert_eq!(table.classes, ["setosa", "versicolor", "virginica"]);
        for class in 0..3 {
            assert_eq!(table.labels.iter().filter(|l| **l == class).count(), 50);
        }
        // The two rows in which the copy at UCI differs from Fisher's table.
        assert_eq!(table.rows[34], [4.9, 3.1, 1.5, 0.2]);
        assert_eq!(table.rows[37], [4.9, 3.6, 1.4, 0.1]);
    }

    #[test]
    fn a_damaged_table_is_refused_with_row_and_column() {
        let error = parse(b"1,4,a,b,c\n5.1,3.5,one,0.2,0\n").unwrap_err();
        assert_eq!((&error.details["row"], &error.details["column"]), (&2.into(), &3.into()));
        let error = parse(b"1,4,a,b,c\n5.1,3.5,1.4,0.2,3\n").unwrap_err();
        assert_eq!(error.details["reason"], "not_a_class");
    }
}
