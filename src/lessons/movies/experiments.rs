//! The experiments of the lesson: the arena of all methods, and what the label does.

use super::dataset::Dataset;
use super::settings::{Model, MoviesSettings};
use crate::controls::Control;
use crate::data::order::ascending;
use crate::lessons::experiment::{
    Choice, Experiment, ExperimentGoal, GoalCondition, Keep, Measure, MeasureSource, Values, Variant,
};
use serde_json::json;

/// Figures of the lists, by length; the first is the headline.
const LISTS: [(&str, [&str; 4]); 3] = [
    ("at_10", ["ndcg@10", "hr@10", "recall@10", "mrr@10"]),
    ("at_5", ["ndcg@5", "hr@5", "recall@5", "mrr@5"]),
    ("at_20", ["ndcg@20", "hr@20", "recall@20", "mrr@20"]),
];
/// Figures of predicted stars, and of what is shown.
const OTHERS: [(&str, &[&str]); 2] =
    [("stars", &["rmse", "mae"]), ("exposure", &["films_shown", "gini", "mean_popularity"])];

/// The experiments that the declared settings allow.
pub fn experiments(settings: &MoviesSettings, controls: &[Control]) -> Vec<Experiment> {
    [arena(settings), labels()].into_iter().filter_map(|experiment| experiment.with(controls)).collect()
}

/// Every method learns from all training ratings of the split and is judged by its test ratings.
fn arena(settings: &MoviesSettings) -> Experiment {
    // A made world is another one with each seed.
    let is_drawn = |model: Model| model.is_random() || settings.dataset == Dataset::Made;
    let variant = |(id, model): &(&'static str, Model)| Variant {
        id,
        settings: Values::from_iter([("model".into(), json!(id)), ("valid".into(), json!("none"))]),
        seeded: is_drawn(*model),
    };
    // Popularity is what the others are compared with; the networks take longest.
    let place = |model: Model| match model {
        Model::Popular => 0,
        _ => 1 + u64::from(model.is_network()),
    };
    let order = ascending(Model::ALL.len(), &|at| place(Model::ALL[at].1));
    let lists = LISTS.iter().map(|(group, metrics)| (*group, &metrics[..]));
    let measure = |group, metric: &&'static str| Measure {
        group: Some(group),
        ..Measure::new(metric, MeasureSource::Figure { split: "test", metric })
    };
    Experiment {
        id: "arena",
        seeds: 5,
        seed_counts: vec![1, 5],
        choice: Some(Choice {
            setting: "split",
            options: vec!["last_fifth", "random", "last_one", "one_date"],
        }),
        variants: order.iter().map(|at| variant(&Model::ALL[*at as usize])).collect(),
        keep: Keep::Only {
            names: vec![
                "dataset",
                "split",
                "users",
                "films",
                "tastes",
                "taste_strength",
                "noise",
                "density",
                "popularity_skew",
                "choosiness",
                "demographic_effect",
            ],
        },
        measures: lists
            .chain(OTHERS)
            .flat_map(|(group, metrics)| metrics.iter().map(move |metric| measure(group, metric)))
            .collect(),
        selection: None,
        goal: None,
        curves: None,
        seconds: 180.0,
    }
}

/// What a rating becomes and how an answer is read, the document's question that it does not ask: why (p + 5) / 2?
fn labels() -> Experiment {
    let variant = |label: &'static str| {
        let settings = [("model", "fusion"), ("label", label), ("split", "random"), ("valid", "none")];
        let settings = settings.map(|(name, value)| (name.into(), json!(value)));
        let mut settings = Values::from_iter(settings);
        settings.insert("passes".into(), json!(1));
        Variant::new(label, settings)
    };
    let figure = |metric: &'static str| Measure::new(metric, MeasureSource::Figure { split: "test", metric });
    Experiment {
        id: "labels",
        seeds: 3,
        seed_counts: Vec::new(),
        choice: None,
        variants: ["paddle", "as_read", "stars"].map(variant).to_vec(),
        keep: Keep::Only { names: vec!["dataset", "demographics"] },
        measures: ["rmse", "mae", "ndcg@10"].map(figure).to_vec(),
        selection: None,
        goal: Some(ExperimentGoal { id: "why_scale", condition: GoalCondition::Answered }),
        curves: None,
        seconds: 60.0,
    }
}
