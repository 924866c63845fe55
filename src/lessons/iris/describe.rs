//! What the iris page shows.

use crate::data::iris::{UNIT, iris};
use crate::lessons::{Chart, Description, FeatureDescription, Metric, TableDescription};

/// Metrics, charts, splits, the table and the goals of the lesson.
pub fn describe() -> Description {
    let table = iris();
    let column = |c: usize| table.rows.iter().map(move |row| f64::from(row[c]));
    // Shortest decimal that reads back as the same f32: 0.1, not 0.10000000149.
    let tidy = |value: f64| (value as f32).to_string().parse().unwrap_or(value);
    let features = table
        .features
        .iter()
        .enumerate()
        .map(|(c, name)| FeatureDescription {
            name: name.clone(),
            unit: UNIT.into(),
            min: tidy(column(c).fold(f64::INFINITY, f64::min)),
            max: tidy(column(c).fold(f64::NEG_INFINITY, f64::max)),
            mean: column(c).sum::<f64>() / table.rows.len() as f64,
        })
        .collect();
    Description {
        id: "iris",
        tensors: true,
        small: true,
        metrics: vec![
            Metric { name: "loss", chart: "loss", split: "train" },
            Metric { name: "dev_loss", chart: "loss", split: "dev" },
            Metric { name: "dev_accuracy", chart: "accuracy", split: "dev" },
        ],
        charts: vec![
            Chart { id: "loss", scale: "linear", range: None },
            Chart { id: "accuracy", scale: "linear", range: Some([0.0, 1.0]) },
        ],
        splits: vec!["train", "dev", "test"],
        table: Some(TableDescription { features, classes: table.classes.clone(), rows: table.rows.len() }),
        goals: vec!["test_accuracy", "plateau"],
        presets: vec!["quick", "document"],
    }
}
