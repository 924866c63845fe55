//! The experiments of the iris lesson: the document's questions, each put to more than one seed.

use crate::controls::{Control, ControlKind};
use crate::lessons::experiment::{
    Criterion, Experiment, ExperimentGoal, GoalCondition, Keep, Measure, MeasureSource, Selection, Values,
    Variant,
};
use serde_json::{Value, json};

/// Settings that say which rows and columns are seen. They are kept where models are compared, so that all of them
/// see the same.
const DATA: [&str; 6] = ["dataset", "label_column", "features", "split", "train_size", "checkpoint"];

/// Steps of each run where data or batches are compared: as many as the document's own run has.
const STEPS_OF_A_RUN: usize = 1_200;

/// Initial weights and an optimiser with which any of the architectures learns within a few epochs: with the
/// document's, a second hidden layer alone keeps a network on its plateau for the whole run.
fn quick_learning(hidden: Value) -> Value {
    json!({
        "model": "mlp", "hidden": hidden, "activation": "tanh", "init_std": 0.5, "init_bias": 0.0,
        "optimizer": "adam", "learning_rate": 0.02, "batch_size": 16, "epochs": 40, "eval_steps": 1000,
    })
}

/// The experiments that the declared settings allow.
pub fn experiments(controls: &[Control]) -> Vec<Experiment> {
    let all = [
        seeds(),
        architecture(),
        minibatches(controls),
        mistakes(),
        train_size(),
        models(),
        models_as_written(),
    ];
    all.into_iter().filter_map(|experiment| experiment.with(controls)).collect()
}

/// Is it luck? The reader's own run with other splits, weights and batches.
fn seeds() -> Experiment {
    Experiment {
        measures: vec![
            accuracy("test_accuracy", "test"),
            loss("test_loss", "test"),
            accuracy("train_accuracy", "train"),
        ],
        goal: Some(ExperimentGoal {
            id: "test_accuracy",
            condition: GoalCondition::MeanAtLeast {
                measure: "test_accuracy",
                least: 0.93,
                given: values(json!({
                    "dataset": "iris", "model": "mlp", "hidden": [6], "activation": "sigmoid", "split": "disjoint",
                })),
            },
        }),
        ..experiment("seeds", 20, vec![variant("current", json!({}))], 2.0)
    }
}

/// Question 2 of the assignment: which architecture is best?
fn architecture() -> Experiment {
    let variants = vec![
        variant("none", quick_learning(json!([]))),
        variant("3", quick_learning(json!([3]))),
        variant("6", quick_learning(json!([6]))),
        variant("12", quick_learning(json!([12]))),
        variant("24", quick_learning(json!([24]))),
        variant("6_6", quick_learning(json!([6, 6]))),
        variant("12_6", quick_learning(json!([12, 6]))),
        variant("24_12", quick_learning(json!([24, 12]))),
    ];
    Experiment {
        keep: Keep::Only { names: DATA.to_vec() },
        measures: vec![accuracy("dev_accuracy", "dev"), loss("dev_loss", "dev"), loss("train_loss", "train")],
        selection: Some(Selection {
            by: vec![
                Criterion { measure: "dev_accuracy", largest: true },
                Criterion { measure: "dev_loss", largest: false },
            ],
            report: accuracy("test_accuracy", "test"),
        }),
        goal: Some(ExperimentGoal { id: "question_2", condition: GoalCondition::Finished }),
        ..experiment("architecture", 10, variants, 4.0)
    }
}

/// One row, sixteen, or all rows in a step (of a large table as many as a step can take); about as many steps in
/// each run, so that what differs is the batch and not the time given.
fn minibatches(controls: &[Control]) -> Experiment {
    let rows = rows_to_train(controls);
    let batch = |id: &'static str, size: usize| {
        let epochs = (STEPS_OF_A_RUN * size / rows).clamp(1, 2_000);
        variant(id, json!({"model": "mlp", "batch_size": size, "epochs": epochs}))
    };
    Experiment {
        measures: vec![
            measure("steps_to_half", MeasureSource::StepsTo { loss: 0.5 }),
            measure("loss_noise", MeasureSource::LossNoise),
            measure("step_time", MeasureSource::MillisecondsPerStep),
            loss("train_loss", "train"),
        ],
        curves: Some("loss"),
        ..experiment(
            "minibatches",
            5,
            vec![batch("one", 1), batch("sixteen", 16), batch("all", rows.min(largest_batch(controls)))],
            2.0,
        )
    }
}

/// The most rows a step can take.
fn largest_batch(controls: &[Control]) -> usize {
    let declared = controls.iter().find(|control| control.name == "batch_size");
    match declared.map(|control| &control.kind) {
        Some(ControlKind::Integer { max, .. }) => usize::try_from(*max).unwrap_or(1),
        _ => 1,
    }
}

/// Training rows there are: what the setting `train_size` stands at, if there is one.
fn rows_to_train(controls: &[Control]) -> usize {
    let declared = controls.iter().find(|control| control.name == "train_size");
    declared.and_then(|control| control.default.as_u64()).map_or(120, |rows| rows.max(1) as usize)
}

/// The leak and the best-on-dev checkpoint, apart and together.
fn mistakes() -> Experiment {
    let ways = |split: &str, checkpoint: &str| json!({"split": split, "checkpoint": checkpoint});
    Experiment {
        measures: vec![
            accuracy("test_accuracy", "test"),
            measure("leaked_rows", MeasureSource::Inspected { what: "data", name: "leaked" }),
        ],
        ..experiment(
            "mistakes",
            60,
            vec![
                variant("corrected", ways("disjoint", "last")),
                variant("leak", ways("as_written", "last")),
                variant("best_dev", ways("disjoint", "best_dev")),
                variant("both", ways("as_written", "best_dev")),
            ],
            10.0,
        )
    }
}

/// What too little data does; about as many steps in each run, so that what differs is the data.
fn train_size() -> Experiment {
    let rows = |count: usize| {
        let epochs = STEPS_OF_A_RUN / count.div_ceil(16);
        json!({"train_size": count, "batch_size": 16, "epochs": epochs})
    };
    Experiment {
        measures: vec![
            accuracy("test_accuracy", "test"),
            accuracy("train_accuracy", "train"),
            loss("test_loss", "test"),
        ],
        ..experiment(
            "train_size",
            20,
            vec![
                variant("10", rows(10)),
                variant("20", rows(20)),
                variant("40", rows(40)),
                variant("80", rows(80)),
                variant("120", rows(120)),
            ],
            6.0,
        )
    }
}

/// Questions 1 and 3: the same features, the same splits, twenty of them.
fn models() -> Experiment {
    Experiment {
        keep: Keep::Only { names: DATA.to_vec() },
        measures: vec![accuracy("test_accuracy", "test"), accuracy("train_accuracy", "train")],
        goal: Some(ExperimentGoal { id: "fair_comparison", condition: GoalCondition::Answered }),
        ..experiment(
            "models",
            20,
            vec![
                variant("mlp", json!({"model": "mlp"})),
                variant("softmax_1", json!({"model": "softmax", "C": 1.0})),
                variant("softmax_500", json!({"model": "softmax", "C": 500.0})),
                variant("svm_linear", json!({"model": "svm", "C": 1.0, "kernel": "linear"})),
                variant("svm_rbf", json!({"model": "svm", "C": 1.0, "kernel": "rbf"})),
            ],
            4.0,
        )
    }
}

/// The document's own comparison: softmax regression on two features with C = 500, judged by rows it has seen, beside
/// the network on four features, judged by rows it has not.
fn models_as_written() -> Experiment {
    let petals = json!(["petal_length", "petal_width"]);
    Experiment {
        keep: Keep::Only { names: vec!["dataset", "label_column"] },
        measures: vec![accuracy("train_accuracy", "train"), accuracy("test_accuracy", "test")],
        ..experiment(
            "models_as_written",
            20,
            vec![
                variant("mlp", json!({"model": "mlp", "split": "as_written", "checkpoint": "best_dev"})),
                variant("softmax", json!({"model": "softmax", "C": 500.0, "features": petals})),
            ],
            2.0,
        )
    }
}

/// An experiment with the reader's settings, judged by nothing but its table.
fn experiment(id: &'static str, seeds: u32, variants: Vec<Variant>, seconds: f64) -> Experiment {
    Experiment {
        id,
        seeds,
        seed_counts: Vec::new(),
        choice: None,
        variants,
        keep: Keep::All,
        measures: Vec::new(),
        selection: None,
        goal: None,
        curves: None,
        seconds,
    }
}

fn variant(id: &'static str, settings: Value) -> Variant {
    Variant::new(id, values(settings))
}

fn values(object: Value) -> Values {
    object.as_object().cloned().unwrap_or_default()
}

fn measure(id: &'static str, source: MeasureSource) -> Measure {
    Measure::new(id, source)
}

fn accuracy(id: &'static str, split: &'static str) -> Measure {
    measure(id, MeasureSource::Figure { split, metric: "accuracy" })
}

fn loss(id: &'static str, split: &'static str) -> Measure {
    measure(id, MeasureSource::Figure { split, metric: "loss" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::Material;
    use crate::lessons::iris::settings::controls;
    use std::collections::BTreeSet;

    #[test]
    fn the_declared_settings_allow_the_experiments_with_networks() {
        let ids: Vec<&str> =
            experiments(&controls(&Material::default())).iter().map(|experiment| experiment.id).collect();
        for id in ["seeds", "architecture", "minibatches", "mistakes"] {
            assert!(ids.contains(&id), "{id} of {ids:?}");
        }
    }

    #[test]
    fn names_within_an_experiment_are_apart_and_lead_somewhere() {
        for experiment in experiments(&controls(&Material::default())) {
            let id = experiment.id;
            let measures: BTreeSet<&str> = experiment.measures.iter().map(|measure| measure.id).collect();
            let variants: BTreeSet<&str> = experiment.variants.iter().map(|variant| variant.id).collect();
            assert_eq!(measures.len(), experiment.measures.len(), "{id}");
            assert_eq!(variants.len(), experiment.variants.len(), "{id}");
            assert!(!measures.is_empty() && !variants.is_empty() && experiment.seeds > 0, "{id}");
            let named = experiment.selection.iter().flat_map(|selection| &selection.by);
            assert!(named.map(|criterion| criterion.measure).all(|name| measures.contains(name)), "{id}");
            let goal = experiment.goal.map(|goal| goal.condition);
            if let Some(GoalCondition::MeanAtLeast { measure, .. }) = goal {
                assert!(measures.contains(measure), "{id}");
            }
        }
    }
}
