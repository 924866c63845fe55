//! Many runs side by side.

use super::task::Task;
use crate::lessons::experiment::{Experiment, Keep, Measure, MeasureSource, Values, Variant};
use serde_json::{Value, json};

/// The experiments of a task.
pub(super) fn experiments(task: Task) -> Vec<Experiment> {
    match task {
        Task::Mnist => vec![depth()],
        _ => Vec::new(),
    }
}

/// Iris question 4 beside the document's exercise: a feed-forward network and one with a convolution, three epochs on
/// 10,000 digits, five seeds each.
fn depth() -> Experiment {
    Experiment {
        id: "digits",
        seeds: 5,
        seed_counts: Vec::new(),
        choice: None,
        variants: vec![
            variant("convolution", json!({"filters": [16]})),
            variant("feed_forward", json!({"filters": []})),
        ],
        keep: Keep::Only { names: vec!["task", "batch_size", "learning_rate", "optimizer", "dense_units"] },
        measures: vec![
            figure("test_accuracy", "test", "accuracy"),
            figure("train_accuracy", "train", "accuracy"),
        ],
        selection: None,
        goal: None,
        curves: Some("loss"),
        seconds: 45.0,
    }
}

fn variant(id: &'static str, settings: Value) -> Variant {
    let mut settings = values(settings);
    settings.insert("task".into(), json!("mnist"));
    settings.insert("epochs".into(), json!(3));
    Variant::new(id, settings)
}

fn values(value: Value) -> Values {
    value.as_object().cloned().unwrap_or_default()
}

fn figure(id: &'static str, split: &'static str, metric: &'static str) -> Measure {
    Measure::new(id, MeasureSource::Figure { split, metric })
}
