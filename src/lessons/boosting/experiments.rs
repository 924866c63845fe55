//! Questions put to many runs.

use super::dataset::Dataset;
use crate::lessons::experiment::{Experiment, Keep, Measure, MeasureSource, Variant};
use serde_json::{Value, json};

fn variant(id: &'static str, settings: Value) -> Variant {
    Variant::new(id, settings.as_object().cloned().unwrap_or_default())
}

fn figure(id: &'static str, split: &'static str, metric: &'static str) -> Measure {
    Measure::new(id, MeasureSource::Figure { split, metric })
}

fn experiment(id: &'static str, seeds: u32, seconds: f64, variants: Vec<Variant>) -> Experiment {
    Experiment {
        id,
        seeds,
        seed_counts: Vec::new(),
        choice: None,
        variants,
        keep: Keep::All,
        measures: vec![
            figure("test_auc", "test", "auc"),
            figure("valid_auc", "valid", "auc"),
            Measure::new("step_time", MeasureSource::MillisecondsPerStep),
        ],
        selection: None,
        goal: None,
        curves: None,
        seconds,
    }
}

/// Experiments for a table.
pub fn experiments(dataset: Dataset) -> Vec<Experiment> {
    match dataset {
        Dataset::Bank => vec![
            experiment(
                "boosting_leak",
                20,
                8.0,
                vec![
                    variant("with_duration", json!({"drop_columns": []})),
                    variant("without_duration", json!({"drop_columns": ["duration"]})),
                ],
            ),
            experiment(
                "boosting_growth",
                10,
                8.0,
                vec![
                    variant("leaf_wise", json!({"grow_policy": "leaf_wise"})),
                    variant("level_wise", json!({"grow_policy": "level_wise"})),
                ],
            ),
            experiment(
                "boosting_encoding",
                10,
                12.0,
                vec![
                    variant("native", json!({"encoding": "native"})),
                    variant("ordinal", json!({"encoding": "ordinal"})),
                    variant("one_hot", json!({"encoding": "one_hot"})),
                ],
            ),
            experiment(
                "boosting_size",
                20,
                20.0,
                vec![
                    variant("leaves_3", json!({"num_leaves": 3})),
                    variant("leaves_7", json!({"num_leaves": 7})),
                    variant("leaves_15", json!({"num_leaves": 15})),
                    variant("leaves_31", json!({"num_leaves": 31})),
                    variant("leaves_63", json!({"num_leaves": 63})),
                ],
            ),
        ],
        _ => Vec::new(),
    }
}
